"""Index updates, in the same transaction as the change."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete

from media.models import Document, DocumentVersion
from publishing import signals
from publishing.models import Publishable, Revision
from publishing.revisions import snapshots
from search import vocabulary
from search.index.entries import entries_of, prefetch_names
from search.models import DocumentText, SearchEntry
from search.source import paths_to, searchable_items, searched_models

#: Items that name a thing are written anew with it, but no more than these: the rest follow
#: within seconds.
MAX_IMMEDIATE = 40
#: Items that are written together.
BATCH = 100
UPDATE_FIELDS = [
    "title_language",
    "facets",
    "dated_on",
    "visible_from",
    "is_stale",
    "title",
    "summary",
    "text",
    "terms",
]


def stored_entries(model, keys):
    kind = ContentType.objects.get_for_model(model)
    return SearchEntry.objects.filter(content_type=kind, object_id__in=keys)


def write(model, keys):
    """Update the index for items of one model; deletes entries of items no longer public."""
    _write(model, keys, searchable_items(model).filter(pk__in=keys).order_by("pk"))


@transaction.atomic(savepoint=False)
def _write(model, keys, items):
    """Replace the entries of these keys by those of `items`. Returns the new entries."""
    items = list(items)
    prefetch_related_objects(items, *prefetch_names(model))
    entries, vocabulary_words = [], set()
    for item in items:
        made, found = entries_of(item)
        entries += made
        vocabulary_words |= found
    if removed := set(keys) - {item.pk for item in items}:
        stored_entries(model, removed).delete()
    SearchEntry.objects.bulk_create(
        entries,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=UPDATE_FIELDS,
    )
    vocabulary.add(vocabulary_words)
    if model is Document:
        DocumentText.objects.bulk_create(
            [DocumentText(version=item.current) for item in items], ignore_conflicts=True
        )
    return entries


def update_on_revision(item, revision, **kwargs):
    """Update the index when an item was published or unpublished (`revision_recorded`)."""
    if revision.kind not in (Revision.Kind.PUBLISHED, Revision.Kind.UNPUBLISHED):
        return
    _update_item(item, [snapshots.load(item, revision.data)] if item.is_published else [])
    if documents := _documents_of(item):
        write(Document, documents)


def _update_item(item, found):
    """Index `found` (the public item, or nothing), then the items that refer to it."""
    model = type(item)
    before = _names(stored_entries(model, [item.pk]).only("language", "title", "facets"))
    if before != _names(_write(model, [item.pk], found)):
        reindex_referring(item)


def _names(entries):
    """Return an item's titles and keys, which are indexed with referring items."""
    return {
        (entry.language, entry.title, *(c for c in entry.facets.split() if c[0] == "x"))
        for entry in entries
    }


def reindex_referring(item, limit=MAX_IMMEDIATE):
    """Reindex items that refer to this one; those beyond `at_once` in a background job."""
    if not item.search.is_mentioned:
        return
    remaining = limit
    for model in searched_models():
        keys = set()
        for path in paths_to(model, type(item)):
            keys.update(
                searchable_items(model).filter(**{path: item.pk}).values_list("pk", flat=True)
            )
        now, later = sorted(keys)[:remaining], sorted(keys)[remaining:]
        remaining -= len(now)
        if now:
            write(model, now)
        for start in range(0, len(later), 500):
            stored_entries(model, later[start : start + 500]).update(is_stale=True)


def _documents_of(item):
    """Return the keys of the documents in the last two published revisions of an item."""
    if not paths_to(type(item), Document):
        return set()
    versions = Revision.objects.of(item).published().values_list("data", flat=True)[:2]
    return {
        key
        for data in versions
        for _place, model, key in snapshots.references(type(item), data)
        if model is Document
    }


# --- What has no versions ---------------------------------------------------------------


def connect_signals():
    """Connect signals for changes outside the workflow. Call it once all models are loaded."""
    signals.revision_recorded.connect(update_on_revision)
    for model in searched_models():
        pre_delete.connect(_before_delete, sender=model)
        post_delete.connect(_deleted, sender=model)
        if not issubclass(model, Publishable):
            post_save.connect(_saved, sender=model)
    post_save.connect(_version_saved, sender=DocumentVersion)
    post_migrate.connect(build_initial_index, sender=apps.get_app_config("search"))


def _saved(sender, instance, raw=False, **kwargs):
    if not raw:
        _update_item(instance, searchable_items(sender).filter(pk=instance.pk))


def _version_saved(sender, instance, raw=False, **kwargs):
    if not raw:
        write(Document, [instance.document_id])


def _before_delete(sender, instance, **kwargs):
    """Mark referring items as stale while the relations still exist."""
    is_holder = isinstance(instance, Publishable) and instance.is_published
    instance._documents = _documents_of(instance) if is_holder else set()
    reindex_referring(instance, limit=0)


def _deleted(sender, instance, **kwargs):
    stored_entries(sender, [instance.pk]).delete()
    if documents := getattr(instance, "_documents", None):
        write(Document, documents)


# --- Anew -------------------------------------------------------------------------------


def rebuild():
    """Rebuild the index in batches without downtime; yields the number of items of each.

    Each batch locks its items' rows against publication. Search results stay available
    throughout.
    """
    for model in searched_models():
        keys = list(searchable_items(model).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            yield rewrite(model, keys[start : start + BATCH])
        _delete_removed(model)
    SearchEntry.objects.exclude(
        content_type__in=ContentType.objects.get_for_models(*searched_models()).values()
    ).delete()


def add_missing():
    """Index items created outside the workflow; yields the number of items per batch."""
    for model in searched_models():
        known = all_stored_entries(model).values("object_id")
        missing = searchable_items(model).exclude(pk__in=known).order_by("pk")
        keys = list(missing.values_list("pk", flat=True))
        for start in range(0, len(keys), BATCH):
            yield rewrite(model, keys[start : start + BATCH])


@transaction.atomic
def rewrite(model, keys):
    """Reindex items with their rows locked. Returns their number."""
    list(model._base_manager.select_for_update().filter(pk__in=keys).values_list("pk"))
    write(model, keys)
    return len(keys)


def _delete_removed(model):
    known = set(all_stored_entries(model).values_list("object_id", flat=True))
    removed = sorted(known - set(searchable_items(model).values_list("pk", flat=True)))
    for start in range(0, len(removed), BATCH):
        rewrite(model, removed[start : start + BATCH])


def all_stored_entries(model):
    return SearchEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))


def build_initial_index(sender, **kwargs):
    """Build the initial index after the migrations of an existing portal."""
    plan = MigrationExecutor(connection)
    if plan.migration_plan(plan.loader.graph.leaf_nodes()) or SearchEntry.objects.exists():
        return
    sum(add_missing())
