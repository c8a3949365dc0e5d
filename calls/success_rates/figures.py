"""Success rates of a call: figures, bars and tables, for the page and to download.

Works on rows in memory, so that it also serves versions and previews. An unknown number is
shown as unknown: it is never treated as zero, nor derived from other numbers.
"""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from calls.fields import percent
from calls.models import COUNTS, Statistic
from localisation import formats
from localisation.languages import language_shown

#: (name of the count that passed, name of the base) -> sentence of the success rate.
SENTENCES = {
    ("funded", "submitted"): gettext_lazy("%(passed)s funded out of %(base)s submitted"),
    ("funded", "eligible"): gettext_lazy("%(passed)s funded out of %(base)s eligible"),
    ("invited", "submitted"): gettext_lazy(
        "%(passed)s invited to the next stage out of %(base)s submitted"
    ),
    ("invited", "eligible"): gettext_lazy(
        "%(passed)s invited to the next stage out of %(base)s eligible"
    ),
}
#: (stage, count) that can't exist, so that its cell is empty instead of "not known".
NEVER = {
    (Statistic.Stage.PRE_PROPOSAL, "funded"),
    (Statistic.Stage.FULL_PROPOSAL, "invited"),
}
AMOUNTS = ("amount_asked", "amount_granted")


def label_of(name):
    return capfirst(Statistic._meta.get_field(name).verbose_name)


@dataclass(frozen=True)
class Rate:
    """A success rate as texts: `percent`, and `sentence` with the two numbers."""

    title: str
    percent: str
    sentence: str


def rate(title, passed, base):
    """Return the Rate of `passed` out of `base`, both (name of the count, number)."""
    numbers = {"passed": formats.number(passed[1]), "base": formats.number(base[1])}
    share = percent(round(100 * passed[1] / base[1], 1))
    return Rate(title, share, SENTENCES[passed[0], base[0]] % numbers)


class StageOdds:
    """Figures of one stage over all funders and countries, for the page."""

    def __init__(self, row):
        self.row = row

    @property
    def title(self):
        """Name of the stage, with the unit unless proposals are counted."""
        stage = self.row.get_stage_display()
        if self.row.unit == Statistic.Unit.PROPOSALS:
            return stage
        return _("%(stage)s: %(unit)s") % {
            "stage": stage,
            "unit": str(self.row.get_unit_display()).lower(),
        }

    @property
    def rate(self):
        """Success rate of the stage as Rate, or None where it isn't known."""
        if self.row.success_rate is None:
            return None
        return rate(self.title, self.row.passed_as, self.row.base_as)

    @property
    def bars(self):
        """Known counts as bars for components/bars.html, the largest first.

        Empty if fewer than two are known, as there is nothing to compare.
        """
        known = [name for name in COUNTS if getattr(self.row, name) is not None]
        if len(known) < 2:
            return []
        return [
            {
                "label": label_of(name),
                "text": formats.number(getattr(self.row, name)),
                "value": getattr(self.row, name),
            }
            for name in known
        ]

    @property
    def longest(self):
        """Value of the longest bar; at least 1, because bars are scaled by it."""
        return max(bar["value"] for bar in self.bars) or 1


class Odds:
    """Success rates of a call."""

    def __init__(self, call):
        self.call = call
        self.rows = list(call.statistics.all())

    def __bool__(self):
        return bool(self.rows)

    @cached_property
    def stages(self):
        """StageOdds of the rows over all funders and countries, in the order of stages."""
        order = Statistic.Stage.values
        whole = [row for row in self.rows if not row.is_partial]
        return [StageOdds(row) for row in sorted(whole, key=lambda row: order.index(row.stage))]

    @property
    def has_bars(self):
        return any(stage.bars for stage in self.stages)

    @cached_property
    def parts(self):
        """Rows of one funder or country."""
        return [row for row in self.rows if row.is_partial]

    @cached_property
    def rates(self):
        """Known Rates: first over both stages, then of each stage."""
        rates = [self.overall, *(stage.rate for stage in self.stages)]
        return [rate for rate in rates if rate]

    @property
    def funded(self):
        """Number of funded proposals, or None where the rows don't give it."""
        stages = Statistic.Stage
        row = self._only(stages.WHOLE) or self._only(stages.FULL_PROPOSAL)
        return row and row.funded

    @property
    def overall(self):
        """Rate from pre-proposal to funding, or None.

        None where it isn't known, where there are figures of the whole call, or where a stage
        has a note: the two stages may then not be of the same proposals.
        """
        stages = Statistic.Stage
        first, last = self._only(stages.PRE_PROPOSAL), self._only(stages.FULL_PROPOSAL)
        if not (first and last) or first.note or last.note or self._of(stages.WHOLE):
            return None
        base = first.base_as
        if last.funded is None or not base or base[1] < max(last.funded, 1):
            return None
        return rate(_("Both stages"), ("funded", last.funded), base)

    def _of(self, stage):
        proposals = Statistic.Unit.PROPOSALS
        rows = (one.row for one in self.stages)
        return [row for row in rows if (row.stage, row.unit) == (stage, proposals)]

    def _only(self, stage):
        rows = self._of(stage)
        return rows[0] if len(rows) == 1 else None

    @cached_property
    def stage_table(self):
        """Table of all stages for components/table.html: dict of headers and rows."""
        rows = [stage.row for stage in self.stages]
        titles = [{"text": stage.title} for stage in self.stages]
        return self._table(gettext_lazy("Stage"), titles, rows, [])

    @cached_property
    def part_table(self):
        """Table by funder and country, as `stage_table`."""
        titles = [_title(row) for row in self.parts]
        extra = [(gettext_lazy("Stage"), lambda row: {"text": StageOdds(row).title})]
        return self._table(gettext_lazy("Funder or country"), titles, self.parts, extra)

    def _table(self, heading, titles, rows, extra):
        columns = [*extra, *_columns(rows)]
        cells = [
            [title, *({"label": str(name), **cell(row)} for name, cell in columns)]
            for title, row in zip(titles, rows, strict=True)
        ]
        headers = [{"label": str(heading)}]
        first = cells[0][1:] if cells else []
        headers += [
            {"label": cell["label"], "is_number": cell.get("is_number")} for cell in first
        ]
        return {"headers": headers, "rows": cells}


def _title(row):
    shown = row.organisation and language_shown(row.organisation, "name")
    return {"text": row.of, "lang": shown if shown != get_language() else None}


def _columns(rows):
    """Return (header, function of a row that returns its cell) pairs.

    All counts are included, other columns only if at least one row fills them.
    """
    columns = [(label_of(name), _count(name)) for name in COUNTS]
    columns.append((_("Success rate"), _share))
    columns += [(label_of(name), _amount(name)) for name in AMOUNTS if _told(rows, name)]
    others = {"note": _note, "as_of_on": _date, "source_url": _source}
    columns += [(label_of(name), cell) for name, cell in others.items() if _told(rows, name)]
    return columns


def _told(rows, name):
    return any(getattr(row, name) not in (None, "") for row in rows)


def _number(text):
    return {"text": text or _("not known"), "is_number": True}


def _count(name):
    def cell(row):
        value = getattr(row, name)
        if value is None and (row.stage, name) in NEVER:
            return {"text": "", "is_number": True}
        return _number("" if value is None else formats.number(value))

    return cell


def _amount(name):
    return lambda row: _number(formats.money(getattr(row, name), row.currency))


def _share(row):
    return _number(percent(row.success_rate))


def _note(row):
    shown = language_shown(row, "note")
    return {"text": row.note, "lang": shown if shown != get_language() else None}


def _date(row):
    return {"text": row.as_of_on and formats.partial_date(row.as_of_on)}


def _source(row):
    return {"text": _("Source") if row.source_url else "", "url": row.source_url}


# --- Table to download ------------------------------------------------------------------

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


def table(call):
    """Yield the rows of the figures for `lists.exports`, headers first.

    Unknown values are empty cells.
    """
    yield [*map(str, COLUMNS), _("Web address")]
    address = f"{settings.PORTAL_URL}{call.get_absolute_url()}#odds"
    for row in call.statistics.all():
        yield [*(value(row) for value in COLUMNS.values()), address]
