"""Tests of the preview beside the form, and of its links for sharing."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.page_monitor import PageMonitor
from tests.browser.test_admin import section, show_language, title_in

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 375, "height": 800}


@pytest.fixture
def staff(staff_page, portal):
    """Yield a page of an administrator; browser errors make the test fail."""
    monitor = PageMonitor(staff_page, portal.url)
    staff_page.set_viewport_size(WIDE)
    yield staff_page
    assert monitor.problems == []


def open_call(page):
    page.goto("/admin/calls/call/?q=PMTargets")
    page.get_by_role("link", name=re.compile("PMTargets")).first.click()
    expect(page.get_by_role("button", name="Preview", exact=True)).to_be_visible()


def open_preview(page):
    page.get_by_role("button", name="Preview", exact=True).click()
    pane = page.get_by_role("dialog", name="Preview")
    expect(pane.get_by_text("The preview shows what you have typed.")).to_be_visible()
    return pane


def shown(page):
    return page.frame_locator(".preview__frame--ready")


def test_preview_follows_what_is_typed_and_the_language(staff):
    open_call(staff)
    show_language(staff, "English")
    pane = open_preview(staff)
    title_in(staff, "English").fill("A title that is only typed")
    expect(shown(staff).locator("h1")).to_have_text("A title that is only typed")
    show_language(staff, "French")
    expect(shown(staff).locator("html")).to_have_attribute("lang", "fr")
    shown(staff).get_by_role("link", name="Nederlands").click()
    expect(shown(staff).locator("html")).to_have_attribute("lang", "nl")
    expect(pane.get_by_role("button", name="Dutch")).to_have_attribute("aria-pressed", "true")
    pane.get_by_role("button", name="Close").click()
    expect(pane).to_be_hidden()
    expect(staff.get_by_role("button", name="Preview", exact=True)).to_be_focused()


def test_preview_names_what_it_leaves_out(staff):
    open_call(staff)
    pane = open_preview(staff)
    staff.get_by_role("textbox", name=re.compile("^Total budget")).fill("a lot")
    expect(pane.get_by_text(re.compile("^Not in the preview"))).to_be_visible()
    pane.get_by_text(re.compile("^Not in the preview")).click()
    expect(pane.get_by_text(re.compile("^Total budget:"))).to_be_visible()


def width_shown(page):
    frame = page.locator(".preview__frame--ready")
    return frame.evaluate("frame => frame.contentWindow.innerWidth")


def test_preview_is_as_wide_as_a_phone_or_a_desk(staff):
    open_call(staff)
    pane = open_preview(staff)
    assert width_shown(staff) == 1280
    pane.get_by_role("button", name="Phone").click()
    assert width_shown(staff) == 375


def test_preview_as_on_a_day(staff):
    staff.goto("/admin/calls/call/add/")
    show_language(staff, "English")
    title_in(staff, "English").fill("Tides")
    staff.get_by_role("combobox", name=re.compile("^Kind")).select_option("national")
    dates = section(staff, "Key dates")
    for kind, at in (("opening", "2098-06-01T09:00"), ("full-proposal", "2099-06-01T17:00")):
        dates.get_by_role("button", name="Add another key date").click()
        row = dates.get_by_role("listitem").last
        row.get_by_role("combobox", name=re.compile("^Kind")).select_option(kind)
        row.get_by_role("textbox", name=re.compile("^Date and time")).fill(at)
    pane = open_preview(staff)
    expect(shown(staff).locator(".page_head .status_badge")).to_have_text("Forthcoming")
    pane.get_by_label("Preview date").fill("2099-05-25T17:00")
    pane.get_by_label("Preview date").blur()
    expect(shown(staff).locator(".page_head .status_badge")).to_have_text("Closing soon")
    expect(shown(staff).locator(".preview_banner")).to_contain_text("25 May 2099")
    expect(shown(staff).locator(".call_hero")).to_contain_text("7 days left")


def test_form_and_links_of_the_preview_lead_nowhere(staff):
    open_call(staff)
    pane = open_preview(staff)
    shown(staff).get_by_role("textbox", name="Your e-mail address").fill("a@example.org")
    shown(staff).get_by_role("button", name="Subscribe").click()
    expect(pane.get_by_text("Forms do not work in the preview.")).to_be_visible()
    with staff.expect_popup() as opened:
        shown(staff).get_by_role("link", name="Calls", exact=True).first.click()
    expect(opened.value).to_have_url(re.compile("/en/calls/$"))
    expect(shown(staff).locator("h1")).to_be_visible()


def test_link_is_made_read_without_an_account_and_revoked(staff, page):
    open_call(staff)
    pane = open_preview(staff)
    pane.get_by_text("Share with someone without an account").click()
    pane.get_by_label("Who it is for").fill("The ministry")
    pane.get_by_role("button", name="Create a link").click()
    made = pane.get_by_label(re.compile("^The link is ready"))
    expect(made).to_be_focused()
    url = made.input_value()
    page.goto(url)
    expect(page.locator("h1")).to_contain_text("PMTargets")
    assert page.context.cookies() == []
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{url}fr/")
    pane.get_by_role("button", name="Revoke: The ministry").click()
    expect(pane.get_by_text("There are no active links.")).to_be_visible()
    assert page.goto(url).status == 410
    expect(page.locator("h1")).to_contain_text("no longer works")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_preview_has_no_barrier_and_closes_with_escape(staff, axe, size):
    staff.set_viewport_size(size)
    open_call(staff)
    pane = open_preview(staff)
    pane.get_by_text("Share with someone without an account").click()
    expect(pane.get_by_label("Who it is for")).to_be_visible()
    rules = {"preload": False, "iframes": False}
    assert violations(staff, axe, rules) == []
    pane.get_by_role("heading", name="Preview", exact=True).focus()
    staff.keyboard.press("Escape")
    expect(pane).to_be_hidden()


def test_portal_as_on_a_day_is_chosen_and_has_no_barrier(staff, axe):
    staff.goto("/admin/")
    staff.locator(".account summary").click()
    staff.get_by_role("link", name="Preview the portal on another date").click()
    assert violations(staff, axe) == []
    staff.get_by_label("Date and time").fill("2099-01-01T12:00")
    staff.get_by_role("button", name="Show").click()
    expect(staff.locator(".preview_banner")).to_contain_text("1 January 2099")
    assert violations(staff, axe) == []
    staff.get_by_role("link", name="Events", exact=True).first.click()
    expect(staff.locator(".preview_banner")).to_contain_text("1 January 2099")
    expect(staff).to_have_url(re.compile("/admin/preview/2099-01-01T12:00/en/events/"))
