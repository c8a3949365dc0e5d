"""Judged queries find the item they mean among the first three results."""

from search.models import SearchEntry
from search.queries import search
from tests.portal.demo.search_judgements import JUDGEMENTS

#: Number of results that are checked, and number of queries that may fail.
FIRST, MISSED = 3, len(JUDGEMENTS) // 20


def found(text, language):
    """Return the names of the first results, as the judgements write them."""
    pks = search(text, language).pks[:FIRST]
    entries = SearchEntry.objects.select_related("content_type").in_bulk(pks)
    names = []
    for pk in pks:
        model = entries[pk].content_type.model_class()
        slug = model._base_manager.values_list("slug", flat=True).get(pk=entries[pk].object_id)
        names.append(f"{model._meta.model_name}/{slug}")
    return names


def test_what_readers_look_for_is_among_the_first(demo, db):
    missed = [
        (language, text, meant, shown)
        for language, text, meant in JUDGEMENTS
        if meant not in (shown := found(text, language))
    ]
    assert len(missed) <= MISSED, missed
