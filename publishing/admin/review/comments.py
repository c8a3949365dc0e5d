"""Comments on drafts in the admin, and the page on which they and the reviews stand."""

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing import workflow
from publishing.admin.item_pages.mixin import ItemPages
from publishing.admin.review.forms import DIGITS, CommentForm, ReplyForm, cleaned
from publishing.admin.review.panel import ReviewPanel
from publishing.models import Comment, Review


class Commenting(ItemPages):
    """Mixin for the admin of a Publishable."""

    @property
    def media(self):
        return super().media + forms.Media(
            js=[forms.Script("js/admin/comments.js", type="module")]
        )

    def get_urls(self):
        return [self.item_url("comment", self.comment_view), *super().get_urls()]

    def review_url(self, item):
        return reverse(admin_urlname(self.opts, "review"), args=[item.pk])

    def reviewed_item(self, request, object_id):
        """As `live_item`, for who may change or approve it."""
        item = self.live_item(request, object_id)
        if not workflow.may("comment", item=item, by=request.user):
            raise PermissionDenied
        return item

    def latest_review(self, item):
        review = Review.objects.of(item).first()
        if review is None:
            raise ValidationError(_("This draft isn't in review."), code="no_review")
        return review

    def review_page(self, request, item, panel):
        reviews = Review.objects.of(item).with_people().select_related("publication")
        return self.item_page(
            request,
            item,
            "admin/review.html",
            _("Review"),
            review=panel,
            reviews=reviews.defer("revision__data", "publication__data"),
        )

    def comment_view(self, request, object_id):
        """Adds, answers, resolves or reopens a comment. A script gets the comments back."""
        return require_POST(self._comment)(request, object_id)

    def _comment(self, request, object_id):
        item = self.reviewed_item(request, object_id)
        panel = ReviewPanel(item, request.user, workflow.head(item))
        by_script = "fragment" in request.POST
        try:
            self.note_comment(request, item, panel)
        except ValidationError as error:
            if by_script:
                return HttpResponse(" ".join(error.messages), "text/plain", status=400)
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return self.review_page(request, item, panel)
        if not by_script:
            return HttpResponseRedirect(f"{self.review_url(item)}#comments")
        context = {"review": panel, "opts": self.opts}
        return TemplateResponse(request, "admin/includes/comments.html", context)

    def note_comment(self, request, item, panel):
        find = partial(self.posted_comment, request, item)
        if comment := find("resolve"):
            workflow.resolve_comment(comment=comment, by=request.user)
        elif comment := find("reopen"):
            workflow.reopen_comment(comment=comment, by=request.user)
        elif comment := find("reply"):
            form = ReplyForm({"text": request.POST.get(f"reply-{comment.pk}", "")})
            workflow.reply(comment=comment, by=request.user, **cleaned(form))
        else:
            form = CommentForm(request.POST, model=self.model, snapshot=panel.snapshot)
            panel.comment_form = form
            review = self.latest_review(item)
            workflow.comment(review=review, by=request.user, **cleaned(form))

    def posted_comment(self, request, item, button):
        """The comment whose button was pressed, or None. Raises Http404."""
        if button not in request.POST:
            return None
        key = request.POST[button]
        if not key.isdecimal() or len(key) > DIGITS:
            raise Http404
        comment = Comment.objects.of(item).filter(pk=key).first()
        if comment is None:
            raise Http404
        return comment
