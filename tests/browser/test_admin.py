"""Tests of writing and publishing a call in the admin, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from portal.script_catalog import EDITOR_TEXTS
from tests.browser.page_monitor import PageMonitor

FORM = "/admin/calls/call/add/"


@pytest.fixture
def staff(staff_page, portal):
    """Yield the form for a new call; browser errors make the test fail."""
    monitor = PageMonitor(staff_page, portal.url)
    staff_page.goto(FORM)
    yield staff_page
    assert monitor.problems == []


def show_language(page, name):
    tabs = page.get_by_role("group", name="Language of the texts")
    tabs.get_by_role("button", name=re.compile(f"^{name}")).press("Enter")


def title_in(page, language):
    return page.get_by_role("textbox", name=re.compile(f"^Title · {language}"))


def section(page, name):
    return page.get_by_role("region", name=name)


def choose(page, label, typed, option):
    """Select an option of a relation with the keyboard."""
    field = page.get_by_role("combobox", name=label)
    field.click()
    field.press_sequentially(typed)
    expect(page.get_by_role("option", name=option)).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    return field


def add_key_date(page, kind, at):
    dates = section(page, "Key dates")
    dates.get_by_role("button", name="Add another key date").click()
    row = dates.get_by_role("listitem").last
    expect(row.get_by_role("combobox", name=re.compile("^Kind"))).to_be_focused()
    row.get_by_role("combobox", name=re.compile("^Kind")).select_option(kind)
    row.get_by_role("textbox", name=re.compile("^Date and time")).fill(at)


def add_contact(page, name):
    contacts = section(page, "Contacts")
    contacts.get_by_role("button", name="Add another contact").click()
    contacts.get_by_role("listitem").last.get_by_role("textbox", name=re.compile("^Name")).fill(
        name
    )


def test_a_call_is_written_published_and_read(staff, page, monitor):
    title_in(staff, "English").fill("Glaciers that remember")
    show_language(staff, "French")
    title_in(staff, "French").fill("Des glaciers qui se souviennent")
    show_language(staff, "English")
    staff.get_by_role("combobox", name=re.compile("^Kind")).select_option("national")
    choose(staff, "Initiative", "light on", re.compile("Light on the North Sea"))
    add_key_date(staff, "opening", "2024-01-10T09:00")
    add_key_date(staff, "full-proposal", "2099-06-01T17:00")
    add_contact(staff, "Second in line")
    add_contact(staff, "First in line")
    section(staff, "Contacts").get_by_role("button", name=re.compile("^Move up")).last.click()
    editor = staff.get_by_role("textbox", name=re.compile("^Aim"))
    editor.click()
    staff.keyboard.type("Ice keeps what the air forgot.")
    staff.get_by_label("Reason, for staff").fill("No Dutch version is planned")
    staff.get_by_role("button", name="Publish", exact=True).click()

    expect(staff.get_by_text("Published. See it on the site:")).to_be_visible()
    page.goto("/en/calls/glaciers-that-remember/")
    expect(page.locator("h1")).to_have_text("Glaciers that remember")
    expect(page.locator(".call_hero")).to_contain_text("1 June 2099")
    expect(page.locator(".call_hero")).to_contain_text("17:00 Brussels time")
    expect(page.locator(".page_head .status_badge")).to_have_text("Open")
    expect(page.locator(".prose").first).to_have_text("Ice keeps what the air forgot.")
    names = page.locator(".contacts__name").all_inner_texts()
    assert names == ["First in line", "Second in line"]
    page.goto("/fr/calls/glaciers-that-remember/")
    expect(page.locator("h1")).to_have_text("Des glaciers qui se souviennent")


def test_a_draft_is_kept_from_readers(staff, page):
    title_in(staff, "English").fill("Not ripe yet")
    staff.get_by_role("combobox", name=re.compile("^Kind")).select_option("national")
    staff.get_by_role("button", name="Save draft").click()
    expect(staff.get_by_text("Not ripe yet").first).to_be_visible()
    assert page.goto("/en/calls/not-ripe-yet/").status == 404


def test_an_error_stands_at_its_field_and_in_the_summary(staff):
    staff.get_by_role("button", name="Publish", exact=True).click()
    summary = staff.get_by_role("alert")
    expect(summary).to_be_visible()
    field = title_in(staff, "English")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("Enter a title"))
    summary.get_by_role("link", name=re.compile("^Title")).click()
    expect(field).to_be_focused()


def test_language_tabs_show_one_language_at_a_time(staff):
    english = title_in(staff, "English")
    dutch = title_in(staff, "Dutch")
    expect(english).to_be_visible()
    expect(dutch).to_be_hidden()
    show_language(staff, "Dutch")
    expect(english).to_be_hidden()
    dutch.fill("Gletsjers")
    show_language(staff, "All languages")
    expect(english).to_be_visible()
    expect(dutch).to_have_value("Gletsjers")


def test_tools_of_rich_text_are_named_in_the_language_of_staff(staff):
    def names():
        expect(staff.locator("[title=bold]")).to_have_count(0)  # wait until the script has run
        tools = staff.locator(".prose-menubar__button[title]")
        return set(tools.evaluate_all("tools => tools.map((tool) => tool.title)"))

    known = {text.capitalize() for text in EDITOR_TEXTS}
    assert names() <= known
    bars = staff.get_by_role("toolbar", name=re.compile("^Formatting: "))
    expect(bars).to_have_count(staff.locator(".prose-menubar:visible").count())
    staff.get_by_role("button", name="Français").click()
    staff.locator("html[lang=fr]").wait_for()
    assert not names() & known
    staff.get_by_role("button", name="Paragraphe", exact=True).first.press("Enter")
    staff.get_by_role("button", name="Titre de niveau 3", exact=True).first.click()
    expect(staff.locator("[contenteditable] h3")).to_be_visible()
    chosen = staff.locator(".prose-menubar__selected").first.get_by_role("button")
    expect(chosen).to_have_accessible_name("Titre de niveau 3")
