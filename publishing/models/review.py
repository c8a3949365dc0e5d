"""Reviews of drafts before publication, and comments."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models.revision import Revision


def member_of_staff(name, **options):
    """Return a foreign key to a staff account that may be deleted later."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=name,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        **options,
    )


class ReviewQuerySet(models.QuerySet):
    def of(self, item):
        """Return the reviews of one item, newest first."""
        return self.of_type(type(item)).filter(object_id=item.pk)

    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def current(self):
        """Return the reviews that are not closed; at most one per item."""
        return self.filter(closed_at=None)

    def waiting(self):
        """Return the reviews waiting for the reviewer."""
        return self.current().filter(state=Review.State.IN_REVIEW)

    def with_people(self):
        return self.select_related("submitter", "reviewer", "decided_by", "revision").defer(
            "revision__data"
        )


class Review(models.Model):
    """One review round: a draft is submitted, then approved, sent back or withdrawn.

    `publishing.workflow` updates a review until it is closed; later rounds are new Reviews.
    """

    class State(models.TextChoices):
        IN_REVIEW = "in_review", _("In review")
        APPROVED = "approved", _("Approved")
        CHANGES_REQUESTED = "changes_requested", _("Changes requested")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OUTDATED = "outdated", _("Approved, then edited")
        UNDECIDED = "undecided", _("Published before a decision")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    revision = models.ForeignKey(
        Revision,
        verbose_name=_("draft"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "The draft to be reviewed or, once decided, the draft that the decision is about."
        ),
    )
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.IN_REVIEW
    )
    submitter = member_of_staff(_("requested by"))
    submitted_at = models.DateTimeField(_("requested"), auto_now_add=True)
    reviewer = member_of_staff(_("reviewer"))
    due_on = models.DateField(_("due"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    decided_by = member_of_staff(_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    publication = models.ForeignKey(
        Revision,
        verbose_name=_("published as"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The version in which the draft went public."),
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    objects = ReviewQuerySet.as_manager()

    #: Staff who could not be mailed about the last step; not stored.
    unreached = ()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(closed_at=None),
                name="publishing_review_is_the_only_current_one",
            )
        ]
        indexes = [
            models.Index(
                fields=["content_type", "object_id", "-id"], name="publishing_review_of"
            ),
            models.Index(
                fields=["content_type", "state"],
                condition=Q(closed_at=None),
                name="publishing_review_current",
            ),
        ]

    def __str__(self):
        return f"{self.revision.title} – {self.get_state_display()}"

    @property
    def item(self):
        """The live item. Raises DoesNotExist if it was deleted."""
        return self.content_type.model_class()._base_manager.get(pk=self.object_id)

    @property
    def is_waiting(self):
        return self.state == self.State.IN_REVIEW and self.closed_at is None

    @property
    def is_open(self):
        """Return whether the draft is in review, or approved and unchanged."""
        return self.closed_at is None and self.state != self.State.CHANGES_REQUESTED

    @property
    def is_overdue(self):
        return self.is_waiting and self.due_on < timezone.localdate()


class CommentQuerySet(models.QuerySet):
    def of(self, item):
        """Return the comments of one item, oldest first."""
        kind = ContentType.objects.get_for_model(type(item))
        return self.filter(review__content_type=kind, review__object_id=item.pk)

    def threads(self):
        """Return the top-level comments, each with `entries`: itself and its replies."""
        comments = list(self.select_related("author", "resolved_by"))
        threads = {comment.pk: comment for comment in comments if comment.parent_id is None}
        for comment in threads.values():
            comment.entries = [comment]
        for comment in comments:
            if comment.parent_id in threads:
                threads[comment.parent_id].entries.append(comment)
        return list(threads.values())


class Comment(models.Model):
    """A comment on a field or row of a draft, or a reply."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replies"
    )
    #: Field path as in the form: "title_fr", "key_dates/12/at" for a field of a row,
    #: "key_dates/12" for a row; empty for the whole item.
    field_path = models.CharField(_("field"), max_length=200, blank=True)
    text = models.TextField(_("comment"), validators=[MaxLengthValidator(5000)])
    author = member_of_staff(_("who"))
    created_at = models.DateTimeField(_("date and time"), auto_now_add=True)
    resolved_by = member_of_staff(_("resolved by"))
    resolved_at = models.DateTimeField(_("resolved"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self):
        return self.text

    @property
    def is_resolved(self):
        return self.resolved_at is not None
