"""Previews in the admin: what is typed, beside the form, and what is saved, on its own page."""

from django.conf import settings
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.as_on import as_on_address, choose_address, instant_of, wall_clock
from backoffice.item_pages import ItemPages
from backoffice.typed import lacking, typed_snapshot
from localisation import formats
from localisation.languages import portal_languages
from website.preview import Preview, addresses, held, page_of, saved


class Previews(ItemPages):
    """Mixin for the admin of a Publishable."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_preview_new"
        new = self.admin_site.admin_view(self.typed_preview_view)
        return [
            path("add/preview_typed/", new, name=name),
            self.item_url("preview_typed", self.typed_preview_view),
            self.item_url("preview", self.preview_view, "<slug:language>/"),
            *super().get_urls(),
        ]

    def preview_view(self, request, object_id, language):
        """The newest version, draft or not, as its public page shows it, `?on` an instant."""
        item = self.live_item(request, object_id)
        if language not in portal_languages():
            raise Http404
        try:
            as_on = instant_of(request.GET.get("on", ""))
        except ValidationError as error:
            raise Http404 from error
        shown = saved(item)
        preview = Preview(as_on=as_on, is_draft=shown is not item or not item.is_published)
        readdress = self.readdressing(item, shown, as_on)
        return page_of(request, shown, language, preview=preview, readdress=readdress)

    def readdressing(self, item, shown, as_on):
        """The page's own links lead to its previews, those to others to the same day."""
        query = f"?on={wall_clock(as_on)}" if as_on else ""
        own = {
            address: self.preview_address(item, code) + query
            for code, address in addresses(shown).items()
        }
        return lambda address: own.get(address) or as_on_address(as_on, address)

    def preview_address(self, item, language):
        name = admin_urlname(self.opts, "preview")
        return reverse(name, args=[item.pk, language])

    # What is typed -----------------------------------------------------------------------

    @method_decorator(require_POST)
    def typed_preview_view(self, request, object_id=None):
        """JSON for the pane beside the form, which sends all of itself. Writes nothing.

        `page` is the public page of what is typed, or null while something is missing that
        it can't do without; `left_out` says what wasn't taken and why.
        """
        item = self.item_being_typed(request, object_id)
        form, formsets = self.typed_forms(request, item, is_new=object_id is None)
        snapshot, left_out = typed_snapshot(form, formsets)
        as_on, problems = instant_asked_for(request)
        missing = lacking(self.model, snapshot)
        page = None if missing else self.typed_page(request, item, snapshot, as_on)
        names = [capfirst(name) for name in missing]
        return JsonResponse({"page": page, "missing": names, "left_out": left_out + problems})

    def item_being_typed(self, request, object_id):
        """The version that the form was opened on, in memory. Raises PermissionDenied."""
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return self.model(pk=0)  # a key that no row has, so that it has no relations yet
        item = self.get_object(request, unquote(object_id))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item

    def typed_forms(self, request, item, is_new):
        fields = flatten_fieldsets(self.get_fieldsets(request, None if is_new else item))
        form_class = self.get_form(
            request, None if is_new else item, change=not is_new, fields=fields
        )
        form = form_class(request.POST, request.FILES, instance=item)
        formsets, _inlines = self._create_formsets(request, item, change=not is_new)
        return form, formsets

    def typed_page(self, request, item, snapshot, as_on):
        shown = held(item, snapshot)
        shown.slug = shown.slug or "preview"
        language = request.POST.get("_preview_language", "")
        if language not in portal_languages():
            language = portal_languages()[0]
        response = page_of(
            request,
            shown,
            language,
            preview=Preview(as_on=as_on),
            readdress=lambda address: as_on_address(as_on, address),
        )
        return response.content.decode()

    def render_change_form(self, request, context, *args, add=False, obj=None, **kwargs):
        may = (
            self.has_add_permission(request)
            if add
            else self.has_change_permission(request, obj)
        )
        if may:
            context["preview"] = self.pane(obj if obj and obj.pk else None)
        return super().render_change_form(request, context, *args, add=add, obj=obj, **kwargs)

    def pane(self, item):
        """What the pane beside the form needs; of a new item, None is passed."""
        name = admin_urlname(self.opts, "preview")
        return {
            "url": reverse(f"{name}_typed", args=[item.pk]) if item else reverse(f"{name}_new"),
            "links_url": reverse(f"{name}_links", args=[item.pk]) if item else "",
            "choose_url": choose_address(),
            "language": get_language(),
            "zone": settings.TIME_ZONE,
        }


def instant_asked_for(request):
    """(instant or None, what is wrong with what was asked for) of the pane's "As on"."""
    try:
        return instant_of(request.POST.get("_preview_on", "")), []
    except ValidationError as error:
        label = _("Preview date")
        return None, [formats.named(label, " ".join(error.messages))]
