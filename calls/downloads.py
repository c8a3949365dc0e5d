"""Lists of calls and projects to take away, as files and as text for a mail."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from calls.filters import CallFilter, ProjectFilter
from calls.funders import country_name, yes_or_no
from calls.models import KeyDate
from calls.status import Timetable
from calls.views import CallSection, ProjectSection
from publishing import formats
from publishing.downloads import TableDownloadView


def names(values):
    return "; ".join(dict.fromkeys(map(str, filter(None, values))))


def topics(item):
    return names(item.topics.all())


def address(item):
    return settings.PORTAL_URL + item.get_absolute_url()


def last_changed(item):
    return localtime(item.last_published_at)


def date_cell(date):
    """A KeyDate as a date, with its hour where that is known, or a month or year in words."""
    if date is None:
        return None
    local = date.at.astimezone(ZoneInfo(date.timezone))
    if date.precision == KeyDate.Precision.MINUTE:
        return local
    if date.precision == KeyDate.Precision.DAY:
        return local.date()
    return formats.partial_date(local.date(), date.precision)


def date_text(date):
    """A KeyDate as its page tells it."""
    text = f"{date.get_kind_display()}: {key_date_instant(date)}"
    return text if date.is_firm else f"{text} ({date.get_certainty_display()})"


def key_date_instant(date):
    return formats.instant(date.at, date.timezone, date.precision)


def opening(call):
    dates = Timetable(call.dates())
    return next(iter(dates.of("opening") or dates.of("publication")), None)


def of_deadline(value_of):
    """A column about the next deadline of a call, empty where it has none."""

    def value(call):
        deadline = call.next_deadline
        return value_of(deadline) if deadline else None

    return value


def initiative(call):
    """What is a draft has no name yet."""
    shown = call.initiative
    return (shown.acronym or shown.title) if shown and shown.is_published else ""


CALL_COLUMNS = {
    gettext_lazy("Reference"): lambda call: call.reference,
    gettext_lazy("Title"): lambda call: call.title,
    gettext_lazy("Kind"): lambda call: call.get_kind_display(),
    gettext_lazy("Status"): lambda call: call.get_status_display(),
    gettext_lazy("Stage"): lambda call: call.get_stage_display(),
    gettext_lazy("Opens"): lambda call: date_cell(opening(call)),
    gettext_lazy("Next deadline"): of_deadline(date_cell),
    gettext_lazy("What is due then"): of_deadline(lambda date: date.get_kind_display()),
    gettext_lazy("Certainty"): of_deadline(lambda date: date.get_certainty_display()),
    gettext_lazy("Time zone"): of_deadline(
        lambda date: formats.zone_name(date.at, date.timezone)
    ),
    gettext_lazy("All dates"): lambda call: names(map(date_text, call.dates())),
    gettext_lazy("Budget"): lambda call: call.budget,
    gettext_lazy("Currency"): lambda call: call.budget_currency if call.budget else "",
    gettext_lazy("Budget is approximate"): lambda call: (
        yes_or_no(call.budget_is_approximate) if call.budget else ""
    ),
    gettext_lazy("Initiative"): initiative,
    gettext_lazy("Topics"): topics,
    gettext_lazy("Funders"): lambda call: names(
        offer.organisation.short_name for offer in call.offers.all()
    ),
    gettext_lazy("Countries"): lambda call: names(
        country_name(offer.country) for offer in call.offers.all()
    ),
    gettext_lazy("Submission system"): lambda call: call.submission_url,
    gettext_lazy("Address"): address,
    gettext_lazy("Last changed"): last_changed,
}


def call_of(project):
    return project.call if project.call and project.call.is_published else None


def of_coordinator(value_of):
    def value(project):
        coordinator = project.coordinator
        return value_of(coordinator.organisation) if coordinator else None

    return value


PROJECT_COLUMNS = {
    gettext_lazy("Acronym"): lambda project: project.acronym,
    gettext_lazy("Title"): lambda project: project.title,
    gettext_lazy("Status"): lambda project: project.get_status_display(),
    gettext_lazy("Grant number"): lambda project: project.grant_number,
    gettext_lazy("DOI"): lambda project: project.doi,
    gettext_lazy("Call"): lambda project: call_of(project) and call_of(project).title,
    gettext_lazy("Reference of the call"): lambda project: (
        call_of(project) and call_of(project).reference
    ),
    gettext_lazy("Coordinator"): of_coordinator(lambda organisation: organisation.name),
    gettext_lazy("Coordinator's country"): of_coordinator(
        lambda organisation: country_name(organisation.country)
    ),
    gettext_lazy("Start"): lambda project: day_cell(project, project.starts_on),
    gettext_lazy("End"): lambda project: day_cell(project, project.ends_on),
    gettext_lazy("Total cost"): lambda project: project.total_cost,
    gettext_lazy("EU contribution"): lambda project: project.eu_contribution,
    gettext_lazy("Currency"): lambda project: project.currency,
    gettext_lazy("Funding scheme"): lambda project: project.funding_scheme,
    gettext_lazy("Topics"): topics,
    gettext_lazy("Keywords"): lambda project: names(project.keyword_list),
    gettext_lazy("Website"): lambda project: project.website,
    gettext_lazy("Address"): address,
    gettext_lazy("Last changed"): last_changed,
}


def day_cell(project, day):
    if day is None or project.precision == "day":
        return day
    return formats.partial_date(day, project.precision)


class CallTableView(CallSection, TableDownloadView):
    filterset_class = CallFilter
    columns = CALL_COLUMNS


class ProjectTableView(ProjectSection, TableDownloadView):
    filterset_class = ProjectFilter
    columns = PROJECT_COLUMNS
