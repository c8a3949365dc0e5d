"""Tests of the funders' matrix and the consortium checker."""

import re

import pytest
from playwright.sync_api import expect

CALL = "/en/calls/clear-rivers-jtc-4/"
CHECKER = f"{CALL}consortium/"

with_and_without_scripts = pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, marks=pytest.mark.browser_context_args(java_script_enabled=True)),
        pytest.param(False, marks=pytest.mark.browser_context_args(java_script_enabled=False)),
    ],
    ids=["with-scripts", "without-scripts"],
)


def choose(page, number, place, kind, funder):
    partner = page.get_by_role("group", name=f"Partner {number}")
    partner.get_by_label("Country or region").select_option(label=place)
    partner.get_by_label("Kind of organisation").select_option(label=kind)
    partner.get_by_label("Funder").select_option(label=funder)
    return partner


def enter_two(page):
    page.goto(CALL)
    page.get_by_role("link", name="Check your consortium").click()
    first = choose(page, 1, "Belgium – Flemish Region", "Hospital", "ASK")
    first.get_by_label("Role").select_option(label="Coordinator")
    choose(page, 2, "France", "Higher education", "FRSE")


def check(page):
    page.get_by_role("button", name="Check the consortium").click()
    expect(page.get_by_role("heading", name="Result")).to_be_visible()


@with_and_without_scripts
def test_consortium_that_keeps_all_rules(page, monitor, scripts):
    enter_two(page)
    choose(page, 3, "Netherlands", "Company", "NDRF")
    page.get_by_role("button", name="Add a partner").click()
    expect(page.get_by_role("group", name="Partner 4")).to_be_visible()
    choose(page, 4, "Norway", "Other", "Self-funded")
    check(page)
    result = page.locator("#result")
    expect(result).to_contain_text("This consortium meets all the rules that the portal knows.")
    expect(result).not_to_contain_text("Not met")
    expect(page).to_have_url(re.compile("funder4=own"))
    page.reload()
    expect(result).to_contain_text("This consortium meets all the rules that the portal knows.")


@with_and_without_scripts
def test_consortium_that_breaks_rules(page, monitor, scripts):
    enter_two(page)
    page.get_by_role("group", name="Partner 1").get_by_label("Amount requested").fill(
        "250.000,00"
    )
    page.get_by_role("button", name=re.compile("Remove partner 3")).click()
    expect(page.get_by_role("group", name="Partner 3")).to_have_count(0)
    check(page)
    result = page.locator("#result")
    expect(result).to_contain_text("3 rules are not met.")
    expect(
        result.locator("li", has_text="At least 3 partners that apply for funding")
    ).to_contain_text("Consortia of three to seven partners")
    expect(result).to_contain_text(
        "€250,000 is more than ASK grants to one partner: at most €240,000."
    )
    expect(
        page.get_by_role("group", name="Partner 1").get_by_label("Amount requested")
    ).to_have_value("250.000,00")


def test_enter_in_a_field_checks_and_removes_nobody(page, monitor):
    page.goto(f"{CHECKER}?place1=BE2&place2=FR")
    page.get_by_role("group", name="Partner 1").get_by_label("Amount requested").press("Enter")
    expect(page.get_by_role("heading", name="Result")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("^Partner"))).to_have_count(3)


def test_focus_follows_a_new_partner_and_the_languages_keep_the_consortium(page, monitor):
    page.goto(CHECKER)
    choose(page, 1, "Finland", "Hospital", "SJS")
    page.get_by_role("button", name="Add a partner").click()
    fourth = page.get_by_role("group", name="Partner 4")
    expect(fourth.get_by_label("Country or region")).to_be_focused()
    page.get_by_role("link", name="Français").first.click()
    expect(page).to_have_url(re.compile("/fr/.*place1=FI"))
    expect(page.locator(".consortium__partner")).to_have_count(4)


@with_and_without_scripts
def test_hospital_in_flanders_finds_its_funder_first(page, monitor, scripts):
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(CALL)
    page.get_by_label("I am based in").select_option(label="Belgium – Flemish Region")
    page.get_by_label("I work for").select_option(label="Hospital")
    page.get_by_role("button", name="Show my funders").click()
    expect(page.get_by_text("1 of 5 funders may fund you.")).to_be_visible()
    row = page.locator(".offer_table__table tbody tr").first
    for text in ("Scheldt Coast Agency", "€1,500,000", "Lotte Vanneste", "Form of this step"):
        expect(row).to_contain_text(text)
