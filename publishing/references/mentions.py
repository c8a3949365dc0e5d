"""References between items, by link or relation, and the index of them."""

from django.apps import apps
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save

from publishing.models import ItemLink, Publishable, Revision
from publishing.revisions import snapshots
from publishing.richtext import RichTextField, links

#: Number of items indexed per batch.
BATCH = 500


def rich_columns(fields):
    """Return the names of the rich text columns, one per language."""
    return [field.attname for field in fields if isinstance(field, RichTextField)]


def rich_texts(item):
    """Return the rich texts of an item in all languages, without those of its rows."""
    columns = rich_columns(snapshots.content_fields(type(item)))
    return [text for column in columns if (text := getattr(item, column))]


def public_targets(item):
    """Return the public items linked in an item's rich texts (see `links.find_items`).

    The result is cached on the instance.
    """
    if not hasattr(item, "_public_targets"):
        item._public_targets = links.find_items(rich_texts(item))
    return item._public_targets


def prefetch_public_targets(items):
    """Prefetch `public_targets` for several items or rows at once."""
    found = links.find_items(text for item in items for text in rich_texts(item))
    for item in items:
        item._public_targets = found


def with_current_links(html, item, base=""):
    """Return a rich text of the item with current URLs in its links."""
    return links.render_links(html, public_targets(item), base)


# --- Index ------------------------------------------------------------------------------


def mentioned_items(model, snapshot):
    """Return the set of (model, pk) of items that a snapshot links or refers to."""
    related = {
        (target, key)
        for _path, target, key in snapshots.references(model, snapshot)
        if issubclass(target, Publishable)
    }
    texts = _rich_texts_in(model, snapshot)
    return related | {link.target for text in texts for link in links.parse_identities(text)}


def _rich_texts_in(model, snapshot):
    for column in rich_columns(snapshots.content_fields(model)):
        yield snapshot["fields"].get(column)
    for relation in snapshots.row_relations(model):
        for column in rich_columns(snapshots.row_fields(relation)):
            for row in snapshot["rows"].get(relation.name, []):
                yield row["fields"].get(column)


def index_revision(item, revision):
    """Update the index after a new revision of an item."""
    kinds = Revision.Kind
    targets = mentioned_items(type(item), revision.data)
    if revision.kind == kinds.DRAFT:
        ItemLink.objects.replace(item, targets, is_live=False)
    elif revision.kind == kinds.PUBLISHED:
        ItemLink.objects.replace(item, targets, is_live=True)
        _delete_draft_links(item)
    elif revision.kind == kinds.UNPUBLISHED:
        ItemLink.objects.replace(item, set(), is_live=True)
        index_draft(item, fallback=targets)
    elif revision.kind == kinds.DISCARDED:
        ItemLink.objects.replace(item, set(), is_live=False)
    else:
        ItemLink.objects.from_item(item).delete()


def _delete_draft_links(item):
    """Drop the links of the draft that was just published, unless another one is open."""
    links_from_draft = ItemLink.objects.from_item(item).filter(is_live=False)
    if links_from_draft.exists() and not Revision.objects.open_draft(item):
        links_from_draft.delete()


def index_draft(item, fallback=()):
    """Index an item's open draft, or the targets `fallback` if there is none."""
    draft = Revision.objects.open_draft(item)
    targets = mentioned_items(type(item), draft.data) if draft else set(fallback)
    ItemLink.objects.replace(item, targets, is_live=False)


def index_item(item):
    """Index an item's current state and its open draft."""
    if not isinstance(item, Publishable):
        targets = {
            link.target for text in rich_texts(item) for link in links.parse_identities(text)
        }
        ItemLink.objects.replace(item, targets, is_live=True)
        return
    targets = mentioned_items(type(item), snapshots.dump(item))
    live, draft = (targets, ()) if item.is_published else (set(), targets)
    ItemLink.objects.replace(item, live, is_live=True)
    index_draft(item, fallback=draft)


def connect_signals():
    """Connect signals that index items without revisions (topics, organisations) and deletions.

    Call it once all models are loaded.
    """
    for model in models_with_texts():
        post_delete.connect(_deleted, sender=model)
        if not issubclass(model, Publishable):
            post_save.connect(_saved, sender=model)


def _saved(sender, instance, raw=False, **kwargs):
    if not raw:
        index_item(instance)


def _deleted(sender, instance, **kwargs):
    ItemLink.objects.from_item(instance).delete()


def rebuild():
    """Rebuild the index of all items. Returns the number of items read."""
    count = 0
    for model in models_with_texts():
        for item in all_items_of(model).iterator(chunk_size=BATCH):
            index_item(item)
            count += 1
    delete_orphans()
    return count


def delete_orphans():
    """Remove index rows of items that no longer exist."""
    for model in models_with_texts():
        links_from = ItemLink.objects.from_type(model)
        links_from.exclude(source_id__in=model._base_manager.values("pk")).delete()


def models_with_texts():
    """Return the models whose items have a page and rich text."""
    return [
        model
        for model in apps.get_models()
        if rich_columns(model._meta.concrete_fields)
        and links.linkable_model(model._meta.app_label, model._meta.model_name)
    ]


def all_items_of(model):
    """Return all items of a model, with the relations in snapshots prefetched."""
    names = [field.name for field in snapshots.link_fields(model)]
    items = model._base_manager.order_by("pk")
    return items.prefetch_related(*names, *getattr(model, "rows", ()))


# --- Reverse lookup ---------------------------------------------------------------------


def find_mentions(model, keys):
    """Return the distinct sources that link or refer to these items of a model, by type.

    Returns dicts of `source_type` (pk of the content type), `source_id` and `in_public`: 1 if
    the link is public, 0 if it is only in a draft.
    """
    found = ItemLink.objects.to_items(model, keys).values("source_type", "source_id")
    in_public = Max(Cast("is_live", IntegerField()))
    return found.annotate(in_public=in_public).order_by("source_type", "source_id")
