"""Results of a call: figures, page, map, tables and API agree."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from calls.models import Call, Project
from calls.results import (
    HEIGHT,
    WIDTH,
    ResultsMap,
    country_table,
    results_of_call,
    sum_by_currency,
    totals,
)
from initiatives.models import Initiative
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/en/calls/rivers/results/"


@pytest.fixture
def call():
    return factories.published(Call, slug="rivers", title_en="Rivers")


def funded(call, *participants, **fields):
    """Return a new public project; `participants` are (country, contribution, fields)."""
    project = factories.live(Project, call=call, **fields)
    for country, contribution, *more in participants:
        organisation = factories.organisation(country=country, kind="university")
        values = {"organisation": organisation, "net_contribution": contribution}
        factories.participant(project, **values, **(more[0] if more else {}))
    return project


@pytest.fixture
def two_projects(call):
    funded(
        call,
        ("FR", Decimal("300000.50"), {"role": "coordinator"}),
        ("BE", Decimal(100_000)),
        ("FR", None),
        eu_contribution=Decimal("400000.50"),
        total_cost=Decimal(500_000),
        title_en="First",
        acronym="ONE",
    )
    hidden = factories.draft(Project, call=call, title_en="Secret", eu_contribution=99_000_000)
    factories.participant(hidden, organisation=factories.organisation("Hidden", country="CA"))
    funded(call, ("BR", Decimal(0)), eu_contribution=None, title_en="Second")
    return call


def texts(table):
    return [[cell["text"] for cell in row] for row in table["rows"]]


def rows_of(response):
    text = b"".join(response.streaming_content).decode().lstrip("\ufeff")
    return list(csv.reader(StringIO(text)))


# --- Figures ----------------------------------------------------------------------------


def test_currencies_are_never_added_together():
    sums = sum_by_currency([(Decimal(5), "EUR"), (Decimal(7), "NOK"), (Decimal(1), "EUR")])
    assert [(s.currency, s.amount) for s in sums] == [("EUR", 6), ("NOK", 7)]


def test_unknown_is_not_zero_and_zero_is_known():
    (nothing,), (zero,) = (
        sum_by_currency([(None, "EUR")]),
        sum_by_currency([(Decimal(0), "EUR"), (None, "EUR")]),
    )
    assert (nothing.amount, nothing.known, nothing.count) == (None, 0, 1)
    assert (zero.amount, zero.known, zero.count) == (0, 1, 2)


def test_figures_are_worked_out_from_published_projects_only(two_projects):
    results = results_of_call(two_projects)
    assert len(results.projects) == 2
    assert results.overall.organisations == 4
    assert [group.key for group in results.countries] == ["FR", "BE", "BR"]
    assert [(g.participations, g.coordinators) for g in results.countries] == [
        (2, 1),
        (1, 0),
        (1, 0),
    ]


def test_share_is_of_what_was_granted_to_all_in_one_currency(two_projects):
    assert {group.share for group in results_of_call(two_projects).countries} == {None}
    Project.objects.filter(eu_contribution=None).update(eu_contribution=0)
    assert [group.share for group in results_of_call(two_projects).countries] == [
        Decimal("75.0"),
        Decimal("25.0"),
        Decimal("0.0"),
    ]
    funded(two_projects, ("NO", Decimal(5)), currency="NOK")
    assert {group.share for group in results_of_call(two_projects).countries} == {None}


def test_totals_say_of_how_many_an_amount_is_known(two_projects):
    found = {
        figure.label: (figure.value, figure.note)
        for figure in totals(results_of_call(two_projects))
    }
    assert found["contribution granted"] == (Decimal("400000.50"), "known for 1 of 2")
    assert found["countries"] == (3, "")


def test_total_of_which_nothing_is_known_is_left_out(call):
    funded(call, ("FR", None))
    assert [figure.label for figure in totals(results_of_call(call))] == [
        "project",
        "organisation",
        "country",
    ]


def test_organisation_in_two_projects_is_one_with_two_parts(call):
    organisation = factories.organisation("Twice")
    for _ in range(2):
        factories.participant(funded(call, ("FR", None)), organisation=organisation)
    results = results_of_call(call)
    assert results.overall.organisations == 3
    first = results.organisations(1)[0]
    assert (first, len(first.participant_rows)) == (organisation, 2)


# --- The page ---------------------------------------------------------------------------


def test_page_tells_what_was_funded_and_nothing_hidden(client, two_projects):
    page = client.get(PAGE).content.decode()
    assert "€400,000.50" in page
    assert "known for 1 of 2" in page
    assert "Secret" not in page
    assert "Hidden" not in page
    assert "Canada" not in page
    assert "Brazil 1" in page


@pytest.mark.parametrize("address", [PAGE, "/en/calls/rivers/"])
def test_page_says_when_only_some_of_the_funded_are_described(client, two_projects, address):
    counted = two_projects.statistics.create(stage="whole", submitted=61, funded=11)
    text = "2 of 11 funded projects are described here, with their figures."
    assert text in client.get(address).text
    for funded_in_all in (2, None):
        counted.funded = funded_in_all
        counted.save()
        assert "described here" not in client.get(address).text


def test_call_without_published_projects_has_no_such_page(client, call):
    factories.draft(Project, call=call)
    assert client.get(PAGE).status_code == 404
    assert "results/" not in client.get("/en/calls/rivers/").content.decode()


def test_draft_call_has_no_results(client, call):
    funded(call, ("FR", None))
    Call.objects.update(state="draft")
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}countries.csv").status_code == 404


@pytest.mark.parametrize(
    ("sort", "first"), [("", "France"), ("contribution", "France"), ("country", "Belgium")]
)
def test_countries_are_sorted_as_the_address_says(two_projects, sort, first):
    assert texts(country_table(results_of_call(two_projects), sort))[0][0] == first


def test_countries_by_name_are_in_the_order_of_the_language(call):
    funded(call, *((country, None) for country in ("FI", "EG", "AT")))
    with override("fr"):
        names = [row[0] for row in texts(country_table(results_of_call(call), "country"))]
    assert names == ["Autriche", "Égypte", "Finlande"]


@pytest.mark.parametrize("sort", ["x", "a%00b", "9" * 10_000])
def test_unknown_order_is_refused(client, two_projects, sort):
    assert client.get(f"{PAGE}?sort={sort}").status_code == 400


def test_project_organisation_and_initiative_lead_to_the_outcome(client, two_projects):
    initiative = factories.published(Initiative, slug="waters")
    Call.objects.update(initiative=initiative)
    project = Project.objects.published().get(acronym="ONE")
    organisation = project.participants.first().organisation
    addresses = [two_projects.get_absolute_url(), project.get_absolute_url()]
    for address in [*addresses, organisation.get_absolute_url()]:
        assert f'href="{PAGE}"' in client.get(address).content.decode(), address
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "Projects on this portal" in page
    assert "€400,000.50" in page


def test_initiative_counts_no_projects_of_a_draft_call(client, two_projects):
    initiative = factories.published(Initiative, slug="waters")
    Call.objects.update(initiative=initiative, state="draft")
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "Projects on this portal" not in page


@pytest.mark.parametrize("address", [PAGE, "/en/calls/rivers/", "/api/v1/calls/{pk}/results/"])
def test_thirty_projects_take_as_many_queries_as_one(client, call, address):
    address = address.format(pk=call.pk)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    funded(call, ("FR", Decimal(1)))
    client.get(address)
    for_one = queries()
    for country in ["FR", "BE", "DE", "US", "EE"] * 6:
        funded(call, (country, Decimal(1)), ("NL", None))
    assert queries() == for_one


# --- The map ----------------------------------------------------------------------------


def test_circles_stay_on_the_map_and_none_covers_another(call):
    everywhere = ["AT", "BE", "CH", "CZ", "DE", "FR", "IT", "LI", "LU", "NL", "SI", "IS", "CY"]
    funded(call, *[(country, None) for country in everywhere * 2])
    circles = ResultsMap(results_of_call(call).countries).circles
    assert len(circles) == len(everywhere)
    for number, one in enumerate(circles):
        assert one.radius <= one.x <= WIDTH - one.radius
        assert one.radius <= one.y <= HEIGHT - one.radius
        for other in circles[number + 1 :]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart > one.radius + other.radius - 1, (one.code, other.code)


def test_country_outside_the_map_is_named_below_it(two_projects):
    found = ResultsMap(results_of_call(two_projects).countries)
    assert {circle.code for circle in found.circles} == {"FR", "BE"}
    assert found.outside == [{"name": "Brazil", "number": 1}]


def test_call_without_europeans_has_no_map(client, call):
    funded(call, ("CA", None))
    page = client.get(PAGE).content.decode()
    assert "outcome_map__picture" not in page
    assert "Canada 1" in page


# --- Downloads and API ------------------------------------------------------------------


def test_tables_tell_what_the_page_tells(client, two_projects):
    countries = rows_of(client.get(f"{PAGE}countries.csv"))
    assert countries[0][6] == "Contribution in EUR"
    assert countries[1][:7] == ["France", "FR", "1", "2", "2", "1", "300000.50"]
    assert countries[3][6] == "0.00"
    projects = rows_of(client.get(f"{PAGE}projects.csv"))
    assert [row[1] for row in projects] == ["Project", "First", "Second"]
    participations = rows_of(client.get(f"{PAGE}participations.csv"))
    assert len(participations) == 5
    assert client.get(f"{PAGE}kinds.xlsx").status_code == 200


@pytest.mark.parametrize("name", ["nothing.csv", "totals.csv", "countries.pdf"])
def test_table_that_there_is_not_is_not_found(client, two_projects, name):
    assert client.get(f"{PAGE}{name}").status_code == 404


def test_api_tells_what_the_page_tells(client, two_projects):
    answer = client.get(f"/api/v1/calls/{two_projects.pk}/results/").json()
    assert answer["totals"]["projects"] == 2
    assert answer["totals"]["contributions"] == [
        {"currency": "EUR", "amount": "400000.50", "known": 1, "count": 2}
    ]
    assert [(c["country"], c["share"]) for c in answer["countries"]] == [
        ("FR", None),
        ("BE", None),
        ("BR", None),
    ]
    assert answer["countries"][2]["contributions"][0]["amount"] == "0.00"
    assert answer["kinds"][0]["kind"] == "university"
    assert len(answer["organisations"]) == 4
    assert "Hidden" not in str(answer)


def test_api_has_no_results_of_a_draft_or_an_unfinished_call(client, call):
    address = f"/api/v1/calls/{call.pk}/results/"
    factories.draft(Project, call=call)
    assert client.get(address).status_code == 404
    funded(call, ("FR", None))
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?x=1").status_code == 400
    Call.objects.update(state="draft")
    assert client.get(address).status_code == 404
