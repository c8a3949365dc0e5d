"""Links to a draft for people without an account: made, listed and revoked by staff."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.instants import DateTimeField
from backoffice.item_pages import ItemPages
from backoffice.widgets import DateTimeInput
from publishing import workflow
from publishing.models import PreviewLink

#: Days that a link may work, the first being proposed.
LIFETIMES = (7, 1, 30)
#: The form's lines.
FIELDS = ["note", ("language", "days"), "version", "as_on"]
#: Links that are shown of one item: the latest ones.
MAX_LINKS = 50


class PreviewLinkForm(forms.ModelForm):
    """What a new link shows, and for how long."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"),
        coerce=int,
    )
    version = forms.ChoiceField(
        label=gettext_lazy("Shows"),
        choices=[
            ("newest", gettext_lazy("always the last saved version")),
            ("this", gettext_lazy("the version saved now, even if it is changed later")),
        ],
    )
    as_on = DateTimeField(
        label=gettext_lazy("Preview date"),
        required=False,
        widget=DateTimeInput,
    )

    class Meta:
        model = PreviewLink
        fields = ["note"]
        help_texts = {"note": gettext_lazy("Only staff see this.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="id_preview_%s", **kwargs)
        self.fields["language"].choices = settings.LANGUAGES
        text = _("Time zone: %(zone)s. Leave empty to show today.")
        self.fields["as_on"].help_text = text % {"zone": settings.TIME_ZONE}
        self.fields["days"].choices = [
            (n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in LIFETIMES
        ]

    def fields_of_link(self, item):
        """What PreviewLink holds of the form."""
        data = self.cleaned_data
        return {
            "note": data["note"],
            "language": data["language"],
            "as_on": data["as_on"],
            "expires_at": timezone.now() + timedelta(days=data["days"]),
            "revision": workflow.head(item) if data["version"] == "this" else None,
        }


class PreviewLinks(ItemPages):
    """Mixin for the admin of a Publishable: who may change an item may show it to others."""

    def get_urls(self):
        return [
            self.item_url("preview_links", self.preview_links_view),
            self.item_url("preview_revoke", self.preview_revoke_view, "<int:link_id>/"),
            *super().get_urls(),
        ]

    def preview_links_view(self, request, object_id):
        """The links that work, and a form for a new one, whose address is shown only once."""
        item = self.item_to_share(request, object_id)
        form = PreviewLinkForm(request.POST if request.method == "POST" else None)
        form.initial["language"] = get_language()
        made = ""
        if form.is_valid():
            made = self.make_link(request, item, form)
            form = PreviewLinkForm(initial={"language": get_language()})
        links = PreviewLink.objects.of(item).active().select_related("created_by", "revision")
        return self.item_page(
            request,
            item,
            "admin/preview_links.html",
            _("Preview links"),
            adminform=AdminForm(form, [(None, {"fields": FIELDS})], {}),
            made=made,
            links=links.defer("revision__data")[:MAX_LINKS],
        )

    def make_link(self, request, item, form):
        """Address of a new link."""
        _link, token = PreviewLink.objects.make(
            item=item, created_by=request.user, **form.fields_of_link(item)
        )
        self.log_change(request, item, _("Preview link created."))
        return f"{settings.PORTAL_URL}{reverse('shared-preview', args=[token])}"

    @method_decorator(require_POST)
    def preview_revoke_view(self, request, object_id, link_id):
        item = self.item_to_share(request, object_id)
        link = get_object_or_404(PreviewLink.objects.of(item).active(), pk=link_id)
        link.revoke()
        self.log_change(request, item, _("Preview link revoked."))
        return HttpResponseRedirect(self.links_url(item))

    def item_to_share(self, request, object_id):
        item = self.live_item(request, object_id)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item

    def links_url(self, item):
        name = admin_urlname(self.opts, "preview_links")
        return reverse(name, args=[item.pk])
