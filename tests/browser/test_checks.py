"""Tests of publication checks, which link to the fields."""

import re

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.page_monitor import PageMonitor


def write_article(page, title):
    page.goto("/admin/news/article/add/")
    page.get_by_role("textbox", name=re.compile("^Title · English")).fill(title)


def test_findings_stand_beside_the_form_and_lead_to_hidden_languages(staff_page, portal, axe):
    monitor = PageMonitor(staff_page, portal.url)
    write_article(staff_page, "Only in English")
    staff_page.get_by_role("button", name="Save draft", exact=True).click()
    panel = staff_page.get_by_role("region", name="Ready to publish?")
    panel.get_by_text("Needs a reason if you publish anyway").click()
    assert violations(staff_page, axe) == []
    panel.get_by_role("link", name="Title (French)").press("Enter")
    french = staff_page.get_by_role("textbox", name=re.compile("^Title · French"))
    expect(french).to_be_focused()
    assert monitor.problems == []


def test_page_of_checks_leads_into_the_form(staff_page):
    write_article(staff_page, "Also only in English")
    staff_page.get_by_role("button", name="Save draft", exact=True).click()
    staff_page.wait_for_url("**/change/")
    staff_page.goto(staff_page.url.replace("/change/", "/checks/"))
    staff_page.get_by_role("link", name="Title (Dutch)").click()
    dutch = staff_page.get_by_role("textbox", name=re.compile("^Title · Dutch"))
    expect(dutch).to_be_focused()


def test_refused_publication_asks_for_a_reason_and_keeps_what_was_typed(staff_page, axe):
    write_article(staff_page, "Typed and kept")
    publish = staff_page.get_by_role("button", name="Publish", exact=True)
    publish.click()
    summary = staff_page.get_by_role("alert")
    expect(summary).to_contain_text("Publishing this requires a reason.")
    assert violations(staff_page, axe) == []
    summary.get_by_role("link", name="Enter the reason").press("Enter")
    reason = staff_page.get_by_label("Reason, for staff")
    expect(reason).to_be_focused()
    reason.fill("No translations are planned")
    publish.click()
    expect(staff_page.get_by_text("Published. See it on the site:")).to_be_visible()
    expect(staff_page.get_by_role("heading", level=1)).to_have_text("Typed and kept")
