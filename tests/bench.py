"""Benchmarks that compare small and large amounts of the same work: `make bench`.

Both amounts run on one machine in one run, so the ratio says more than the seconds.
`make bench ARGS=lists` runs one part. Uses a new SQLite file, or the empty database at
DATABASE_URL.
"""

import os
import sys
import time

import django


def main(*chosen):
    """Print the results of the chosen parts, or of all."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    print(f"{'what':<42}{'one':>12}{'many':>12}{'ratio':>9}")
    for name, part in parts().items():
        if name in (chosen or parts()):
            for label, few, many in part():
                print(table_row(label, few, many), flush=True)


def parts():
    """Return the functions that measure each part, by name.

    Each returns lines (what, one, many), in seconds, or in megabytes if `what` starts with
    "memory". Exports need the calls that the lists create.
    """
    from tests.bench_exports import exports
    from tests.bench_lists import lists
    from tests.newsletter.bench import sending
    from tests.newsletter.bench_alerts import alerts

    return {
        "alerts": alerts,
        "bundles": lambda: [bundles()],
        "forms": lambda: [forms()],
        "histories": lambda: [histories()],
        "lists": lists,
        "mails": lambda: [sending()],
        "searches": lambda: [searches()],
        "exports": exports,
    }


def table_row(label, few, many):
    unit, factor = ("MB", 1) if label.startswith("memory") else ("ms", 1000)
    numbers = "".join(f"{number * factor:>9.2f} {unit}" for number in (few, many))
    return f"{label:<42}{numbers}{many / few:>9.1f}"


def quickest(work, times=5):
    """Return the seconds of the fastest of several runs, each of which is rolled back."""
    from django.db import transaction

    found = []
    for _time in range(times):
        with transaction.atomic():
            started = time.perf_counter()
            work()
            found.append(time.perf_counter() - started)
            transaction.set_rollback(True)
    return min(found)


def drafts(number, rows=3):
    """Create public calls with open drafts, which have a new title and new rows."""
    from calls.models import Call
    from publishing.revisions import snapshots
    from publishing.workflow import publish, save_draft
    from tests.factories import draft, key_date

    items = []
    for _number in range(number):
        item = draft(Call)
        for day in range(rows):
            key_date(item, "opening", day)
        publish(item=item)
        snapshot = snapshots.dump_live(item)
        snapshot["fields"]["title_en"] = "New"
        for row in snapshot["rows"]["key_dates"]:
            row["pk"] = snapshots.new_row_id()
        save_draft(item=item, snapshot=snapshot, seen=1)
        items.append(item)
    return items


def bundles():
    from publishing.models import Bundle
    from publishing.workflow import publish_bundle

    items = drafts(50)

    def publishing(chosen):
        bundle = Bundle.objects.create(title="Together")
        for item in chosen:
            bundle.items.create(item=item)
        return quickest(lambda: publish_bundle(bundle=bundle, by=None, reason="x"), 3)

    return "publish a bundle of 1 and of 50 items", publishing(items[:1]), publishing(items)


def forms():
    from tests.staff import admin_url, signed_in

    client = signed_in()
    few, many = drafts(1, rows=1)[0], drafts(1, rows=50)[0]

    def opening(item):
        return quickest(lambda: client.get(admin_url(item)).content)

    opening(few)  # the first request also compiles the templates
    return "open a form with 1 and with 50 rows", opening(few), opening(many)


def histories():
    from publishing.models import Revision
    from publishing.workflow import publish, save_draft

    def publication(item):
        return quickest(lambda: publish(item=item))

    young, old = drafts(2)
    snapshot = Revision.objects.open_draft(old).data
    for number in range(2, 302):
        save_draft(item=old, snapshot=snapshot, seen=number)
    return "publish after 1 and after 300 drafts", publication(young), publication(old)


def searches():
    """Search for common, rare, combined, partial and mistyped words; 150 words per item."""
    from random import Random

    from search import vocabulary as words
    from search.queries import search

    random = Random(7)  # noqa: S311 - not for security
    letters = [a + b for a in "bcdfglmnprst" for b in "aeiou"]
    vocabulary = ["".join(random.choices(letters, k=4)) for _number in range(5000)]
    weights = [1 / (rank + 5) for rank in range(len(vocabulary))]
    words.add({(word, "en") for word in vocabulary})

    def asking():
        ranks = (0, 3, 40, 400, 4000)
        texts = [vocabulary[rank] for rank in ranks]
        texts += [f"{texts[0]} {texts[2]}", texts[3][:5], texts[4][:3] + "x" + texts[4][3:]]
        return quickest(lambda: [search(text, "en") for text in texts]) / len(texts)

    def items(numbers):
        for start in range(numbers.start, numbers.stop, 1000):
            fill_index(
                [
                    (number, random.choices(vocabulary, weights, k=150))
                    for number in range(start, min(start + 1000, numbers.stop))
                ]
            )

    items(range(1, 1001))
    few = asking()
    items(range(1001, 100_001))
    return "search 1,000 and 100,000 items", few, asking()


def fill_index(texts):
    """Add index entries for (number, words) pairs; the first 8 words are the title."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from news.models import Article
    from search.models import SearchEntry
    from search.text import stem

    kind = ContentType.objects.get_for_model(Article)
    entries = []
    for number, words in texts:
        stems = [stem(word, "en") for word in words]
        title = stems[:8]
        terms = ["fknewsarticle", "flen", *(f"t{part}" for part in title)]
        terms += [*(f"u{part}" for part in stems[:30]), *(f"w{part}" for part in stems)]
        entries.append(
            SearchEntry(
                content_type=kind,
                object_id=1_000_000 + number,  # matches no article
                language="en",
                title_language="en",
                facets="fknewsarticle fy2026",
                title=" ".join(words[:8]),
                text=" ".join(words),
                terms=" ".join(terms),
            )
        )
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    if connection.vendor == "postgresql" and number % 50_000 in (0, 1000):
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry")


if __name__ == "__main__":
    main(*sys.argv[1:])
