"""Rendering of an edition's mail in one language, in HTML and plain text."""

from email.utils import parseaddr

from django.conf import settings
from django.utils import translation

from newsletter.delivery import PLACEHOLDERS, RECIPIENT, isolate_placeholders
from newsletter.editions.content import entries
from newsletter.mails import with_styles_inlined
from publishing.mails import absolute_url, portal_mail

#: Mail programs cut off longer mails.
MAX_BYTES = 100_000


def texts(edition, language):
    """Return the context of an edition's templates, in the active language."""
    return {
        "edition": edition,
        "introduction": edition.introduction or "",
        "entries": entries(edition, language),
        "web_url": settings.PORTAL_URL + edition.get_absolute_url(),
        "archive_url": absolute_url("newsletter:editions"),
    }


def edition_mail(edition, language, *, to=RECIPIENT, links=None, headers=None):
    """Build an EmailMessage of the edition to one address.

    `links` is a dict of the personal unsubscribe_url and preferences_url; by default both lead
    to the sign-up form.
    """
    sign_up = absolute_url("newsletter:subscribe")
    links = links or {"unsubscribe_url": sign_up, "preferences_url": sign_up}
    with translation.override(language):
        mail = portal_mail(
            to,
            edition.subject,
            "edition",
            headers={"List-Id": list_id(), **(headers or {})},
            **links,
            **texts(edition, language),
        )
        return with_styles_inlined(mail)


def template_of(edition, language):
    """Return the bytes of the mail, with placeholders for personal values."""
    with translation.override(language):
        url = absolute_url("newsletter:unsubscribe", PLACEHOLDERS["unsubscribe"])
        own_url = absolute_url("newsletter:preferences", PLACEHOLDERS["preferences"])
    headers = {
        "Message-ID": f"<{PLACEHOLDERS['id']}>",
        "Date": PLACEHOLDERS["date"],
        "Precedence": "bulk",
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Archive": f"<{absolute_url('newsletter:editions')}>",
    }
    links = {"unsubscribe_url": url, "preferences_url": own_url}
    mail = edition_mail(edition, language, links=links, headers=headers)
    return isolate_placeholders(mail.message().as_bytes(linesep="\r\n"))


def list_id():
    """Return the List-Id that identifies the newsletter to mail programs (RFC 2919)."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<newsletter.{domain}>"


def html_of(edition, language):
    """Return the HTML of the mail, for previews."""
    return edition_mail(edition, language).alternatives[0].content


def text_of(edition, language):
    """Return the plain text of the mail."""
    return edition_mail(edition, language).body


def is_too_long(edition, language):
    """Return True if mail programs would cut off the mail."""
    return len(html_of(edition, language).encode()) > MAX_BYTES
