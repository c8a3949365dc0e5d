"""Bundles in the admin: what they hold, and announcing all of it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.content import PortalAdmin
from backoffice.drafts import typed_reason
from backoffice.item_pages import ItemPages
from backoffice.marks import badge
from backoffice.schedule import (
    BundleScheduleForm,
    SchedulePage,
    coming_schedules,
    schedule_panels,
)
from publishing import workflow
from publishing.checks import NotReady
from publishing.models import Bundle, Revision
from publishing.workflow import Refused, has_news, require_may_publish


@admin.register(Bundle)
class BundleAdmin(SchedulePage, ItemPages, PortalAdmin):
    """A bundle is filled from the lists of its items, where they are ticked."""

    fields = ("title",)
    search_fields = ("title",)
    list_display = ("title", "number_of_items", "state_now", "created_at")
    sortable_by = ("created_at",)
    ordering = ("-created_at",)
    menu_order = 60
    schedule_form = BundleScheduleForm
    change_form_template = "admin/bundle_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("items", "schedules")

    def save_model(self, request, obj, form, change):
        obj.author = obj.author or request.user
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("items"))
    def number_of_items(self, obj):
        return len(obj.items.all())

    @admin.display(description=gettext_lazy("state"))
    def state_now(self, obj):
        if any(schedule.is_waiting for schedule in obj.schedules.all()):
            return badge(_("Scheduled"), "scheduled")
        return badge(_("Published"), "published") if obj.published_at else ""

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["refusal"] = getattr(request, "refusal", None)
        if obj and obj.pk:
            context["entries"] = entries(obj, self.admin_site._registry, request)
            context["waiting"] = obj.schedules.waiting()
            context["may_publish"] = self.may_schedule(request, obj)
            context["reason"] = typed_reason(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # Its buttons -----------------------------------------------------------------------

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as error:
            # Nothing was saved: the form comes back as it was sent, with what was found.
            request.refusal = error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if refusal := getattr(request, "refusal", None):
            form.workflow_errors = {None: what_to_do(refusal)}
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "_publish" in request.POST:
            self.publish(request, form.instance)
        elif key := request.POST.get("_take_out"):
            self.take_out(request, form.instance, key)

    def publish(self, request, bundle):
        if not self.may_schedule(request, bundle):
            raise PermissionDenied
        reason = typed_reason(request)
        workflow.publish_bundle(bundle=bundle, by=request.user, reason=reason)

    def take_out(self, request, bundle, key):
        if not self.may_take_from(request, bundle):
            raise PermissionDenied
        for entry in bundle.items.all():
            if str(entry.pk) == key:
                entry.delete()

    def response_change(self, request, obj):
        if "_publish" in request.POST:
            done = _("Everything in this bundle is public now.")
        elif "_take_out" in request.POST:
            done = _("Removed from the bundle.")
        else:
            return super().response_change(request, obj)
        self.log_change(request, obj, done)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(obj))

    # Announcing ------------------------------------------------------------------------

    def schedules(self, item):
        return item.schedules.all()

    def may_schedule(self, request, item):
        try:
            require_may_publish(item, request.user)
        except PermissionDenied:
            return False
        return self.has_change_permission(request, item)

    def may_take_from(self, request, bundle):
        """What is scheduled is changed by those who may schedule it."""
        is_waiting = bundle.schedules.waiting().exists()
        return not is_waiting or self.may_schedule(request, bundle)

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or self.may_take_from(request, obj))

    def make_schedule(self, request, item, form):
        chosen = {name: form.cleaned_data[name] for name in form.Meta.fields}
        workflow.schedule_bundle(bundle=item, by=request.user, **chosen)

    def desk_panels(self, request):
        if not self.has_view_permission(request):
            return super().desk_panels(request)
        coming = [one for one in coming_schedules(request) if one.bundle]
        schedules = [one for one in coming if self.may_schedule(request, one.bundle)]
        panels = schedule_panels(schedules, lambda schedule: self.schedule_url(schedule.bundle))
        return panels + super().desk_panels(request)


def what_to_do(refusal):
    """The form's error when publishing was refused; those of an item stand beside it."""
    if not isinstance(refusal, Refused):
        return refusal
    errors = refusal.refusals.values()
    if all(isinstance(error, NotReady) and error.needs_reason_only for error in errors):
        return _("Publishing this requires a reason. Enter it under “Reason, for staff”.")
    return _("This cannot be published yet. Fix the following first.")


def entries(bundle, admins, request):
    """What a bundle holds, for its page: dicts of key, item, kind, url, draft, is_news and
    refusal, the error that kept it from being published.

    Of types that the member of staff may not view, only the kind is told.
    """
    found = []
    refusals = getattr(getattr(request, "refusal", None), "refusals", {})
    is_waiting = bundle.schedules.waiting().exists()
    for entry in bundle.items.prefetch_related("item").select_related("revision"):
        item, pinned = entry.item, entry.revision if is_waiting else None
        model = entry.content_type.model_class()
        options = model._meta
        name = admin_urlname(options, "change")
        found.append(
            {
                "key": entry.pk,
                "item": item,
                "kind": options.verbose_name,
                "url": reverse(name, args=[entry.object_id]),
                "is_hidden": not admins[model].has_view_permission(request),
                "pinned": pinned,
                "draft": item and Revision.objects.open_draft(item),
                "is_news": bool(item) and has_news(item, pinned),
                "refusal": refusals.get(item),
            }
        )
    return found


class BundleChoice(forms.Form):
    """The bundle that ticked items go into: one that is there, or a new one."""

    bundle = forms.ModelChoiceField(
        Bundle.objects.filter(published_at=None),
        label=gettext_lazy("Bundle"),
        required=False,
        empty_label=gettext_lazy("a new bundle"),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the new bundle"), max_length=200, required=False
    )

    def clean(self):
        super().clean()
        if not (self.cleaned_data.get("bundle") or self.cleaned_data.get("title")):
            self.add_error("title", _("Choose a bundle, or enter a title for a new one."))
        return self.cleaned_data


class Bundling:
    """Mixin for the admin of a Publishable: puts ticked items into a bundle."""

    actions = ["add_to_bundle"]

    def has_bundle_permission(self, request):
        return request.user.has_perm("publishing.change_bundle")

    @admin.action(
        description=gettext_lazy("Add to a bundle, to publish together"),
        permissions=["bundle"],
    )
    def add_to_bundle(self, request, queryset):
        form = BundleChoice(request.POST if "_chosen" in request.POST else None)
        if form.is_valid():
            return self.fill_bundle(request, queryset, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Add to a bundle"),
            "opts": self.opts,
            "form": form,
            "items": queryset,
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/bundle_choice.html", context)

    def fill_bundle(self, request, queryset, chosen):
        bundle = chosen["bundle"]
        if bundle is None:
            if not request.user.has_perm("publishing.add_bundle"):
                raise PermissionDenied
            bundle = Bundle.objects.create(title=chosen["title"], author=request.user)
        kind = ContentType.objects.get_for_model(self.model)
        added = [
            bundle.items.get_or_create(content_type=kind, object_id=key)[1]
            for key in queryset.values_list("pk", flat=True)
        ]
        text = ngettext("%(n)s item added.", "%(n)s items added.", sum(added))
        self.message_user(request, text % {"n": sum(added)}, messages.SUCCESS)
        if any(added) and bundle.schedules.waiting().exists():
            text = _(
                "This bundle is scheduled. Schedule it again: otherwise the added items will "
                "prevent its publication."
            )
            self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:publishing_bundle_change", args=[bundle.pk]))
