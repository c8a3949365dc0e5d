"""Staff link an item of the portal from the editor's dialog, by its title."""

import re

from playwright.sync_api import expect

from tests.browser.watch import Watch


def test_item_is_found_by_its_title_and_linked(staff_page, portal):
    staff = staff_page
    watch = Watch(staff, portal.url)
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
    field.press("Enter")
    expect(dialog.get_by_label("URL")).to_have_value(re.compile("^/en/calls/lakes-"))
    dialog.get_by_role("button", name="Update").click()
    expect(editor.get_by_role("link", name="the lakes")).to_be_visible()
    staff.get_by_role("button", name="Save draft").click()
    expect(staff.get_by_role("heading", level=1)).to_have_text("Where to go next")
    link = staff.get_by_role("textbox", name=re.compile("^Text")).get_by_role("link")
    expect(link).to_have_attribute("href", re.compile("^/en/calls/lakes-"))
    assert watch.problems == []
