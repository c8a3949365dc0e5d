"""Open edit forms of staff, and their unsaved content (autosave).

A form is identified by a token issued when it is opened. Its unsaved content is private to the
user, not part of the history, and deleted when the form is saved.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Time after the last heartbeat until a user no longer counts as present.
PRESENCE_TIMEOUT = timedelta(minutes=1)
#: Retention of unsaved work.
UNSAVED_RETENTION = timedelta(days=30)
#: Retention of forms without unsaved work.
EMPTY_RETENTION = timedelta(days=1)


class OpenFormQuerySet(models.QuerySet):
    def of(self, model, object_id):
        """Return the forms of one item; with None, those for new items of the type."""
        content_type = ContentType.objects.get_for_model(model)
        return self.filter(content_type=content_type, object_id=object_id)

    def visible_to(self, user):
        """Return forms to mention to a user opening one: other users' and own unsaved ones."""
        work = Q(user=user, changed_at__isnull=False)
        present = Q(seen_at__gt=timezone.now() - PRESENCE_TIMEOUT)
        found = self.filter(work | present).select_related("user").defer("form_data")
        return found.order_by(F("changed_at").desc(nulls_last=True), "-pk")

    def save_state(self, *, user, model, object_id, token, **fields):
        """Insert or update one form in a single statement."""
        content_type = ContentType.objects.get_for_model(model)
        place = {"content_type": content_type, "object_id": object_id}
        return self.bulk_create(
            [self.model(user=user, token=token, **place, **fields)],
            update_conflicts=True,
            unique_fields=["user", "token"],
            update_fields=list(fields),
        )[0]

    def expired(self):
        now = timezone.now()
        work = Q(changed_at__lt=now - UNSAVED_RETENTION)
        empty = Q(changed_at__isnull=True, opened_at__lt=now - EMPTY_RETENTION)
        gone = Q(seen_at__isnull=True) | Q(seen_at__lt=now - EMPTY_RETENTION)
        return self.filter(work | empty & gone)


class OpenForm(models.Model):
    """One opening of an item's form by one user."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    token = models.CharField(max_length=32)
    opened_at = models.DateTimeField(default=timezone.now)
    #: Time of the last heartbeat; None after the form was closed.
    seen_at = models.DateTimeField(null=True)
    #: Time of the autosaved content; None without any.
    changed_at = models.DateTimeField(null=True)
    #: The item's title as entered.
    title = models.CharField(max_length=200, blank=True)
    #: The form data as submitted: {name: [value, …]}
    form_data = models.JSONField(null=True)

    objects = OpenFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "token"], name="publishing_openform_token_is_unique"
            )
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="publishing_openform_of")
        ]

    def __str__(self):
        return self.token

    @property
    def is_present(self):
        return bool(self.seen_at and self.seen_at > timezone.now() - PRESENCE_TIMEOUT)

    @property
    def who(self):
        return self.user.get_full_name() or self.user.get_username()
