"""Mail of a delivery: a filled-in template, stored bytes or a rendered mail."""

import logging
from email.utils import formatdate

from django.core.mail.message import sanitize_address

from newsletter.delivery.templates import Template
from newsletter.models import Delivery, EditionVariant
from newsletter.tokens import preferences_token, unsubscription_token

logger = logging.getLogger(__name__)

_renderers = {}


def register_renderer(name):
    """Register a function that builds the mails of deliveries with the renderer `name`.

    It takes the Delivery, with its subscriber and JSON data, and returns an EmailMessage to the
    subscriber, or None if there is nothing left to send.
    """

    def register(function):
        _renderers[name] = function
        return function

    return register


class MailBuilder:
    """Mail builder of one worker, with a cache of templates."""

    def __init__(self):
        self._templates = {}

    def build(self, row):
        """Return the bytes of the mail, or None if there is none."""
        if row.variant_id:
            return self._fill(row)
        if row.renderer:
            return _render(row)
        stored = Delivery.objects.values_list("mail", flat=True).get(pk=row.pk)
        return bytes(stored) if stored else None

    def _fill(self, row):
        subscriber = row.subscriber
        return self._template(row.variant_id).fill(
            unsubscribe=unsubscription_token(subscriber),
            preferences=preferences_token(subscriber),
            id=row.message_id,
            date=formatdate(usegmt=True),
            recipient=address(subscriber.email),
        )

    def _template(self, key):
        if key not in self._templates:
            mail = EditionVariant.objects.values_list("mail", flat=True).get(pk=key)
            self._templates[key] = Template(bytes(mail))
        return self._templates[key]


def _render(row):
    mail = _renderers[row.renderer](row)
    if mail is None:
        return None
    mail.extra_headers["Message-ID"] = f"<{row.message_id}>"
    return mail.message().as_bytes(linesep="\r\n")


def address(email):
    """Return the address with its domain in ASCII, as mail servers require."""
    return email if email.isascii() else sanitize_address(email, "ascii")
