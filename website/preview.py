"""Previews: public pages of an item in memory, or of the portal as on another day.

They are never stored, and search engines are asked not to list them. `request.preview` tells
templates of them.
"""

import copy
import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from localisation import clock
from localisation.languages import portal_languages
from media.views import document
from publishing import workflow
from publishing.models import PreviewLink, Revision
from publishing.revisions import snapshots
from publishing.workflow import without_missing
from website.views import PublishedDetailView, language_links

#: Links and forms of a page that stay on this host, up to their query.
ADDRESS = re.compile(r'(?<=\s)(href|action)="(/[^"?#]*)')


@dataclass(frozen=True)
class Preview:
    """What a previewed page says of itself."""

    #: The instant whose state is shown; None for the present.
    as_on: datetime | None = None
    #: Whether it shows what readers don't see.
    is_draft: bool = True
    #: Where staff choose another instant.
    choose_url: str = ""

    @property
    def zone(self):
        return settings.TIME_ZONE


def saved(item, revision=None):
    """The live item as its open draft has it, in memory, or as this revision does."""
    if revision is None:
        draft = Revision.objects.open_draft(item)
        revision = draft if workflow.is_apart(item, draft) else None
    return held(item, workflow.up_to_date(revision)) if revision else item


def held(item, snapshot):
    """The item as a snapshot has it, without what this refers to and is gone."""
    return snapshots.load(item, without_missing(type(item), snapshot))


def addresses(item):
    """{code: path} of an item's public page in each language."""
    found = {}
    for code in portal_languages():
        with translation.override(code):
            found[code] = item.get_absolute_url()
    return found


def page_of(request, item, language, *, preview, readdress):
    """The public page of an item in memory, in one language. Check who asks first.

    `readdress` takes each address on this host that the page links to, and returns where the
    link leads instead.
    """
    with translation.override(language):
        address = item.get_absolute_url()
        if not _is_page_of(type(item), address):
            # Another page has this address, such as a list: the item can't be seen there.
            item = copy.copy(item)
            item.slug = "preview"
            address = item.get_absolute_url()
    return page_at(request, address, language, preview, readdress, shown=item)


def _is_page_of(model, address):
    view = getattr(resolve(address).func, "view_class", None)
    return bool(view) and issubclass(view, PublishedDetailView) and view.model is model


def page_at(request, address, language, preview, readdress, shown=None):
    """The public page at an address, as `preview` says. Raises Http404."""
    with translation.override(language), clock.set_to(preview.as_on):
        match = resolve(address)
        view = match.func.view_class.as_view(preview=shown) if shown else match.func
        response = view(_asked_at(address, request, preview), *match.args, **match.kwargs)
        if hasattr(response, "render"):
            response.render()
    _readdress(response, readdress)
    response.headers["Content-Language"] = language
    return unlisted(response)


def _asked_at(address, request, preview):
    asked = copy.copy(request)
    asked.method = "GET"
    asked.path = asked.path_info = address
    asked.preview = preview
    # What staff are told stays in the admin.
    asked.__dict__.pop("_messages", None)
    return asked


def _readdress(response, readdress):
    def replaced(text):
        return ADDRESS.sub(lambda link: f'{link[1]}="{readdress(link[2])}', text)

    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = replaced(response.content.decode())
    if location := response.headers.get("Location"):
        path, mark, query = location.partition("?")
        response.headers["Location"] = f"{readdress(path)}{mark}{query}"


def unlisted(response):
    """A response that is kept and listed nowhere."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# --- Shared links -----------------------------------------------------------------------


@require_safe
def shared(request, token, language=None):
    """The item of a PreviewLink, for whoever has the address."""
    link = PreviewLink.objects.with_token(token)
    item = link and link.is_active and link.item()
    if not item:
        return _no_link(request, status=410 if link else 404)
    page = _shared_page(request, link, item, token, language or _language_of(link))
    if request.method == "GET":
        link.note_use()
    return page


@require_safe
def shared_document(request, token, language, slug):
    """A document that the page of a PreviewLink leads to, as available as it says there."""
    link = PreviewLink.objects.with_token(token)
    item = link and link.is_active and link.item()
    if not item:
        return _no_link(request, status=410 if link else 404)
    page = _shared_page(request, link, item, token, language)
    if f'href="{request.path}"' not in page.content.decode():
        raise Http404
    with clock.set_to(link.as_on):
        return _discreet(document(request, slug))


def _language_of(link):
    codes = portal_languages()
    return link.language if link.language in codes else codes[0]


def _shared_page(request, link, item, token, language):
    if language not in portal_languages():
        raise Http404
    shown = saved(item, link.revision)
    own = {
        path: reverse("shared-preview", args=[token, code])
        for code, path in addresses(shown).items()
    }

    def readdress(path):
        if path.startswith("/documents/"):
            return f"{reverse('shared-preview', args=[token, language])}{path[1:]}"
        return own.get(path, path)

    preview = Preview(as_on=link.as_on, is_draft=not item.is_published or shown is not item)
    page = page_of(request, shown, language, preview=preview, readdress=readdress)
    return _discreet(page)


def _no_link(request, status):
    """Says that the link doesn't work, and nothing of what it showed."""
    context = {"languages": language_links(reverse("home"))}
    page = render(request, "publishing/preview_gone.html", context, status=status)
    return _discreet(page)


def _discreet(response):
    response.headers["Referrer-Policy"] = "no-referrer"
    return unlisted(response)
