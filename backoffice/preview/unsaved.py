"""Preview of an unsaved form, for the pane beside it."""

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.editing import missing_required_fields, partial_snapshot
from backoffice.preview.as_on import as_on_address, parse_instant
from localisation import formats
from localisation.languages import portal_languages
from website.preview import Preview, load_snapshot, render_item


@require_POST
def preview_unsaved(request, admin, item=None):
    """Return JSON for the pane beside the form, which sends all of itself. Write nothing.

    `page` is the public page of the form, or null while something is missing that it needs;
    `left_out` names what was left out, with the reason.
    """
    is_new = item is None
    if is_new:
        item = admin.model(pk=0)  # a key that no row has, so that it has no relations yet
    snapshot, problems = partial_snapshot(*submitted_forms(request, admin, item, is_new))
    as_on, more_problems = requested_instant(request)
    missing = missing_required_fields(admin.model, snapshot)
    return JsonResponse(
        {
            "page": None if missing else page_html(request, item, snapshot, as_on),
            "missing": [capfirst(name) for name in missing],
            "left_out": problems + more_problems,
        }
    )


def submitted_forms(request, admin, item, is_new):
    """Return the form and the formsets as they were sent."""
    known = None if is_new else item
    fields = flatten_fieldsets(admin.get_fieldsets(request, known))
    form_class = admin.get_form(request, known, change=not is_new, fields=fields)
    form = form_class(request.POST, request.FILES, instance=item)
    formsets, _inlines = admin._create_formsets(request, item, change=not is_new)
    return form, formsets


def page_html(request, item, snapshot, as_on):
    """Return the HTML of the public page of a snapshot."""
    shown = load_snapshot(item, snapshot)
    shown.slug = shown.slug or "preview"
    language = request.POST.get("_preview_language", "")
    if language not in portal_languages():
        language = portal_languages()[0]
    response = render_item(
        request,
        shown,
        language,
        preview=Preview(as_on=as_on),
        rewrite_url=lambda address: as_on_address(as_on, address),
    )
    return response.content.decode()


def requested_instant(request):
    """Return (instant or None, problems) of the pane's "As on"."""
    try:
        return parse_instant(request.POST.get("_preview_on", "")), []
    except ValidationError as error:
        label = _("Preview date")
        return None, [formats.named(label, " ".join(error.messages))]
