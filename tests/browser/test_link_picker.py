"""Tests of the editor's dialog that links an item by its title."""

import re

from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.page_monitor import PageMonitor


def test_what_links_here_has_no_barrier(staff_page, axe):
    staff_page.goto("/admin/calls/call/")
    staff_page.get_by_role("link", name=re.compile("^Identification or Validation")).click()
    staff_page.get_by_role("link", name="Links to this item").click()
    assert violations(staff_page, axe) == []
    staff_page.goto(staff_page.url.replace("/linked_from/", "/unpublish/"))
    assert staff_page.locator(".mentions li").count() > 0
    assert violations(staff_page, axe) == []
    assert violations(staff_page, axe, color_scheme="dark") == []


def test_item_is_found_by_its_title_and_linked(staff_page, portal, axe):
    staff = staff_page
    monitor = PageMonitor(staff, portal.url)
    staff.goto("/admin/pages/page/add/")
    staff.get_by_role("textbox", name=re.compile("^Title · English")).fill("Where to go next")
    editor = staff.get_by_role("textbox", name=re.compile("^Text"))
    editor.click()
    staff.keyboard.type("the lakes")
    staff.keyboard.press("Shift+Home")
    staff.get_by_role("button", name="insert link").first.click()
    dialog = staff.get_by_role("dialog")
    expect(dialog.get_by_label("URL")).to_be_focused()
    field = dialog.get_by_role("combobox", name="Link to an item of the portal")
    field.click()
    field.press_sequentially("lakes under ice")
    expect(dialog.get_by_role("option", name=re.compile("Lakes under ice"))).to_be_visible()
    assert violations(staff, axe, {"runOnly": ["aria-required-children", "label"]}) == []
    field.press("Enter")
    expect(dialog.get_by_label("URL")).to_have_value(re.compile("^/en/calls/finnish-lakes"))
    dialog.get_by_role("button", name="Update").click()
    expect(editor.get_by_role("link", name="the lakes")).to_be_visible()
    staff.get_by_role("button", name="Save draft").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("Where to go next")
    link = staff.get_by_role("textbox", name=re.compile("^Text")).get_by_role("link")
    expect(link).to_have_attribute("href", re.compile("^/en/calls/finnish-lakes"))
    assert monitor.problems == []
