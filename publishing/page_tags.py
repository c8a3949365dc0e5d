"""Tags of items for the page cache; see `page_cache.dependencies`."""

from page_cache import changes
from page_cache.dependencies import item_tag, list_tag
from publishing.models import ItemLink, Revision
from publishing.references import mentions

#: Tag of pages that may show any item.
ITEMS = "items"
PUBLIC = {Revision.Kind.PUBLISHED, Revision.Kind.UNPUBLISHED, Revision.Kind.DELETED}


def record_revision(sender, item, revision, replaced, **kwargs):
    """Record which pages a new revision changes (`revision_recorded`).

    These are the pages of the item, of the items that it refers to, now or before, and of
    those that refer to it.
    """
    changes.explain()
    if revision.kind not in PUBLIC:
        return
    model = type(item)
    touched = {(model, item.pk)} | mentions.mentioned_items(model, revision.data)
    if replaced:
        touched |= mentions.mentioned_items(model, replaced.data)
    touched |= {
        (link.source_type.model_class(), link.source_id)
        for link in ItemLink.objects.to_items(model, [item.pk]).select_related("source_type")
    }
    tags = {item_tag(*each) for each in touched}
    changes.record(ITEMS, list_tag(model), *tags)
