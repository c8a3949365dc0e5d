"""Tables of the results of a call, for the page and to download."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from calls.fields import percent
from calls.models import ProjectParticipant
from initiatives.models import Organisation
from localisation import formats
from localisation.fields import country_name
from search.text import fold


def known_text(known, count):
    """Return a text such as "known for 3 of 5", or "" where all are known."""
    if known == count:
        return ""
    numbers = {"known": formats.number(known), "count": formats.number(count)}
    return _("known for %(known)s of %(count)s") % numbers


def described_text(results, funded):
    """Return "3 of 11 funded projects are described here", or "" if all are or it isn't known.

    `funded` is a number or None.
    """
    described = len(results.projects)
    if funded is None or funded <= described:
        return ""
    message = ngettext(
        "%(described)s of %(funded)s funded projects is described here, with its figures.",
        "%(described)s of %(funded)s funded projects are described here, with their figures.",
        described,
    )
    numbers = {"described": formats.number(described), "funded": formats.number(funded)}
    return message % numbers


def sums_text(sums):
    """Return Sums as text: the amount in each currency, and how many amounts are known."""
    return "; ".join(map(_sum_text, sums)) or _("not known")


def _sum_text(total):
    if total.amount is None:
        return _("not known")
    note = known_text(total.known, total.count)
    text = formats.money(total.amount, total.currency)
    return f"{text} ({note})" if note else text


# --- Tables of the page -----------------------------------------------------------------

COLUMNS = {
    gettext_lazy("Organisations"): lambda group: formats.number(group.organisations),
    gettext_lazy("Participations"): lambda group: formats.number(group.participations),
    gettext_lazy("Coordinators"): lambda group: formats.number(group.coordinators),
    gettext_lazy("Contribution"): lambda group: sums_text(group.contributions),
    gettext_lazy("Share"): lambda group: percent(group.share) or _("not known"),
}


def _amount(group):
    """Return the sort key by contribution: the amount in the most frequent currency."""
    amount = group.contributions[0].amount
    return -1 if amount is None else amount


#: Orders of the table by country: query parameter -> (label, sort key).
SORT_ORDERS = {
    "": (gettext_lazy("Participations"), lambda group: -group.participations),
    "contribution": (gettext_lazy("Contribution"), lambda group: -_amount(group)),
    "country": (gettext_lazy("Country"), lambda group: fold(country_name(group.key))),
}


def sort_links(current):
    """Return the links for components/sort_links.html; `current` is a key of SORT_ORDERS."""
    return [
        {
            "label": label,
            "url": f"?sort={value}#countries" if value else "?#countries",
            "is_current": value == current,
        }
        for value, (label, _key) in SORT_ORDERS.items()
    ]


def country_table(results, order=""):
    """Return the table by country for components/table.html.

    `order` is a key of SORT_ORDERS.
    """
    groups = sorted(results.countries, key=SORT_ORDERS["country"][1])
    groups.sort(key=SORT_ORDERS[order][1])
    return _table(_("Country"), groups, country_name, results.overall)


def kind_table(results):
    return _table(_("Kind of organisation"), results.kinds, kind_name, results.overall)


def kind_name(kind):
    return str(Organisation.Kind(kind).label)


def _table(heading, groups, name, overall):
    headers = [{"label": heading}]
    headers += [{"label": str(label), "is_number": True} for label in COLUMNS]
    rows = [[{"text": name(group.key)}, *_cells(group)] for group in groups]
    footer = [{"text": _("All")}, *_cells(overall)]
    return {"headers": headers, "rows": rows, "footer": footer}


def _cells(group):
    return [
        {"label": str(label), "text": value(group), "is_number": True}
        for label, value in COLUMNS.items()
    ]


# --- Tables to download -----------------------------------------------------------------


def _group_rows(heading, groups, name, overall):
    currencies = [total.currency for total in overall.contributions]
    amounts = [_("Contribution in %(currency)s") % {"currency": code} for code in currencies]
    yield [
        heading,
        _("Code"),
        _("Projects"),
        _("Organisations"),
        _("Participations"),
        _("Coordinators"),
        *amounts,
        _("Participations whose contribution is known"),
        _("Share in %"),
    ]
    for group in groups:
        sums = {total.currency: total for total in group.contributions}
        yield [
            name(group.key),
            group.key,
            group.projects,
            group.organisations,
            group.participations,
            group.coordinators,
            *(sums[code].amount if code in sums else None for code in currencies),
            sum(total.known for total in group.contributions),
            group.share,
        ]


def country_rows(results):
    return _group_rows(_("Country"), results.countries, country_name, results.overall)


def kind_rows(results):
    return _group_rows(_("Kind of organisation"), results.kinds, kind_name, results.overall)


PROJECT_COLUMNS = {
    gettext_lazy("Acronym"): lambda project: project.acronym,
    gettext_lazy("Project"): lambda project: project.title,
    gettext_lazy("Grant agreement"): lambda project: project.grant_number,
    gettext_lazy("DOI"): lambda project: project.doi,
}
PROJECT_DETAIL_COLUMNS = {
    gettext_lazy("Start"): lambda project: project.starts_on,
    gettext_lazy("End"): lambda project: project.ends_on,
    gettext_lazy("Status"): lambda project: project.get_status_display(),
    gettext_lazy("Total cost"): lambda project: project.total_cost,
    gettext_lazy("Contribution"): lambda project: project.eu_contribution,
    gettext_lazy("Currency"): lambda project: project.currency,
}
PARTICIPANT_COLUMNS = {
    gettext_lazy("Organisation"): lambda part: part.organisation.name,
    gettext_lazy("ROR id"): lambda part: part.organisation.ror_id,
    gettext_lazy("Country"): lambda part: country_name(part.organisation.country),
    gettext_lazy("Country code"): lambda part: part.organisation.country,
    gettext_lazy("Kind of organisation"): lambda part: part.organisation.get_kind_display(),
    gettext_lazy("Role"): lambda part: part.get_role_display(),
    gettext_lazy("Active"): lambda part: _("yes") if part.is_active else _("no"),
    gettext_lazy("Contribution"): lambda part: part.net_contribution,
    gettext_lazy("Currency"): lambda part: part.project.currency,
}


def project_rows(results):
    """Yield a row for each project, headers first."""
    yield [*map(str, PROJECT_COLUMNS), *map(str, PROJECT_DETAIL_COLUMNS), _("Web address")]
    for project in results.queryset.by_title():
        values = [*PROJECT_COLUMNS.values(), *PROJECT_DETAIL_COLUMNS.values()]
        yield [*(value(project) for value in values), _address(project)]


def participation_rows(results):
    """Yield a row for each participation in a project, headers first."""
    yield [*map(str, PROJECT_COLUMNS), *map(str, PARTICIPANT_COLUMNS), _("Web address")]
    rows = ProjectParticipant.objects.filter(project__in=results.queryset.order_by())
    rows = rows.select_related("project", "organisation").order_by("project", "position", "pk")
    for part in rows.iterator():
        yield [
            *(value(part.project) for value in PROJECT_COLUMNS.values()),
            *(value(part) for value in PARTICIPANT_COLUMNS.values()),
            _address(part.project),
        ]


def _address(project):
    return f"{settings.PORTAL_URL}{project.get_absolute_url()}"


#: Name of the file in the URL -> (label, function that yields its rows).
DOWNLOADS = {
    "countries": (gettext_lazy("By country"), country_rows),
    "kinds": (gettext_lazy("By kind of organisation"), kind_rows),
    "projects": (gettext_lazy("Projects"), project_rows),
    "participations": (gettext_lazy("Participations"), participation_rows),
}


# --- Totals -----------------------------------------------------------------------------


class Figure:
    """A total for components/key_figures.html."""

    qualifier = ""
    as_of_on = None

    def __init__(self, value, label, unit="", note=""):
        self.value, self.label, self.unit, self.note = value, label, unit, note


def totals(results):
    """Yield the Figures of all projects; sums of unknown amounts are left out."""
    projects, countries = len(results.projects), len(results.countries)
    organisations = results.overall.organisations
    yield Figure(projects, ngettext("project", "projects", projects))
    yield Figure(organisations, ngettext("organisation", "organisations", organisations))
    yield Figure(countries, ngettext("country", "countries", countries))
    yield from _money(results.contributions, _("contribution granted"))
    yield from _money(results.total_costs, _("total cost"))


def _money(sums, label):
    for total in sums:
        if total.amount is not None:
            note = known_text(total.known, total.count)
            yield Figure(total.amount, label, total.currency, note)
