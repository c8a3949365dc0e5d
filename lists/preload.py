"""Makes a new worker ready for its first readers."""

from django.db import connection
from django.urls import get_resolver

from lists.filters import PortalFilterSet
from lists.index import index_of


def load_lists():
    """Read what all lists are counted with and sorted by, and keep it for workers that start
    later; for a thread of its own."""
    get_resolver().url_patterns  # noqa: B018 - imports all lists
    try:
        for filterset_class in filtersets(PortalFilterSet):
            index_of(filterset_class).load()
    finally:
        connection.close()


def filtersets(base):
    """The subclasses that filter a model."""
    for subclass in base.__subclasses__():
        if subclass._meta.model:
            yield subclass
        yield from filtersets(subclass)
