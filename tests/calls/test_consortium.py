"""Consortium checker: rules of the demo's calls, its page and its messages."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from calls.consortium import Outcome, Partner
from calls.consortium.rules import check_consortium, countries_or_count
from calls.fields import CountriesField
from calls.funders import funder_places
from calls.models import Call, ConsortiumRule, FunderOffer
from initiatives.models import Organisation, Region
from portal.demo import read_entries
from publishing.models import FormerAddress
from tests import factories

PASS, FAIL, OPEN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN


# --- The demo's calls, without a database -----------------------------------------------


def demo_rule(entry):
    values = {k: v["en"] if isinstance(v, dict) else v for k, v in entry.items()}
    clause = {"clause_en": values.pop("clause"), "section_en": values.pop("section", "")}
    return ConsortiumRule(**values, **clause)


def demo_offer(entry, organisations):
    amounts = ("max_per_partner", "max_per_coordinator")
    values = {name: Decimal(entry[name]) for name in amounts if name in entry}
    values["eligible_kinds"] = entry.get("eligible_kinds", {})
    organisation = organisations[entry["organisation"]]
    funder = Organisation(
        slug=entry["organisation"],
        name_en=entry["organisation"],
        kind=organisation["kind"],
        country=organisation["country"],
    )
    region = (
        Region(code=entry["region"], name_en="Flemish Region") if "region" in entry else None
    )
    return FunderOffer(organisation=funder, region=region, **values)


@pytest.fixture(scope="module")
def demo_calls():
    """{slug: (rules, offers)} of the demo's calls that have rules, unsaved."""
    organisations = read_entries("organisations")
    return {
        slug: (
            [demo_rule(rule) for rule in entry["consortium_rules"]],
            [demo_offer(offer, organisations) for offer in entry["offers"]],
        )
        for slug, entry in read_entries("calls").items()
        if "consortium_rules" in entry
    }


#: Short name -> slug of a funder, for CONSORTIA.
FUNDERS = {
    "ask": "agentschap-scheldekust",
    "frse": "fonds-ravel",
    "ndrf": "northern-delta-fund",
    "bel": "bellariva",
    "sjs": "suomen-jarvisaatio",
    "itmoh": "it-moh",
    "sle": "stiftung-lindental",
}


def partners_of(text):
    """Return Partners from text such as "FR university frse 1000 *, NL company ndrf".

    Each is "place kind funder amount", with "-" for unknown and "*" for the coordinator.
    """
    return [partner_of(n, line) for n, line in enumerate(text.split(","), start=1)]


def partner_of(number, line):
    words = line.replace("*", "").split()
    place, kind, funder, amount = [*words, *["-"] * (4 - len(words))]
    place, kind, funder = ("" if word == "-" else word for word in (place, kind, funder))
    return Partner(
        number=number,
        country=place[:2],
        region=place if len(place) > 2 else "",
        kind=kind,
        funder=FUNDERS.get(funder, funder),
        is_coordinator="*" in line,
        amount=None if amount == "-" else Decimal(amount),
    )


RIVERS, EP_PERMED, ERA_PERMED = "clear-rivers-jtc-4", "ep-permed-jtc2024", "era-permed-jtc2021"
LINS, FAIR = "lins-living-laboratories", "fair-algorithms"
THREE = "BE2 hospital ask *, FR university frse, NL company ndrf"
EP_THREE = "FR university anr *, BE2 university fwo, BE2 company vlaio"

#: (call, partners, kinds of failed rules, kinds of open rules, outcome of each partner), with
#: outcomes "p" for pass, "f" for fail and "o" for open.
CONSORTIA = [
    (RIVERS, THREE, "", "", "ppp"),
    (RIVERS, "BE2 hospital ask *, FR university frse", "min-partners min-countries", "", "pp"),
    (RIVERS, THREE.replace(" *", ""), "", "coordinator-funded", "ppp"),
    (RIVERS, THREE.replace("NL company ndrf", "NL company own"),
     "min-partners min-countries", "", "ppp"),
    (RIVERS, f"{THREE}, NO university own, DE university own", "", "", "ppppp"),
    (RIVERS, f"{THREE}, NO university own, DE university own, SE company own",
     "max-self-funded", "", "pppppp"),
    (RIVERS, f"{THREE}, NO university own, DE university -", "", "", "ppppo"),
    (RIVERS, f"{THREE}, NO company own, DE company own, SE university -",
     "", "max-self-funded", "pppppo"),
    (RIVERS, "BE2 hospital own *, FR university frse, NL company ndrf",
     "min-partners min-countries coordinator-funded", "", "ppp"),
    (RIVERS, "BE2 hospital - *, FR university frse, NL company ndrf",
     "", "min-partners min-countries coordinator-funded", "opp"),
    (RIVERS, "BE2 hospital ask *, BE2 university ask, BE2 company ask",
     "min-countries", "", "ppp"),
    (RIVERS, f"{THREE}, FR university frse, FR hospital frse", "", "", "ppppp"),
    (RIVERS, f"{THREE}, FR university frse, FR hospital frse, FR non-profit frse",
     "max-per-country", "", "pppppp"),
    (RIVERS, f"{THREE}, FR university frse, FR hospital frse, - research frse",
     "", "max-per-country", "pppppo"),
    (RIVERS, f"{THREE}, IT hospital bel, IT university bel, FI - sjs, FI university sjs",
     "", "", "pppppoo"),
    (RIVERS,
     f"{THREE}, IT hospital bel, IT university bel, FI - sjs, FI - sjs, FR hospital frse",
     "max-partners", "", "pppppoop"),
    # Limits of the funders.
    (RIVERS, THREE.replace("BE2 hospital ask", "BE2 hospital ask 240000"), "", "", "ppp"),
    (RIVERS, THREE.replace("BE2 hospital ask", "BE2 hospital ask 240000.01"), "", "", "fpp"),
    (RIVERS, THREE.replace("NL company ndrf", "NL company ndrf 280000"), "", "", "ppf"),
    (RIVERS, "BE2 hospital ask, FR university frse, NL company ndrf 280000 *", "", "", "ppp"),
    (RIVERS, THREE.replace("BE2", "BE"), "", "", "opp"),
    (RIVERS, THREE.replace("BE2", "BE1"), "", "", "fpp"),
    (RIVERS, THREE.replace("BE2", "FR"), "min-countries", "", "fpp"),
    (RIVERS, THREE.replace("FR university", "FR company"), "", "", "pfp"),
    (RIVERS, "FI university sjs 900000 *, FR university frse, NL university ndrf",
     "", "", "opp"),
    # Other calls.
    (EP_PERMED, EP_THREE, "min-countries", "", "ooo"),
    (EP_PERMED, f"{EP_THREE}, DE university -", "", "min-countries", "oooo"),
    (EP_PERMED, f"{EP_THREE}, BE2 hospital fwo", "min-countries max-per-country", "", "oooo"),
    (EP_PERMED, "FR university anr *, US university -, BR university -",
     "min-countries", "min-partners", "ooo"),
    (EP_PERMED, "FR university anr *, BE2 university fwo, BR university own, US company own, "
     "IN university own, ZA hospital own, JP university own",
     "min-partners min-countries max-partners", "", "ooppppp"),
    (ERA_PERMED, "FR university anr *, IT hospital itmoh, LU research fnr", "", "", "ooo"),
    (ERA_PERMED, "FR university anr *, FR hospital anr, LU research fnr",
     "min-countries", "", "ooo"),
    (ERA_PERMED, "FR university anr *, CA hospital itmoh, US research fnr",
     "min-countries", "", "off"),
    (LINS, "DE university sle *", "", "", "o"),
    (LINS, "FR university own *", "coordinator-country", "", "p"),
    (LINS, "- university sle *", "", "coordinator-country", "o"),
    (FAIR, "BE ministry own, FR university own", "", "", "pp"),
    (FAIR, "BE company own, FR university own", "required-kind", "", "pp"),
    (FAIR, "BE company own, FR - own", "", "required-kind", "pp"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "text", "failed", "unknown", "limits"), CONSORTIA)
def test_demo_rules_are_applied(demo_calls, call, text, failed, unknown, limits):
    rules, offers = demo_calls[call]
    report = check_consortium(rules, offers, partners_of(text))
    found = {
        outcome: {v.rule.kind for v in report.rules if v.outcome == outcome}
        for outcome in Outcome
    }
    assert found[FAIL] == set(failed.split())
    assert found[OPEN] == set(unknown.split())
    assert (
        "".join({PASS: "p", FAIL: "f", OPEN: "o"}[p.outcome] for p in report.partners) == limits
    )


def test_the_worst_outcome_is_the_report_s(demo_calls):
    rules, offers = demo_calls[RIVERS]
    assert check_consortium(rules, offers, partners_of(THREE)).outcome == PASS
    part = check_consortium(rules, offers, partners_of(THREE.replace(" *", "")))
    assert (part.outcome, part.unknown_count, part.failed_count) == (OPEN, 1, 0)
    part = check_consortium(rules, offers, partners_of("BE2 hospital ask"))
    assert (part.outcome, part.unknown_count, part.failed_count) == (FAIL, 1, 2)


def test_reasons_name_the_funder_the_limit_and_the_countries(demo_calls):
    rules, offers = demo_calls[RIVERS]
    text = "BE2 hospital ask 250000 *, FR university frse, IT company bel"
    report = check_consortium(rules, offers, partners_of(text))
    countries = next(v for v in report.rules if v.rule.kind == "min-countries")
    assert countries.reason == "Belgium, France, Italy"
    first, _second, third = report.partners
    assert [finding.text for finding in first.findings] == [
        "agentschap-scheldekust funds partners in Belgium (Flemish Region).",
        "agentschap-scheldekust funds this kind of organisation at 80%: Hospital.",
        "€250,000 is more than agentschap-scheldekust grants to one partner: at most €240,000.",
    ]
    assert "bellariva does not fund this kind of organisation: Company." in [
        f.text for f in third.findings
    ]


def test_funder_of_several_countries_pays_partners_anywhere(demo_calls):
    funder = Organisation(slug="ec", name_en="EC", kind="international", country="BE")
    offer = FunderOffer(organisation=funder, eligible_kinds={"university": 100})
    report = check_consortium(
        [], [offer], [Partner(country="NO", kind="university", funder="ec")]
    )
    assert report.outcome == PASS


# --- Rules as data ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "lacking"),
    [
        ({"kind": "min-partners"}, "number"),
        ({"kind": "coordinator-country"}, "countries"),
        ({"kind": "required-kind", "number": 1}, "organisation_kinds"),
    ],
)
def test_rule_without_what_it_needs_is_refused(fields, lacking):
    with pytest.raises(ValidationError) as refused:
        ConsortiumRule(**fields, clause_en="x").clean()
    assert set(refused.value.message_dict) == {lacking}


def test_countries_are_named_in_the_order_of_the_language():
    codes = ["FI", "EG", "AT"]
    offers = [FunderOffer(organisation=Organisation(country=code)) for code in codes]
    with translation.override("fr"):
        names = [name for name, _place in funder_places(offers).values()]
        rule = CountriesField().text_of(" ".join(codes))
        reason = countries_or_count(set(codes), 3)
    assert names == ["Autriche", "Égypte", "Finlande"]
    assert rule == reason == "Autriche, Égypte, Finlande"


def test_countries_are_codes_in_one_spelling():
    field = ConsortiumRule._meta.get_field("countries")
    assert field.clean("be, FR;fr  eu", None) == "BE FR EU"
    assert len(ConsortiumRule(countries="EU BE NO").country_codes) == 28
    with pytest.raises(ValidationError, match="XY"):
        field.clean("BE XY", None)


def test_requirement_is_told_in_words():
    def requirement(**fields):
        return ConsortiumRule(**fields).requirement

    assert requirement(kind="min-partners", number=3, counts="funded") == (
        "At least 3 partners that apply for funding"
    )
    assert requirement(kind="max-partners", number=1) == "At most 1 partner"
    assert requirement(kind="max-self-funded", number=0) == "No self-funded partners"
    assert requirement(
        kind="required-kind", number=1, organisation_kinds=["hospital", "company"]
    ) == ("At least 1 partner of this kind: Hospital, Company")
    assert requirement(kind="min-partners") == "Minimum number of partners"


# --- The page ---------------------------------------------------------------------------


@pytest.fixture
def call(db):
    """A published call with a rule, and a draft call with a rule."""
    item = factories.published(Call, title_en="Rivers", slug="rivers")
    region = Region.objects.create(code="BE2", name_en="Flemish Region")
    flanders = factories.organisation("Flanders", slug="fl", acronym_en="FL")
    factories.offer(
        item, organisation=flanders, region=region, max_per_partner=1000,
        eligible_kinds={"hospital": 80},
    )  # fmt: skip
    rule(item)
    rule(factories.draft(Call, slug="secret"))
    return item


def rule(item, **fields):
    values = {"kind": "min-partners", "number": 2, "clause_en": "Two <must> come.", **fields}
    return ConsortiumRule.objects.create(call=item, **values)


def page(client, query="", **options):
    return client.get(f"/en/calls/rivers/consortium/{query}", **options)


def test_page_shows_the_rules_with_their_clauses(client, call):
    text = page(client).content.decode()
    assert "At least 2 partners" in text
    assert "Two &lt;must&gt; come." in text
    assert "Result" not in text
    assert (
        'href="/en/calls/rivers/consortium/"'
        in client.get("/en/calls/rivers/").content.decode()
    )


def test_what_is_entered_is_checked_and_kept_nowhere(client, call):
    query = "?place1=BE2&kind1=hospital&funder1=fl&amount1=1001&place2=NO&funder2=own"
    with CaptureQueriesContext(connection) as queries:
        response = page(client, query)
    text = response.content.decode()
    assert "1 rule is not met." in text
    assert "€1,001 is more than FL grants to one partner: at most €1,000." in text
    assert 'value="1001"' in text
    assert response["Cache-Control"].count("no-store")
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    written = [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE")]
    assert written == []


def test_consortium_keeps_its_address_in_other_languages(client, call):
    text = page(client, "?place1=BE2&funder1=fl").content.decode()
    assert 'href="/fr/calls/rivers/consortium/?place1=BE2&amp;funder1=fl"' in text
    assert '<link rel="canonical" href="' in text
    assert "consortium/?" not in text.split('rel="canonical"')[1].split(">")[0]


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("?add=1&rows=3&place1=BE", "?rows=4&place1=BE"),
        ("?remove=1&rows=3&place1=BE&place2=FR", "?rows=2&place1=FR"),
        ("?remove=9&rows=3&place1=BE", "?place1=BE"),
        ("?rows=3&place1=BE&kind1=&amount2=+", "?place1=BE"),
        ("?rows=1&remove=1", "?rows=1"),
        ("?rows=many", "."),
        ("?rows=-1", "."),
        ("?rows=999&add=1", "?rows=20"),
        ("?utm_source=mail", "."),
        ("?place4=BE", "?rows=4&place4=BE"),
    ],
)
def test_buttons_lead_to_an_address_that_says_no_more_than_it_must(
    client, call, query, address
):
    response = page(client, query)
    assert (response.status_code, response["Location"]) == (302, address)
    if address != ".":
        assert page(client, address).status_code == 200


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?place1=XX", "Partner 1, Country or region: Choose an option from the list."),
        ("?funder2=unknown", "Partner 2, Funder: Choose an option from the list."),
        ("?amount1=lots", "Partner 1, Amount requested: Enter a number."),
        ("?amount1=-5", "Partner 1, Amount requested: "),
        ("?amount1=1e999999", "Partner 1, Amount requested: "),
        ("?amount1=NaN", "Partner 1, Amount requested: "),
        (f"?amount1={'9' * 23}", "Partner 1, Amount requested: "),
        (
            f"?kind1={'x' * 10_000}",
            "Partner 1, Kind of organisation: Choose an option from the list.",
        ),
        ("?role1=coordinator&role2=coordinator", "Name one coordinator only."),
    ],
)  # fmt: skip
def test_bad_input_gets_a_clear_message(client, call, query, message):
    response = page(client, query)
    assert response.status_code == 400
    assert message in response.content.decode()
    assert "Result" not in response.content.decode()


def test_checker_of_a_draft_and_of_a_call_without_rules_is_not_found(client, call):
    factories.published(Call, slug="no-rules")
    for slug in ("secret", "no-rules", "nothing"):
        assert client.get(f"/en/calls/{slug}/consortium/").status_code == 404


def test_former_address_leads_to_the_checker_of_the_call(client, call):
    FormerAddress.objects.move(call, "old-rivers", "rivers")
    response = client.get("/en/calls/old-rivers/consortium/?place1=BE")
    assert response.status_code == 301
    assert response["Location"] == "/en/calls/rivers/consortium/?place1=BE"


def test_reasons_are_told_in_the_reader_s_language(demo_calls):
    rules, offers = demo_calls[RIVERS]
    with translation.override("nl"):
        report = check_consortium(rules, offers, partners_of(THREE))
    countries = next(v for v in report.rules if v.rule.kind == "min-countries")
    assert countries.reason == "België, Frankrijk, Nederland"
