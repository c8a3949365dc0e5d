"""The review of an item, as its form and the review page show it."""

from django.conf import settings
from django.utils.functional import cached_property

from backoffice.review.forms import CommentForm, DecisionForm
from backoffice.review.request_form import ReviewRequestForm
from publishing import workflow
from publishing.models import Comment, Review
from publishing.revisions import control_id, path_label


class ReviewPanel:
    """Review of one item for one member of staff, read from the database when needed.

    `revision` is the version that is looked at, None without any; `form_data` is what the form
    of the item was sent with.
    """

    def __init__(self, item, user, revision, search_url="", form_data=None):
        self.item, self.user, self.revision = item, user, revision
        self.model = type(item)
        self.search_url, self.form_data = search_url, form_data or {}

    def may(self, verb):
        return workflow.may(verb, item=self.model, by=self.user)

    @cached_property
    def latest(self):
        return Review.objects.of(self.item).with_people().first()

    @cached_property
    def is_required(self):
        return settings.REVIEW_REQUIRED

    @property
    def is_open(self):
        return bool(self.latest and self.latest.is_open)

    @property
    def is_waiting(self):
        return bool(self.latest and self.latest.is_waiting)

    @property
    def is_approved(self):
        return self.is_open and not self.is_waiting

    @property
    def may_see(self):
        return self.may("comment")

    @property
    def may_request(self):
        return self.may("submit") and not self.is_open

    @property
    def may_request_changes(self):
        return self.is_waiting and self.may("request_changes")

    @cached_property
    def is_own(self):
        """Whether the draft is the user's own, so that somebody else has to approve it."""
        if self.revision is None or self.revision.author_id != self.user.pk:
            return self.latest.submitter_id == self.user.pk
        return workflow.is_own(self.latest, self.revision, self.user)

    @property
    def may_withdraw(self):
        return self.is_open and self.may("withdraw")

    @property
    def may_comment(self):
        return self.latest is not None and self.may("comment")

    @cached_property
    def snapshot(self):
        return workflow.renumbered_snapshot(self.revision) if self.revision else {"rows": {}}

    @cached_property
    def threads(self):
        """Comments, each with the name of its place and the id of the form's control."""
        threads = Comment.objects.of(self.item).threads() if self.latest else []
        for thread in threads:
            thread.label = path_label(self.model, thread.field_path, self.snapshot)
            thread.control = control_id(self.model, thread.field_path, self.snapshot)
        return threads

    @property
    def open_threads(self):
        return [thread for thread in self.threads if not thread.is_resolved]

    @property
    def resolved_threads(self):
        return [thread for thread in self.threads if thread.is_resolved]

    # Forms -----------------------------------------------------------------------------

    @cached_property
    def request_form(self):
        return ReviewRequestForm(
            model=self.model,
            user=self.user,
            search_url=self.search_url,
            initial=self.previous_request | self.submitted_request,
        )

    @property
    def previous_request(self):
        """The reviewer who sent it back, as the default of the next request."""
        reviewer = self.latest.reviewer_id if self.latest else None
        return {"reviewer": reviewer} if reviewer not in (None, self.user.pk) else {}

    @property
    def submitted_request(self):
        """Values typed for a request, when the form comes back."""
        names = {
            name: f"{ReviewRequestForm.prefix}-{name}" for name in ReviewRequestForm.base_fields
        }
        sent = self.form_data
        return {name: sent[key] for name, key in names.items() if key in sent}

    @cached_property
    def decision_form(self):
        return DecisionForm(initial={"seen": self.revision and self.revision.number})

    @cached_property
    def comment_form(self):
        return CommentForm(model=self.model, snapshot=self.snapshot)
