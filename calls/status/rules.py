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

from calls.status.derived_dates import (
    BEGINNING,
    FOREVER,
    DerivedDates,
    closing_soon_from,
    end_of,
)
from calls.status.statuses import Span, Stage, Status
from localisation import clock


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


class Timetable(DerivedDates):
    """Status, stage and deadlines of a list of key dates, by the rules of this module."""

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
            date.is_firm and closing_soon_from(date) <= at
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
        full_proposals = self.of("full-proposal") if self.is_two_stage else []
        if self.is_two_stage and at < self.invited_at:
            return Stage.PRE_EVALUATION
        if full_proposals and at < (end_of(full_proposals) or FOREVER):
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
        change_points = sorted(self.change_points)
        spans = []
        for start, end in zip(change_points, [*change_points[1:], FOREVER], strict=True):
            span = self.span(start, end)
            if spans and spans[-1][2:] == span[2:]:
                span = span._replace(starts_at=spans.pop().starts_at)
            spans.append(span)
        undated = (Status.FORTHCOMING, "", None)
        return [span for span in spans if span[2:] != undated]

    def span(self, start, end):
        return Span(
            start, end, self.status_at(start), self.stage_at(start), self.deadline_at(start)
        )

    @property
    def change_points(self):
        """Instants at which the status, stage or next deadline may change."""
        change_points = {BEGINNING, *(end for _start, end in self.rebuttals)}
        change_points |= {closing_soon_from(date) for date in self.of(self.entry)}
        for date in self.dates:
            change_points |= {date.first_instant, date.last_instant}
        return change_points

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
