"""The mails as bytes: read by a strict parser, and taken by a real SMTP server."""

import re
import socket
from email import message_from_bytes, policy
from email.utils import parseaddr

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings as portal_settings

from newsletter.mails import confirmation_mail, reminder_mail
from newsletter.models import Subscriber

STRICT = policy.SMTP.clone(raise_on_defect=True)
LANGUAGES = [code for code, _name in portal_settings.LANGUAGES]


def parsed(content):
    """The message, after every header and part of it has been read strictly."""
    message = message_from_bytes(content, policy=STRICT)
    for part in message.walk():
        for name in part:
            assert not part[name].defects, name
        assert not part.defects
    return message


def on_the_wire(mail):
    return mail.message().as_bytes(linesep="\r\n")


def texts(message):
    text, html = message.get_body(["plain"]), message.get_body(["html"])
    return text.get_content(), html.get_content()


def one_click_path(message):
    """Path of the address that List-Unsubscribe holds; the header may begin with a fold."""
    address = re.fullmatch(r"\s*<(\S+)>", message["List-Unsubscribe"])[1]
    return address.removeprefix(portal_settings.PORTAL_URL)


def links(text):
    return re.findall(r"https?://[^\s\"<>]+", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_has_both_parts_in_the_language_chosen(subscriber, settings, language):
    settings.PORTAL_URL = "https://calls.example.org"
    message = parsed(on_the_wire(confirmation_mail(subscriber(), language)))
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


@pytest.mark.parametrize("make", [lambda s: confirmation_mail(s, "en"), reminder_mail])
def test_the_headers_are_right(subscriber, settings, make):
    settings.DEFAULT_FROM_EMAIL = "calls@example.org"
    settings.PORTAL_NAME = "Appels & Oproepen – été"
    content = on_the_wire(make(subscriber()))
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


def test_nothing_in_the_html_is_loaded_or_run(subscriber):
    _text, html = texts(parsed(on_the_wire(confirmation_mail(subscriber(), "en"))))
    assert not re.search(r"<(img|script|link|iframe|object|form)|url\(|@import|\son\w+=", html)


def test_names_are_text_in_both_parts(subscriber, settings):
    settings.PORTAL_NAME = "R&D <Calls>"
    text, html = texts(parsed(on_the_wire(confirmation_mail(subscriber(), "en"))))
    assert "R&D <Calls>" in text
    assert "R&amp;D &lt;Calls&gt;" in html
    assert "R&D <Calls>" not in html


def test_another_sender_s_name_is_kept(subscriber, settings):
    settings.DEFAULT_FROM_EMAIL = "The agency <calls@example.org>"
    message = parsed(on_the_wire(confirmation_mail(subscriber(), "en")))
    assert message["From"] == "The agency <calls@example.org>"


def test_who_subscribed_in_a_language_no_longer_offered_is_still_answered(subscriber, settings):
    member = subscriber(state=Subscriber.State.ACTIVE, language="nl")
    settings.LANGUAGES = [("en", "English")]
    assert reminder_mail(member).extra_headers["Content-Language"] == "en"


def test_links_of_a_mail_work_as_they_stand(reader, sign_up, mailoutbox):
    sign_up(language="fr")
    message = parsed(on_the_wire(mailoutbox[0]))
    text, _html = texts(message)
    (confirm,) = {link for link in links(text) if "/confirm/" in link}
    path = confirm.removeprefix(portal_settings.PORTAL_URL)
    assert reader.post(path).url == "/fr/newsletter/confirmed/"
    assert Subscriber.objects.get().is_active
    assert (
        reader.post(one_click_path(message), {"List-Unsubscribe": "One-Click"}).status_code
        == 200
    )
    assert not Subscriber.objects.get().is_active


def test_without_a_mail_server_the_mail_is_a_file(sign_up, settings, tmp_path):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    sign_up()
    (file,) = tmp_path.glob("*.eml")
    assert parsed(file.read_bytes())["To"] == "reader@example.org"


class Server:
    """An SMTP server on loopback that keeps what it is told; `answer` is for RCPT."""

    def __init__(self):
        self.said, self.answer = [], "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, mail_options):  # noqa: N802
        self.said.append(("MAIL", address))
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        self.said.append(("RCPT", address))
        envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.said.append(("DATA", envelope.content))
        return "250 OK"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def smtp_port(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", False, False
    return settings.EMAIL_PORT


@pytest.fixture
def smtp(smtp_port):
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=smtp_port)
    controller.start()
    yield server
    controller.stop()


def test_the_whole_conversation(reader, sign_up, smtp, settings):
    settings.DEFAULT_FROM_EMAIL = "Calls <calls@example.org>"
    assert sign_up("Lezer@Example.org", language="nl").status_code == 302
    kinds = [kind for kind, _said in smtp.said]
    assert kinds == ["MAIL", "RCPT", "DATA"]
    said = dict(smtp.said)
    assert (said["MAIL"], said["RCPT"]) == ("calls@example.org", "lezer@example.org")
    text, _html = texts(parsed(said["DATA"]))
    (confirm,) = {link for link in links(text) if "/nl/newsletter/confirm/" in link}
    path = confirm.removeprefix(settings.PORTAL_URL)
    assert reader.get(path).status_code == 200
    assert not Subscriber.objects.get().is_active
    assert reader.post(path).status_code == 302
    assert Subscriber.objects.get().is_active
    sign_up("lezer@example.org")
    reminder = parsed(smtp.said[-1][1])
    assert (
        reader.post(one_click_path(reminder), {"List-Unsubscribe": "One-Click"}).status_code
        == 200
    )
    assert Subscriber.objects.get().state == Subscriber.State.UNSUBSCRIBED


def test_a_refused_recipient_is_no_server_error(sign_up, smtp):
    smtp.answer = "550 5.1.1 No such mailbox"
    assert sign_up().status_code == 503
    assert "DATA" not in dict(smtp.said)


def test_an_absent_mail_server_is_no_server_error(sign_up, smtp_port):
    assert sign_up().status_code == 503
