"""Tests that everything a reader needs works without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_keyboard import PHONE
from tests.browser.test_newsletter import follow_confirmation


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False, "viewport": PHONE}


def test_the_menu_opens(page):
    page.goto("/en/")
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Calls").click()
    expect(page).to_have_url(re.compile("/en/calls/$"))


def test_lists_are_filtered_sorted_and_paged(page):
    page.goto("/en/calls/")
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name=re.compile("^Closed")).check()
    page.get_by_role("button", name="Show results").click()
    assert set(page.locator(".call_card .status_badge").all_inner_texts()) == {"Closed"}
    page.get_by_role("link", name="Title", exact=True).click()
    titles = page.locator(".call_card__title:not([lang])").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)
    page.goto("/en/calls/")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?page=2$"))
    assert page.locator(".call_card").count() > 0


def test_a_deadline_is_complete(page):
    page.goto("/en/calls/clear-rivers-jtc-4/")
    hero = page.locator(".call_hero")
    expect(hero).to_contain_text(re.compile(r"\d\d:\d\d Brussels time, CES?T"))
    expect(hero).to_contain_text(re.compile(r"\d+\s\w+ left"))
    expect(hero.get_by_text("Your local time")).to_have_count(0)


def test_sign_up_and_confirmation(page, portal):
    page.goto("/fr/")
    form = page.locator("footer form")
    form.locator("input[type=email]").fill("lectrice@example.org")
    form.get_by_role("button").click()
    expect(page).to_have_url(re.compile("/fr/newsletter/check-your-mail/$"))
    follow_confirmation(page, portal, "lectrice@example.org")
    page.locator("main").get_by_role("button").click()
    expect(page).to_have_url(re.compile(r"/fr/newsletter/preferences/.*\?done=confirmed$"))
