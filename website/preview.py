"""Previews: public pages of an unsaved item, or of the portal at another time.

Responses are not cached or indexed. `request.preview` is available to templates.
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

#: Links and form actions to this host, up to their query.
ADDRESS = re.compile(r'(?<=\s)(href|action)="(/[^"?#]*)')


@dataclass(frozen=True)
class Preview:
    """Description of a preview for its page."""

    #: Simulated "now"; None for the present.
    as_on: datetime | None = None
    #: Whether it shows unpublished content.
    is_draft: bool = True
    #: URL for choosing another time.
    choose_url: str = ""

    @property
    def zone(self):
        return settings.TIME_ZONE


def load_draft(item, revision=None):
    """Return the item in memory as in `revision`, by default its open draft."""
    if revision is None:
        draft = Revision.objects.open_draft(item)
        revision = draft if workflow.differs_from_live(item, draft) else None
    return load_snapshot(item, workflow.renumbered_snapshot(revision)) if revision else item


def load_snapshot(item, snapshot):
    """Return the item as in a snapshot, without references to deleted objects."""
    return snapshots.load(item, without_missing(type(item), snapshot))


def addresses(item):
    """Return {language code: path} of an item's public page."""
    found = {}
    for code in portal_languages():
        with translation.override(code):
            found[code] = item.get_absolute_url()
    return found


def render_item(request, item, language, *, preview, rewrite_url):
    """Return the public page of an in-memory item. The caller must check permissions.

    `rewrite_url(path)` is called for each link to this host and returns the path to link to
    instead.
    """
    with translation.override(language):
        address = item.get_absolute_url()
        if not _is_page_of(type(item), address):
            # Another page, such as a list, has this URL: show the item at a placeholder slug.
            item = copy.copy(item)
            item.slug = "preview"
            address = item.get_absolute_url()
    return render_page(request, address, language, preview, rewrite_url, shown=item)


def _is_page_of(model, address):
    view = getattr(resolve(address).func, "view_class", None)
    return bool(view) and issubclass(view, PublishedDetailView) and view.model is model


def render_page(request, address, language, preview, rewrite_url, shown=None):
    """Return the public page at a path in a preview. Raises Http404."""
    with translation.override(language), clock.set_to(preview.as_on):
        match = resolve(address)
        view = match.func.view_class.as_view(preview=shown) if shown else match.func
        response = view(
            _preview_request(address, request, preview), *match.args, **match.kwargs
        )
        if hasattr(response, "render"):
            response.render()
    _rewrite_urls(response, rewrite_url)
    response.headers["Content-Language"] = language
    return forbid_caching(response)


def _preview_request(address, request, preview):
    asked = copy.copy(request)
    asked.method = "GET"
    asked.path = asked.path_info = address
    asked.preview = preview
    # Keep the admin's messages for the admin.
    asked.__dict__.pop("_messages", None)
    return asked


def _rewrite_urls(response, rewrite_url):
    def replaced(text):
        return ADDRESS.sub(lambda link: f'{link[1]}="{rewrite_url(link[2])}', text)

    if response.headers.get("Content-Type", "").startswith("text/html"):
        response.content = replaced(response.content.decode())
    if location := response.headers.get("Location"):
        path, mark, query = location.partition("?")
        response.headers["Location"] = f"{rewrite_url(path)}{mark}{query}"


def forbid_caching(response):
    """Forbid caching and indexing of a response."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# --- Shared links -----------------------------------------------------------------------


@require_safe
def shared(request, token, language=None):
    """Show the item of a PreviewLink to anyone with its URL."""
    link = PreviewLink.objects.with_token(token)
    item = link and link.is_active and link.item()
    if not item:
        return _no_link(request, status=410 if link else 404)
    page = _shared_page(request, link, item, token, language or _language_of(link))
    if request.method == "GET":
        link.record_use()
    return page


@require_safe
def shared_document(request, token, language, slug):
    """Serve a document linked from a PreviewLink's page, as of its simulated time."""
    link = PreviewLink.objects.with_token(token)
    item = link and link.is_active and link.item()
    if not item:
        return _no_link(request, status=410 if link else 404)
    page = _shared_page(request, link, item, token, language)
    if f'href="{request.path}"' not in page.content.decode():
        raise Http404
    with clock.set_to(link.as_on):
        return _without_referrer(document(request, slug))


def _language_of(link):
    codes = portal_languages()
    return link.language if link.language in codes else codes[0]


def _shared_page(request, link, item, token, language):
    if language not in portal_languages():
        raise Http404
    shown = load_draft(item, link.revision)
    own = {
        path: reverse("shared-preview", args=[token, code])
        for code, path in addresses(shown).items()
    }

    def rewrite_url(path):
        if path.startswith("/documents/"):
            return f"{reverse('shared-preview', args=[token, language])}{path[1:]}"
        return own.get(path, path)

    preview = Preview(as_on=link.as_on, is_draft=not item.is_published or shown is not item)
    page = render_item(request, shown, language, preview=preview, rewrite_url=rewrite_url)
    return _without_referrer(page)


def _no_link(request, status):
    """Return an error page that reveals nothing about the item."""
    context = {"languages": language_links(reverse("home"))}
    page = render(request, "publishing/preview_gone.html", context, status=status)
    return _without_referrer(page)


def _without_referrer(response):
    response.headers["Referrer-Policy"] = "no-referrer"
    return forbid_caching(response)
