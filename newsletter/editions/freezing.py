"""Freezing of an edition: fixing its content and recipients before the first mail."""

import hashlib
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from newsletter.editions import content
from newsletter.editions.audience import audience
from newsletter.editions.rendering import is_too_long, template_of
from newsletter.models import Delivery, message_id

#: Rows per INSERT.
CHUNK_SIZE = 1000


def require_ready(edition):
    """Raise ValidationError with everything that prevents sending."""
    problems = []
    rows = list(edition.items.prefetch_related("item"))
    if not rows and not edition.introduction:
        problems.append(_("This edition is empty."))
    if not edition.languages:
        problems.append(_("Choose at least one language."))
    if any(row.item is None for row in rows):
        problems.append(_("An item has been deleted. Remove it from the edition."))
    elif not problems:
        problems += [
            _("The e-mail in %(language)s is too long. Remove some items.") % {"language": code}
            for code in edition.languages
            if is_too_long(edition, code)
        ]
    if problems:
        raise ValidationError(problems)


def require_public(edition):
    """Raise ValidationError if an item is not published."""
    hidden = [row.item for row in edition.items.prefetch_related("item") if not _is_public(row)]
    if hidden:
        message = _("Not published: %(items)s")
        names = ", ".join(str(item) for item in hidden)
        raise ValidationError(message, params={"items": names}, code="not_public")


def _is_public(row):
    return (
        bool(row.item) and type(row.item).objects.published().filter(pk=row.object_id).exists()
    )


def freeze(edition):
    """Store the texts, and create the mails and one delivery per recipient.

    Call it in the transaction that changes the state, so that a crash leaves nothing behind.
    The caller saves the edition. Raises ValidationError if the edition cannot be sent.
    """
    require_ready(edition)
    require_public(edition)
    content.freeze(edition)
    edition.frozen_at = timezone.now()
    variants = {code: _variant(edition, code) for code in edition.languages}
    edition.recipients = sum(
        len(Delivery.objects.bulk_create(rows))
        for rows in _chunks(_deliveries(edition, variants))
    )
    if not edition.recipients:
        raise ValidationError(_("Nobody would get this edition."), code="nobody")


def _variant(edition, language):
    mail = template_of(edition, language)
    digest = hashlib.sha256(mail).hexdigest()
    return edition.variants.create(language=language, mail=mail, digest=digest)


def _deliveries(edition, variants):
    readers = audience(edition).order_by("pk").values_list("pk", "language")
    for key, language in readers.iterator(CHUNK_SIZE):
        dedupe_key = f"edition:{edition.pk}:{key}"
        yield Delivery(
            dedupe_key=dedupe_key,
            message_id=message_id(dedupe_key),
            priority=Delivery.Priority.EDITION,
            subscriber_id=key,
            edition=edition,
            variant=variants[language],
        )


def _chunks(rows):
    while chunk := list(islice(rows, CHUNK_SIZE)):
        yield chunk
