"""Test helpers for alerts and their subscribers."""

from datetime import timedelta
from unittest.mock import patch

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from calls.models import Call
from newsletter.alerts import digest_mail, enqueue_alerts
from newsletter.models import Delivery, Subscriber, Subscription
from publishing.workflow import publish
from tests import factories

#: A Thursday morning, after the daily run.
THURSDAY = timezone.datetime(2027, 3, 11, 9, 0, tzinfo=timezone.get_fixed_timezone(60))


def at(days=0, hours=0):
    """Return the instant that long after THURSDAY."""
    return THURSDAY + timedelta(days=days, hours=hours)


def reader(number=1, **fields):
    return Subscriber.objects.create(
        email=f"reader{number}@example.org", state=Subscriber.State.ACTIVE, **fields
    )


def subscribe(member, query="", section="calls", frequency="daily", kind="filter", **fields):
    return Subscription.objects.create(
        subscriber=member,
        kind=kind,
        section=section,
        query=query,
        frequency=frequency,
        **fields,
    )


def watch(member, item, frequency="daily"):
    kind = ContentType.objects.get_for_model(item)
    section = "calls" if isinstance(item, Call) else "initiatives"
    return subscribe(
        member,
        section=section,
        frequency=frequency,
        kind="watch",
        content_type=kind,
        object_id=item.pk,
    )


def run_alert_job(now):
    """Run the job for alerts once."""
    with at_time(now):
        enqueue_alerts(now)


def at_time(now):
    return patch("django.utils.timezone.now", return_value=now)


def published(model=Call, *, on=None, **fields):
    """Create an item published at an instant."""
    with at_time(on or at()):
        return factories.published(model, **fields)


def republish(item, note="", *, on, **fields):
    """Publish an item again, with changed fields and a note."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    with at_time(on):
        return publish(item=item, change_note={"en": note} if note else None)


def sent_alerts(member=None):
    """Return the contents of all alert mails, in order: lists of (item id, keys)."""
    rows = Delivery.objects.filter(renderer="digest").order_by("pk")
    rows = rows.filter(subscriber=member) if member else rows
    return [[(key, keys) for _kind, key, keys, _by in row.data["items"]] for row in rows]


def mails(now=None):
    """Return the queued alert mails as they would be sent now."""
    with at_time(now or timezone.now()):
        rows = Delivery.objects.filter(renderer="digest").order_by("pk")
        return [digest_mail(row) for row in rows]
