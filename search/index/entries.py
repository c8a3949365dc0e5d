"""Index entries: an item's texts per language, as index terms."""

from datetime import datetime
from html import unescape
from re import compile

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override
from modeltranslation.translator import NotRegistered, translator

from localisation.languages import language_shown, localized, portal_languages
from media.models import Document
from publishing.revisions import snapshots
from publishing.richtext import RichTextField
from search import facets
from search.models import DocumentText, SearchEntry
from search.source import items_showing
from search.text import squashed, stem, words
from search.vocabulary import is_vocabulary_word

#: Maximum number of indexed words per item: PostgreSQL positions end at 16,383.
MAX_WORDS = 15_000
#: Maximum number of characters stored for snippets.
MAX_SHOWN = 20_000
#: Separator between texts, which keeps phrases from matching across them.
BREAK = "z"

_BLOCK_END = compile(r"</(?:p|li|h\d|td|th|tr|blockquote)>|<br[^>]*>")


def plain(html):
    """Return the plain text of rich text."""
    return unescape(strip_tags(_BLOCK_END.sub(" \n", html))).strip()


def prefetch_names(model):
    """Return the relations to prefetch for `entries_of`."""
    names = [field.name for field in snapshots.link_fields(model) if _is_named(field)]
    names += [field.name for field in model._meta.concrete_fields if _is_named(field)]
    if any(field.name == "topics" for field in model._meta.many_to_many):
        names.append("topics__parent__parent")
    for relation in snapshots.row_relations(model):
        named = [field.name for field in snapshots.row_fields(relation) if _is_named(field)]
        names += [relation.name, *(f"{relation.name}__{name}" for name in named)]
    if hasattr(model, "search") and "__" in model.search.initiative:
        names.append(model.search.initiative)
    if model is Document:
        names.append("versions")
    return names


def _is_named(field):
    source = getattr(field.related_model, "search", None)
    return source is not None and source.is_mentioned


def entries_of(item):
    """Return (SearchEntry list, {(word, language)}) of an item with prefetched relations."""
    vocabulary_words = set()
    codes = item_codes(item)
    return [
        _entry(item, language, codes, vocabulary_words) for language in portal_languages()
    ], vocabulary_words


def _entry(item, language, codes, vocabulary_words):
    source = item.search
    with override(language):
        titles = [_text(item, source.title), *(_text(item, name) for name in source.keys)]
        summaries = [_text(item, source.summary)] if source.summary else []
        own = [*own_texts(item), *row_texts(item)]
        more = [*names_of_related(item), *other_titles(item, language)]
    keys = [f"x{squash}" for text, _language in titles if (squash := squashed(text))]
    squashes = [(squashed(text), code) for text, code in titles[1:]]
    title = _stems([*titles, *squashes], vocabulary_words)
    summary = _stems(summaries, vocabulary_words)
    everything = [*title, BREAK, *summary, BREAK, *_stems([*own, *more], vocabulary_words)]
    terms = [*codes, facets.language_code(language), *keys, BREAK]
    terms += [*_scoped("t", title), BREAK, *_scoped("u", [*title, BREAK, *summary]), BREAK]
    return SearchEntry(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        language=language,
        title_language=titles[0][1],
        facets=" ".join([*codes, *keys]),
        dated_on=date_of(item),
        visible_from=getattr(item, "available_at", None),
        title=titles[0][0],
        summary=" ".join(text for text, _code in summaries),
        text="\n".join(text for text, _code in own)[:MAX_SHOWN],
        terms=" ".join([*terms, *_scoped("w", everything[:MAX_WORDS])]),
    )


def _text(item, name):
    """Return (text, language) of a field as shown in the active language."""
    value = getattr(item, name) or ""
    try:
        language = language_shown(item, name) or ""
    except AttributeError:  # not translated
        language = portal_languages()[0]
    field = item._meta.get_field(name)
    return plain(value) if isinstance(field, RichTextField) else str(value), language


def _stems(texts, vocabulary_words):
    """Return the stems of texts with separators; add words to the set `vocabulary_words`."""
    stems = []
    for text, language in texts:
        found = words(text)
        vocabulary_words.update((word, language) for word in found if is_vocabulary_word(word))
        stems += [*(stem(word, language) for word in found), BREAK]
    return stems


def _scoped(scope, stems):
    return [part if part is BREAK else scope + part for part in stems]


# --- Content of an item -----------------------------------------------------------------


def translated_names(model):
    try:
        names = translator.get_options_for_model(model).all_fields
    except NotRegistered:
        return []
    return [name for name in names if not name.startswith("seo_")]


def own_texts(item):
    """Yield (text, language) of an item's texts other than title, summary and keys."""
    source = item.search
    apart = {source.title, source.summary, *source.keys}
    names = [name for name in translated_names(type(item)) if name not in apart]
    yield from (_text(item, name) for name in [*names, *source.texts])
    if isinstance(item, Document):
        yield extracted_text(item), item.language


def extracted_text(document):
    """The text of a document's newest file, as far as it has been read."""
    extracted = DocumentText.objects.filter(version=document.current).first()
    return extracted.text if extracted else ""


def row_texts(item):
    for relation in snapshots.row_relations(type(item)):
        names = translated_names(relation.related_model)
        for row in getattr(item, relation.name).all():
            yield from (_text(row, name) for name in names)


def names_of_related(item):
    """Yield (text, language) of the names of related public objects."""
    for related in _related(item):
        if getattr(related, "is_published", True):
            source = related.search
            yield from (_text(related, name) for name in (source.title, *source.keys))


def _related(item):
    for field in snapshots.link_fields(type(item)):
        if _is_named(field):
            yield from getattr(item, field.name).all()
    rows = [(item, item._meta.concrete_fields)]
    for relation in snapshots.row_relations(type(item)):
        fields = snapshots.row_fields(relation)
        rows += [(row, fields) for row in getattr(item, relation.name).all()]
    for row, fields in rows:
        related = [getattr(row, field.name) for field in fields if _is_named(field)]
        yield from filter(None, related)


def other_titles(item, language):
    """Yield the titles in other languages, by which an item may be known as well."""
    for code in portal_languages():
        if code != language and (text := getattr(item, localized(item.search.title, code), "")):
            yield text, code


# --- Facets -----------------------------------------------------------------------------


def item_codes(item):
    """Return an item's facet codes, type first; see `search.facets`."""
    codes = [facets.kind_code(type(item))]
    counted = items_showing(item) if isinstance(item, Document) else [item]
    codes += sorted({f"{facets.TOPIC}{key}" for one in counted for key in _topic_keys(one)})
    initiatives = {key for one in counted for key in _initiative_keys(one)}
    codes += sorted(f"{facets.INITIATIVE}{key}" for key in initiatives)
    dated_on = date_of(item)
    return [*codes, f"{facets.YEAR}{dated_on.year}"] if dated_on else codes


def _topic_keys(item):
    topics = item.topics.all() if hasattr(item, "topics") else []
    for topic in topics:
        yield topic.pk
        yield from (broader.pk for broader in topic.ancestors())


def _initiative_keys(item):
    path = item.search.initiative
    if path == "self":
        return {item.pk}
    value = item
    for name in filter(None, path.split("__")):
        value = getattr(value, name, None)
    if not path or value is None:
        return set()
    initiatives = value.all() if hasattr(value, "all") else [value]
    return {initiative.pk for initiative in initiatives if initiative.is_published}


def date_of(item):
    """Return the local date used to sort an item, or None."""
    values = (getattr(item, name, None) for name in item.search.dates)
    value = next(filter(None, values), None)
    return timezone.localdate(value) if isinstance(value, datetime) else value
