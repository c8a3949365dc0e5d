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


def described_text(outcome, funded):
    """Return "3 of 11 funded projects are described here", or "" if all are or it isn't known.

    `funded` is a number or None.
    """
    described = len(outcome.projects)
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


def _sum_text(one):
    if one.amount is None:
        return _("not known")
    note = known_text(one.known, one.count)
    text = formats.money(one.amount, one.currency)
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
ORDERS = {
    "": (gettext_lazy("Participations"), lambda group: -group.participations),
    "contribution": (gettext_lazy("Contribution"), lambda group: -_amount(group)),
    "country": (gettext_lazy("Country"), lambda group: fold(country_name(group.key))),
}


def orders(current):
    """Return the links for components/sort_links.html; `current` is a key of ORDERS."""
    return [
        {
            "label": label,
            "url": f"?sort={value}#countries" if value else "?#countries",
            "is_current": value == current,
        }
        for value, (label, _key) in ORDERS.items()
    ]


def country_table(outcome, order=""):
    """Return the table by country for components/table.html; `order` is a key of ORDERS."""
    groups = sorted(outcome.countries, key=ORDERS["country"][1])
    groups.sort(key=ORDERS[order][1])
    return _table(_("Country"), groups, country_name, outcome.whole)


def kind_table(outcome):
    return _table(_("Kind of organisation"), outcome.kinds, kind_name, outcome.whole)


def kind_name(kind):
    return str(Organisation.Kind(kind).label)


def _table(heading, groups, name, whole):
    headers = [{"label": heading}]
    headers += [{"label": str(label), "is_number": True} for label in COLUMNS]
    rows = [[{"text": name(group.key)}, *_cells(group)] for group in groups]
    footer = [{"text": _("All")}, *_cells(whole)]
    return {"headers": headers, "rows": rows, "footer": footer}


def _cells(group):
    return [
        {"label": str(label), "text": value(group), "is_number": True}
        for label, value in COLUMNS.items()
    ]


# --- Tables to download -----------------------------------------------------------------


def _groups(heading, groups, name, whole):
    currencies = [one.currency for one in whole.contributions]
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
        sums = {one.currency: one for one in group.contributions}
        yield [
            name(group.key),
            group.key,
            group.projects,
            group.organisations,
            group.participations,
            group.coordinators,
            *(sums[code].amount if code in sums else None for code in currencies),
            sum(one.known for one in group.contributions),
            group.share,
        ]


def countries(outcome):
    return _groups(_("Country"), outcome.countries, country_name, outcome.whole)


def kinds(outcome):
    return _groups(_("Kind of organisation"), outcome.kinds, kind_name, outcome.whole)


PROJECT = {
    gettext_lazy("Acronym"): lambda project: project.acronym,
    gettext_lazy("Project"): lambda project: project.title,
    gettext_lazy("Grant agreement"): lambda project: project.grant_number,
    gettext_lazy("DOI"): lambda project: project.doi,
}
PROJECT_ONLY = {
    gettext_lazy("Start"): lambda project: project.starts_on,
    gettext_lazy("End"): lambda project: project.ends_on,
    gettext_lazy("Status"): lambda project: project.get_status_display(),
    gettext_lazy("Total cost"): lambda project: project.total_cost,
    gettext_lazy("Contribution"): lambda project: project.eu_contribution,
    gettext_lazy("Currency"): lambda project: project.currency,
}
PART = {
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


def projects(outcome):
    """Yield a row for each project, headers first."""
    yield [*map(str, PROJECT), *map(str, PROJECT_ONLY), _("Web address")]
    for project in outcome.queryset.by_title():
        values = [*PROJECT.values(), *PROJECT_ONLY.values()]
        yield [*(value(project) for value in values), _address(project)]


def participations(outcome):
    """Yield a row for each participation in a project, headers first."""
    yield [*map(str, PROJECT), *map(str, PART), _("Web address")]
    rows = ProjectParticipant.objects.filter(project__in=outcome.queryset.order_by())
    rows = rows.select_related("project", "organisation").order_by("project", "position", "pk")
    for part in rows.iterator():
        yield [
            *(value(part.project) for value in PROJECT.values()),
            *(value(part) for value in PART.values()),
            _address(part.project),
        ]


def _address(project):
    return f"{settings.PORTAL_URL}{project.get_absolute_url()}"


#: Name of the file in the URL -> (label, function that yields its rows).
DOWNLOADS = {
    "countries": (gettext_lazy("By country"), countries),
    "kinds": (gettext_lazy("By kind of organisation"), kinds),
    "projects": (gettext_lazy("Projects"), projects),
    "participations": (gettext_lazy("Participations"), participations),
}


# --- Totals -----------------------------------------------------------------------------


class Figure:
    """A total for components/key_figures.html."""

    qualifier = ""
    as_of_on = None

    def __init__(self, value, label, unit="", note=""):
        self.value, self.label, self.unit, self.note = value, label, unit, note


def totals(outcome):
    """Yield the Figures of all projects; sums of unknown amounts are left out."""
    projects, countries = len(outcome.projects), len(outcome.countries)
    organisations = outcome.whole.organisations
    yield Figure(projects, ngettext("project", "projects", projects))
    yield Figure(organisations, ngettext("organisation", "organisations", organisations))
    yield Figure(countries, ngettext("country", "countries", countries))
    yield from _money(outcome.contributions, _("contribution granted"))
    yield from _money(outcome.total_costs, _("total cost"))


def _money(sums, label):
    for one in sums:
        if one.amount is not None:
            yield Figure(one.amount, label, one.currency, known_text(one.known, one.count))
