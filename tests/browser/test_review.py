"""Tests of a review by two members of staff: request, comments and approval."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.content import PASSWORD
from tests.browser.page_monitor import PageMonitor

REVIEWER = "reviewer"


@pytest.fixture
def colleague(new_context):
    page = new_context().new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(REVIEWER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    return page


def open_form(page):
    page.goto("/admin/pages/page/?q=accessibility")
    page.locator("#result_list tbody th a").first.click()


def panel(page):
    return page.get_by_role("region", name="Review", exact=True)


def summary(page):
    return page.get_by_role("textbox", name=re.compile("^Summary · English"))


def ask(page, name):
    panel(page).get_by_text("Request a review").click()
    field = panel(page).get_by_role("combobox", name="Reviewer")
    field.press_sequentially(name)
    expect(page.get_by_role("option", name=name)).to_be_visible()
    field.press("Enter")
    panel(page).get_by_role("button", name="Save draft and request review").click()


def comment(page, text):
    summary(page).focus()
    page.get_by_role("button", name=re.compile("^Comment: Summary")).click()
    field = panel(page).get_by_role("textbox", name="Comment", exact=True)
    expect(field).to_be_focused()
    field.fill(text)
    panel(page).get_by_role("button", name="Comment", exact=True).click()


def test_draft_is_handed_in_commented_on_and_approved(staff_page, colleague, portal):
    monitor = PageMonitor(colleague, portal.url)
    open_form(staff_page)
    summary(staff_page).fill("Words to review")
    ask(staff_page, REVIEWER)
    expect(staff_page.get_by_text(f"{REVIEWER} has been asked to review it by")).to_be_visible()
    # The reviewer has no e-mail address, so the author gets a notice.
    expect(staff_page.get_by_text(f"No e-mail could be sent to {REVIEWER}.")).to_be_visible()

    open_form(colleague)
    summary(colleague).fill("Typed, not saved")
    comment(colleague, "Who says so?")
    expect(panel(colleague).get_by_text("Who says so?")).to_be_visible()
    expect(summary(colleague)).to_have_value("Typed, not saved")
    mark = colleague.get_by_role("link", name=f"Comment by {REVIEWER}")
    mark.click()
    expect(panel(colleague).locator(".comment")).to_be_focused()
    panel(colleague).get_by_role("link", name=re.compile(r"^Summary \(English\)")).click()
    expect(summary(colleague)).to_be_focused()

    panel(colleague).get_by_role("button", name=re.compile("^Resolve")).click()
    expect(panel(colleague).get_by_text("1 resolved comment")).to_be_visible()
    expect(mark).to_have_count(0)
    summary(colleague).fill("Words to review")
    panel(colleague).get_by_role("button", name="Approve").click()
    expect(colleague.get_by_text("Approved. It can be published.")).to_be_visible()
    assert monitor.problems == []
