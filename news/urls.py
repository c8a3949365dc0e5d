from django.urls import path

from news import views
from publishing.feeds import ListFeedView, feed_paths

app_name = "news"
urlpatterns = [
    path("news/", views.ArticleListView.as_view(), name="list"),
    *feed_paths("news/", ListFeedView, "list", list_view=views.ArticleListView),
    path("news/<slug:slug>/", views.ArticleDetailView.as_view(), name="detail"),
    path("events/", views.EventListView.as_view(), name="events"),
    *feed_paths("events/", ListFeedView, "events", list_view=views.EventListView),
    path("events/<slug:slug>/", views.EventDetailView.as_view(), name="event"),
]
