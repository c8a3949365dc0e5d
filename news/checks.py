"""Publishing checks of events."""

import re
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from news.models import Event
from publishing.checks import check, contradicted_dates, days_of, error, out_of_order

#: Phrases in English, French and Dutch that announce a deadline for registration.
REGISTRATION = re.compile(
    r"""regist(er|ration)\w*\s.{0,30}(by|until|before|closes|deadline)|register\sby
    |inscri\w+\s.{0,30}(avant|jusqu|au\splus\stard|clôture)
    |(inschrijv\w+|schrijf)\s.{0,30}(vóór|voor|tot|uiterlijk)""",
    re.IGNORECASE | re.VERBOSE,
)


@check(Event)
def end_of_event(event):
    yield from out_of_order(event, "starts_at", "ends_at")


@check(Event)
def end_of_registration(event):
    until = event.registration_deadline_at
    if until and until > event.ends_at:
        message = _("Registration ends after the event. Correct one of the dates.")
        yield error(message, "registration_deadline_at")


@check(Event)
def dates_in_texts(event):
    zone = ZoneInfo(event.timezone)
    until = event.registration_deadline_at
    known = [(event.starts_at.astimezone(zone).date(), event.ends_at.astimezone(zone).date())]
    if until:
        known.append(days_of(until, "minute", zone))
    yield from contradicted_dates(event, known, words=REGISTRATION)
