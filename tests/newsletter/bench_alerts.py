"""Benchmark of daily alerts with 200 filters, for 1,000 and for 100,000 people."""

from itertools import islice, product

from django.db import connection
from django.utils import timezone

FEW, MANY = 1_000, 100_000
#: Calls published on the day.
CALLS = 30
CHUNK_SIZE = 5_000


def alerts():
    """Return the measurements as (label, with few people, with many people).

    The first is the time in seconds, the second the memory in megabytes.
    """
    from tests.bench_exports import peak

    since = timezone.now()
    queries = filters()
    publish_calls()
    few, many = [], []
    for number, found in ((FEW, few), (MANY, many)):
        add_people(number, queries)
        run = new_run(since)
        found += [peak(enqueue_alert_run, run.pk), run_seconds(run)]
    label = "alerts of a day for 1,000 and 100,000 people"
    return (label, few[1], many[1]), (f"memory of {label}", few[0], many[0])


def filters():
    """Return 200 different queries of the list of calls."""
    from calls.models import Call
    from tests.factories import topic

    topics = [topic(f"Topic {number}", slug=f"alerts-{number}") for number in range(20)]
    pairs = product(topics, list(Call.Kind)[:5], ("", "&status=forthcoming"))
    return [f"kind={kind.value}{status}&topic={topic.slug}" for topic, kind, status in pairs]


def publish_calls():
    from calls.models import Call
    from publishing.models import Topic
    from tests.factories import published

    topics = list(Topic.objects.filter(slug__startswith="alerts-"))
    for number in range(CALLS):
        kind = list(Call.Kind)[number % 5]
        published(Call, kind=kind, topics=topics[number % 20 :: 4])


def add_people(number, queries):
    """Add subscribers up to `number`, each with one of the filters."""
    from newsletter.models import Subscriber, Subscription, address_hash

    have = Subscriber.objects.filter(email__startswith="alerted").count()
    emails = iter([f"alerted{n}@example.org" for n in range(have, number)])
    while chunk := list(islice(emails, CHUNK_SIZE)):
        people = Subscriber.objects.bulk_create(
            Subscriber(email=email, address_hash=address_hash(email), state="active")
            for email in chunk
        )
        rows = [
            Subscription(
                subscriber=one,
                kind="filter",
                section="calls",
                query=queries[n % len(queries)],
                frequency="daily",
            )
            for n, one in enumerate(people)
        ]
        for row in rows:
            row.digest = row.content_digest()
        Subscription.objects.bulk_create(rows)
    with connection.cursor() as cursor:  # autovacuum would do it a minute later
        cursor.execute("ANALYZE")


def new_run(since):
    from newsletter.models import Delivery, DigestRun

    Delivery.objects.filter(renderer="digest").delete()
    DigestRun.objects.all().delete()
    return DigestRun.objects.create(kind="morning", since=since, until=timezone.now())


def enqueue_alert_run(key):
    from newsletter.alerts import enqueue_run
    from newsletter.models import DigestRun

    enqueue_run(DigestRun.objects.get(pk=key))


def run_seconds(run):
    """Return the duration of a run in seconds."""
    run.refresh_from_db()
    return (run.finished_at - run.until).total_seconds()
