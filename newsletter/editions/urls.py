from django.urls import path

from newsletter.editions import views

urlpatterns = [
    path("", views.EditionListView.as_view(), name="editions"),
    path("feed.atom", views.feed, name="editions-feed"),
    path("<int:pk>/", views.edition, name="edition"),
]
