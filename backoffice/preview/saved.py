"""Preview of the saved version, as a page of its own."""

from django.core.exceptions import ValidationError
from django.http import Http404

from backoffice.item_pages import page_url
from backoffice.preview.as_on import as_on_address, instant_of, wall_clock
from localisation.languages import portal_languages
from website.preview import Preview, addresses, page_of, saved


def preview(request, admin, item, language):
    """Show the newest version, draft or not, as its public page; `?on` sets an instant."""
    if language not in portal_languages():
        raise Http404
    try:
        as_on = instant_of(request.GET.get("on", ""))
    except ValidationError as error:
        raise Http404 from error
    shown = saved(item)
    context = Preview(as_on=as_on, is_draft=shown is not item or not item.is_published)
    readdress = readdressing(item, shown, as_on)
    return page_of(request, shown, language, preview=context, readdress=readdress)


def readdressing(item, shown, as_on):
    """Return the function that keeps the page's links within previews.

    Its own lead to its previews, those to others to the same day.
    """
    query = f"?on={wall_clock(as_on)}" if as_on else ""
    own = {
        address: page_url(item, "preview", code) + query
        for code, address in addresses(shown).items()
    }
    return lambda address: own.get(address) or as_on_address(as_on, address)
