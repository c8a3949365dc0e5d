"""Models whose items stand in feeds, with the time of their last change that readers saw."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from publishing.models.public_change import PublicChange


@dataclass(frozen=True)
class FeedFields:
    """What an entry of a feed is made of: a model says so in its attribute `feed`.

    The names of fields; "" where the model has none.
    """

    title: str = "title"
    summary: str = "summary"
    image: str = "lead_image"
    topics: str = "topics"
    #: When readers saw it first.
    published_at: str = "first_published_at"
    #: When what they see was written last, with a change or without; indexed.
    written_at: str = "last_published_at"

    def value(self, item, name):
        """What an item has as its `title`, `summary`…, or None."""
        field = getattr(self, name)
        return getattr(item, field) if field else None


class FollowedQuerySet(models.QuerySet):
    """Of a model with an attribute `feed` and a column `created_at`."""

    def with_changes(self):
        """With `changed_at`: when what readers of the active language see last changed."""
        change = PublicChange.objects.of_each(self.model).values("changed_at")
        written_at = self.model.feed.written_at
        return self.annotate(changed_at=Coalesce(Subquery(change), written_at, "created_at"))

    def for_feed(self):
        """With all that an entry of a feed tells."""
        return self
