"""End-to-end test of an article: written, reviewed, scheduled and rolled back."""

import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Error, expect

from tests.browser.content import PASSWORD
from tests.browser.server import manage

TIMEOUT = 60


@pytest.fixture
def sign_in(new_context):
    """Return a function that signs in a member of staff and returns their page."""

    def sign_in(name):
        page = new_context().new_page()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/admin/")
        return page

    return sign_in


def title_of(page):
    return page.get_by_role("textbox", name=re.compile("^Title · English"))


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def crash(page):
    """Crash the tab's process and return a new tab of the same session."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    return page.context.new_page()


def wait_until_public(portal, page, address):
    """Run the due jobs until the public URL is found."""
    end = time.monotonic() + TIMEOUT
    while page.goto(address).status == 404 and time.monotonic() < end:
        manage(portal.data_dir, "run_jobs", "--once", PORTAL_URL=portal.url)


def in_seconds(seconds):
    at = datetime.now(ZoneInfo("Europe/Brussels")) + timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def write(author):
    """Write a draft that survives a crash and request a review; return (page, form URL)."""
    author.goto("/admin/news/article/add/")
    title_of(author).fill("Salt marshes breathe")
    expect(author.locator(".autosave")).to_have_text(re.compile("^Autosaved at "))
    author = crash(author)
    author.goto("/admin/news/article/add/")
    author.get_by_role("link", name="Continue this work").click()
    expect(title_of(author)).to_have_value("Salt marshes breathe")
    press(author, "Save draft")
    author.wait_for_url("**/change/**")
    assert author.get_by_role("button", name="Publish", exact=True).count() == 0
    author.get_by_text("Request a review", exact=True).first.click()
    reviewer = author.get_by_role("combobox", name="Reviewer")
    reviewer.click()
    reviewer.press_sequentially("edg")
    author.get_by_role("option", name=re.compile("Edgar")).click()
    press(author, "Save draft and request review")
    expect(author.get_by_text("has been asked to review it")).to_be_visible()
    return author, re.sub(r"\?.*", "", author.url)


def comment(editor, form):
    editor.goto("/admin/")
    waiting = editor.get_by_role("region", name="Reviews waiting for me")
    waiting.get_by_role("link", name="Salt marshes breathe").click()
    editor.get_by_text("Add a comment", exact=True).click()
    editor.get_by_role("combobox", name=re.compile("About")).select_option("title_en")
    editor.get_by_role("textbox", name="Comment").fill("Which marshes?")
    press(editor, "Comment")
    expect(editor.locator(".comments__threads")).to_contain_text("Which marshes?")
    editor.get_by_role("textbox", name="Note").fill("Nearly there")
    press(editor, "Request changes")
    expect(editor.locator(".badge--changes_requested").first).to_be_visible()


def answer(author, form):
    author.goto(form)
    expect(author.locator(".comments__threads")).to_contain_text("Which marshes?")
    title_of(author).fill("Salt marshes of the Scheldt breathe")
    press(author, "Request a review")
    expect(author.get_by_text("has been asked to review it")).to_be_visible()


def approve(editor, form):
    editor.goto(form)
    press(editor, "Approve")
    expect(editor.locator(".badge--approved").first).to_be_visible()


def schedule(publisher, form):
    publisher.goto(form)
    press(publisher, "Schedule…")
    publisher.wait_for_url("**/schedule/")
    publisher.get_by_label("When").fill(in_seconds(2))
    publisher.get_by_role("textbox", name="Reason").fill("In English only, as agreed")
    press(publisher, "Schedule")
    expect(publisher.get_by_text("Scheduled. You can continue editing")).to_be_visible()


def publish(publisher, form, title, note):
    publisher.goto(form)
    title_of(publisher).fill(title)
    publisher.get_by_label("Reason, for staff").fill("In English only, as agreed")
    publisher.get_by_label("Change note for readers, English").fill(note)
    press(publisher, "Publish changes")
    expect(publisher.get_by_text("Published. See it on the site:")).to_be_visible()


def test_the_whole_way_of_an_article(portal, sign_in, page):
    author, form = write(sign_in("paula"))
    editor, publisher = sign_in("edgar"), sign_in("petra")
    comment(editor, form)
    answer(author, form)
    approve(editor, form)
    schedule(publisher, form)

    public = "/en/news/salt-marshes-breathe/"
    wait_until_public(portal, page, public)
    expect(page.locator("h1")).to_have_text("Salt marshes of the Scheldt breathe")

    publish(publisher, form, "Salt marshes of the Scheldt breathe out", "The title says more")
    publish(publisher, form, "Salt marches", "By mistake")
    page.goto(public)
    expect(page.locator("h1")).to_have_text("Salt marches")
    publisher.goto(form.replace("change/", "history/"))
    press(publisher, "Undo the last publication")
    expect(
        publisher.get_by_text("Undone. Readers see the previous version again")
    ).to_be_visible()
    page.goto(public)
    expect(page.locator("h1")).to_have_text("Salt marshes of the Scheldt breathe out")
    expect(page.locator("main")).to_contain_text("The title says more")
    expect(page.locator("main")).not_to_contain_text("By mistake")
    expect(page.locator("body")).not_to_contain_text("Petra")
