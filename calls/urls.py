from django.urls import path

from calls import questions_views, timing_views, views
from publishing.exports import xlsx_response

app_name = "calls"
urlpatterns = [
    path("calls/", views.CallListView.as_view(), name="list"),
    path("calls/<slug:slug>/", views.CallDetailView.as_view(), name="detail"),
    path("calls/<slug:slug>/consortium/", views.ConsortiumView.as_view(), name="consortium"),
    path("calls/<slug:slug>/funders.csv", views.FundersView.as_view(), name="funders-csv"),
    path(
        "calls/<slug:slug>/funders.xlsx",
        views.FundersView.as_view(respond=xlsx_response),
        name="funders-xlsx",
    ),
    path(
        "calls/<slug:slug>/questions/",
        questions_views.QuestionsView.as_view(),
        name="questions",
    ),
    path(
        "calls/<slug:slug>/questions.atom",
        questions_views.QuestionsFeedView.as_view(),
        name="questions-feed",
    ),
    path("calls/<slug:slug>/odds.csv", views.OddsView.as_view(), name="odds-csv"),
    path(
        "calls/<slug:slug>/odds.xlsx",
        views.OddsView.as_view(respond=xlsx_response),
        name="odds-xlsx",
    ),
    path("calls/<slug:slug>/plan.ics", timing_views.PlanCalendarView.as_view(), name="plan"),
    path("calls/<slug:slug>/changes/", timing_views.ChangesView.as_view(), name="changes"),
    path("projects/", views.ProjectListView.as_view(), name="projects"),
    path("projects/<slug:slug>/", views.ProjectDetailView.as_view(), name="project"),
]
