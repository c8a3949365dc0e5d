"""Tests of an edition's mail as it arrives, its page and its feed."""

import re
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from django.urls import resolve
from django.utils import timezone

from calls.models import Call
from news.models import Article
from newsletter.delivery import (
    PLACEHOLDERS,
    MailBuilder,
    Template,
    isolate_placeholders,
    send_due,
)
from newsletter.editions import html_of, text_of
from newsletter.models import Delivery, Edition, Subscriber
from tests.factories import draft, open_call, published
from tests.newsletter.editions import approved_edition, edition, readers, started_edition
from tests.newsletter.mail_server import strictly_parsed

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://[^\s\"<>]+")


def mails_of(made):
    """Return {language: bytes that are sent}."""
    rows = made.deliveries.select_related("subscriber")
    return {row.subscriber.language: MailBuilder().build(row) for row in rows}


def parts(parsed):
    return parsed.get_body(("plain",)).get_content(), parsed.get_body(("html",)).get_content()


@pytest.fixture
def sent_edition():
    readers(3)
    call = open_call(title_en="Rivers – été", title_fr="Rivières", title_nl="Rivieren")
    return started_edition(call, introduction_fr="Bonjour", introduction_nl="Dag")


def test_each_language_parses_strictly_and_has_both_parts(sent_edition):
    expected = {
        "en": ("News of May", "Hello.", "Rivers – été"),
        "fr": ("Nouvelles de mai", "Bonjour", "Rivières"),
        "nl": ("Mei", "Dag", "Rivieren"),
    }
    for language, content in mails_of(sent_edition).items():
        parsed = strictly_parsed(content)
        subject, introduction, title = expected[language]
        assert parsed["Subject"] == subject
        assert parsed["Content-Language"] == language
        for text in parts(parsed):
            assert introduction in text
            assert title in text
            assert f"/{language}/newsletter/editions/{sent_edition.pk}/" in text
            assert PLACEHOLDERS["id"][:3] not in text
        assert not PLACEHOLDERS.keys() & set(content.decode("ascii").split())
        assert all(len(line) <= 76 for line in content.partition(b"\r\n\r\n")[2].splitlines())


def test_headers_are_those_of_a_list_that_one_can_leave(sent_edition):
    row = sent_edition.deliveries.select_related("subscriber").first()
    parsed = strictly_parsed(MailBuilder().build(row))
    assert parsed["To"] == row.subscriber.email
    assert parsed["Message-ID"] == f"<{row.message_id}>"
    assert abs(parsedate_to_datetime(parsed["Date"]) - timezone.now()).total_seconds() < 60
    assert parsed["List-Id"] == "<newsletter.localhost>"
    assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for name in ("From", "Date", "Message-ID", "To", "Subject", "List-Unsubscribe"):
        assert len(parsed.get_all(name)) == 1
    again = strictly_parsed(MailBuilder().build(row))
    assert again["Message-ID"] == parsed["Message-ID"]


def test_opening_links_changes_nothing_and_one_click_unsubscribes(sent_edition, client):
    row = sent_edition.deliveries.select_related("subscriber").first()
    parsed = strictly_parsed(MailBuilder().build(row))
    unsubscribe = parsed["List-Unsubscribe"].strip("<>")
    text, html = parts(parsed)
    assert unsubscribe in text
    assert unsubscribe in html
    own = [link for link in LINK.findall(text) if "/newsletter/" in link]
    assert len(own) == 4
    for link in own:
        path = link.removeprefix("http://127.0.0.1:8000")
        assert resolve(path)
        for method in (client.get, client.head):
            assert method(path).status_code == 200
    assert Subscriber.objects.active().count() == 3
    path = unsubscribe.removeprefix("http://127.0.0.1:8000")
    response = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    row.subscriber.refresh_from_db()
    assert row.subscriber.state == "unsubscribed"


def test_nothing_is_loaded_and_nobody_is_tracked(sent_edition):
    _text, html = parts(strictly_parsed(mails_of(sent_edition)["en"]))
    assert not re.search(r"<(img|link|script|iframe)|url\(|@import", html)
    assert "prefers-color-scheme: dark" in html
    assert re.search(r"<h1 style=\"[^\"]*font-size", html)


def test_a_long_edition_stays_below_the_limit_of_mail_programs():
    items = [published(Article, title_en="T" * 90, summary_en="S" * 400) for _n in range(30)]
    made = edition(*items, introduction_en="I" * 4000)
    assert len(html_of(made, "en").encode()) < 100_000


def test_what_staff_type_is_text():
    item = published(Article, title_en="<b>A & B</b>")
    made = edition(item, subject_en="A & <i>B</i>", introduction_en="<script>x</script>")
    html = html_of(made, "en")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;A &amp; B" in html
    assert "<b>A & B</b>" in text_of(made, "en")


def test_a_call_tells_its_deadline_with_the_zone():
    made = edition(open_call(title_en="Rivers"))
    assert re.search(r"Deadline for full proposals: .*\d\d:\d\d \(.+\)", text_of(made, "en"))


def test_what_is_frozen_does_not_change_any_more():
    readers(1, languages=("en",))
    item = published(Article, title_en="Before")
    made = started_edition(item)
    Article.objects.filter(pk=item.pk).update(title_en="After")
    assert "Before" in parts(strictly_parsed(mails_of(made)["en"]))[0]
    assert made.items.get().frozen["en"]["title"] == "Before"


def test_a_mail_is_filled_in_wherever_quoted_printable_breaks_its_lines():
    for width in range(1, 90):
        text = "x" * width + "https://example.org/" + PLACEHOLDERS["unsubscribe"] + "/"
        mail = draft_mail(text)
        fill = Template(isolate_placeholders(mail)).fill(unsubscribe="a=b" * 40)
        body = strictly_parsed(fill).get_content()
        assert body.strip() == "x" * width + "https://example.org/" + "a=b" * 40 + "/"
        assert all(len(line) <= 76 for line in fill.splitlines())


def draft_mail(text):
    from django.core.mail import EmailMessage

    from publishing.mails import CHARSET

    mail = EmailMessage("Subject", text, "a@example.org", ["b@example.org"])
    mail.encoding = CHARSET
    return mail.message().as_bytes(linesep="\r\n")


def test_an_unpublished_item_is_not_sent():
    readers(1)
    made = approved_edition(draft(Call))
    with pytest.raises(Exception, match="Not published"):
        from newsletter.editions import send_now
        from tests.staff import member

        send_now(edition=made, by=member())
    made.refresh_from_db()
    assert (made.state, Delivery.objects.count()) == ("approved", 0)


# --- Archive ------------------------------------------------------------------------------


def test_the_archive_and_its_feed_hold_what_was_sent_alone(client):
    readers(1)
    sent, waiting = started_edition(subject_en="Sent"), approved_edition(subject_en="Secret")
    Edition.objects.filter(pk=sent.pk).update(state="sent", finished_at=timezone.now())
    page = client.get("/en/newsletter/editions/")
    assert "Sent" in page.content.decode()
    assert "Secret" not in page.content.decode()
    assert not page.cookies
    feed = feedparser.parse(client.get("/en/newsletter/editions/feed.atom").content)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == ["Sent"]
    assert "Hello." in feed.entries[0].content[0].value
    assert client.get(f"/fr/newsletter/editions/{sent.pk}/").status_code == 200
    assert client.get(f"/en/newsletter/editions/{waiting.pk}/").status_code == 404
    for odd in (f"{10**30}/", "0/", "?page=1000000000", "?page=x"):
        assert client.get(f"/en/newsletter/editions/{odd}").status_code == 404


def test_an_empty_archive_says_so(client):
    assert (
        "No edition has been sent yet"
        in client.get("/en/newsletter/editions/").content.decode()
    )
    assert client.get("/en/newsletter/editions/feed.atom").status_code == 200


def test_the_page_is_there_as_soon_as_the_first_mail_links_to_it(sent_edition, client):
    assert (
        "Rivers – été"
        in client.get(f"/en/newsletter/editions/{sent_edition.pk}/").content.decode()
    )


def test_a_portal_without_a_mail_server_takes_an_edition_as_files(
    settings, tmp_path, sent_edition
):
    settings.EMAIL_BACKEND = "portal.mail.FolderBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    assert send_due() == 3
    subjects = {strictly_parsed(file.read_bytes())["Subject"] for file in tmp_path.iterdir()}
    assert subjects == {"News of May", "Nouvelles de mai", "Mei"}
