"""Reviews in the admin: handing a draft in and deciding on it."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.comments import Commenting
from backoffice.review_forms import AskForm, DecisionForm, cleaned
from backoffice.review_lists import own_panels
from backoffice.review_panel import ReviewPanel
from backoffice.templatetags.staff import staff_name
from publishing import workflow

#: Colleagues that the search for a reviewer offers.
LIMIT = 50


class Reviewing(Commenting):
    """Mixin for the admin of a Publishable."""

    def get_urls(self):
        search = self.admin_site.admin_view(self.reviewers_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_reviewers"
        return [
            path("reviewers/", search, name=name),
            self.item_url("review", self.review_view),
            self.item_url("approve", self.approve_view),
            self.item_url("request_changes", self.request_changes_view),
            self.item_url("withdraw", self.withdraw_view),
            *super().get_urls(),
        ]

    # In the item's form ----------------------------------------------------------------

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk:
            context["review"] = ReviewPanel(
                obj,
                request.user,
                getattr(obj, "opened_revision", None),
                search_url=reverse(admin_urlname(self.opts, "reviewers")),
                typed=request.POST.dict(),
            )
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Without a reviewer the draft is saved, and the page of the review asks for one."""
        super().save_related(request, form, formsets, change)
        if "_submit" in request.POST and request.POST.get("review-reviewer"):
            request.review = self.ask(request, form.instance)

    def ask(self, request, item):
        """The review that is asked for beside the form. Raises ValidationError."""
        form = AskForm(request.POST, model=self.model, user=request.user)
        if review := form.submit(item, request.user):
            return review
        raise ValidationError(form.linked_errors())

    def response_add(self, request, obj, post_url_continue=None):
        if "_submit" in request.POST:
            return self.response_submitted(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_submit" in request.POST:
            return self.response_submitted(request, obj)
        return super().response_change(request, obj)

    def response_submitted(self, request, item):
        if review := getattr(request, "review", None):
            self.tell_asked(request, item, review)
            return HttpResponseRedirect(self.change_url(item))
        message = _("The draft is saved. Now choose who should review it.")
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.review_url(item))

    def tell_asked(self, request, item, review):
        values = {"who": staff_name(review.reviewer), "due": date_format(review.due_on)}
        message = _("Draft saved. %(who)s has been asked to review it by %(due)s.") % values
        self.log_change(request, item, message)
        self.message_user(request, message, messages.SUCCESS)
        self.tell_unreached(request, review)

    def tell_unreached(self, request, review):
        """Says so when a mail didn't go out, as soon as that is known."""

        def tell():
            for user in filter(None, review.unreached):
                message = _("No e-mail could be sent to %(who)s. Please inform them yourself.")
                values = {"who": staff_name(user)}
                self.message_user(request, message % values, messages.WARNING)

        transaction.on_commit(tell)

    # The page of the review ------------------------------------------------------------

    def review_view(self, request, object_id):
        """All that was said and decided; by POST, asks for a review."""
        item = self.reviewed_item(request, object_id)
        panel = ReviewPanel(item, request.user, workflow.head(item))
        if request.method == "POST":
            panel.ask_form = AskForm(request.POST, model=self.model, user=request.user)
            if self.is_asked(request, item, panel.ask_form):
                return HttpResponseRedirect(self.change_url(item))
        return self.review_page(request, item, panel)

    def is_asked(self, request, item, form):
        if review := form.submit(item, request.user):
            self.tell_asked(request, item, review)
        return review is not None

    # Deciding --------------------------------------------------------------------------

    def approve_view(self, request, object_id):
        message = _("Approved. It can be published.")
        return self.decide(request, object_id, workflow.approve, message)

    def request_changes_view(self, request, object_id):
        message = _("Sent back, with your note and the comments.")
        return self.decide(request, object_id, workflow.request_changes, message)

    def decide(self, request, object_id, step, done):
        return require_POST(self._decide)(request, object_id, step, done)

    def _decide(self, request, object_id, step, done):
        item = self.reviewed_item(request, object_id)
        form = DecisionForm(request.POST)
        try:
            review = step(review=self.latest_review(item), by=request.user, **cleaned(form))
        except ValidationError as error:
            return self.decision_refused(request, item, form, error)
        self.log_change(request, item, done)
        self.message_user(request, done, messages.SUCCESS)
        self.tell_unreached(request, review)
        return HttpResponseRedirect(self.change_url(item))

    def decision_refused(self, request, item, form, error):
        """Shows what has changed meanwhile; the note isn't lost."""
        self.message_user(request, " ".join(error.messages), messages.ERROR)
        panel = ReviewPanel(item, request.user, workflow.head(item))
        seen = panel.decision_form.initial["seen"]
        data = {**request.POST.dict(), form.add_prefix("seen"): seen}
        panel.decision_form = DecisionForm(data)
        return self.review_page(request, item, panel)

    def withdraw_view(self, request, object_id):
        item = self.reviewed_item(request, object_id)

        def step():
            review = workflow.withdraw(review=self.latest_review(item), by=request.user)
            self.tell_unreached(request, review)

        return self.carry_out(
            request, item, step, _("Review request withdrawn. This is a draft again.")
        )

    # Choosing a reviewer ---------------------------------------------------------------

    def reviewers_view(self, request):
        """Colleagues who may approve items of this type, for the combobox."""
        if not workflow.may("submit", item=self.model, by=request.user):
            raise PermissionDenied
        found = workflow.approvers(self.model, besides=request.user)
        for word in request.GET.get("term", "")[:200].split():
            found = found.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
        results = [
            {"id": str(user.pk), "text": staff_name(user), "note": user.get_username()}
            for user in found[:LIMIT]
        ]
        return JsonResponse({"results": results, "pagination": {"more": False}})

    # Start page ------------------------------------------------------------------------

    def desk_panels(self, request):
        panels = super().desk_panels(request)
        waiting, sent_back = own_panels(request, self.get_queryset(request))
        if workflow.may("approve", item=self.model, by=request.user):
            panels.append(waiting)
        if workflow.may("submit", item=self.model, by=request.user):
            panels.append(sent_back)
        return panels
