"""Success rates: page of the call, drafts, API and downloads."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from calls.models import Call, Statistic
from calls.success_rates import SuccessRates
from publishing.workflow import publish, undo_publish, unpublish
from tests import factories
from tests.staff import admin_url, form_at, row, save, signed_in, submitted

pytestmark = pytest.mark.django_db

NUMBERS = ("submitted", "eligible", "invited", "funded")


@pytest.fixture
def call():
    return factories.published(Call, slug="rivers", title_en="Rivers")


def statistic(call, stage="whole", **fields):
    return Statistic.objects.create(call=call, stage=stage, **fields)


def two_stages(call, **fields):
    first = statistic(call, "pre-proposal", submitted=180, eligible=150, invited=45)
    last = statistic(call, "full-proposal", submitted=44, funded=20, **fields)
    return first, last


def texts(table):
    return [[str(cell["text"]) for cell in cells] for cells in table["rows"]]


# --- Known and unknown numbers ----------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "rate"),
    [
        ({"submitted": 180, "funded": 30}, 16.7),
        ({"submitted": 180, "eligible": 90, "funded": 30}, 16.7),
        ({"eligible": 90, "funded": 30}, 33.3),
        ({"submitted": 180, "invited": 45}, 25),
        ({"submitted": 180, "invited": 45, "funded": 0}, 0),
        ({"submitted": 180, "eligible": 90}, None),
        ({"funded": 30}, None),
        ({"submitted": 0, "funded": 0}, None),
    ],
)
def test_success_rate_is_known_only_from_two_known_numbers(numbers, rate):
    assert Statistic(**numbers).success_rate == rate


def test_what_is_not_known_is_said_to_be_unknown_and_nothing_else(client, call):
    statistic(call, funded=0, submitted=12)
    page = client.get("/en/calls/rivers/")
    ((_stage, *cells),) = texts(page.context["success_rates"].stage_table)
    assert cells == ["12", "not known", "not known", "0", "0%"]


def test_amounts_are_a_column_only_where_some_are_known(call):
    two_stages(call, amount_granted=Decimal("5000000"), currency="NOK")
    labels = [header["label"] for header in SuccessRates(call).stage_table["headers"]]
    assert "Amount granted" in labels
    assert "Amount requested" not in labels
    first, last = texts(SuccessRates(call).stage_table)
    assert (first[-1], last[-1]) == ("not known", "NOK5,000,000")


def test_rate_of_both_stages_comes_before_that_of_each(call):
    two_stages(call)
    rates = [(rate.title, rate.percent, rate.sentence) for rate in SuccessRates(call).rates]
    assert rates == [
        ("Both stages", "11.1%", "20 funded out of 180 submitted"),
        ("Pre-proposals", "25%", "45 invited to the next stage out of 180 submitted"),
        ("Full proposals", "45.5%", "20 funded out of 44 submitted"),
    ]


def test_number_of_the_funded_is_that_of_the_last_stage_or_the_whole(call):
    assert SuccessRates(call).funded is None
    two_stages(call)
    assert SuccessRates(call).funded == 20
    statistic(call, funded=21)
    assert SuccessRates(call).funded == 21


@pytest.mark.parametrize(
    "other",
    [
        {"stage": "whole", "submitted": 179, "funded": 19},
        {"stage": "pre-proposal", "submitted": 12},
        {"stage": "full-proposal", "funded": 2},
    ],
)
def test_no_rate_of_both_stages_where_the_rows_leave_doubt(call, other):
    two_stages(call)
    statistic(call, **other)
    assert SuccessRates(call).overall is None


def test_no_rate_of_both_stages_for_figures_that_take_in_something_else(call):
    two_stages(call, note_en="Two calls together")
    assert SuccessRates(call).overall is None


def test_bars_compare_what_is_known(call):
    statistic(call, submitted=200, funded=50)
    statistic(call, "full-proposal", funded=50)
    stages = {stage.row.stage: stage for stage in SuccessRates(call).stages}
    assert [bar["text"] for bar in stages["whole"].bars] == ["200", "50"]
    assert stages["whole"].longest == 200
    assert stages["full-proposal"].bars == []


def test_bars_of_zeros_can_be_drawn(client, call):
    statistic(call, submitted=0, funded=0)
    assert b'viewBox="0 0 1 1"' in client.get("/en/calls/rivers/").content


# --- The page ---------------------------------------------------------------------------


def test_call_without_figures_has_no_such_section(client, call):
    assert b'id="odds"' not in client.get("/en/calls/rivers/").content


def test_figures_of_funders_and_countries_have_a_table_of_their_own(client, call):
    funder = factories.organisation("Delta Fund")
    statistic(call, submitted=20, funded=4)
    statistic(call, organisation=funder, submitted=8, funded=2)
    statistic(call, country="EE", unit="partners", submitted=3)
    success_rates = client.get("/en/calls/rivers/").context["success_rates"]
    assert [cells[0] for cells in texts(success_rates.stage_table)] == ["Whole call"]
    assert [cells[:3] for cells in texts(success_rates.partial_table)] == [
        ["Delta Fund", "Whole call", "8"],
        ["Estonia", "Whole call: partners in proposals", "3"],
    ]
    assert len(success_rates.rates) == 1


def test_figures_speak_the_reader_s_language(call):
    two_stages(call, note_nl="Zonder de laatste")
    with override("nl"):
        assert "Zonder de laatste" in str(texts(SuccessRates(call).stage_table))
    with override("fr"):
        notes = [cells[-1] for cells in SuccessRates(call).stage_table["rows"]]
    assert notes[1] == {"label": notes[1]["label"], "text": "Zonder de laatste", "lang": "nl"}


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_the_rows(client, call):
    statistic(call, organisation=factories.organisation(), funded=1)
    paths = ["/en/calls/rivers/", f"/api/v1/calls/{call.pk}/", "/en/calls/rivers/odds.csv"]
    before = [queries(client, path) and queries(client, path) for path in paths]
    for _ in range(5):
        statistic(call, organisation=factories.organisation(), funded=1)
    assert [queries(client, path) for path in paths] == before


# --- Contradictory rows -----------------------------------------------------------------


@pytest.mark.parametrize(
    "numbers",
    [
        {"submitted": 5, "eligible": 6},
        {"submitted": 5, "invited": 6},
        {"submitted": 5, "funded": 6},
        {"eligible": 5, "invited": 6},
        {"eligible": 5, "funded": 6},
        {"invited": 5, "funded": 6},
    ],
)
def test_more_cannot_get_through_than_came(call, numbers):
    with pytest.raises(ValidationError, match="No number may be larger"):
        Statistic(call=call, stage="whole", **numbers).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        statistic(call, **numbers)


def test_unknown_numbers_contradict_nothing(call):
    for name in NUMBERS:
        statistic(call, **{name: 5}).full_clean()
    assert call.statistics.count() == len(NUMBERS)


def test_row_without_any_figure_is_refused(call):
    with pytest.raises(ValidationError, match="at least one figure"):
        Statistic(call=call, stage="whole").full_clean()


def new_row(**fields):
    values = {"stage": "whole", "unit": "proposals", "currency": "EUR", **fields}
    return {"statistics-TOTAL_FORMS": 1, **row("statistics", 0, **values)}


def test_staff_add_figures_as_a_draft_and_publish_them(client, call):
    staff = signed_in()
    assert save(staff, call, **new_row(submitted=9, funded=3)) == {}
    assert not call.statistics.exists()
    assert b'id="odds"' not in client.get("/en/calls/rivers/").content
    publish(item=call)
    assert b"3 funded out of 9 submitted" in client.get("/en/calls/rivers/").content
    call.refresh_from_db()
    undo_publish(item=call)
    assert b'id="odds"' not in client.get("/en/calls/rivers/").content


@pytest.mark.parametrize("bad", ["-1", "9" * 30, "x", "1\x00", "9" * 10_000])
def test_bad_numbers_are_refused_with_a_message(call, bad):
    staff = signed_in()
    opened = form_at(staff, admin_url(call))
    response = staff.post(admin_url(call), submitted(opened, **new_row(submitted=bad)))
    assert response.status_code == 200
    assert b"errorlist" in response.content
    assert not call.statistics.exists()


# --- API and downloads ------------------------------------------------------------------


def test_api_tells_unknown_numbers_as_null(client, call):
    funder = factories.organisation("Delta Fund", slug="delta")
    statistic(call, organisation=funder, funded=2, amount_granted=Decimal("1000.50"))
    (told,) = client.get(f"/api/v1/calls/{call.pk}/").json()["statistics"]
    assert told["organisation"]["slug"] == "delta"
    assert (told["submitted"], told["eligible"], told["funded"]) == (None, None, 2)
    assert told["success_rate"] is None
    assert told["amount_asked"] is None
    assert told["amount_granted"] == {
        "amount": "1000.50",
        "currency": "EUR",
        "is_approximate": False,
    }


def test_figures_are_a_csv_file_in_which_unknown_is_empty(client, call):
    funder = factories.organisation("=cmd()", slug="delta")
    statistic(call, submitted=12, funded=0)
    statistic(call, organisation=funder, funded=2, amount_granted=Decimal("1000.50"))
    response = client.get("/en/calls/rivers/odds.csv")
    text = response.getvalue().decode("utf-8-sig")
    headers, *rows = csv.reader(StringIO(text))
    whole, part = (dict(zip(headers, values, strict=True)) for values in rows)
    assert (whole["Submitted"], whole["Eligible"], whole["Funded"]) == ("12", "", "0")
    assert (whole["Amount granted"], whole["Currency"]) == ("", "")
    assert (part["Funder"], part["Amount granted"]) == ("'=cmd()", "1000.50")
    assert part["Web address"].endswith("/en/calls/rivers/#odds")
    assert client.get("/en/calls/rivers/odds.xlsx").status_code == 200


@pytest.mark.parametrize("name", ["odds.csv", "odds.xlsx"])
def test_figures_of_a_draft_are_nowhere(client, call, name):
    statistic(call, submitted=12)
    unpublish(item=call)
    assert client.get(f"/en/calls/rivers/{name}").status_code == 404
    assert signed_in("Author").get(f"/en/calls/rivers/{name}").status_code == 404
