from django.urls import path

from newsletter.editions import views
from syndication.feeds.views import feed_paths

urlpatterns = [
    path("", views.EditionListView.as_view(), name="editions"),
    *feed_paths("", views.EditionFeedView, "editions"),
    path("<int:pk>/", views.edition, name="edition"),
]
