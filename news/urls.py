from django.urls import path

from news import views
from news.ical import EventDates
from syndication.calendars.views import ItemCalendarView, ListCalendarView
from syndication.feeds.views import ListFeedView, feed_paths

app_name = "news"
urlpatterns = [
    path("news/", views.ArticleListView.as_view(), name="list"),
    *feed_paths("news/", ListFeedView, "list", list_view=views.ArticleListView),
    path("news/<slug:slug>/", views.ArticleDetailView.as_view(), name="detail"),
    path("events/", views.EventListView.as_view(), name="events"),
    *feed_paths("events/", ListFeedView, "events", list_view=views.EventListView),
    path(
        "events/calendar.ics",
        ListCalendarView.as_view(list_view=views.EventListView, dates_class=EventDates),
        name="events-calendar",
    ),
    path(
        "events/<slug:slug>/calendar.ics",
        ItemCalendarView.as_view(dates_class=EventDates),
        name="event-calendar",
    ),
    path("events/<slug:slug>/", views.EventDetailView.as_view(), name="event"),
]
