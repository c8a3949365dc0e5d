from django.urls import path

from calls import views

app_name = "calls"
urlpatterns = [
    path("calls/", views.CallListView.as_view(), name="list"),
    path("calls/<slug:slug>/", views.CallDetailView.as_view(), name="detail"),
    path("projects/", views.ProjectListView.as_view(), name="projects"),
    path("projects/<slug:slug>/", views.ProjectDetailView.as_view(), name="project"),
]
