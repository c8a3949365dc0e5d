"""What a page of results shows: the entries with the items they are about."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.safestring import SafeString

from search.highlight import Highlighter
from search.models import SearchEntry
from search.source import findable, searched_models


@dataclass(frozen=True)
class Result:
    item: object
    entry: SearchEntry
    #: HTML, with the words marked.
    title: SafeString
    snippet: SafeString

    @property
    def kind(self):
        """Name of the item's type in the language of the reader."""
        return self.item._meta.verbose_name

    @property
    def model_name(self):
        return self.item._meta.model_name

    @property
    def language(self):
        """Code of the language it is in, where that isn't the reader's; or None."""
        shown = self.entry.title_language
        return shown if shown != self.entry.language else None


def results(found, pks):
    """The Results of some keys of what was found. What isn't public any more is left out,
    should the index be wrong."""
    entries = SearchEntry.objects.defer("terms", "facets").in_bulk(pks)
    items = public_items(entries.values())
    highlighter = Highlighter(found.meaning)
    made = []
    for pk in pks:
        entry = entries.get(pk)
        if entry and (item := items.get((entry.content_type_id, entry.object_id))):
            title = highlighter.marked(entry.title)
            snippet = highlighter.snippet(entry.summary, entry.text)
            made.append(Result(item, entry, title, snippet))
    return made


def public_items(entries):
    """{(key of the type, key): item} of the public items that entries are about."""
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
    """What readers may see now of a searched type, as its lists show it."""
    items = findable(model)
    items = items.published() if hasattr(items, "published") else items
    return items.for_list() if hasattr(items, "for_list") else items
