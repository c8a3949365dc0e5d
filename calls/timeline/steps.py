"""Timeline for applicants: the steps that a call requires, in order of their deadlines."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.models import FunderOffer, KeyDate
from calls.status import FOREVER, Timetable
from localisation import clock

#: Kind of key date -> action of the applicant.
ACTIONS = {
    KeyDate.Kind.INFO_DAY: gettext_lazy("Attend the information day"),
    KeyDate.Kind.REGISTRATION: gettext_lazy("Register in the submission system"),
    KeyDate.Kind.PRE_PROPOSAL: gettext_lazy("Submit the pre-proposal"),
    KeyDate.Kind.FULL_PROPOSAL: gettext_lazy("Submit the full proposal"),
    KeyDate.Kind.REBUTTAL: gettext_lazy("Respond to the evaluators"),
}
NATIONAL = "national-step"


@dataclass(frozen=True)
class Step:
    """An action of the applicant; `date` is the KeyDate of its deadline, None if not known."""

    #: Stable across edits of the call: calendars use it in their UIDs.
    key: str
    kind: str
    label: str
    date: KeyDate | None
    #: Sort key: the step's own deadline, or the first deadline of the entry if it has none.
    due_at: datetime
    url: str = ""
    #: Set if only the applicants of this funder have to do it.
    offer: FunderOffer | None = None

    @property
    def text(self):
        """Description by the funder, or the note of the key date; may be empty."""
        return self.offer.extra_step if self.offer else (self.date and self.date.note) or ""

    @property
    def is_past(self):
        return self.date is not None and self.date.last_instant <= clock.now()

    @property
    def is_expected(self):
        return self.date is not None and not self.date.is_firm


def timeline_steps(call):
    """Return the steps of a call in order, as list of Step.

    Expects prefetched key dates and offers.
    """
    steps = [*key_date_steps(call), *national_steps(call), *_undated_registration(call)]
    return sorted(steps, key=lambda step: (step.due_at, step.date is not None, step.key))


def key_date_steps(call):
    """Yield the Steps of a call's key dates. Expects prefetched dates."""
    is_two_stage = Timetable(call.key_dates.all()).is_two_stage
    for date in call.key_dates.all():
        if date.kind in ACTIONS:
            label = ACTIONS[date.kind]
            if date.kind == KeyDate.Kind.FULL_PROPOSAL and is_two_stage:
                label = _("Submit the full proposal, if you are invited to")
            yield Step(
                key=f"date-{date.pk}",
                kind=date.kind,
                label=str(label),
                date=date,
                due_at=date.last_instant,
                url=call.submission_url if date.is_deadline else "",
            )


def national_steps(call):
    """Yield the extra Steps of single funders. Expects prefetched offers."""
    for offer in call.offers.all():
        if offer.extra_step:
            date = _date_of(offer)
            yield Step(
                key=f"funder-{offer.pk}",
                kind=NATIONAL,
                label=_("Extra national step for applicants to %(funder)s")
                % {"funder": offer.organisation.short_name},
                date=date,
                due_at=date.last_instant if date else _first_deadline(call),
                url=offer.extra_step_url,
                offer=offer,
            )


def _date_of(offer):
    """Return the deadline of a funder's extra step as an unsaved KeyDate, or None."""
    if offer.extra_step_at is None:
        return None
    return KeyDate(at=offer.extra_step_at, timezone=offer.timezone)


def _undated_registration(call):
    dates = call.key_dates.all()
    if call.submission_url and not any(d.kind == KeyDate.Kind.REGISTRATION for d in dates):
        yield Step(
            key="registration",
            kind=KeyDate.Kind.REGISTRATION,
            label=str(ACTIONS[KeyDate.Kind.REGISTRATION]),
            date=None,
            due_at=_first_deadline(call),
            url=call.submission_url,
        )


def _first_deadline(call):
    timetable = Timetable(call.key_dates.all())
    deadlines = (date.last_instant for date in timetable.of(timetable.entry))
    return min(deadlines, default=FOREVER)
