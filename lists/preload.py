"""Preloading of facet indexes in a new worker."""

from django.db import connection
from django.urls import get_resolver

from lists.filters import PortalFilterSet
from lists.index import index_of


def load_lists():
    """Preload all facet indexes with their sort orders, and cache them on disk.

    Run it in a thread of its own: it closes the database connection.
    """
    get_resolver().url_patterns  # noqa: B018 - imports all lists
    try:
        for filterset_class in filtersets(PortalFilterSet):
            index_of(filterset_class).load()
    finally:
        connection.close()


def filtersets(base):
    """Yield all subclasses that have a model."""
    for subclass in base.__subclasses__():
        if subclass._meta.model:
            yield subclass
        yield from filtersets(subclass)
