"""Background jobs of the search."""

from django.contrib.contenttypes.models import ContentType

from publishing.jobs import regularly
from search.documents import reader
from search.index import writer
from search.models import SearchEntry

#: Maximum number of items reindexed, and of documents extracted, per run.
MAX_STALE = 100
MAX_READ = 3


@regularly
def write_stale():
    """Reindex items that refer to something that has changed."""
    stale = SearchEntry.objects.filter(is_stale=True).order_by("pk")
    keys = {}
    for kind, key in stale.values_list("content_type", "object_id")[:MAX_STALE]:
        keys.setdefault(kind, set()).add(key)
    for kind, some in sorted(keys.items()):
        writer.rewrite(ContentType.objects.get_for_id(kind).model_class(), sorted(some))


@regularly
def read_documents():
    for _number in range(MAX_READ):
        if not reader.read_next():
            break
