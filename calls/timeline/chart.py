"""Chart of a timeline: positions of the steps on an axis from today to the last one."""

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from localisation import clock
from localisation.formats import short_month

#: In percent of the width: margin on both sides, minimum distance of two markers in a row.
MARGIN = 4
NEAR = 10
#: In percent of the width: space without labels of months at "today" and at the end.
NEAR_TODAY = 20
NEAR_END = 8
MAX_TICKS = 4
ROW = 34
TOP = 22


@dataclass(frozen=True)
class Marker:
    number: int
    step: object
    x: float
    y: int


class TimelineChart:
    """Positions in an SVG: `x` in percent, `y` in pixels.

    `steps` is a result of `timeline_steps`.
    """

    def __init__(self, steps):
        self.now = clock.now()
        numbered = [(n, step) for n, step in enumerate(steps, start=1) if step.date]
        self.ahead = [(n, step) for n, step in numbered if step.date.last_instant > self.now]
        self.end = max((step.date.last_instant for _n, step in self.ahead), default=self.now)
        self.markers = list(self._markers())

    def __bool__(self):
        return bool(self.markers)

    def _markers(self):
        """Yield Markers of the future steps; one too close to others goes to a lower row."""
        last_in_row = []
        for number, step in self.ahead:
            x = self.x(step.date.last_instant)
            row = next(
                (r for r, last in enumerate(last_in_row) if x - last >= NEAR), len(last_in_row)
            )
            last_in_row[row : row + 1] = [x]
            yield Marker(number, step, x, TOP + row * ROW)

    def x(self, instant):
        share = (instant - self.now) / ((self.end - self.now) or timedelta(1))
        return round(MARGIN + share * (100 - 2 * MARGIN), 2)

    @property
    def start_x(self):
        return MARGIN

    @property
    def end_x(self):
        return 100 - MARGIN

    @property
    def axis_y(self):
        return max(marker.y for marker in self.markers) + ROW

    @property
    def tick_y(self):
        return self.axis_y + 6

    @property
    def label_y(self):
        return self.axis_y + 22

    @property
    def height(self):
        return self.axis_y + 30

    @property
    def ticks(self):
        """List of (x, month and year) for the first days of at most MAX_TICKS months."""
        firsts = list(self._months())
        step = -(-len(firsts) // MAX_TICKS) or 1
        return [(self.x(first), short_month(first)) for first in firsts[::step]]

    def _months(self):
        first = self.now.astimezone(ZoneInfo(settings.TIME_ZONE))
        first = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        while (first := (first + timedelta(days=32)).replace(day=1)) < self.end:
            if NEAR_TODAY <= self.x(first) <= 100 - NEAR_END:
                yield first
