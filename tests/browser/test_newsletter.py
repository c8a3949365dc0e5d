"""Tests of a subscription from sign-up to unsubscribing, by keyboard."""

import re
from urllib.parse import parse_qs

from django.template.loader import render_to_string
from playwright.sync_api import expect

from newsletter.signup import proof_of_work
from tests.browser.server import manage
from tests.browser.test_keyboard import press, tab_to


def test_a_subscription_from_the_form_to_its_end(page, monitor, portal):
    page.goto("/en/newsletter/")
    main = page.locator("main")
    tab_to(page, main.get_by_label("Your e-mail address"))
    page.keyboard.type("reader@example.org")
    for box in ("The newsletter", "News"):
        tab_to(page, main.get_by_role("checkbox", name=box, exact=True))
        press(page, "Space")
    tab_to(page, main.get_by_role("radio", name="Once a week"))
    press(page, "ArrowUp")
    tab_to(page, main.get_by_role("button", name="Subscribe"))
    press(page, "Enter")
    page.wait_for_url("**/newsletter/check-your-mail/")

    follow_confirmation(page, portal, "reader@example.org")
    expect(main).to_contain_text("Calls, once a day")
    press_button(page, "Confirm the subscription")
    expect(main.get_by_role("heading", level=1)).to_have_text("You are subscribed")
    expect(main.get_by_role("checkbox", name="Events")).to_be_checked()
    expect(main.get_by_role("checkbox", name="News", exact=True)).not_to_be_checked()

    tab_to(page, main.get_by_role("checkbox", name="Health"))
    press(page, "Space")
    press_button(page, "Save")
    expect(main.get_by_role("status")).to_have_text("Your choice is saved.")
    expect(main.get_by_role("checkbox", name="Health")).to_be_checked()

    press_button(page, "Unsubscribe from everything")
    expect(main.get_by_role("heading", level=1)).to_have_text("You are unsubscribed")
    assert page.context.cookies() == []


def test_the_browser_does_the_work_that_is_asked_for(page, monitor, portal, db):
    """The browser computes the proof of work.

    The page is rendered from the template, because the server would require a proof from all
    tests that sign up.
    """
    challenge, sent = proof_of_work.challenge("reader@example.org"), []
    context = {"challenge": challenge, "posted_fields": [("email", "reader@example.org")]}
    body = render_to_string("newsletter/proof.html", context)

    def answer(route):
        if route.request.method == "POST":
            sent.append(parse_qs(route.request.post_data))
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/en/newsletter/", answer)
    page.goto("/en/newsletter/")
    button = page.locator("main").get_by_role("button", name="Continue")
    expect(button).to_be_focused()
    expect(page.locator("main").get_by_role("status")).to_contain_text("Ready")
    press(page, "Enter")
    page.wait_for_event("load")
    assert sent[0]["email"] == ["reader@example.org"]
    assert proof_of_work.is_solved(sent[0]["proof"][0], sent[0]["nonce"][0])


def press_button(page, name):
    tab_to(page, page.locator("main").get_by_role("button", name=name, exact=True))
    press(page, "Enter")


def follow_confirmation(page, portal, address):
    """Open the confirmation link in the mail to the address."""
    for command in ("run_jobs", "send_newsletters"):
        manage(portal.data_dir, command, "--once", PORTAL_URL=portal.url)
    mail = next(mail for mail in portal.mails() if f"To: {address}" in mail)
    text = mail.replace("=\n", "").replace("=3D", "=")
    page.goto(re.search(rf"{portal.url}(/\S*/newsletter/confirm/\S+)", text)[1])
