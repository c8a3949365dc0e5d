"""Concurrent work on one item by two workers. Needs a database that locks rows."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from calls.models import Call
from publishing.models import Bundle, BundleItem, Review, Revision, Schedule
from publishing.revisions import snapshots
from publishing.workflow import (
    cancel,
    draft_of,
    head,
    publish,
    publish_bundle,
    publish_due,
    save_draft,
    schedule,
    submit,
)
from tests.factories import publishable
from tests.staff import member

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer"),
]


class Second(Thread):
    """Thread that runs an action on its own connection; `outcome` is the result."""

    def __init__(self, action):
        super().__init__(daemon=True)
        self.action = action
        self.start()

    def run(self):
        try:
            self.outcome = self.action()
        except Exception as error:
            self.outcome = error
        finally:
            connection.close()

    def wait_until_it_waits(self):
        """Block until the other connection waits for a lock, or is done without one."""
        with connection.cursor() as cursor:
            while self.is_alive():
                cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
                if cursor.fetchone():
                    return


def at_once(first, second):
    """Run both, the second before the first commits; return the second's outcome."""
    with transaction.atomic():
        first()
        other = Second(second)
        other.wait_until_it_waits()
    other.join()
    return other.outcome


def edit(item, title):
    snapshot = snapshots.dump(draft_of(item))
    snapshot["fields"]["title_en"] = title
    newest = head(item)
    return save_draft(item=item, snapshot=snapshot, seen=newest and newest.number)


def planned(item, by, days):
    at = timezone.now() + timedelta(days=days)
    return schedule(item=item, at=at, timezone="UTC", by=by, reason="x")


def publications(item):
    return Revision.objects.of(item).published().count()


def live_title(item):
    return Call.objects.get(pk=item.pk).title_en


def later():
    return timezone.now() + timedelta(days=9)


def test_bundle_announced_twice_at_once_is_published_once():
    item = publishable(Call)
    bundle = Bundle.objects.create(title="x")
    BundleItem.objects.create(bundle=bundle, item=item)
    other = Bundle.objects.get()

    def announce(bundle):
        return publish_bundle(bundle=bundle, by=None)

    assert at_once(lambda: announce(bundle), lambda: announce(other)) is None
    assert publications(item) == 1


def test_earlier_version_that_waited_for_the_later_one_does_not_take_it_back():
    by, item = member("Publisher"), publish(item=publishable(Call))
    edit(item, "Earlier")
    planned(item, by, 1)
    newest = edit(item, "Later")

    def by_hand():
        publish(item=item, revision=newest)

    assert at_once(by_hand, lambda: publish_due(later())) == 1
    assert publications(item) == 2
    assert live_title(item) == "Later"
    assert Schedule.objects.get().problem == ""


def test_two_workers_publish_what_is_due_once():
    by, item = member("Publisher"), publishable(Call)
    edit(item, "Due")
    planned(item, by, 1)
    assert at_once(lambda: publish_due(later()), lambda: publish_due(later())) == 0
    assert publications(item) == 1


def test_what_is_being_published_cannot_be_cancelled():
    by, item = member("Publisher"), publishable(Call)
    edit(item, "Due")
    plan = planned(item, by, 1)
    outcome = at_once(lambda: publish_due(later()), lambda: cancel(schedule=plan))
    assert isinstance(outcome, ValidationError)
    plan.refresh_from_db()
    assert plan.cancelled_at is None


def test_what_is_being_cancelled_is_not_published():
    by, item = member("Publisher"), publishable(Call)
    edit(item, "Due")
    plan = planned(item, by, 1)
    assert at_once(lambda: cancel(schedule=plan), lambda: publish_due(later())) == 0
    assert publications(item) == 0


def test_draft_handed_in_twice_at_once_is_in_one_review():
    by, reviewer, item = member("Author"), member("Editor"), publishable(Call)
    edit(item, "Ready")

    def hand_in():
        return submit(item=item, reviewer=reviewer, due_on=timezone.localdate(), by=by)

    assert isinstance(at_once(hand_in, hand_in), ValidationError)
    assert Review.objects.count() == 1


def test_draft_saved_while_another_is_published_stays_a_draft():
    item = publish(item=publishable(Call))
    edit(item, "Published")
    snapshot = snapshots.dump(draft_of(item))
    snapshot["fields"]["summary_en"] = "Saved"
    seen = head(item).number

    def save():
        return save_draft(item=item, snapshot=snapshot, seen=seen)

    draft = at_once(lambda: publish(item=item), save)
    assert live_title(item) == "Published"
    assert Call.objects.get().summary_en != "Saved"
    assert Revision.objects.open_draft(item) == draft
