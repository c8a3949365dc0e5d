"""Declarations of a model: the fields that search and feeds read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Names of the fields to index. Translated fields are indexed automatically."""

    #: Fields for the title and the summary.
    title: str = "title"
    summary: str = "summary"
    #: Fields whose exact match ranks first: acronym, reference.
    keys: tuple = ()
    #: Untranslated text fields.
    texts: tuple = ()
    #: Path to the initiative(s) used as facet; "self" for an initiative.
    initiative: str = ""
    #: Date or datetime fields; the first that is set is used for sorting.
    dates: tuple = ("last_published_at",)
    #: Order of equally relevant results: columns, translated ones as readers see them.
    order: tuple = ("-last_published_at", "-pk")
    #: Whether items that refer to it are found by its names.
    is_mentioned: bool = True
    #: Weight of the type in the ranking.
    weight: float = 1.0


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
