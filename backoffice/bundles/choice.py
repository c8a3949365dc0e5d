"""The action of lists that puts ticked items into a bundle."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from backoffice.item_pages import change_url, type_page
from publishing.models import Bundle


class BundleChoice(forms.Form):
    """Choice of an existing bundle or a new one."""

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


@admin.action(
    description=gettext_lazy("Add to a bundle, to publish together"),
    permissions=["bundle"],
)
def add_to_bundle(model_admin, request, queryset):
    """Ask for a bundle, then add the items to it."""
    form = BundleChoice(request.POST if "_chosen" in request.POST else None)
    if form.is_valid():
        return fill_bundle(model_admin, request, queryset, form.cleaned_data)
    return type_page(
        request,
        model_admin,
        "admin/bundle_choice.html",
        _("Add to a bundle"),
        form=form,
        items=queryset,
        checkbox_name=ACTION_CHECKBOX_NAME,
    )


def fill_bundle(model_admin, request, queryset, chosen):
    bundle = chosen["bundle"] or new_bundle(request, chosen["title"])
    kind = ContentType.objects.get_for_model(model_admin.model)
    added = [
        bundle.items.get_or_create(content_type=kind, object_id=key)[1]
        for key in queryset.values_list("pk", flat=True)
    ]
    text = ngettext("%(n)s item added.", "%(n)s items added.", sum(added))
    model_admin.message_user(request, text % {"n": sum(added)}, messages.SUCCESS)
    if any(added) and bundle.schedules.waiting().exists():
        text = _(
            "This bundle is scheduled. Schedule it again: otherwise the added items will "
            "prevent its publication."
        )
        model_admin.message_user(request, text, messages.WARNING)
    return HttpResponseRedirect(change_url(bundle))


def new_bundle(request, title):
    if not request.user.has_perm("publishing.add_bundle"):
        raise PermissionDenied
    return Bundle.objects.create(title=title, author=request.user)
