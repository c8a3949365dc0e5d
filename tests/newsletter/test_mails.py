"""Tests of mails as bytes, with a strict parser and a real SMTP server."""

import re
from email import message_from_bytes, policy
from email.utils import parseaddr

import pytest
from django.apps import apps
from django.conf import settings as portal_settings

from newsletter.mails import confirmation_mail, reminder_mail
from newsletter.models import Subscriber
from newsletter.subscriptions import apply_choices, regular_choices
from tests.newsletter.conftest import run_jobs
from tests.newsletter.editions import make_retries_due
from tests.newsletter.mail_server import free_port

STRICT = policy.SMTP.clone(raise_on_defect=True)
LANGUAGES = [code for code, _name in portal_settings.LANGUAGES]


def parsed(content):
    """Parse a message strictly, including every header and part."""
    message = message_from_bytes(content, policy=STRICT)
    for part in message.walk():
        for name in part:
            assert not part[name].defects, name
        assert not part.defects
    return message


def encoded(mail):
    return mail.message().as_bytes(linesep="\r\n")


def texts(message):
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    return text.get_content(), html.get_content()


def one_click_path(message):
    """Return the path of the List-Unsubscribe URL, whose header may be folded."""
    address = re.fullmatch(r"\s*<(\S+)>", message["List-Unsubscribe"])[1]
    return address.removeprefix(portal_settings.PORTAL_URL)


def links(text):
    return re.findall(r"https?://[^\s\"<>]+", text)


def paths(message):
    """Return the paths of all links to the portal, in both parts and in the headers."""
    everything = "".join([*texts(message), message["List-Unsubscribe"]])
    own = [link for link in links(everything) if link.startswith(portal_settings.PORTAL_URL)]
    return sorted({link.removeprefix(portal_settings.PORTAL_URL) for link in own})


def one_link(message, part):
    (path,) = [path for path in paths(message) if f"/newsletter/{part}/" in path]
    return path


def everything_kept():
    """Return all rows of the newsletter's tables."""
    models = apps.get_app_config("newsletter").get_models()
    return {model: list(model.objects.order_by("pk").values()) for model in models}


@pytest.fixture
def confirmation(subscriber, mailed_sign_up):
    """Return a function that returns a confirmation mail."""
    return lambda language="en": confirmation_mail(mailed_sign_up(subscriber(), language))


@pytest.fixture
def reminder(subscriber):
    return lambda: reminder_mail(subscriber(state=Subscriber.State.ACTIVE))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_has_both_parts_in_the_language_chosen(
    confirmation, settings, language
):
    settings.PORTAL_URL = "https://calls.example.org"
    message = parsed(encoded(confirmation(language)))
    assert message.get_content_type() == "multipart/alternative"
    parts = [part.get_content_type() for part in message.iter_parts()]
    assert parts == ["text/plain", "text/html"]
    assert message["Content-Language"] == language
    text, html = texts(message)
    (confirm,) = {link for link in links(text) if "/confirm/" in link}
    assert confirm.startswith(f"https://calls.example.org/{language}/newsletter/confirm/")
    assert f'href="{confirm}"' in html
    assert f'<html lang="{language}">' in html
    assert {link.split("/")[2] for link in links(text + html)} == {"calls.example.org"}


@pytest.mark.parametrize("make", ["confirmation", "reminder"])
def test_the_headers_are_right(request, settings, make):
    settings.DEFAULT_FROM_EMAIL = "calls@example.org"
    settings.PORTAL_NAME = "Appels & Oproepen – été"
    content = encoded(request.getfixturevalue(make)())
    message = parsed(content)
    assert parseaddr(message["From"]) == ("Appels & Oproepen – été", "calls@example.org")
    assert message["To"] == "reader@example.org"
    assert "Appels & Oproepen – été" in message["Subject"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one_click_path(message).startswith("/en/newsletter/unsubscribe/")
    assert message["Date"].datetime
    assert message["Message-ID"]
    assert content.isascii()
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_nothing_in_the_html_is_loaded_or_run(confirmation):
    _text, html = texts(parsed(encoded(confirmation())))
    assert not re.search(r"<(img|script|link|iframe|object|form)|url\(|@import|\son\w+=", html)


def test_names_are_text_in_both_parts(confirmation, settings):
    settings.PORTAL_NAME = "R&D <Calls>"
    text, html = texts(parsed(encoded(confirmation())))
    assert "R&D <Calls>" in text
    assert "R&amp;D &lt;Calls&gt;" in html
    assert "R&D <Calls>" not in html


def test_another_sender_s_name_is_kept(confirmation, settings):
    settings.DEFAULT_FROM_EMAIL = "The agency <calls@example.org>"
    message = parsed(encoded(confirmation()))
    assert message["From"] == "The agency <calls@example.org>"


def test_who_subscribed_in_a_language_no_longer_offered_is_still_answered(subscriber, settings):
    member = subscriber(state=Subscriber.State.ACTIVE, language="nl")
    settings.LANGUAGES = [("en", "English")]
    assert reminder_mail(member).extra_headers["Content-Language"] == "en"


@pytest.mark.parametrize("make", ["confirmation", "reminder"])
def test_every_mail_has_the_ways_out(request, make):
    message = parsed(encoded(request.getfixturevalue(make)()))
    for part in texts(message):
        assert "/newsletter/preferences/" in part
        assert "/newsletter/unsubscribe/" in part


def test_nothing_that_a_visitor_typed_is_in_the_mail(sign_up, reader, mailoutbox):
    typed = {"name": "Buy now", "frequency": "daily", "website": "", "form": "full"}
    sign_up(what=["calls"], **typed)
    text, html = texts(parsed(encoded(mailoutbox[0])))
    assert "Buy now" not in text + html
    assert "Calls, once a day" in text
    assert "<li>Calls, once a day</li>" in html


def test_without_a_mail_server_the_mail_is_a_file(sign_up, settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    sign_up()
    (file,) = tmp_path.glob("*.eml")
    assert parsed(file.read_bytes())["To"] == "reader@example.org"


@pytest.mark.parametrize("make", ["confirmation", "reminder"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_no_link_of_any_mail_changes_anything_when_opened(request, reader, make, method):
    """Mail programs and scanners open all links, in any order and repeatedly."""
    message = parsed(encoded(request.getfixturevalue(make)()))
    apply_choices(Subscriber.objects.get(), regular_choices())
    before = everything_kept()
    opened = [path for path in paths(message) for _time in range(2)]
    assert len(opened) > 4
    for path in opened:
        page = getattr(reader, method)(path)
        assert page.status_code == 200, path
        assert not page.cookies
        for action in re.findall(
            r'(?:action|href)="(/\S*/newsletter/\S*)"', page.content.decode()
        ):
            getattr(reader, method)(action)
    assert everything_kept() == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_conversation(reader, sign_up, mailbox, settings, language):
    settings.DEFAULT_FROM_EMAIL = "Calls <calls@example.org>"
    assert sign_up("Lezer@Example.org", language=language).status_code == 302
    message = received(mailbox)
    assert message["Content-Language"] == language
    confirm = one_link(message, "confirm")
    assert confirm.startswith(f"/{language}/")
    assert reader.get(confirm).status_code == 200
    assert not Subscriber.objects.get().is_active
    own_page = reader.post(confirm).url
    assert Subscriber.objects.get().is_active
    assert reader.post(own_page, {"what": "events", "language": language}).status_code == 302
    assert [s.section for s in Subscriber.objects.get().subscriptions.active()] == ["events"]
    sign_up("lezer@example.org")
    reminder = received(mailbox)
    assert reminder["Content-Language"] == language
    assert reader.get(one_link(reminder, "preferences")).status_code == 200
    one_click = {"List-Unsubscribe": "One-Click"}
    assert reader.post(one_click_path(reminder), one_click).status_code == 200
    assert Subscriber.objects.get().state == Subscriber.State.UNSUBSCRIBED


def received(mailbox):
    """Return the only mail that has arrived since the last call."""
    ((address, content),) = mailbox.arrived
    mailbox.arrived.clear()
    assert address == "lezer@example.org"
    return parsed(content)


def test_a_refused_recipient_is_no_server_error(sign_up, mailbox):
    mailbox.answer_to_recipient = lambda address: "550 5.1.1 No such mailbox"
    assert sign_up().status_code == 302
    assert Subscriber.objects.get().state == Subscriber.State.BOUNCED


def test_an_absent_mail_server_only_delays_the_mail(sign_up, settings, mailoutbox):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    assert sign_up().status_code == 302
    settings.EMAIL_BACKEND = working
    make_retries_due()
    run_jobs()
    assert len(mailoutbox) == 1
