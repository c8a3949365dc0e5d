"""The form of everything that is written and published, with its save pipeline."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction

from backoffice.base import TranslatedAdmin
from backoffice.editing import (
    change_notes_of,
    delete_open_form,
    opened_item,
    overruled_version,
    reason_of,
    recover_form,
    recovered_form,
    recovered_form_class,
    recovered_formset_class,
    submitted_snapshot,
)
from backoffice.publication import require_form_ready
from backoffice.publishable.responses import button_response, draft_response
from backoffice.publishable.save_errors import SAVE_ERRORS, store_save_error
from backoffice.review import is_review_requested, request_review
from publishing import workflow

MODULES = ("autosave", "comments", "presence")


class EditingAdmin(TranslatedAdmin):
    """Form that opens on the newest draft and writes revisions.

    It is in the order in which Django calls it: open, validate, write, answer. The live row of
    an item that exists is written by `publishing.workflow` alone.
    """

    class Media:
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in MODULES]

    def may_publish(self, request):
        return workflow.may("publish", item=self.model, by=request.user)

    # Open ------------------------------------------------------------------------------

    def get_queryset(self, request):
        """Lock items while a form is saved: a stale copy must not undo a publication."""
        items = super().get_queryset(request)
        is_saving = request.method == "POST" and transaction.get_connection().in_atomic_block
        return items.select_for_update(of=("self",)) if is_saving else items

    def open_item(self, request, item):
        return super().open_item(request, opened_item(request, item))

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.workflow_errors = getattr(request, "workflow_errors", {})
        return recovered_form_class(form, request.POST) if recovered_form(request) else form

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield (
                (recovered_formset_class(formset) if recovered_form(request) else formset),
                inline,
            )

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**given, "data": request.POST} if recovered_form(request) else given

    # Validate --------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show the form or save it. If saving is refused, show it again as it was sent."""
        if request.method == "GET" and "kept" in request.GET:
            recover_form(request, self, object_id)
        if "_publish" in request.POST and not self.may_publish(request):
            raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except SAVE_ERRORS as save_error:
            store_save_error(request, self.model, save_error)
            return super().changeform_view(request, object_id, form_url, extra_context)

    # Write -----------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        """Write the row of a new item only: later, `save_related` writes a revision."""
        if not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Write the submitted version, then do what the button says. All of it, or nothing."""
        item, user, reason = form.instance, request.user, reason_of(request)
        is_publishing = "_publish" in request.POST
        if is_publishing:
            require_form_ready(request, form, formsets)
        if change:
            self.merge_draft(request, form, formsets)
        else:
            super().save_related(request, form, formsets, change)
            workflow.record_new_item(item=item, by=user, reason=reason)
        if is_publishing:
            notes = change_notes_of(request)
            workflow.publish(item=item, by=user, change_note=notes, reason=reason)
        if is_review_requested(request):
            request.review = request_review(request, item)
        delete_open_form(request)

    def merge_draft(self, request, form, formsets):
        """Merge what was submitted with what others have saved since the form was opened."""
        opened = form.instance.opened_revision
        workflow.save_draft(
            item=form.instance,
            snapshot=submitted_snapshot(form, formsets),
            by=request.user,
            seen=opened and opened.number,
            overrule=overruled_version(request),
            reason=reason_of(request),
        )

    # Answer ----------------------------------------------------------------------------

    def response_add(self, request, obj, post_url_continue=None):
        response = button_response(request, self, obj)
        return response or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if response := button_response(request, self, obj):
            return response
        if "_continue" in request.POST:
            return draft_response(request, self, obj)
        return super().response_change(request, obj)
