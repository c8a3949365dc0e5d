"""Tests of the page of a call: phone, time zones and print."""

import re

import pytest
from playwright.sync_api import expect

CALL = "/en/calls/clear-rivers-jtc-4/"


def test_the_first_screen_of_a_phone_answers(page, monitor):
    page.set_viewport_size({"width": 375, "height": 667})
    page.goto(CALL)
    for what in (
        page.locator("h1"),
        page.locator(".page_head .status_badge"),
        page.locator(".deadline--hero .instant"),
        page.locator(".deadline--hero .deadline__left"),
        page.get_by_text("Total budget"),
        page.locator(".call_hero").get_by_text("Contacts"),
        page.get_by_role("link", name="Submit a proposal"),
    ):
        expect(what).to_be_in_viewport(ratio=1)


@pytest.mark.browser_context_args(timezone_id="America/New_York")
def test_a_reader_elsewhere_gets_both_times(page, monitor):
    page.goto(CALL)
    hero = page.locator(".deadline--hero")
    expect(hero.locator(".instant")).to_contain_text(re.compile("17:00 Brussels time, CES?T"))
    local = hero.locator(".deadline__local")
    expect(local).to_be_visible()
    expect(local).to_have_text(re.compile(r"Your local time: .*\b1[0-2]:00 (GMT-[45]|E[SD]T)$"))
    expect(hero.locator(".deadline__left")).to_have_text(re.compile(r"^\d+ days? left$"))


@pytest.mark.browser_context_args(timezone_id="Europe/Paris")
def test_a_reader_on_the_same_clock_gets_one(page, monitor):
    page.goto(CALL)
    expect(page.locator(".deadline--hero .deadline__local")).to_be_hidden()


def test_the_printed_page_has_the_dates_and_no_navigation(page, monitor):
    page.goto(CALL)
    page.emulate_media(media="print")
    expect(page.locator(".deadline--hero .instant")).to_be_visible()
    expect(page.get_by_role("heading", name="Key dates")).to_be_visible()
    for hidden in (".site_header__panel", ".main_navigation", ".share", "footer form"):
        expect(page.locator(hidden)).to_be_hidden()
