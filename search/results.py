"""Search results for display: entries with their items."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.safestring import SafeString

from search.highlight import Highlighter
from search.models import SearchEntry
from search.source import searchable_items, searched_models


@dataclass(frozen=True)
class Result:
    item: object
    entry: SearchEntry
    #: HTML with highlighted words.
    title: SafeString
    snippet: SafeString

    @property
    def kind(self):
        """Name of the item's type in the active language."""
        return self.item._meta.verbose_name

    @property
    def model_name(self):
        return self.item._meta.model_name

    @property
    def language(self):
        """Code of the title's language if it is not the reader's, or None."""
        shown = self.entry.title_language
        return shown if shown != self.entry.language else None


def results(found, pks):
    """Return the Results of some keys of a search.

    Items that are no longer public are omitted, in case the index is out of date.
    """
    entries = SearchEntry.objects.defer("terms", "facets").in_bulk(pks)
    items = public_items(entries.values())
    highlighter = Highlighter(found.expanded)
    made = []
    for pk in pks:
        entry = entries.get(pk)
        if entry and (item := items.get((entry.content_type_id, entry.object_id))):
            title = highlighter.highlight(entry.title)
            snippet = highlighter.snippet(entry.summary, entry.text)
            made.append(Result(item, entry, title, snippet))
    return made


def public_items(entries):
    """Return {(content type pk, pk): item} of the public items of these entries."""
    keys = {}
    for entry in entries:
        keys.setdefault(entry.content_type_id, []).append(entry.object_id)
    found = {}
    for model in searched_models():
        kind = ContentType.objects.get_for_model(model).pk
        if kind in keys:
            items = public(model).filter(pk__in=keys[kind])
            found |= {(kind, item.pk): item for item in items}
    return found


def public(model):
    """Return the public items of a searched type, fetched as for lists."""
    items = searchable_items(model)
    items = items.published() if hasattr(items, "published") else items
    return items.for_list() if hasattr(items, "for_list") else items
