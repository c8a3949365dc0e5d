"""Funders' matrix: page of the call, admin and API."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls.fields import validate_rates
from calls.models import Call, CallContact, ConsortiumRule, FunderOffer
from calls.widgets import FundingRatesField
from initiatives.models import Region
from media.models import Document
from publishing.models import Revision
from publishing.revisions import changes, snapshots
from tests import factories
from tests.staff import admin_url, row, save, signed_in, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    """A call with a funder in Flanders, one in France, and an international one."""
    item = factories.published(Call, slug="rivers")
    region = Region.objects.create(code="BE2", name_en="Flemish Region")
    offer(item, "fl", country="BE", region=region, eligible_kinds={"hospital": 80.5})
    offer(item, "fr", country="FR", eligible_kinds={"company": 50}, max_per_partner=1000)
    offer(item, "ec", country="BE", kind="international")
    return item


def offer(call, slug, country, kind="funder", **fields):
    funder = factories.organisation(
        f"Funder {slug}", slug=slug, acronym_en=slug.upper(), country=country, kind=kind
    )
    CallContact.objects.create(call=call, name=f"Contact {slug}", organisation=funder)
    return factories.offer(call, organisation=funder, **fields)


def shown(client, query=""):
    """Return [slugs of the funders shown first, slugs of the others] on the page."""
    matrix = client.get(f"/en/calls/rivers/{query}").context["matrix"]
    return [
        "".join(f"{row.offer.slug} " for row in rows).strip()
        for rows in (matrix.rows, matrix.other_rows)
    ]


@pytest.mark.parametrize(
    ("query", "first", "others"),
    [
        ("", "fl fr ec", ""),
        ("?place=BE2", "fl ec", "fr"),
        ("?place=BE", "ec fl", "fr"),
        ("?place=FR", "fr ec", "fl"),
        ("?kind=hospital", "fl ec", "fr"),
        ("?kind=company", "fr ec", "fl"),
        ("?place=BE2&kind=hospital", "fl ec", "fr"),
        ("?place=BE2&kind=company", "ec", "fl fr"),
        ("?place=FR&kind=hospital", "ec", "fl fr"),
    ],
)
def test_reader_s_own_funders_come_first(client, call, query, first, others):
    assert shown(client, query) == [first, others]


def test_reader_whom_nobody_pays_is_told_so(client):
    call = factories.published(Call, slug="rivers")
    offer(call, "fr", country="FR", eligible_kinds={"company": 50})
    offer(call, "nl", country="NL", eligible_kinds={"company": 50})
    text = client.get("/en/calls/rivers/?kind=hospital").content.decode()
    assert "None of the funders of this call can fund you." in text
    assert 'id="funder-fr"' in text


@pytest.mark.parametrize("query", ["?place=XX", "?kind=alien", f"?kind={'x' * 10_000}"])
def test_unknown_place_or_kind_is_refused_with_a_message(client, call, query):
    response = client.get(f"/en/calls/rivers/{query}")
    assert response.status_code == 400
    assert "Choose an option from the list." in response.content.decode()
    assert shown(client, query)[0] == "fl fr ec"


def test_row_has_its_own_address_its_contact_and_its_terms(client, call):
    FunderOffer.objects.filter(organisation__slug="fl").update(
        extra_step_en="A form", extra_step_at=datetime(2026, 7, 1, 10, tzinfo=UTC), trl_from=3
    )
    text = client.get("/en/calls/rivers/").content.decode()
    own = text.split('id="funder-fl"')[1].split("</tr>")[0]
    for part in ("Flemish Region", "Hospital", "80.5%", "Contact fl", "from 3", "A form"):
        assert part in own
    assert "12:00" in own
    assert "Brussels time, CEST" in own
    assert "Contact fr" not in own
    assert "€1,000" in text


def test_columns_that_nobody_fills_are_left_out(client):
    call = factories.published(Call, slug="rivers")
    factories.offer(call, amount=5)
    text = client.get("/en/calls/rivers/").content.decode()
    assert "€5" in text
    assert "Who can get funding" not in text
    assert "TRL" not in text


def test_document_that_is_not_available_is_not_shown(client, call):
    paper = Document.objects.create(
        title_en="Hidden rules", slug="h", available_at=datetime(2999, 1, 1, tzinfo=UTC)
    )
    FunderOffer.objects.update(rules_document=paper)
    assert "Hidden rules" not in client.get("/en/calls/rivers/").content.decode()
    assert b"documents/h" not in client.get("/en/calls/rivers/funders.csv").getvalue()


def test_page_takes_as_many_queries_for_thirty_funders_as_for_three(client, call):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/calls/rivers/?place=BE2&kind=hospital")
        return len(captured)

    paper = Document.objects.create(title_en="Rules", slug="rules")
    FunderOffer.objects.update(rules_document=paper)
    three = queries()
    region = Region.objects.get()
    for number in range(27):
        paper = Document.objects.create(title_en="Rules", slug=f"rules-{number}")
        offer(call, f"f{number}", country="NL", region=region, rules_document=paper)
        ConsortiumRule.objects.create(call=call, kind="max-partners", number=3, clause_en="x")
    assert queries() == three


# --- Versions, admin and API ------------------------------------------------------------


def test_terms_and_rules_are_held_by_versions_and_told_in_words(call):
    ConsortiumRule.objects.create(
        call=call,
        kind="required-kind",
        number=1,
        organisation_kinds=["hospital"],
        clause_en="x",
    )
    old = snapshots.dump(call)
    FunderOffer.objects.filter(organisation__slug="fl").update(eligible_kinds={"company": None})
    ConsortiumRule.objects.update(countries="BE EU", organisation_kinds=["company", "other"])
    new = snapshots.dump(Call.objects.get())
    described = {
        change.label: (change.old, change.new) for change in changes.describe(Call, old, new)
    }
    assert described["Funder – Who can get funding, and at which rate"] == (
        "Hospital 80.5%",
        "Company",
    )
    assert described["Consortium rule – Kinds of organisation"] == (
        "Hospital",
        "Company, Other",
    )
    assert described["Consortium rule – Only these countries"] == (
        "",
        "Belgium, European Union",
    )
    loaded = snapshots.load(call, old)
    assert snapshots.dump(loaded) == old


@pytest.mark.parametrize("rates", [[], {"alien": 5}, {"hospital": 101}, {"hospital": "5"}, 5])
def test_rates_that_make_no_sense_are_refused(rates):
    with pytest.raises(ValidationError):
        validate_rates(rates)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("", None), ("100", 100), ("66,67", 66.67), ("66.666 %", 66.67), ("0", 0)],
)
def test_rate_is_read_as_people_write_it(text, rate):
    assert FundingRatesField().clean({"hospital": text}) == {"hospital": rate}


@pytest.mark.parametrize("text", ["much", "101", "-1", "NaN", "1e999999", "9" * 10_000, "a\0"])
def test_rate_that_is_none_is_refused_with_the_name_of_its_kind(text):
    with pytest.raises(ValidationError, match="Hospital"):
        FundingRatesField().clean({"hospital": text})


def test_staff_write_terms_and_rules():
    client, call = signed_in(), factories.draft(Call)
    offer(call, "fl", country="BE", eligible_kinds={"hospital": 80.5})
    terms = row(
        "offers", 0, **{
            "eligible_kinds": ["university"],
            "eligible_kinds-hospital": "75",
            "programme_en": "Coast",
            "extra_step_at": "2026-07-01T12:00",
            "timezone": "Europe/Helsinki",
        }
    )  # fmt: skip
    rule = rule_row(kind="max-partners", number=7, counts="all", clause_en="Seven.")
    assert save(client, call, **terms, **rule) == {}
    snapshot = latest(call)
    offers = snapshot["rows"]["offers"]
    assert offers[0]["fields"]["eligible_kinds"] == {"university": None, "hospital": 75}
    assert offers[0]["fields"]["extra_step_at"] == "2026-07-01T09:00:00+00:00"
    assert snapshot["rows"]["consortium_rules"][0]["fields"]["number"] == 7


def rule_row(**fields):
    values = {f"consortium_rules-0-{name}": value for name, value in fields.items()}
    return {"consortium_rules-TOTAL_FORMS": 1, **values}


def latest(call):
    return Revision.objects.of(call).first().data


def test_staff_are_told_what_is_wrong_and_lose_nothing():
    client, call = signed_in(), factories.draft(Call)
    offer(call, "fl", country="BE", eligible_kinds={"hospital": 80.5})
    changed = row(
        "offers", 0, **{"eligible_kinds-hospital": "lots", "trl_from": 5, "trl_to": 3}
    )
    rule = rule_row(kind="min-partners", countries="BE XX", clause_en="Three.")
    errors = save(client, call, **changed, **rule)
    assert "Hospital" in errors["offers-0-eligible_kinds"][0]
    assert errors["offers-0-trl_to"] == ["The highest TRL must not be below the lowest."]
    assert "XX" in errors["consortium_rules-0-countries"][0]
    form = client.get(admin_url(call))
    assert 'name="offers-0-eligible_kinds-hospital" value="80.5"' in form.content.decode()
    refused = client.post(admin_url(call), submitted(form, **changed, **rule)).content.decode()
    assert 'name="offers-0-eligible_kinds-hospital" value="lots"' in refused


def test_api_tells_terms_and_rules(client, call):
    ConsortiumRule.objects.create(
        call=call, kind="min-countries", number=2, countries="BE NO", clause_en="Two countries."
    )
    data = client.get(f"/api/v1/calls/{call.pk}/?lang=en").json()
    first, second, _third = data["funders"]
    assert first["region"]["code"] == "BE2"
    assert first["eligible_kinds"] == [{"kind": "hospital", "funding_rate": 80.5}]
    assert first["row_url"].endswith("/en/calls/rivers/#funder-fl")
    assert second["max_per_partner"]["amount"] == "1000.00"
    assert second["region"] is None
    (rule,) = data["consortium_rules"]
    assert rule["countries"] == ["BE", "NO"]
    assert rule["requirement"] == "Partners from at least 2 different countries"
    assert rule["clause"] == "Two countries."


def test_form_takes_what_a_browser_sends_of_fields_with_a_default():
    client, call = signed_in(), factories.draft(Call)
    offer(call, "fl", country="BE", eligible_kinds={"hospital": 80.5})
    rule = {"kind": "min-partners", "number": 3, "counts": "all", "clause_en": "Three."}
    sent = {
        **rule_row(**rule),
        "offers-0-eligible_kinds-hospital": "80.5",
        "initial-offers-0-eligible_kinds": "{}",
        "initial-consortium_rules-0-organisation_kinds": "[]",
    }
    assert save(client, call, **sent) == {}
    (saved,) = latest(call)["rows"]["offers"]
    assert saved["fields"]["eligible_kinds"] == {"hospital": 80.5}
    assert b"initial-offers-0-eligible_kinds" not in client.get(admin_url(call)).content
