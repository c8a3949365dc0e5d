"""Success rates of a call: figures, bars and tables, for the page and to download.

Works on rows in memory, so that it also serves versions and previews. An unknown number is
shown as unknown: it is never treated as zero, nor derived from other numbers.
"""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import COUNTS, Statistic
from calls.success_rates.columns import columns_of, label_of, title_of
from calls.success_rates.rates import rate
from localisation import formats


class StageSuccessRate:
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
        return rate(self.title, self.row.passed_count, self.row.base_count)

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


class SuccessRates:
    """Success rates of a call."""

    def __init__(self, call):
        self.call = call
        self.rows = list(call.statistics.all())

    def __bool__(self):
        return bool(self.rows)

    @cached_property
    def stages(self):
        """Figures of the stages over all funders and countries, in the order of stages."""
        order = Statistic.Stage.values
        rows = [row for row in self.rows if not row.is_partial]
        rows.sort(key=lambda row: order.index(row.stage))
        return [StageSuccessRate(row) for row in rows]

    @property
    def has_bars(self):
        return any(stage.bars for stage in self.stages)

    @cached_property
    def partial_rows(self):
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
        row = self._single_row(stages.WHOLE) or self._single_row(stages.FULL_PROPOSAL)
        return row and row.funded

    @property
    def overall(self):
        """Rate from pre-proposal to funding, or None.

        None where it isn't known, where there are figures of the whole call, or where a stage
        has a note: the two stages may then not be of the same proposals.
        """
        stages = Statistic.Stage
        first, last = (
            self._single_row(stages.PRE_PROPOSAL),
            self._single_row(stages.FULL_PROPOSAL),
        )
        if not (first and last) or first.note or last.note or self._stage_rows(stages.WHOLE):
            return None
        base = first.base_count
        if last.funded is None or not base or base[1] < max(last.funded, 1):
            return None
        return rate(_("Both stages"), ("funded", last.funded), base)

    def _stage_rows(self, stage):
        proposals = Statistic.Unit.PROPOSALS
        rows = (stage.row for stage in self.stages)
        return [row for row in rows if (row.stage, row.unit) == (stage, proposals)]

    def _single_row(self, stage):
        rows = self._stage_rows(stage)
        return rows[0] if len(rows) == 1 else None

    @cached_property
    def stage_table(self):
        """Table of all stages for components/table.html: dict of headers and rows."""
        rows = [stage.row for stage in self.stages]
        titles = [{"text": stage.title} for stage in self.stages]
        return self._table(gettext_lazy("Stage"), titles, rows, [])

    @cached_property
    def partial_table(self):
        """Table by funder and country, as `stage_table`."""
        titles = [title_of(row) for row in self.partial_rows]
        extra = [(gettext_lazy("Stage"), lambda row: {"text": StageSuccessRate(row).title})]
        return self._table(gettext_lazy("Funder or country"), titles, self.partial_rows, extra)

    def _table(self, heading, titles, rows, extra):
        columns = [*extra, *columns_of(rows)]
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
