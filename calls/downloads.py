"""Downloads of lists of calls and projects: tables, calendar and text for an e-mail."""

from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.filters import CallFilter, ProjectFilter
from calls.funders import yes_or_no
from calls.models import Call, KeyDate, Project
from calls.sections import CallSection, ProjectSection
from calls.status import Timetable
from calls.timeline import calls_calendar
from lists.downloads import DownloadView, TableDownloadView
from lists.query_string import MAX_TICKED
from localisation import formats
from localisation.fields import country_name
from syndication.calendars import calendar_response
from website.views import language_links


def join_distinct(values):
    """Join the distinct non-empty values of an iterable as text."""
    return "; ".join(dict.fromkeys(map(str, filter(None, values))))


def topic_names(item):
    return join_distinct(item.topics.all())


def page_url(item):
    return settings.PORTAL_URL + item.get_absolute_url()


def last_changed(item):
    return item.last_published_at and localtime(item.last_published_at)


def date_cell(date):
    """Return a KeyDate as datetime, date, or text for a month or year, by its precision."""
    if date is None:
        return None
    local = date.at.astimezone(ZoneInfo(date.timezone))
    if date.precision == KeyDate.Precision.MINUTE:
        return local
    if date.precision == KeyDate.Precision.DAY:
        return local.date()
    return formats.partial_date(local.date(), date.precision)


def date_text(date):
    """Return a KeyDate as text, as on the page of the call."""
    text = formats.named(kind_of(date), key_date_instant(date))
    return text if date.is_firm else f"{text} ({certainty_of(date)})"


# Django's get_…_display() hashes all choices each time: a third of an export's time.
def kind_of(date):
    return KeyDate.Kind(date.kind).label


def certainty_of(date):
    return KeyDate.Certainty(date.certainty).label


def key_date_instant(date):
    return formats.instant(date.at, date.timezone, date.precision)


def opening(call):
    """Return the first key date of opening, or else of publication, or None."""
    dates = Timetable(call.dates())
    return next(iter(dates.of("opening") or dates.of("publication")), None)


def deadline_column(value_of):
    """Return a column of the next deadline; its cells are None for a call without one."""

    def value(call):
        deadline = call.next_deadline
        return value_of(deadline) if deadline else None

    return value


def initiative_name(call):
    """Return the name of a call's initiative, or "" while that is a draft."""
    initiative = call.initiative
    if not (initiative and initiative.is_published):
        return ""
    return initiative.acronym or initiative.title


CALL_COLUMNS = {
    gettext_lazy("Reference"): lambda call: call.reference,
    gettext_lazy("Title"): lambda call: call.title,
    gettext_lazy("Kind"): lambda call: Call.Kind(call.kind).label,
    gettext_lazy("Status"): lambda call: call.get_status_display(),
    gettext_lazy("Stage"): lambda call: call.get_stage_display(),
    gettext_lazy("Opens"): lambda call: date_cell(opening(call)),
    gettext_lazy("Next deadline"): deadline_column(date_cell),
    gettext_lazy("Kind of deadline"): deadline_column(kind_of),
    gettext_lazy("Certainty"): deadline_column(certainty_of),
    gettext_lazy("Time zone"): deadline_column(
        lambda date: formats.zone_name(date.at, date.timezone)
    ),
    gettext_lazy("All dates"): lambda call: join_distinct(map(date_text, call.dates())),
    gettext_lazy("Budget"): lambda call: call.budget,
    gettext_lazy("Currency"): lambda call: call.budget_currency if call.budget else "",
    gettext_lazy("Budget is approximate"): lambda call: (
        yes_or_no(call.budget_is_approximate) if call.budget else ""
    ),
    gettext_lazy("Initiative"): initiative_name,
    gettext_lazy("Topics"): topic_names,
    gettext_lazy("Funders"): lambda call: join_distinct(
        offer.organisation.short_name for offer in call.offers.all()
    ),
    gettext_lazy("Countries"): lambda call: join_distinct(
        country_name(offer.country) for offer in call.offers.all()
    ),
    gettext_lazy("Submission system"): lambda call: call.submission_url,
    gettext_lazy("Web address"): page_url,
    gettext_lazy("Last updated"): last_changed,
}


def published_call(project):
    return project.call if project.call and project.call.is_published else None


def coordinator_column(value_of):
    def value(project):
        coordinator = project.coordinator
        return value_of(coordinator.organisation) if coordinator else None

    return value


PROJECT_COLUMNS = {
    gettext_lazy("Acronym"): lambda project: project.acronym,
    gettext_lazy("Title"): lambda project: project.title,
    gettext_lazy("Status"): lambda project: Project.Status(project.status).label,
    gettext_lazy("Grant number"): lambda project: project.grant_number,
    gettext_lazy("DOI"): lambda project: project.doi,
    gettext_lazy("Call"): lambda project: (
        published_call(project) and published_call(project).title
    ),
    gettext_lazy("Reference of the call"): lambda project: (
        published_call(project) and published_call(project).reference
    ),
    gettext_lazy("Coordinator"): coordinator_column(lambda organisation: organisation.name),
    gettext_lazy("Coordinator's country"): coordinator_column(
        lambda organisation: country_name(organisation.country)
    ),
    gettext_lazy("Start"): lambda project: day_cell(project, project.starts_on),
    gettext_lazy("End"): lambda project: day_cell(project, project.ends_on),
    gettext_lazy("Total cost"): lambda project: project.total_cost,
    gettext_lazy("EU contribution"): lambda project: project.eu_contribution,
    gettext_lazy("Currency"): lambda project: project.currency,
    gettext_lazy("Funding scheme"): lambda project: project.funding_scheme,
    gettext_lazy("Topics"): topic_names,
    gettext_lazy("Keywords"): lambda project: join_distinct(project.keyword_list),
    gettext_lazy("Website"): lambda project: project.website,
    gettext_lazy("Web address"): page_url,
    gettext_lazy("Last updated"): last_changed,
}


def day_cell(project, day):
    if day is None or project.precision == "day":
        return day
    return formats.partial_date(day, project.precision)


class CallTableView(CallSection, TableDownloadView):
    filterset_class = CallFilter
    columns = CALL_COLUMNS


class CallCalendarView(CallSection, DownloadView):
    """Calendar of the key dates of the selected calls; at most MAX_ITEMS calls."""

    filterset_class = CallFilter

    def build_response(self, items):
        calendar = calls_calendar(items, str(self.section_title))
        return calendar_response(self.file_name, calendar)


#: Maximum number of calls in one e-mail.
MAX_MAILED_CALLS = MAX_TICKED
#: Maximum length of the query of a mailto link: e-mail programs truncate longer ones.
MAX_MAILTO_LENGTH = 2000


class CallMailView(CallSection, DownloadView):
    """Page with a text about calls, to copy into an e-mail."""

    filterset_class = CallFilter

    def build_response(self, items):
        calls = list(items.for_list()[: MAX_MAILED_CALLS + 1])
        list_address = settings.PORTAL_URL + self.list_path()
        text = mail_text(
            calls[:MAX_MAILED_CALLS], list_address, has_more=len(calls) > MAX_MAILED_CALLS
        )
        query = urlencode({"subject": self.section_title, "body": text}, quote_via=quote)
        context = {
            "title": _("Text for an e-mail"),
            "section": self.section,
            "text": text,
            "mailto": f"mailto:?{query}" if len(query) < MAX_MAILTO_LENGTH else "",
            "list_path": self.list_path(),
            "languages": language_links(self.request.get_full_path()),
            "breadcrumbs": [
                {"title": self.section_title, "url": reverse(self.list_url)},
                {"title": _("Text for an e-mail")},
            ],
        }
        return render(self.request, "calls/mail_page.html", context)

    def list_path(self):
        """Return the path of the filtered list, or of the whole list if calls were ticked."""
        query = "" if self.ticked else self.request.GET.urlencode()
        return reverse(self.list_url) + (f"?{query}" if query else "")


def mail_text(calls, list_address, *, has_more=False):
    """Return a plain text about calls, with the URL of each and of the list."""
    entries = [
        {
            "title": " ".join(call.title.split()),
            "status": call.get_status_display(),
            "dates": [date_text(d) for d in (call.hero_date, call.secondary_deadline) if d],
            "address": page_url(call),
        }
        for call in calls
    ]
    context = {"calls": entries, "list_address": list_address, "has_more": has_more}
    return render_to_string("calls/mail.txt", context).strip()


class ProjectTableView(ProjectSection, TableDownloadView):
    filterset_class = ProjectFilter
    columns = PROJECT_COLUMNS
