"""Models with feeds, and the time of their last visible change."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Subquery
from django.db.models.functions import Coalesce

from publishing.models.public_change import PublicChange


@dataclass(frozen=True)
class FeedFields:
    """Names of the fields used for feed entries; the attribute `feed` of a model.

    A name is "" if the model has no such field.
    """

    title: str = "title"
    summary: str = "summary"
    image: str = "lead_image"
    topics: str = "topics"
    #: Time of first publication.
    published_at: str = "first_published_at"
    #: Time of the last publication or save, even without a visible change; must be indexed.
    written_at: str = "last_published_at"

    def value(self, item, name):
        """Return an item's value for `title`, `summary` and so on, or None."""
        field = getattr(self, name)
        return getattr(item, field) if field else None


class FollowedQuerySet(models.QuerySet):
    """QuerySet of a model with an attribute `feed` and a column `created_at`."""

    def with_changes(self):
        """Annotate `changed_at`, the last visible change in the active language."""
        change = PublicChange.objects.of_each(self.model).values("changed_at")
        written_at = self.model.feed.written_at
        return self.annotate(changed_at=Coalesce(Subquery(change), written_at, "created_at"))

    def for_feed(self):
        """Fetch what a feed entry needs; for subclasses to extend."""
        return self
