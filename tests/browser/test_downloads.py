"""Tests of selecting and downloading calls, by keyboard and without JavaScript."""

import csv
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.test_accessibility import ALL, COLOURS, PHONE, violations
from tests.browser.test_keyboard import DESKTOP, press, tab_to

TABLE = "/en/calls/?view=table"


def boxes(page):
    return page.get_by_role("checkbox", name=re.compile("^Select:"))


def titles(download):
    with Path(download.path()).open(encoding="utf-8-sig", newline="") as file:
        return [row["Title"] for row in csv.DictReader(file)]


def tick(page, box):
    tab_to(page, box, limit=200)
    press(page, "Space")
    return box.get_attribute("value")


def test_calls_are_ticked_on_two_pages_and_downloaded(page, monitor):
    page.set_viewport_size(DESKTOP)
    page.goto(TABLE)
    first = tick(page, boxes(page).first)
    page.get_by_role("link", name="Next", exact=True).click()
    page.wait_for_url("**/calls/?view=table&page=2")
    second = tick(page, boxes(page).nth(1))
    bar = page.locator("#export_list")
    expect(bar.get_by_role("status")).to_have_text("2 selected")
    button = bar.get_by_role("button", name="CSV")
    tab_to(page, button, limit=200)
    expect(button).to_be_in_viewport()
    with page.expect_download() as started:
        press(page, "Enter")
    assert {f"item={first}", f"item={second}"} <= set(re.split("[?&]", started.value.url))
    assert len(titles(started.value)) == 2
    tab_to(page, bar.get_by_role("button", name="Clear selection"), limit=200)


def test_a_page_is_ticked_at_once_and_told_in_a_mail(page, monitor):
    page.goto("/en/calls/?status=open")
    page.get_by_label("Select all on this page").check()
    expect(boxes(page).first).to_be_checked()
    page.get_by_role("button", name="Text for an e-mail").click()
    page.wait_for_url("**/calls/mail.html?*")
    text = page.get_by_label("Text", exact=True)
    expect(text).to_have_value(re.compile("Status: Open"))
    expect(page.get_by_role("button", name="Copy the text")).to_be_visible()
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_role("button", name="Clear selection").click()
    expect(boxes(page).first).not_to_be_checked()


def test_without_scripts_what_is_ticked_is_downloaded(new_context):
    page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
    page.goto("/en/calls/?status=open")
    boxes(page).nth(1).check()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    assert len(titles(started.value)) == 1
    boxes(page).nth(1).uncheck()
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV").click()
    assert len(titles(started.value)) == boxes(page).count()


def test_table_has_no_barrier_and_scrolls_on_no_phone(page, axe):
    for path in (TABLE, "/en/projects/?view=table", "/en/calls/mail.html?status=open"):
        page.set_viewport_size(DESKTOP)
        page.goto(path)
        assert violations(page, axe, ALL, color_scheme="light") == []
        page.set_viewport_size(PHONE)
        assert violations(page, axe, COLOURS, color_scheme="dark") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
