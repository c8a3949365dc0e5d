"""Publishing and unpublishing from the admin's forms, through `publishing.workflow` only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from publishing import workflow
from publishing.admin.editing.drafts import typed_reason
from publishing.languages import portal_languages


class Publication:
    """Mixin for the admin of a Publishable.

    Whoever may not publish can't delete what the public sees.
    """

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_unpublish"
        view = self.admin_site.admin_view(self.unpublish_view)
        return [path("<path:object_id>/unpublish/", view, name=name), *super().get_urls()]

    def get_queryset(self, request):
        """Locked while a form is saved: a stale copy must not take back a publication."""
        items = super().get_queryset(request)
        is_saving = request.method == "POST" and transaction.get_connection().in_atomic_block
        return items.select_for_update(of=("self",)) if is_saving else items

    def may_publish(self, request):
        return workflow.may("publish", item=self.model, by=request.user)

    def is_out_of_reach(self, request, item):
        return bool(item and item.pk and item.is_published and not self.may_publish(request))

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and not self.is_out_of_reach(request, obj)

    def get_deleted_objects(self, objs, request):
        deleted, counts, lacking, protected = super().get_deleted_objects(objs, request)
        if any(self.is_out_of_reach(request, item) for item in objs):
            lacking.add(_("published %s") % self.opts.verbose_name_plural)
        return deleted, counts, lacking, protected

    # Publish ---------------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if "_publish" in request.POST and not self.may_publish(request):
            raise PermissionDenied
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # Nothing was saved: show the form again, with what publishing found.
            request.workflow_errors = getattr(error, "error_dict", {None: error})
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.workflow_errors = getattr(request, "workflow_errors", {})
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            workflow.publish(
                item=form.instance,
                by=request.user,
                change_note=self.change_notes(request),
                reason=typed_reason(request),
            )

    def change_notes(self, request):
        """What readers are told of the change, by language."""
        codes = portal_languages()
        return {code: request.POST.get(f"_change_note_{code}", "")[:300] for code in codes}

    def response_add(self, request, obj, post_url_continue=None):
        if "_publish" in request.POST:
            return self.response_published(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            return self.response_published(request, obj)
        return super().response_change(request, obj)

    def response_published(self, request, item):
        shown = [link for link in self.site_links(item) if link["url"]]
        links = format_html_join(" · ", '<a href="{url}" hreflang="{code}">{name}</a>', shown)
        message = format_html("{} {}", _("Published. See it on the site:"), links)
        self.log_change(request, item, _("Published."))
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(item))

    def site_url(self, item, language):
        """None where the public finds nothing: of drafts and of missing translations."""
        if not item.is_published or language not in item.languages:
            return None
        return super().site_url(item, language)

    # Unpublish -------------------------------------------------------------------------

    def unpublish_view(self, request, object_id):
        """Asks, and on POST withdraws the item. Changes nothing else of it."""
        item = self.get_object(request, object_id)
        if item is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not workflow.may("unpublish", item=item, by=request.user):
            raise PermissionDenied
        if request.method == "POST":
            return self.unpublish(request, item)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unpublish"),
            "subtitle": str(item),
            "original": item,
            "opts": self.opts,
            "change_url": self.change_url(item),
        }
        return TemplateResponse(request, "admin/unpublish_confirmation.html", context)

    def unpublish(self, request, item):
        try:
            workflow.unpublish(item=item, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.log_change(request, item, _("Unpublished."))
            self.message_user(
                request, _("Unpublished: only staff can see it now."), messages.SUCCESS
            )
        return HttpResponseRedirect(self.change_url(item))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["publication"] = {
            "may_publish": self.may_publish(request),
            "is_published": bool(obj and obj.pk and obj.is_published),
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)
