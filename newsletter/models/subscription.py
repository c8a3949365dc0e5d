"""Subscriptions: a list, filter or item that a subscriber gets mail about."""

import hashlib
import json
from urllib.parse import parse_qsl, urlencode

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localisation import formats
from newsletter.models.subscriber import Subscriber
from publishing.registry import declarations

#: Parameters of a list that do not filter its items.
NOT_FILTERS = {"page", "page_size", "sort"}


#: Name of the newsletter among the lists that people subscribe to.
EDITIONS = "editions"


def list_choices():
    """Return (name, title) of the newsletter and of each list with alerts."""
    lists = [(each.section, each.title) for each in declarations() if each.has_alerts]
    return [(EDITIONS, _("The newsletter")), *lists]


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", _("Immediately")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")


def canonical_query(query):
    """Normalise the query of a list, so that equal filters have equal queries.

    Takes a query string ("topic=b&topic=a&page=2") and returns one ("topic=a&topic=b").
    """
    pairs = {(name, value.strip()) for name, value in parse_qsl(query)}
    return urlencode(sorted(pair for pair in pairs if pair[1] and pair[0] not in NOT_FILTERS))


class SubscriptionQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None)

    def end(self, reason):
        """End the active subscriptions and return their number."""
        return self.active().update(ended_at=timezone.now(), end_reason=reason)


class Subscription(models.Model):
    """Subscription to the items of a section that match `query`.

    A subscription to topics has these topics as its query, or an empty query for all topics.
    """

    class Kind(models.TextChoices):
        EDITION = "edition", _("Newsletter")
        TOPIC = "topic", _("Topics")
        FILTER = "filter", _("Saved filter")
        WATCH = "watch", _("Followed item")

    class EndReason(models.TextChoices):
        READER = "reader", _("By the reader")
        REPLACED = "replaced", _("Replaced by another choice")
        LEFT = "left", _("The reader unsubscribed")
        OVER = "over", _("Nothing more to report")
        STAFF = "staff", _("By staff")

    subscriber = models.ForeignKey(
        Subscriber,
        verbose_name=_("subscriber"),
        on_delete=models.CASCADE,
        related_name="subscriptions",
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    section = models.CharField(_("kind of content"), max_length=40, choices=list_choices)
    frequency = models.CharField(
        _("how often"), max_length=8, choices=Frequency.choices, default=Frequency.DAILY
    )
    #: Result of `canonical_query`.
    query = models.CharField(_("filter"), max_length=2000, blank=True)
    #: The watched item; empty for all other kinds.
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, null=True)
    object_id = models.PositiveBigIntegerField(null=True)
    item = GenericForeignKey("content_type", "object_id")
    #: Hash of the content, the same for all subscribers to the same items.
    digest = models.CharField(max_length=64, editable=False)
    is_muted = models.BooleanField(_("muted"), default=False)
    #: End of the period already sent, set only after a change of frequency; otherwise it
    #: follows from the runs of the frequency.
    sent_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    end_reason = models.CharField(
        _("why it ended"), max_length=8, choices=EndReason.choices, blank=True, editable=False
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["digest", "frequency"],
                condition=Q(ended_at=None),
                name="newsletter_active_subscription",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "digest"],
                condition=Q(ended_at=None),
                name="newsletter_subscription_is_unique_while_active",
            ),
            models.CheckConstraint(
                name="newsletter_subscription_watches_an_item_or_none",
                condition=Q(kind="watch", content_type__isnull=False, object_id__isnull=False)
                | (~Q(kind="watch") & Q(content_type=None, object_id=None)),
            ),
            models.CheckConstraint(
                name="newsletter_subscription_has_a_reason_once_ended",
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
        ]

    def __str__(self):
        return formats.named(self.get_kind_display(), self.get_section_display())

    def save(self, *args, **kwargs):
        self.query = canonical_query(self.query)
        self.digest = self.content_digest()
        super().save(*args, **kwargs)

    @property
    def is_active(self):
        return self.ended_at is None

    def content_digest(self):
        """Return a hash of the content, independent of subscriber and frequency."""
        content = [self.section, self.query, self.content_type_id, self.object_id]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def purpose(self):
        """Return the purpose for the consent log, without any user input."""
        if self.object_id is not None:
            return f"{self.section} {self.object_id}"
        pairs = [pair for pair in parse_qsl(self.query) if pair[0] != "q"]
        if self.kind == self.Kind.FILTER:
            return " ".join([self.section, "by a filter", *map("=".join, pairs)])
        return " ".join([self.section, *(value for name, value in pairs if name == "topic")])

    def end(self, reason):
        """End the subscription; return False if it had already ended."""
        changed = type(self).objects.filter(pk=self.pk).end(reason)
        self.refresh_from_db()
        return bool(changed)
