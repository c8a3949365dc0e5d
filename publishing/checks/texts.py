"""Accessibility checks of rich text (WCAG 2.2: 1.3.1, 2.4.4)."""

import re
from itertools import pairwise

from django.utils.translation import gettext as _

from publishing.checks.base import check, error, warning
from publishing.checks.content import Outline, rich_texts
from publishing.models import Publishable

#: Link texts that are meaningless when links are read out of context.
VAGUE = {
    *("here", "click here", "click", "link", "this link", "this", "more", "read more"),
    *("learn more", "see here", "ici", "cliquez ici", "lien", "ce lien", "plus"),
    *("lire la suite", "en savoir plus", "voir ici", "hier", "klik hier", "klik", "deze link"),
    *("meer", "lees meer", "lees verder", "meer weten", "zie hier"),
}
BARE_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


@check(Publishable)
def heading_order(item):
    for field, html in rich_texts(item):
        headings = Outline(html).headings
        # The page title precedes the body; other texts have a heading of their own.
        above = 1 if field.translated_field.name == "body" else 2
        for (before, _text), (level, text) in pairwise([(above, ""), *headings]):
            if not text:
                yield warning(_("A heading is empty. Remove it."), field.name)
            elif level > before + 1:
                message = _(
                    "The heading “%(text)s” skips a level: make it a heading %(level)s."
                )
                values = {"text": text[:80], "level": before + 1}
                yield warning(message % values, field.name)


@check(Publishable)
def empty_links(item):
    for field, html in rich_texts(item):
        for href, text in Outline(html).links:
            if not text:
                message = _("A link to %(href)s has no text. Write one, or remove the link.")
                yield error(message % {"href": href[:120] or _("nowhere")}, field.name)
            elif href in ("", "#"):
                message = _("The link “%(text)s” leads nowhere. Give it an address.")
                yield error(message % {"text": text[:80]}, field.name)


@check(Publishable)
def vague_links(item):
    for field, html in rich_texts(item):
        for _href, text in Outline(html).links:
            if text.casefold().strip(" .…:!>»→[]()") in VAGUE or BARE_ADDRESS.fullmatch(text):
                message = _("The link text “%(text)s” does not say where the link leads.")
                hint = _("Name the page or the document.")
                yield warning(f"{message % {'text': text[:80]}} {hint}", field.name)
