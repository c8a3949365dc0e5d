"""URLs replaced by identity links."""

import re

from django.apps import apps

from publishing.richtext.links.anchors import hrefs, with_hrefs
from publishing.richtext.links.pages import find_page
from publishing.richtext.links.targets import IDENTITY, Identity, all_items

_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0]")


def identify_links(html):
    """Replace URLs of portal items in a text by identity links."""
    pages = {href: page for href in hrefs(html) if (page := find_page(href))}
    if not pages:
        return html
    keys = _keys(pages.values())

    def replacement(href):
        model, slug, tail = pages.get(href, (None, None, None))
        key = keys.get((model, slug))
        return str(Identity(model, key, tail)) if key else href

    return with_hrefs(html, replacement)


def without_malformed_identities(html):
    """Remove the href of malformed identity links from a text."""
    return with_hrefs(html, lambda href: None if _is_malformed_identity(href) else href)


def _is_malformed_identity(href):
    plain = _IGNORED.sub("", href).lower()
    return plain.startswith("item:") and not IDENTITY.fullmatch(href)


def _keys(pages):
    """Return {(model, slug): pk} of these pages. One or two queries per model."""
    slugs = {}
    for model, slug, _tail in pages:
        slugs.setdefault(model, set()).add(slug)
    return {
        (model, slug): key
        for model, wanted in slugs.items()
        for slug, key in _keys_of(model, wanted).items()
    }


def _keys_of(model, slugs):
    """Return {slug: pk} by current slug, published or not, or else by former slug."""
    found = dict(all_items(model).filter(slug__in=slugs).values_list("slug", "pk"))
    if missing := slugs - found.keys():
        former = apps.get_model("publishing", "FormerAddress").objects
        found |= former.keys_by_slug(model, missing)
    return found
