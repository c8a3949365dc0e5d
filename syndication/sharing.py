"""Share cards and structured data of pages."""

import hashlib
from functools import cached_property

from django.utils.text import capfirst

from syndication import structured_data
from syndication.cards import Card


class SharedPage:
    """Mixin for detail views, with a share card at `card.jpg` below the page's URL."""

    #: Function that returns the object's schema.org node; see `structured_data`.
    describe = None

    def card(self):
        """Return the share card of the object."""
        item = self.object
        topics = item.topics.all() if hasattr(item, "topics") else []
        return Card(
            title=str(getattr(item, self.name_field)),
            kicker=self.card_kicker(),
            line=self.card_line(),
            theme=next((topic.slug for topic in topics), item.slug),
            picture=getattr(item, "lead_image", None),
        )

    def card_kicker(self):
        """Return the type of the object in the active language."""
        has_kind = hasattr(self.object, "get_kind_display")
        kind = self.object.get_kind_display() if has_kind else self.model._meta.verbose_name
        return capfirst(str(kind))

    def card_line(self):
        """Return the most important date, or ""."""
        return ""

    @cached_property
    def card_path(self):
        """Path of the card, with a hash of its content for cache busting."""
        return f"{self.object.get_absolute_url()}card.jpg?v={digest(self.card())}"

    def structured_data(self, crumbs, home):
        """Return the JSON-LD script element of the page, with its breadcrumbs."""
        here = self.object.get_absolute_url()
        nodes = [structured_data.breadcrumbs(crumbs, home, here)] if crumbs else []
        if self.describe:
            described = self.describe(self.object)
            described["image"] = structured_data.absolute(self.card_path)
            nodes.insert(0, described)
        return structured_data.script(*nodes)


def digest(card):
    picture = card.picture.file.name if card.picture else ""
    parts = (card.title, card.kicker, card.line, card.theme, picture)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
