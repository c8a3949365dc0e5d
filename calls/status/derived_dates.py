"""Instants of a call that follow from its key dates."""

from datetime import UTC, datetime, timedelta
from functools import cached_property

from calls.status.date_precision import last_instant

#: An open call is closing soon for this long before its next deadline.
CLOSING_SOON = timedelta(days=14)
BEGINNING = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)


class DerivedDates:
    """Instants derived from a list of key dates, by the rules of `calls.status.rules`."""

    def __init__(self, key_dates):
        self.dates = list(key_dates)

    def of(self, *kinds):
        return [date for date in self.dates if date.kind in kinds]

    def starts(self, *kinds):
        """Return the starts of the firm dates of these kinds, in order."""
        return sorted(date.first_instant for date in self.of(*kinds) if date.is_firm)

    @cached_property
    def is_two_stage(self):
        return bool(self.of("pre-proposal"))

    @property
    def entry(self):
        """Kind of the deadlines of the entry."""
        return "pre-proposal" if self.is_two_stage else "full-proposal"

    @cached_property
    def opens_at(self):
        openings = self.of("opening") or self.of("publication")
        if openings:
            return min((d.first_instant for d in openings if d.is_firm), default=None)
        return (
            BEGINNING if self.starts(self.entry) and not self.of("pre-announcement") else None
        )

    @cached_property
    def closes_at(self):
        return end_of(self.of(self.entry)) or min(self.starts("results"), default=None)

    @cached_property
    def results_at(self):
        firm = [date for date in self.of("results") if date.is_firm]
        return min(
            (max(d.first_instant, self.closes_at) for d in firm if self.is_after_entry(d)),
            default=None,
        )

    def is_after_entry(self, date):
        return date.last_instant >= self.closes_at

    @cached_property
    def decided_at(self):
        """End of the evaluation: its decision, or the results if they are earlier."""
        return min(self.decision_at, self.results_at or FOREVER)

    @cached_property
    def decision_at(self):
        """Last date of the decision; FOREVER if it is "not before" a date."""
        later = [date for date in self.dates if date.last_instant > self.closes_at]
        for kinds in [("decision",), ("results",), ("project-start",)]:
            if known := [d for d in later if d.kind in kinds and not d.is_not_before]:
                return end_of(known)
        if any(date.kind in ("decision", "results", "project-start") for date in later):
            return FOREVER
        second = [d for d in later if d.kind in ("stage-1-result", "full-proposal", "rebuttal")]
        return (end_of(second) or FOREVER) if second else self.closes_at

    @cached_property
    def invited_at(self):
        """Result of the first stage of a call with two stages."""
        results = self.of("stage-1-result")
        return (end_of(results) or FOREVER) if results else self.closes_at

    @cached_property
    def projects_start_at(self):
        """End of the projects' preparation; BEGINNING if it isn't known."""
        return end_of(self.of("project-start")) or BEGINNING

    @cached_property
    def rebuttals(self):
        """List of (start, end) of the firm rebuttals."""
        firm = [date for date in self.of("rebuttal") if date.is_firm]
        return [(d.first_instant, d.last_instant if d.ends_at else day_end(d)) for d in firm]

    def is_suspended(self, at):
        started = [
            (date.first_instant, date.kind == "resumption", date.kind)
            for date in self.of("suspension", "resumption")
            if date.is_firm and date.first_instant <= at
        ]
        return bool(started) and max(started)[2] == "suspension"


def end_of(dates):
    """Return the last instant of these dates; None if there are none or one is "not before"."""
    if any(date.is_not_before for date in dates):
        return None
    return max((date.last_instant for date in dates), default=None)


def closing_soon_from(deadline):
    """Return the instant from which a deadline makes its call closing soon."""
    return max(deadline.last_instant, BEGINNING + CLOSING_SOON) - CLOSING_SOON


def day_end(date):
    return last_instant(date.at, "day", date.timezone)
