"""What a page tells other sites and search engines: its card, its structured data."""

import hashlib
from functools import cached_property

from django.utils.text import capfirst

from syndication import structured_data
from syndication.cards import Card


class SharedPage:
    """Mixin of views of one thing, whose card is at `card.jpg` below its address."""

    #: Function that describes the thing as a node of schema.org; see `structured_data`.
    describe = None

    def card(self):
        """The card of the thing that is shown."""
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
        """What kind of thing it is, in the active language."""
        has_kind = hasattr(self.object, "get_kind_display")
        kind = self.object.get_kind_display() if has_kind else self.model._meta.verbose_name
        return capfirst(str(kind))

    def card_line(self):
        """The date that matters most, or ""."""
        return ""

    @cached_property
    def card_path(self):
        """Address of the card, which is another one when the card looks otherwise."""
        return f"{self.object.get_absolute_url()}card.jpg?v={digest(self.card())}"

    def structured_data(self, crumbs, home):
        """The script element that describes the page: what it shows and where that stands."""
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
