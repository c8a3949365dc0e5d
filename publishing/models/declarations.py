"""What a model declares of itself: the fields that search and feeds read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """The names of fields. Translated fields are searched of themselves, in their language."""

    #: What heads the item's page, and what says in short what it is.
    title: str = "title"
    summary: str = "summary"
    #: What it is known by, found first when typed exactly: acronym, reference.
    keys: tuple = ()
    #: Columns of text that aren't translated.
    texts: tuple = ()
    #: Path to the initiative, or initiatives, it is counted with; "self" for an initiative.
    initiative: str = ""
    #: The dates or instants that date it: the first that it has.
    dates: tuple = ("last_published_at",)
    #: Whether items that mention it are found by its names.
    is_mentioned: bool = True
    #: Order of equally relevant results: columns, translated ones as readers see them.
    order: tuple = ("-last_published_at", "-pk")
    #: How much readers look for this type rather than for others; see `ranking`.
    weight: float = 1.0


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
