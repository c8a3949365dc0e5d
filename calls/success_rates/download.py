"""Success rates to download."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

COLUMNS = {
    gettext_lazy("Stage"): lambda row: row.get_stage_display(),
    gettext_lazy("What is counted"): lambda row: row.get_unit_display(),
    gettext_lazy("Funder"): lambda row: row.organisation and row.organisation.name,
    gettext_lazy("ROR id"): lambda row: row.organisation and row.organisation.ror_id,
    gettext_lazy("Country"): lambda row: row.get_country_display(),
    gettext_lazy("Country code"): lambda row: row.country,
    gettext_lazy("Submitted"): lambda row: row.submitted,
    gettext_lazy("Eligible"): lambda row: row.eligible,
    gettext_lazy("Invited to the next stage"): lambda row: row.invited,
    gettext_lazy("Funded"): lambda row: row.funded,
    gettext_lazy("Success rate in %"): lambda row: row.success_rate,
    gettext_lazy("Amount requested"): lambda row: row.amount_asked,
    gettext_lazy("Amount granted"): lambda row: row.amount_granted,
    gettext_lazy("Currency"): lambda row: row.currency if row.has_amounts else None,
    gettext_lazy("As of"): lambda row: row.as_of_on,
    gettext_lazy("Source"): lambda row: row.source_url,
    gettext_lazy("Note"): lambda row: row.note,
}


def success_rates_table(call):
    """Yield the rows of the figures for `lists.exports`, headers first.

    Unknown values are empty cells.
    """
    yield [*map(str, COLUMNS), _("Web address")]
    address = f"{settings.PORTAL_URL}{call.get_absolute_url()}#odds"
    for row in call.statistics.all():
        yield [*(value(row) for value in COLUMNS.values()), address]
