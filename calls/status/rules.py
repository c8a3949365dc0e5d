"""The status and the stage of a call: pure functions of its key dates and of an instant.

| status            | holds while                                                              |
|-------------------|--------------------------------------------------------------------------|
| results published | a firm date of results has come, after the last deadline of the entry    |
| suspended         | of the firm suspensions and resumptions that have come, the last is a    |
|                   | suspension                                                               |
| in evaluation     | the entry has closed, and the decision is still to come                  |
| closed            | the entry has closed, and nothing more is known to come                  |
| closing soon      | it is open, and its entry's next deadline is firm and at most 14 days    |
|                   | ahead                                                                    |
| open              | the entry has opened                                                     |
| forthcoming       | none of the above                                                        |

The first line that fits holds. The words mean:

- **Firm** is a date that is exact, and known to the minute or the day. A whole day begins at
  midnight in its zone and ends with its last second. Only a firm date opens, suspends, resumes
  or publishes results; an expected opening that has passed leaves the call forthcoming.
- **Expected** (also: exact, but known to the month or year only) ends with the last second of
  its day, month or year: an expected deadline closes a call, and an expected decision ends its
  evaluation, but nothing counts down to them.
- **Not before** is never taken to have come.
- The **entry** opens at the first firm opening; in a call without openings, at its publication;
  in one without either and without pre-announcement that has a firm deadline, it always was
  open. It closes with the last deadline for pre-proposals, or where there are none, for full
  proposals: cut-offs before that one close nothing. Where that deadline is "not before", or
  there is none, results close it.
- The entry's next deadline in a call of several cut-offs is the next cut-off: who misses it
  waits for months, so the call closes soon before each, and is open again after it.
- The **next deadline** is the earliest ahead that binds somebody, of whatever kind: of
  registration before the entry, of full proposals once some are invited. "Not before" is none.
  Lists are sorted and filtered by it; where another date is told first, it stands beside.
- The **decision** is the last date of decision after the entry; without one, of results;
  without those, the start of the projects; without any, the end of the second stage.
- At the very instant of a deadline, the entry is closed; at that of an opening, it is open.

A stage runs beside the status, also in a suspended call: see `Timetable.stage_at`.
"""

from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from calls.status.date_precision import last_instant
from localisation import clock

#: How long before its next deadline an open call is said to close soon.
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


#: No proposal is taken any more.
OVER = (Status.CLOSED, Status.IN_EVALUATION, Status.RESULTS_PUBLISHED)


class Stage(models.TextChoices):
    PRE_PROPOSAL = "pre-proposal", _("Pre-proposals")
    PRE_EVALUATION = "pre-evaluation", _("Evaluation of pre-proposals")
    FULL_PROPOSAL = "full-proposal", _("Full proposals")
    EVALUATION = "evaluation", _("Evaluation")
    REBUTTAL = "rebuttal", _("Rebuttal")
    PREPARATION = "preparation", _("Preparation of the projects")


class Span(NamedTuple):
    """From when until when (not included) a call has a status and a stage ("" for none)."""

    starts_at: datetime
    ends_at: datetime
    status: str
    stage: str
    #: The next deadline, or None.
    deadline_at: datetime | None


def status_at(call, now=None):
    """Status of a call at an instant (now by default). Made for prefetched key dates."""
    return Timetable(call.key_dates.all()).status_at(now or clock.now())


def stage_at(call, now=None):
    """Stage of a call at an instant (now by default), or "". Made for prefetched key dates."""
    return Timetable(call.key_dates.all()).stage_at(now or clock.now())


class Timetable:
    """What the key dates of a call say, by the rules at the head of this module."""

    def __init__(self, key_dates):
        self.dates = list(key_dates)

    def status_at(self, at):
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
        """The stage that runs, or "" before the call has opened and after its end.

        In a call of two stages full proposals are asked for from the result of the first stage
        on. A firm rebuttal runs until it ends; one without an end, for its day.
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
        """The instant of the next deadline, or None."""
        deadline = self.next_deadline(at)
        return deadline and deadline.last_instant

    def next_deadline(self, at):
        """The date of the next deadline; None also once the call is decided."""
        is_decided = self.has_closed(at) and at >= self.decided_at
        return None if is_decided else next(iter(self.deadlines_ahead(at)), None)

    def deadlines_ahead(self, at):
        """The deadlines of all kinds that are to come, the next one first."""
        known = [date for date in self.dates if date.is_deadline and not date.is_not_before]
        ahead = [date for date in known if date.last_instant > at]
        return sorted(ahead, key=lambda date: date.last_instant)

    def spans(self):
        """The status and stage of all times, as list of Span.

        None where the call is forthcoming and no deadline is known.
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
        """The instants at which the status, stage or next deadline may change."""
        turns = {BEGINNING, *(end for _start, end in self.rebuttals)}
        turns |= {soon_before(date) for date in self.of(self.entry)}
        for date in self.dates:
            turns |= {date.first_instant, date.last_instant}
        return turns

    def instants(self):
        """dict of the call's columns opens_at and closes_at: first opening and last deadline of
        the entry, whether exact or not."""
        openings = self.of("opening") or self.of("publication")
        return {
            "opens_at": min((date.first_instant for date in openings), default=None),
            "closes_at": max((date.last_instant for date in self.of(self.entry)), default=None),
        }

    # --- What the dates say -----------------------------------------------------------------

    def of(self, *kinds):
        return [date for date in self.dates if date.kind in kinds]

    def starts(self, *kinds):
        """When the firm dates of these kinds begin, in order."""
        return sorted(date.first_instant for date in self.of(*kinds) if date.is_firm)

    @cached_property
    def is_two_stage(self):
        return bool(self.of("pre-proposal"))

    @property
    def entry(self):
        """Kind of the deadlines with which one enters."""
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
        """When the evaluation ends: with its decision, or earlier with the results."""
        return min(self.decision_at, self.results_at or FOREVER)

    @cached_property
    def decision_at(self):
        """FOREVER if it is only known not to be before a date."""
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
        """When the first stage of a call of two is decided."""
        results = self.of("stage-1-result")
        return (end_of(results) or FOREVER) if results else self.closes_at

    @cached_property
    def projects_start_at(self):
        """When their preparation ends; BEGINNING if that isn't known."""
        return end_of(self.of("project-start")) or BEGINNING

    @cached_property
    def rebuttals(self):
        """(start, end) of each firm one."""
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
    """The last instant of all these dates; None if there are none or one is "not before"."""
    if any(date.is_not_before for date in dates):
        return None
    return max((date.last_instant for date in dates), default=None)


def soon_before(deadline):
    """From when on it is said to be soon."""
    return max(deadline.last_instant, BEGINNING + CLOSING_SOON) - CLOSING_SOON


def day_end(date):
    return last_instant(date.at, "day", date.timezone)
