"""Preview of the saved version, as a page of its own."""

from django.core.exceptions import ValidationError
from django.http import Http404

from backoffice.item_pages import page_url
from backoffice.preview.as_on import as_on_address, format_wall_clock, parse_instant
from localisation.languages import portal_languages
from website.preview import Preview, addresses, load_draft, render_item


def preview(request, admin, item, language):
    """Show the newest version, draft or not, as its public page; `?on` sets an instant."""
    if language not in portal_languages():
        raise Http404
    try:
        as_on = parse_instant(request.GET.get("on", ""))
    except ValidationError as error:
        raise Http404 from error
    shown = load_draft(item)
    context = Preview(as_on=as_on, is_draft=shown is not item or not item.is_published)
    rewrite_url = link_rewriter(item, shown, as_on)
    return render_item(request, shown, language, preview=context, rewrite_url=rewrite_url)


def link_rewriter(item, shown, as_on):
    """Return the function that keeps the page's links within previews.

    Its own lead to its previews, those to others to the same day.
    """
    query = f"?on={format_wall_clock(as_on)}" if as_on else ""
    own = {
        address: page_url(item, "preview", code) + query
        for code, address in addresses(shown).items()
    }
    return lambda address: own.get(address) or as_on_address(as_on, address)
