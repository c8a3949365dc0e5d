"""Publishing checks of calls and projects."""

from datetime import UTC, date, datetime

import pytest

from calls.models import Call, CallContact, ConsortiumRule, KeyDate, Project
from publishing.checks import Level, run_checks
from tests import factories

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "fr", "nl")


def call(**fields):
    titles = {f"title_{code}": f"Title {code}" for code in LANGUAGES}
    return factories.draft(Call, **titles | fields)


def at(year, month, day, hour=16):
    return datetime(year, month, day, hour, tzinfo=UTC)


def key_date(item, kind, instant, **fields):
    fields = {"timezone": "Europe/Brussels", **fields}
    return KeyDate.objects.create(call=item, kind=kind, at=instant, **fields)


def found(item, check):
    return [finding for finding in run_checks(item) if finding.check == check]


def test_complete_call_has_no_findings():
    item = call(budget=1)
    key_date(item, "full-proposal", at(2027, 1, 15))
    CallContact.objects.create(call=item, name="Office")
    assert run_checks(item) == []


def test_bare_call_lacks_deadline_contact_and_budget():
    places = {f.check: (f.anchor, f.level) for f in run_checks(call())}
    assert places == {
        "deadline": ("key_dates-heading", Level.ERROR),
        "contact": ("contacts-heading", Level.WARNING),
        "budget": ("id_budget", Level.WARNING),
    }


def test_call_that_takes_applications_all_year_needs_a_reason_only():
    item = call()
    key_date(item, "opening", at(2027, 1, 15))
    (finding,) = found(item, "deadline")
    assert finding.level == Level.WARNING


def test_what_funders_offer_is_a_budget():
    item = call()
    factories.offer(item, amount=1000)
    assert not found(item, "budget")


def test_rules_that_no_consortium_can_keep_are_an_error_at_their_number():
    item = call()
    for kind, number in (("min-partners", 3), ("min-countries", 9), ("max-partners", 7)):
        ConsortiumRule.objects.create(call=item, kind=kind, number=number, clause_en="x")
    (finding,) = found(item, "rules_of_consortium")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_consortium_rules-1-number")
    assert "limited to 7" in finding.message


def test_stage_before_an_earlier_one_is_an_error_at_its_date():
    item = call()
    key_date(item, "decision", at(2027, 1, 10))
    key_date(item, "opening", at(2027, 1, 1))
    key_date(item, "full-proposal", at(2027, 1, 15))
    (finding,) = found(item, "order_of_key_dates")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_key_dates-1-at")
    assert "“Decision” is before “Deadline for full proposals”" in finding.message


def test_several_cut_offs_with_their_decisions_are_in_order():
    item = call()
    for month in (1, 4, 7):
        key_date(item, "full-proposal", at(2027, month, 15))
        key_date(item, "decision", at(2027, month + 1, 15))
    assert not found(item, "order_of_key_dates")


def test_dates_are_compared_as_exactly_as_they_are_known():
    item = call()
    key_date(item, "full-proposal", at(2027, 1, 15))
    key_date(item, "decision", at(2027, 1, 1), precision="month")
    key_date(item, "project-start", at(2027, 1, 1), precision="year")
    assert not found(item, "order_of_key_dates")


def test_project_that_ends_before_it_starts_is_an_error():
    project = Project(
        title_en="Title", starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1), pk=-1
    )
    project._prefetched_objects_cache = {"topics": [], "participants": []}
    (finding,) = found(project, "end_of_project")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_ends_on")


# --- Texts that contradict the fields ---------------------------------------------------


def saying(language, text, **fields):
    item = call(**{f"body_{language}": f"<p>{text}</p>"}, budget=12_300_000, **fields)
    key_date(item, "opening", at(2026, 11, 2))
    key_date(item, "full-proposal", at(2027, 1, 15))
    factories.offer(item, amount=2_000_000)
    return item


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The deadline is 15 January 2026 at 17:00."),
        ("en", "Submit by 2027-01-16."),
        ("en", "The call opens on 2 November 2026 and closes on 16 January 2027."),
        ("fr", "La date limite est fixée au 16 janvier 2027."),
        ("fr", "Clôture : 1er février 2027"),
        ("nl", "Dien uiterlijk op 16 januari 2027 in."),
    ],
)
def test_deadline_in_a_text_that_no_key_date_says_is_warned_of(language, text):
    (finding,) = found(saying(language, text), "dates_in_texts")
    assert (finding.level, finding.anchor) == (Level.WARNING, f"id_body_{language}")
    assert "2027" in finding.message or "2026" in finding.message


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The deadline is 15 January 2027 at 17:00."),
        ("en", "The call opens on 2 November 2026 and closes on 15 January 2027."),
        ("en", "The law of 3 May 2019 applies. The deadline is near."),
        ("en", "Closed sessions took place."),
        ("fr", "La date limite est fixée au 15 janvier 2027."),
        ("nl", "Dien uiterlijk op 15 januari 2027 in."),
        ("nl", "De wet van 3 mei 2019 geldt."),
    ],
)
def test_dates_that_agree_or_are_about_something_else_are_fine(language, text):
    assert not found(saying(language, text), "dates_in_texts")


def test_deadline_at_midnight_may_be_told_as_the_day_before():
    item = call(body_en="<p>The deadline is 15 January 2027.</p>")
    key_date(item, "full-proposal", at(2027, 1, 15, hour=23))
    assert not found(item, "dates_in_texts")


def test_dates_are_read_on_the_clock_of_their_zone():
    item = call(body_en="<p>The deadline is 16 January 2027.</p>")
    key_date(item, "full-proposal", at(2027, 1, 15, hour=20), timezone="Asia/Tokyo")
    assert not found(item, "dates_in_texts")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The total budget is EUR 10 million."),
        ("en", "It has a budget of about €15 million."),
        (
            "fr",
            "Le budget total s’élève à 12 M€ ; enveloppe bis : 1,5 million d’euros.",
        ),
        ("nl", "Het totale budget bedraagt 13 miljoen euro."),
    ],
)
def test_budget_in_a_text_that_no_field_says_is_warned_of(language, text):
    (finding,) = found(saying(language, text), "amounts_in_texts")
    assert (finding.level, finding.anchor) == (Level.WARNING, f"id_body_{language}")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The total budget is €12.3 million."),
        ("en", "The total budget is EUR 12 million."),
        ("en", "The total budget is about € 12.5 million."),
        ("en", "The total budget is EUR 12,300,000."),
        ("en", "Our share of the total budget is EUR 2 million."),
        ("en", "The budget of each project is EUR 1 million."),
        ("en", "Up to EUR 500,000 of the total budget per project."),
        ("en", "Travel costs of EUR 5,000 are eligible."),
        ("fr", "Le budget total s’élève à 12,3 millions d’euros."),
        ("nl", "Het totale budget bedraagt 12,3 miljoen euro."),
    ],
)
def test_amounts_that_agree_or_are_about_something_else_are_fine(language, text):
    assert not found(saying(language, text), "amounts_in_texts")


def test_call_without_amounts_contradicts_none():
    item = call(body_en="<p>The total budget is EUR 12 million.</p>")
    assert not found(item, "amounts_in_texts")


def test_hostile_texts_are_read_in_no_time():
    item = saying("en", f"budget of {'1 ' * 50_000}€ {'9' * 500} €")
    item.eligibility_en = "<![foo[ deadline 99 January 9999"
    assert not found(item, "amounts_in_texts")
