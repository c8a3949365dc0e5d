"""The admin's forms: rows and their order, amounts, and times in their zones."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from backoffice.forms import AmountField
from backoffice.forms import row_formset as row_forms
from calls.models import Call, KeyDate
from initiatives.models import Initiative
from news.models import Event
from tests.factories import draft, key_date, organisation, participation
from tests.staff import admin_url, form_at, row, save, signed_in, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in()


# Rows -------------------------------------------------------------------------------------


def partners(initiative):
    parts = initiative.participations.select_related("organisation")
    return [part.organisation.acronym for part in parts]


@pytest.fixture
def initiative():
    initiative = draft(Initiative)
    for position, name in enumerate("ABC"):
        part = organisation(acronym=name)
        participation(initiative, organisation=part, position=position)
    return initiative


def test_rows_are_put_in_the_order_asked_for(client, initiative):
    order = row("participations", 0, position=2) | row("participations", 2, position=0)
    assert save(client, initiative, **order) == {}
    assert partners(initiative) == ["C", "B", "A"]


def test_new_row_stands_where_it_was_put(client, initiative):
    new = organisation(acronym="D").pk
    changes = row("participations", 3, organisation=new, role="funder", position=1)
    changes |= row("participations", 1, position=2) | row("participations", 2, position=3)
    changes |= {"participations-TOTAL_FORMS": 4, "participations-3-amount_currency": "EUR"}
    changes |= row("participations", 3, precision="day")
    assert save(client, initiative, **changes) == {}
    assert partners(initiative) == ["A", "D", "B", "C"]


def test_new_row_without_a_place_comes_last(client, initiative):
    new = organisation(acronym="D").pk
    changes = row("participations", 3, organisation=new, role="funder", position="")
    changes |= {"participations-TOTAL_FORMS": 4, "participations-3-amount_currency": "EUR"}
    changes |= row("participations", 3, precision="day")
    assert save(client, initiative, **changes) == {}
    assert partners(initiative) == ["A", "B", "C", "D"]


def test_new_row_that_was_left_empty_is_ignored(client, initiative):
    changes = row("participations", 3, position=3, amount_currency="EUR", precision="day")
    changes |= {"participations-TOTAL_FORMS": 4}
    assert save(client, initiative, **changes) == {}
    assert partners(initiative) == ["A", "B", "C"]


def test_what_the_database_forbids_is_told_at_its_field(client, initiative):
    period = {"starts_on": "2027-02-01", "ends_on": "2027-01-01"}
    refusal = ["The end must not be before the start."]
    errors = save(client, initiative, **period, **row("participations", 1, **period))
    assert errors == {"ends_on": refusal, "participations-1-ends_on": refusal}
    instants = {"starts_at": "2027-02-01T10:00", "ends_at": "2027-01-01T10:00"}
    assert save(client, draft(Event), **instants) == {"ends_at": refusal}


def test_row_is_removed_and_the_others_close_up(client, initiative):
    assert save(client, initiative, **row("participations", 0, DELETE="on")) == {}
    assert partners(initiative) == ["B", "C"]


def test_more_rows_than_a_form_can_add_are_refused_in_words(client, initiative, monkeypatch):
    monkeypatch.setattr(row_forms, "MAX_NEW_ROWS", 2)
    form = submitted(form_at(client, admin_url(initiative)), title_en="Typed")
    page = client.post(admin_url(initiative), form | {"participations-TOTAL_FORMS": 2000})
    assert page.status_code == 200
    assert "At most 5 rows can be saved here" in page.text
    assert 'value="Typed"' in page.text
    prefixes = [i.formset.prefix for i in page.context["inline_admin_formsets"]]
    place = prefixes.index("participations")
    assert len(page.context["inline_admin_formsets"][place].formset.forms) == 5


def test_item_with_many_rows_takes_more(client, initiative, monkeypatch):
    monkeypatch.setattr(row_forms, "MAX_NEW_ROWS", 1)
    new = organisation(acronym="D").pk
    changes = row("participations", 3, organisation=new, role="funder", precision="day")
    changes |= {"participations-TOTAL_FORMS": 4, "participations-3-amount_currency": "EUR"}
    assert save(client, initiative, **changes) == {}
    assert partners(initiative) == ["A", "B", "C", "D"]


def test_wrong_row_is_refused_at_its_field(client, initiative):
    errors = save(client, initiative, **row("participations", 1, amount="many"))
    assert errors == {"participations-1-amount": ["Enter a number."]}


def count_queries(client, item, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as queries:
        assert client.get(admin_url(item)).status_code == 200
    return len(queries)


def test_form_needs_as_many_queries_for_ten_rows_as_for_one(
    client, django_assert_max_num_queries
):
    one, ten = draft(Initiative), draft(Initiative)
    for item, rows in ((one, 1), (ten, 10)):
        for _number in range(rows):
            participation(item)
    counts = [count_queries(client, i, django_assert_max_num_queries) for i in (one, one, ten)]
    assert counts[1] == counts[2]


# Amounts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("45000000", "45000000"),
        ("45 000 000", "45000000"),
        ("45\u202f000\u00a0000,50", "45000000.50"),
        ("45.000.000,00", "45000000"),
        ("45,000,000.00", "45000000"),
        ("1.500", "1500"),
        ("1,5", "1.5"),
        ("0.75", "0.75"),
        ("-3", "-3"),
    ],
)
def test_amount_is_read_as_people_write_it(written, amount):
    assert AmountField().clean(written) == Decimal(amount)


def test_amount_is_shown_with_its_thousands_apart(client):
    call = draft(Call, budget=Decimal("45000000.00"))
    assert 'value="45,000,000"' in client.get(admin_url(call)).text
    assert save(client, call) == {}
    call.refresh_from_db()
    assert call.budget == Decimal("45000000.00")


@pytest.mark.parametrize("wrong", ["1e400", "12.3456", "9" * 40, "NaN", "12,34,5"])
def test_impossible_amount_is_refused_at_its_field(client, wrong):
    assert set(save(client, draft(Call), budget=wrong)) == {"budget"}


# Zones ------------------------------------------------------------------------------------


def new_date(**fields):
    given = {"kind": "full-proposal", "certainty": "exact", "precision": "minute", **fields}
    return row("key_dates", 0, **given) | {"key_dates-TOTAL_FORMS": 1}


def test_deadline_is_read_on_the_clock_of_its_zone(client):
    call = draft(Call)
    when = {"at": "2027-03-01T17:00", "timezone": "America/New_York"}
    assert save(client, call, **new_date(**when)) == {}
    assert KeyDate.objects.get().at == datetime(2027, 3, 1, 22, 0, tzinfo=UTC)
    call.refresh_from_db()
    assert call.closes_at == datetime(2027, 3, 1, 22, 0, tzinfo=UTC)
    assert 'value="2027-03-01T17:00"' in client.get(admin_url(call)).text


def test_saving_a_deadline_again_changes_nothing(client):
    call = draft(Call)
    date = key_date(call, "full-proposal", 10, timezone="Asia/Tokyo")
    KeyDate.objects.update(at=datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC))
    assert save(client, call) == {}
    date.refresh_from_db()
    assert date.at == datetime(2027, 3, 1, 22, 59, 59, tzinfo=UTC)


def test_time_that_the_clocks_leave_out_is_refused(client):
    when = {"at": "2027-03-28T02:30", "timezone": "Europe/Brussels"}
    errors = save(client, draft(Call), **new_date(**when))
    assert "does not exist in Europe/Brussels" in errors["key_dates-0-at"][0]


def test_time_left_out_in_the_office_but_not_in_the_zone_is_taken(client):
    when = {"at": "2027-03-28T02:30", "timezone": "America/New_York"}
    assert save(client, draft(Call), **new_date(**when)) == {}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "x" * 300])
def test_unknown_zone_is_refused_at_its_field(client, zone):
    errors = save(client, draft(Call), **new_date(at="2027-03-01T17:00", timezone=zone))
    assert "key_dates-0-timezone" in errors


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00", "9999-12-31T23:59", "tomorrow", "2027-13-01"]
)
def test_impossible_instant_is_refused_at_its_field(client, at):
    errors = save(client, draft(Event), starts_at=at)
    assert "starts_at" in errors
