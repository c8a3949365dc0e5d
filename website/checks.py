"""Check for dead links to the portal's own pages."""

from urllib.parse import unquote, urlsplit

from django.db import models
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from media.models import Document
from publishing.checks import (
    Outline,
    check,
    error,
    rich_texts,
    shown_fields,
    warning,
    with_rows,
)
from publishing.models import Publishable
from publishing.richtext import links

#: URL names of the document views.
DOCUMENTS = ("document", "document-version")


@check(Publishable)
def dead_links(item):
    """Report links to missing pages as errors and links to unpublished items as warnings."""
    found = list(links_of(item))
    hrefs = identify_links([href for href, _place in found])
    known, shown = targets(hrefs, links.all_items), targets(hrefs, links.visible_items)
    documents = existing_documents(hrefs)
    for (original_href, location), href in zip(found, hrefs, strict=True):
        link = links.parse_identity(href)
        if link and link.target not in known:
            message = _(
                "A link leads to an item that has been deleted. Correct or remove the link."
            )
            yield error(message, **location)
        elif link and link.target not in {*shown, (type(item), item.pk)}:
            message = _("A link leads to %(address)s, which readers can't see yet.")
            values = {"address": known[link.target].get_absolute_url()}
            yield warning(message % values, **location)
        elif not link and (is_relative(href) or is_nowhere(href, documents)):
            message = _("%(href)s leads to no page of this portal. Correct or remove the link.")
            yield error(message % {"href": original_href[:120]}, **location)


def links_of(item):
    """Yield (href, location) for links in rich texts and in URL fields."""
    for field, html in rich_texts(item):
        for href, _text in Outline(html).links:
            if href and not href.startswith("#"):
                yield href, {"field": field.name}
    for owner, location in with_rows(item):
        for field in shown_fields(type(owner)):
            if isinstance(field, models.URLField) and (href := getattr(owner, field.name)):
                yield href, {"field": field.name, **location}


def identify_links(hrefs):
    """Replace URLs of items by identity links; few queries for all of them."""
    return links.hrefs(links.identify_links(as_html(hrefs)))


def targets(hrefs, among):
    """Return {(model, pk): item} for identity links. One query per model."""
    return links.find_items([as_html(hrefs)], among=among)


def as_html(hrefs):
    return format_html_join("", '<a href="{}"></a>', ((href,) for href in hrefs))


def is_relative(href):
    """Return whether a URL is page-relative, such as "www.example.org" without a scheme."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return True
    return not parts.scheme and not parts.netloc and not parts.path.startswith("/")


def is_nowhere(href, documents):
    """Return whether a URL is of this portal but matches no page, document or list."""
    if links.internal_parts(href) is None:
        return False
    match = match_of(href)
    if match is None or links.find_page(href):
        return True
    return match.url_name in DOCUMENTS and match.kwargs["slug"] not in documents


def match_of(href):
    """Return the ResolverMatch of a portal URL, or None."""
    path = unquote(links.internal_parts(href).path) or "/"
    return links.resolve_path(path) or links.resolve_path(f"{path}/")


def existing_documents(hrefs):
    """Return the slugs of linked documents that exist. At most one query."""
    matches = [match_of(href) for href in hrefs if links.internal_parts(href)]
    slugs = {m.kwargs["slug"] for m in matches if m and m.url_name in DOCUMENTS}
    return set(Document.objects.filter(slug__in=slugs).values_list("slug", flat=True))
