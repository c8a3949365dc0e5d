from django.urls import path

from initiatives import views
from syndication.feeds.views import ListFeedView, feed_paths

app_name = "initiatives"
urlpatterns = [
    path("initiatives/", views.InitiativeListView.as_view(), name="list"),
    *feed_paths("initiatives/", ListFeedView, "list", list_view=views.InitiativeListView),
    path("initiatives/<slug:slug>/", views.InitiativeDetailView.as_view(), name="detail"),
    path("organisations/", views.OrganisationListView.as_view(), name="organisations"),
    *feed_paths(
        "organisations/", ListFeedView, "organisations", list_view=views.OrganisationListView
    ),
    path(
        "organisations/<slug:slug>/",
        views.OrganisationDetailView.as_view(),
        name="organisation",
    ),
]
