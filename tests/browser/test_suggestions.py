"""Tests of the search suggestions, by keyboard."""

import re

from playwright.sync_api import expect


def test_suggestions_are_chosen_announced_and_dismissed_by_keyboard(page, monitor):
    page.goto("/en/")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("icperm")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("ICPerMed")
    expect(page.locator(".site_header [role=status]")).to_contain_text("suggestion")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("_0$"))
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("icperm")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=icperm$"))
    expect(page.get_by_role("heading", level=3).first).to_contain_text("Personalised")


def test_suggestion_leads_to_its_page(page, monitor):
    page.goto("/en/")
    box = page.get_by_role("combobox", name="Search")
    box.press_sequentially("icpermed")
    expect(page.get_by_role("option").first).to_contain_text("ICPerMed – ")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/en/initiatives/icpermed/$"))
