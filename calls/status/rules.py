"""Status and stage of a call: pure functions of its key dates and an instant.

| status            | condition                                                                |
|-------------------|--------------------------------------------------------------------------|
| results published | a firm date of results has passed, after the last deadline of the entry  |
| suspended         | the last firm suspension or resumption that has passed is a suspension   |
| in evaluation     | the entry has closed, and the decision is in the future                  |
| closed            | the entry has closed, and the decision has passed or isn't planned       |
| closing soon      | the entry is open, and its next deadline is firm and at most 14 days     |
|                   | ahead                                                                    |
| open              | the entry has opened                                                     |
| forthcoming       | none of the above                                                        |

The first row that matches applies. The terms:

- **Firm**: exact, and known to the minute or the day. A whole day starts at midnight in its
  zone and ends with its last second. Only a firm date opens, suspends, resumes or publishes
  results; a call stays forthcoming after an expected opening.
- **Expected** (also: exact, but known to the month or year only): ends with the last second of
  its day, month or year. An expected deadline closes a call and an expected decision ends its
  evaluation, but a call is never closing soon because of an expected deadline.
- **Not before**: never treated as passed.
- The **entry** opens at the first firm opening, or publication in a call without openings. In a
  call with neither, and without pre-announcement, it has always been open if it has a firm
  deadline. It closes with the last deadline for pre-proposals, or for full proposals if there
  are none; earlier cut-offs don't close it. If that deadline is "not before" or missing, the
  results close it.
- The next deadline of the entry in a call with several cut-offs is the next cut-off: whoever
  misses it waits for months, so the call is closing soon before each, and open again after it.
- The **next deadline** is the earliest future deadline of any kind: for registration before the
  entry, for full proposals after the first stage. "Not before" doesn't count. Lists are sorted
  and filtered by it; where another date comes first, it is shown as well.
- The **decision** is the last date of decision after the entry, or else of results, or else the
  start of the projects, or else the end of the second stage.
- At the exact instant of a deadline, the entry is closed; at that of an opening, it is open.

The stage is independent of the status, also in a suspended call: see `Timetable.stage_at`.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.status.date_precision import last_instant
from localisation import clock

#: An open call is closing soon for this long before its next deadline.
CLOSING_SOON = timedelta(days=14)
BEGINNING = datetime.min.replace(tzinfo=UTC)
FOREVER = datetime.max.replace(tzinfo=UTC)


class Status(models.TextChoices):
    CLOSING_SOON = "closing_soon", _("Closing soon")
    OPEN = "open", _("Open")
    FORTHCOMING = "forthcoming", _("Forthcoming")
    SUSPENDED = "suspended", _("Suspended")
    IN_EVALUATION = "in_evaluation", _("In evaluation")
    RESULTS_PUBLISHED = "results_published", _("Results published")
    CLOSED = "closed", _("Closed")


#: Statuses in which proposals are no longer accepted.
OVER = (Status.CLOSED, Status.IN_EVALUATION, Status.RESULTS_PUBLISHED)


class Stage(models.TextChoices):
    PRE_PROPOSAL = "pre-proposal", _("Pre-proposals")
    PRE_EVALUATION = "pre-evaluation", _("Evaluation of pre-proposals")
    FULL_PROPOSAL = "full-proposal", _("Full proposals")
    EVALUATION = "evaluation", _("Evaluation")
    REBUTTAL = "rebuttal", _("Rebuttal")
    PREPARATION = "preparation", _("Preparation of the projects")


class Span(NamedTuple):
    """Interval, excluding its end, in which a call has one status, stage and next deadline.

    `stage` is "" for none.
    """

    starts_at: datetime
    ends_at: datetime
    status: str
    stage: str
    #: The next deadline, or None.
    deadline_at: datetime | None


def status_at(call, now=None):
    """Return the status of a call at an instant, by default now.

    Expects prefetched key dates.
    """
    return Timetable(call.key_dates.all()).status_at(now or clock.now())


def stage_at(call, now=None):
    """Return the stage of a call at an instant, by default now, or "".

    Expects prefetched key dates.
    """
    return Timetable(call.key_dates.all()).stage_at(now or clock.now())


class Timetable:
    """Status, stage and deadlines of a list of key dates, by the rules of this module."""

    def __init__(self, key_dates):
        self.dates = list(key_dates)

    def status_at(self, at):
        """Return the status at an instant."""
        if self.results_at and self.results_at <= at:
            return Status.RESULTS_PUBLISHED
        if self.is_suspended(at):
            return Status.SUSPENDED
        if self.closes_at and self.closes_at <= at:
            return Status.IN_EVALUATION if at < self.decided_at else Status.CLOSED
        if self.opens_at is None or at < self.opens_at:
            return Status.FORTHCOMING
        return Status.CLOSING_SOON if self.is_closing_soon(at) else Status.OPEN

    def is_closing_soon(self, at):
        ahead = [date for date in self.deadlines_ahead(at) if date.kind == self.entry]
        return any(
            date.is_firm and soon_before(date) <= at
            for date in ahead
            if date.last_instant == ahead[0].last_instant
        )

    def stage_at(self, at):
        """Return the stage at an instant, or "" before the opening and after the end.

        In a call with two stages, full proposals are due from the result of the first stage on.
        A firm rebuttal lasts until its end, or for its day if it has no end.
        """
        if not self.has_closed(at):
            is_open = self.opens_at is not None and self.opens_at <= at
            return Stage(self.entry) if is_open else ""
        if at >= self.decided_at:
            return Stage.PREPARATION if at < self.projects_start_at else ""
        if any(start <= at < end for start, end in self.rebuttals):
            return Stage.REBUTTAL
        return self.stage_after_entry(at)

    def stage_after_entry(self, at):
        fulls = self.of("full-proposal") if self.is_two_stage else []
        if self.is_two_stage and at < self.invited_at:
            return Stage.PRE_EVALUATION
        if fulls and at < (end_of(fulls) or FOREVER):
            return Stage.FULL_PROPOSAL
        return Stage.EVALUATION

    def has_closed(self, at):
        return self.closes_at is not None and self.closes_at <= at

    def deadline_at(self, at):
        """Return the instant of the next deadline, or None."""
        deadline = self.next_deadline(at)
        return deadline and deadline.last_instant

    def next_deadline(self, at):
        """Return the date of the next deadline, or None; None also after the decision."""
        is_decided = self.has_closed(at) and at >= self.decided_at
        return None if is_decided else next(iter(self.deadlines_ahead(at)), None)

    def deadlines_ahead(self, at):
        """Return the future deadlines of all kinds, the next one first."""
        known = [date for date in self.dates if date.is_deadline and not date.is_not_before]
        ahead = [date for date in known if date.last_instant > at]
        return sorted(ahead, key=lambda date: date.last_instant)

    def spans(self):
        """Return the status and stage of all times, as list of Span.

        There is no Span while the call is forthcoming and no deadline is known.
        """
        turns = sorted(self.turns)
        found = []
        for start, end in zip(turns, [*turns[1:], FOREVER], strict=True):
            span = self.span(start, end)
            if found and found[-1][2:] == span[2:]:
                span = span._replace(starts_at=found.pop().starts_at)
            found.append(span)
        is_blank = (Status.FORTHCOMING, "", None)
        return [span for span in found if span[2:] != is_blank]

    def span(self, start, end):
        return Span(
            start, end, self.status_at(start), self.stage_at(start), self.deadline_at(start)
        )

    @property
    def turns(self):
        """Instants at which the status, stage or next deadline may change."""
        turns = {BEGINNING, *(end for _start, end in self.rebuttals)}
        turns |= {soon_before(date) for date in self.of(self.entry)}
        for date in self.dates:
            turns |= {date.first_instant, date.last_instant}
        return turns

    def instants(self):
        """Return the columns of the call as {"opens_at": …, "closes_at": …}.

        These are the first opening and the last deadline of the entry, whether exact or not, or
        None.
        """
        openings = self.of("opening") or self.of("publication")
        return {
            "opens_at": min((date.first_instant for date in openings), default=None),
            "closes_at": max((date.last_instant for date in self.of(self.entry)), default=None),
        }

    # --- Derived dates ----------------------------------------------------------------------

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
        past = [
            (date.first_instant, date.kind == "resumption", date.kind)
            for date in self.of("suspension", "resumption")
            if date.is_firm and date.first_instant <= at
        ]
        return bool(past) and max(past)[2] == "suspension"


def end_of(dates):
    """Return the last instant of these dates; None if there are none or one is "not before"."""
    if any(date.is_not_before for date in dates):
        return None
    return max((date.last_instant for date in dates), default=None)


def soon_before(deadline):
    """Return the instant from which a deadline makes its call closing soon."""
    return max(deadline.last_instant, BEGINNING + CLOSING_SOON) - CLOSING_SOON


def day_end(date):
    return last_instant(date.at, "day", date.timezone)
