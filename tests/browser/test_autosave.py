"""Tests of autosave: no input is lost by a crash, a log-out or a second editor."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.content import PASSWORD, STAFF

ADD = "/admin/calls/call/add/"
COLLEAGUE = "colleague"


@pytest.fixture
def staff(new_context):
    """Return a page in its own session, because these tests log out."""
    page = new_context().new_page()
    page.goto("/admin/login/")
    log_in(page)
    return page


def log_in(page, name=STAFF):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/admin/(?!login)"))


def log_out(page):
    page.locator(".account summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/logout/")


def title_in(page, language):
    return page.get_by_role("textbox", name=re.compile(f"^Title · {language}"))


def save(page):
    page.get_by_role("button", name="Save draft", exact=True).click()


def status(page):
    return page.locator(".autosave")


def expect_kept(page):
    expect(status(page)).to_have_text(re.compile("^Autosaved at "))


def go_on(page):
    page.get_by_role("link", name="Continue this work").first.click()
    page.wait_for_url("**kept=*")  # wait for the scripts, which hide the other languages


def new_draft(page, title):
    """Save a new call as a draft and return the URL of its form."""
    page.goto(ADD)
    title_in(page, "English").fill(title)
    page.get_by_role("combobox", name=re.compile("^Kind")).select_option("national")
    save(page)
    page.wait_for_url("**/change/**")
    return page.url


def kill(page):
    """Crash the tab's process, so that it cannot send anything."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")


def come_back(page):
    """Dispatch the event that a page gets when its tab becomes visible again."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def expect_presence(page, told, is_told=True):
    """Refresh until the presence matches; messages of other tabs may take a while."""
    presence = expect(page.locator(".presence"))
    tells = presence.to_contain_text if is_told else presence.not_to_contain_text
    for _ in range(120):
        come_back(page)
        with suppress(AssertionError):
            return tells(told, timeout=1_000)
    return tells(told, timeout=1_000)


def add_contact(page, name):
    contacts = page.get_by_role("region", name="Contacts")
    contacts.get_by_role("button", name="Add another contact").click()
    row = contacts.get_by_role("listitem").last
    row.get_by_role("textbox", name=re.compile("^Name")).fill(name)


def contact_names(page):
    fields = page.locator("[name^='contacts-'][name$='-name']:not([name*=__prefix__])")
    return fields.evaluate_all("fields => fields.map((field) => field.value)")


def test_unsaved_work_survives_a_killed_tab(staff):
    address = new_draft(staff, "Moss on the moor")
    title_in(staff, "English").fill("Moss on the moor, again")
    editor = staff.get_by_role("textbox", name=re.compile("^Aim"))
    editor.click()
    staff.keyboard.type("Half a sent")
    add_contact(staff, "Second in line")
    add_contact(staff, "First in line")
    contacts = staff.get_by_role("region", name="Contacts")
    contacts.get_by_role("button", name=re.compile("^Move up")).last.click()
    expect_kept(staff)
    context = staff.context
    kill(staff)

    page = context.new_page()
    page.goto(address)
    expect(title_in(page, "English")).to_have_value("Moss on the moor")
    expect(
        page.get_by_role("heading", name="You have unsaved work on this item")
    ).to_be_visible()
    go_on(page)
    expect(title_in(page, "English")).to_have_value("Moss on the moor, again")
    expect(page.get_by_role("textbox", name=re.compile("^Aim"))).to_have_text("Half a sent")
    assert contact_names(page) == ["First in line", "Second in line"]
    save(page)
    expect(page.get_by_text("Draft saved.")).to_be_visible()
    expect(page.locator(".recovered")).to_have_count(0)
    assert contact_names(page) == ["First in line", "Second in line"]


def test_a_half_written_new_item_survives_a_log_out(staff):
    staff.goto(ADD)
    title_in(staff, "English").fill("Lichen, half")
    expect_kept(staff)
    log_out(staff)  # fails if the page asks about unsaved changes
    staff.goto(ADD)
    log_in(staff)
    staff.wait_for_url(f"**{ADD}")
    work = staff.locator(".recovered__work", has_text="Lichen, half")
    work.get_by_role("link", name="Continue this work").click()
    expect(title_in(staff, "English")).to_have_value("Lichen, half")
    title_in(staff, "English").fill("Lichen, half and half")
    staff.locator("summary", has_text="Discard").click()
    staff.get_by_role("button", name="Discard permanently").click()
    expect(
        staff.get_by_text(re.compile("Your unsaved work from .* was discarded"))
    ).to_be_visible()
    expect(work).to_have_count(0)


def test_a_form_is_not_sent_into_an_expired_session(staff):
    address = new_draft(staff, "Fern at dusk")
    other = staff.context.new_page()
    other.goto("/admin/")
    title_in(staff, "English").fill("Fern at dawn")
    log_out(other)
    save(staff)
    expect(status(staff)).to_have_text(re.compile("^You have been signed out"))
    expect(status(staff)).to_be_focused()
    assert staff.url == address
    other.goto("/admin/login/")
    log_in(other)
    come_back(staff)
    expect_kept(staff)
    save(staff)
    expect(staff.get_by_text("Draft saved.")).to_be_visible()
    expect(title_in(staff, "English")).to_have_value("Fern at dawn")


def test_without_a_connection_the_form_stays_and_tries_again(staff):
    new_draft(staff, "Reed in the wind")
    asked = []
    staff.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    staff.context.set_offline(True)
    title_in(staff, "English").fill("Reed in the storm")
    expect(status(staff)).to_have_text(re.compile("no connection"))
    save(staff)
    expect(status(staff)).to_be_focused()
    expect(title_in(staff, "English")).to_have_value("Reed in the storm")
    staff.get_by_role("link", name="History").click(no_wait_after=True)
    expect(title_in(staff, "English")).to_have_value("Reed in the storm")
    assert asked == ["beforeunload"]
    staff.context.set_offline(False)
    expect_kept(staff)
    staff.get_by_role("link", name="History").click()
    staff.wait_for_url("**/history/")
    assert asked == ["beforeunload"]


def test_two_editors_see_each_other_and_a_newer_version(staff, new_context):
    address = new_draft(staff, "Sedge by the sea")
    theirs = new_context().new_page()
    theirs.goto("/admin/login/")
    log_in(theirs, COLLEAGUE)
    theirs.goto(address)
    expect(theirs.locator(".presence")).to_contain_text(f"{STAFF} is editing this too.")
    expect_presence(staff, f"{COLLEAGUE} is editing this too.")

    title_in(staff, "English").fill("Sedge by the lake")
    save(staff)
    expect(staff.get_by_text("Draft saved.")).to_be_visible()
    expect_presence(theirs, "There is a newer version")
    with theirs.expect_popup() as compared:
        theirs.get_by_role("link", name="View the changes").click()
    expect(compared.value.locator(".changes ins").first).to_have_text("lake")

    staff.goto("/admin/")
    expect_presence(theirs, "is editing this too", is_told=False)
