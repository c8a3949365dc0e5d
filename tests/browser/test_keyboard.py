"""Tests of navigation and forms by keyboard."""

import re

import pytest
from playwright.sync_api import expect

PHONE = {"width": 375, "height": 667}
DESKTOP = {"width": 1280, "height": 800}


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def tab_to(page, target, limit=60):
    """Press Tab until the target has the focus."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{limit} times Tab did not lead to {target}")


def test_the_first_tab_leads_past_the_header(page, monitor):
    page.goto("/en/calls/")
    press(page, "Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    press(page, "Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_phone_opens_and_closes(page, monitor):
    page.set_viewport_size(PHONE)
    page.goto("/en/")
    menu = page.locator("summary", has_text="Menu")
    news = page.get_by_role("navigation", name="Main").get_by_role("link", name="News")
    expect(news).to_be_hidden()
    tab_to(page, menu)
    press(page, "Enter")
    expect(news).to_be_visible()
    press(page, "Escape")
    expect(news).to_be_hidden()
    expect(menu).to_be_focused()
    press(page, "Enter")
    tab_to(page, news)
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/en/news/$"))


def test_a_filter_is_ticked_kept_in_view_and_taken_away(page, monitor):
    page.set_viewport_size(DESKTOP)
    page.goto("/en/calls/")
    box = page.get_by_role("checkbox", name=re.compile("^Open"))
    tab_to(page, box)
    press(page, "Space")
    page.wait_for_url("**/calls/?status=open")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    statuses = page.locator(".call_card .status_badge")
    assert set(statuses.all_inner_texts()) == {"Open"}
    chip = page.get_by_role("link", name=re.compile("Status Open"))
    tab_to(page, chip)
    press(page, "Enter")
    expect(box).not_to_be_checked()


def test_filters_of_a_phone_wait_for_the_button(page, monitor):
    page.set_viewport_size(PHONE)
    page.goto("/en/calls/")
    box = page.get_by_role("checkbox", name=re.compile("^Forthcoming"))
    expect(box).to_be_hidden()
    tab_to(page, page.locator("summary", has_text="Filters"))
    press(page, "Enter")
    tab_to(page, box)
    press(page, "Space")
    expect(box).to_be_checked()
    expect(page).to_have_url(re.compile("/en/calls/$"))
    tab_to(page, page.get_by_role("button", name="Show results"))
    press(page, "Enter")
    expect(page).to_have_url(re.compile(r"\?status=forthcoming$"))


def test_search_finds_a_call(page, monitor):
    page.set_viewport_size(DESKTOP)
    page.goto("/en/")
    tab_to(page, page.get_by_role("search", name="Find a call").get_by_role("searchbox"))
    page.keyboard.type("pollutants")
    press(page, "Enter")
    page.wait_for_url("**/calls/?q=pollutants")
    title = page.get_by_role("link", name=re.compile("Medicines, metals, memory"))
    expect(title).to_be_visible()


def test_the_language_switch_leads_to_the_same_page(page, monitor):
    page.set_viewport_size(DESKTOP)
    page.goto("/en/calls/clear-rivers-jtc-4/")
    tab_to(page, page.get_by_role("link", name="Français"))
    press(page, "Enter")
    expect(page).to_have_url(re.compile("/fr/calls/clear-rivers-jtc-4/$"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    current = page.locator(".language_switch [aria-current]")
    expect(current).to_have_attribute("hreflang", "fr")


def test_a_page_that_is_not_translated_says_so(page, monitor):
    page.goto("/fr/calls/kustlaboratoria/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_attribute("lang", "nl")
    expect(page.locator(".notice")).to_contain_text("néerlandais")
    hidden = page.locator(".language_switch__link--untranslated .language_switch__note")
    assert hidden.count() == 2


def test_a_wrong_address_is_named_at_its_field(page, monitor, portal):
    monitor.expected.add(f"{portal.url}/en/newsletter/")
    page.goto("/en/newsletter/")
    form = page.locator("main form.newsletter_signup")
    form.evaluate("form => form.noValidate = true")
    field = form.get_by_label("Your e-mail address")
    field.fill("reader@example")
    press(page, "Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("reader@example")
    expect(field).to_have_accessible_description(re.compile("address", re.IGNORECASE))
