"""URLs of calls and projects besides those of their declarations (see `website.routes`)."""

from django.urls import path

from calls import downloads, views
from calls.citation import RIS, Citation
from calls.questions import views as questions_views
from calls.results import views as results_views
from calls.timeline import views as timeline_views
from lists.exports import xlsx_response

urlpatterns = [
    path("calls/export.csv", downloads.CallTableView.as_view(), name="list-csv"),
    path(
        "calls/export.xlsx",
        downloads.CallTableView.as_view(respond=xlsx_response),
        name="list-xlsx",
    ),
    path("calls/export.ics", downloads.CallCalendarView.as_view(), name="list-ics"),
    path("calls/mail.html", downloads.CallMailView.as_view(), name="list-mail"),
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
    path(
        "calls/<slug:slug>/odds.csv", views.SuccessRatesView.as_view(), name="success-rates-csv"
    ),
    path(
        "calls/<slug:slug>/odds.xlsx",
        views.SuccessRatesView.as_view(respond=xlsx_response),
        name="success-rates-xlsx",
    ),
    path("calls/<slug:slug>/results/", results_views.ResultsView.as_view(), name="results"),
    path(
        "calls/<slug:slug>/results/<slug:table>.csv",
        results_views.ResultsTableView.as_view(),
        name="results-csv",
    ),
    path(
        "calls/<slug:slug>/results/<slug:table>.xlsx",
        results_views.ResultsTableView.as_view(respond=xlsx_response),
        name="results-xlsx",
    ),
    path(
        "calls/<slug:slug>/plan.ics",
        timeline_views.TimelineCalendarView.as_view(),
        name="timeline-ics",
    ),
    path("calls/<slug:slug>/changes/", timeline_views.ChangesView.as_view(), name="changes"),
    path("projects/export.csv", downloads.ProjectTableView.as_view(), name="projects-csv"),
    path(
        "projects/export.xlsx",
        downloads.ProjectTableView.as_view(respond=xlsx_response),
        name="projects-xlsx",
    ),
    path(
        "projects/<slug:slug>/citation.bib",
        results_views.CitationView.as_view(),
        name="citation-bibtex",
    ),
    path(
        "projects/<slug:slug>/citation.ris",
        results_views.CitationView.as_view(render=Citation.ris, suffix="ris", content_type=RIS),
        name="citation-ris",
    ),
]
