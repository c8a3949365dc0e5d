"""Generator of items for load tests, in batches as large as the demo itself.

A batch of a given number always has the same items, with dates relative to the day on which it
is created. Slugs begin with `scaled-` and the batch number, which identifies generated items.
"""

from collections import defaultdict

from django.db import transaction

from initiatives.models import Organisation
from media.models import Image
from portal.demo.batch import BATCH_SIZES, Batch
from publishing.models import Topic

#: Batches per transaction: many rows per insert, few objects in memory.
BATCHES_PER_TRANSACTION = 10


def create_scaled_items(number):
    """Create the missing batches up to this number.

    Yields the number of new items after each transaction.
    """
    first = last_batch_number() + 1
    topics, images = list(Topic.objects.all()), list(Image.objects.all())
    for start in range(first, number + 1, BATCHES_PER_TRANSACTION):
        numbers = range(start, min(start + BATCHES_PER_TRANSACTION, number + 1))
        save(Batch(n, topics, images) for n in numbers)
        yield len(numbers) * sum(BATCH_SIZES.values())


def last_batch_number():
    """Return the number of the newest batch, or 0 if there is none."""
    newest = Organisation.objects.filter(slug__startswith="scaled-").order_by("pk").last()
    return int(newest.slug.split("-")[1]) if newest else 0


@transaction.atomic
def save(batches):
    """Bulk-insert the batches' objects, a model at a time, items before their rows."""
    objects = defaultdict(list, {model: [] for model in BATCH_SIZES})
    for batch in batches:
        for item in batch.objects:
            objects[type(item)].append(item)
    for model, group in objects.items():
        model._base_manager.bulk_create(group, batch_size=2000)


def remove_scaled_items():
    """Delete all generated items, and return their number."""
    models = [*reversed(BATCH_SIZES)]
    return sum(_remove(model) for model in models)


def _remove(model):
    scaled = model._base_manager.filter(slug__startswith="scaled-").order_by("pk")
    count = 0
    while keys := list(scaled.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).delete()
        count += len(keys)
    return count
