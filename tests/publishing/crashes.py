"""Kill processes during publication, and check the state that they leave.

`python -m tests.publishing.crashes publish|bundle|schedule TIMES` works on the database at
DATABASE_URL, which must be empty, and raises AssertionError for any state that is neither the
old nor the new one. Used by test_crashes.py.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

#: Items that change together.
SIZE = 3
_durations = []


def main(scenario, times):
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    random.seed(scenario)
    found = {"old": 0, "new": 0}
    for number in range(times):
        # Random, but spread evenly from early to late.
        moment = (number + random.random()) / times
        found[SCENARIOS[scenario](str(number), moment)] += 1
    print(found["old"], found["new"])  # noqa: T201 - read by the calling test


def kill_during(work, moment):
    """Run `work` in a process of its own, and kill it at `moment`.

    `moment` is between 0 and 1: work begins at about 0 and is done some time before 1. Its
    changes are then either in the database or not.
    """
    from django.db import connections

    seconds = moment * (3 * duration(work) + 0.1)  # the process has to connect first
    connections.close_all()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def duration(work):
    """Return the seconds of the fastest of three such runs, each rolled back."""
    from django.db import transaction

    while len(_durations) < 3:
        started = time.monotonic()
        with transaction.atomic():
            work()
            transaction.set_rollback(True)
        _durations.append(time.monotonic() - started)
    return min(_durations)


def staff():
    from django.contrib.auth import get_user_model

    user, _new = get_user_model().objects.get_or_create(
        username="publisher", defaults={"is_superuser": True, "is_staff": True}
    )
    return user


def changed_items(title):
    """Create public calls with rows, and drafts of them with this title and other rows."""
    from calls.models import Call
    from publishing.revisions import snapshots
    from publishing.workflow import publish, save_draft
    from tests.factories import draft, key_date

    items = []
    for _number in range(SIZE):
        item = draft(Call, title_en="Old")
        key_date(item, "opening", 1)
        publish(item=item)
        snapshot = snapshots.dump_live(item)
        row = snapshot["rows"]["key_dates"][0]
        snapshot["fields"]["title_en"] = title
        snapshot["rows"]["key_dates"] = [
            {**row, "pk": snapshots.new_row_id()} for _ in range(3)
        ]
        save_draft(item=item, snapshot=snapshot, seen=1)
        items.append(item)
    return items


def state(item, title):
    """Return "old" or "new" for everything public of the item; fail if it is a mix."""
    from publishing.models import Revision
    from publishing.revisions import snapshots

    shown = snapshots.dump_live(item)
    live = Revision.objects.live(item)
    versions = Revision.objects.of(item).published().count()
    if shown["fields"]["title_en"] == "Old":
        assert len(shown["rows"]["key_dates"]) == 1
        assert versions == 1
        assert Revision.objects.open_draft(item)
        return "old"
    assert shown["fields"]["title_en"] == title
    assert len(shown["rows"]["key_dates"]) == 3
    assert live.data == shown
    assert versions == 2
    return "new"


def common_state(items, title):
    """Return "old" or "new", the state of all items; fail if they differ."""
    states = {state(item, title) for item in items}
    assert len(states) == 1, states
    return states.pop()


def publish_one(title, moment):
    from publishing.workflow import publish

    items = changed_items(title)
    by = staff()
    work = lambda: publish(item=items[0], by=by, reason="x")  # noqa: E731
    kill_during(work, moment)
    assert common_state(items[1:], title) == "old"
    return state(items[0], title)


def bundle_of(items):
    from publishing.models import Bundle, BundleItem

    bundle = Bundle.objects.create(title="Together")
    for item in items:
        BundleItem.objects.create(bundle=bundle, item=item)
    return bundle


def publish_all(title, moment):
    from publishing.workflow import publish_bundle

    items = changed_items(title)
    bundle, by = bundle_of(items), staff()
    work = lambda: publish_bundle(bundle=bundle, by=by, reason="x")  # noqa: E731
    kill_during(work, moment)
    bundle.refresh_from_db()
    found = common_state(items, title)
    assert bool(bundle.published_at) == (found == "new")
    return found


def publish_scheduled(title, moment):
    """Kill a process in which items and a bundle are due at once.

    The next process must do the rest, each exactly once.
    """
    from django.utils import timezone

    from publishing.models import Schedule
    from publishing.workflow import publish_due, schedule, schedule_bundle

    items, together, by = changed_items(title), changed_items(title), staff()
    plan = {"at": timezone.now() + timedelta(hours=1), "timezone": "UTC", "reason": "x"}
    waiting = [schedule(item=item, by=by, **plan) for item in items]
    waiting.append(schedule_bundle(bundle=bundle_of(together), by=by, **plan))
    due = timezone.now() + timedelta(hours=2)
    work = lambda: publish_due(due)  # noqa: E731
    kill_during(work, moment)
    done = Schedule.objects.filter(pk__in=[one.pk for one in waiting]).exclude(done_at=None)
    done = {one.pk for one in done}
    found = [state(item, title) for item in items] + [common_state(together, title)]
    assert [one.pk in done for one in waiting] == [one == "new" for one in found]
    publish_due(due)
    assert not Schedule.objects.waiting().exists()
    assert {state(item, title) for item in items + together} == {"new"}
    return "new" if done else "old"


SCENARIOS = {"publish": publish_one, "bundle": publish_all, "schedule": publish_scheduled}

if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
