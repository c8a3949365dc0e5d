"""Publishing checks of events."""

from datetime import UTC, datetime, timedelta

import pytest

from news.models import Event
from publishing.checks import Level, run_checks
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2027, 3, 12, 9, tzinfo=UTC)


def event(**fields):
    fields = {"starts_at": START, "ends_at": START + timedelta(hours=8), **fields}
    return factories.draft(Event, timezone="Europe/Brussels", **fields)


def found(item, check):
    return [finding for finding in run_checks(item) if finding.check == check]


def test_event_that_ends_before_it_starts_is_an_error():
    item = event()
    item.ends_at = START - timedelta(hours=1)
    (finding,) = found(item, "end_of_event")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_ends_at")


def test_registration_after_the_event_is_an_error():
    item = event(registration_deadline_at=START + timedelta(days=1))
    (finding,) = found(item, "end_of_registration")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_registration_deadline_at")
    assert not found(event(registration_deadline_at=START), "end_of_registration")


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("en", "Register by 5 March 2027.", 0),
        ("en", "Register by 6 March 2027.", 1),
        ("fr", "Inscriptions ouvertes jusqu’au 6 mars 2027.", 1),
        ("nl", "Inschrijven kan tot 6 maart 2027.", 1),
        ("en", "The conference takes up the plan of 6 March 2020.", 0),
    ],
)
def test_registration_date_in_a_text_that_no_field_says_is_warned_of(language, text, count):
    fields = {f"title_{language}": "Title", f"body_{language}": f"<p>{text}</p>"}
    item = event(registration_deadline_at=START - timedelta(days=7), **fields)
    assert len(found(item, "dates_in_texts")) == count
