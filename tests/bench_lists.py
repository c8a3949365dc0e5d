"""Response times of the list of calls, with all facets, for 1,000 and 100,000 calls."""

import shutil
import time
from datetime import timedelta
from random import Random

from django.utils import timezone

FEW, MANY = 1_000, 100_000

#: Addresses by label. Each finds enough to fill a page, even among 1,000 calls.
PAGES = {
    "list of 1,000 and 100,000 calls": "/en/calls/",
    "… two filters": "/en/calls/?status=closed&country=BE",
    "… three filters": "/en/calls/?status=closed&applicant=hospital&topic=topic-1",
    "… filters that fit many": "/en/calls/?kind=national&kind=regional&trl=5",
    "… since a day": "/en/calls/?posted_since=2020-01-01&country=FR",
    "… by title, page 45": "/en/calls/?sort=title&page=45",
    "… by deadline, the last page": "/en/calls/?page={last}",
    "… by budget, the last page": "/en/calls/?sort=budget&page={last}",
    "… in the API": "/api/v1/calls/?status=closed&country=BE",
    "sitemap of them": "/sitemap.xml",
    "… one part": "/sitemap-calls-en-{part}.xml",
}


def lists():
    """Return lines (what, seconds with few, seconds with many)."""
    CallMaker().make(FEW)
    few = measure(FEW)
    multiply(FEW, MANY)
    many = measure(MANY)
    return [(label, few[label], many[label]) for label in few]


def measure(number):
    """Return {what: seconds of the fastest of several runs}."""
    from django.db import connection

    from calls.filters import CallFilter
    from calls.models import Call
    from lists.index import index_of
    from publishing.workflow import publish
    from syndication.sitemaps import rebuild

    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # automatic on PostgreSQL, a nightly job on SQLite
    clear_caches()
    item = Call.objects.first()
    places = {"last": number // 20, "part": number // 2000}
    found = {label: quickest(address.format(**places)) for label, address in PAGES.items()}
    found["list after something was published"] = quickest(
        "/en/calls/", lambda: publish(item=item), times=3
    )
    index_of(CallFilter).load()  # as each worker does at its start
    found["… of a worker that has just started"] = quickest(
        "/en/calls/", index_of.cache_clear, times=3
    )
    # Grows with the number of calls, but a thread does it while the old index is served.
    found["the very first reading, in a thread"] = quickest("/en/calls/", clear_caches, times=2)
    return found


def clear_caches():
    """Clear all caches, to act as a new worker after a change of the code."""
    from lists.index import index_of
    from lists.index import store as facet_store

    index_of.cache_clear()
    shutil.rmtree(facet_store.folder(), ignore_errors=True)


def quickest(address, before=lambda: None, times=5):
    from django.test import Client

    client, found = Client(), []
    client.get(address)
    for _time in range(times):
        before()
        started = time.perf_counter()
        response = client.get(address)
        found.append(time.perf_counter() - started)
        assert response.status_code == 200, address
    return min(found)


class CallMaker:
    """Maker of published calls with everything that facets count, by bulk inserts."""

    def __init__(self):
        from initiatives.models import Initiative, Organisation
        from tests import factories

        self.random = Random(1)  # noqa: S311 - not for security
        self.made = 0
        self.now = timezone.now().replace(minute=0, second=0, microsecond=0)
        tops = [factories.topic(f"Topic {n}", slug=f"topic-{n}") for n in range(12)]
        self.topics = [
            *tops,
            *(factories.topic(f"Narrow {n}", parent=tops[n % 12]) for n in range(60)),
        ]
        countries = ("BE", "DE", "ES", "FI", "FR", "IT", "LU", "NL", "NO", "PL", "PT", "SE")
        self.funders = [
            factories.organisation(country=countries[n % 12], kind=Organisation.Kind.FUNDER)
            for n in range(120)
        ]
        self.initiatives = [factories.published(Initiative) for _number in range(20)]

    def make(self, number):
        from calls.models import Call, FunderOffer, KeyDate, Phase

        calls = [self.call() for _number in range(number)]
        dates = [self.key_dates(call) for call in calls]
        Call.objects.bulk_create(calls)
        rows = [row for each in dates for row in each]
        KeyDate.objects.bulk_create(rows)
        Phase.objects.bulk_create(self.phases(calls, dates))
        FunderOffer.objects.bulk_create(row for call in calls for row in self.offers(call))
        links = Call.topics.through
        links.objects.bulk_create(
            links(call=call, topic=topic)
            for call in calls
            for topic in self.random.sample(self.topics, 2)
        )

    def call(self):
        from calls.models import Call
        from publishing.states import State

        self.made += 1
        at = self.now - timedelta(hours=self.made % 26_000)
        return Call(
            title_en=f"Call {self.random.randrange(10**6)} for projects",
            slug=f"bench-{self.made}",
            summary_en="What it is about, in two or three sentences. " * 3,
            kind=self.random.choice(Call.Kind.values),
            initiative=self.random.choice(self.initiatives),
            budget=self.random.choice((None, 500_000, 3_000_000, 12_000_000, 40_000_000)),
            state=State.PUBLISHED,
            first_published_at=at,
            last_published_at=at,
        )

    def key_dates(self, call):
        """Create key dates mostly in the past, as in a portal that is years old."""
        from calls.models import KeyDate

        opens = self.now + timedelta(days=self.random.randint(-2500, 90))
        days = {"opening": 0, "pre-proposal": 60, "full-proposal": 150, "decision": 220}
        rows = [
            KeyDate(call=call, kind=kind, at=opens + timedelta(days=after), timezone="UTC")
            for kind, after in days.items()
        ]
        call.opens_at, call.closes_at = rows[0].at, rows[1].at
        return rows

    def phases(self, calls, dates):
        from calls.models import Phase
        from calls.status import Timetable

        for call, rows in zip(calls, dates, strict=True):
            for span in Timetable(rows).spans():
                yield Phase(call=call, **span._asdict())

    def offers(self, call):
        from calls.models import FunderOffer

        kinds = ({}, {"hospital": 100}, {"university": 100, "company": 50})
        for funder in self.random.sample(self.funders, 2):
            yield FunderOffer(
                call=call,
                organisation=funder,
                trl_from=self.random.choice((None, 2, 4)),
                trl_to=self.random.choice((None, 6)),
                eligible_kinds=self.random.choice(kinds),
            )


def multiply(few, many):
    """Copy the calls and their rows in the database until there are `many`."""
    from django.db import connection, transaction

    from calls.models import Call, FunderOffer, KeyDate, Phase

    step = Call.objects.latest("pk").pk
    with transaction.atomic(), connection.cursor() as cursor:
        for number in range(1, many // few):
            away = number * step
            copy(cursor, Call, {"id": f"id + {away}", "slug": f"slug || '-{number}'"}, step)
            for model in (KeyDate, Phase, FunderOffer, Call.topics.through):
                copy(cursor, model, {"id": None, "call_id": f"call_id + {away}"}, step)


def copy(cursor, model, changed, last):
    """Insert copies of a table's rows up to key `last`.

    `changed` is a dict of columns to SQL expressions; None omits the column.
    """
    from django.db import connection

    columns = [f.column for f in model._meta.concrete_fields if changed.get(f.column, f)]
    quoted = connection.ops.quote_name
    names = ", ".join(map(quoted, columns))
    values = ", ".join(changed.get(column) or quoted(column) for column in columns)
    table, key = model._meta.db_table, "id" if "slug" in changed else "call_id"
    rows = f"select {values} from {table} where {key} <= {last}"  # noqa: S608 - no input
    cursor.execute(f"insert into {table} ({names}) {rows}")  # noqa: S608 - no input
