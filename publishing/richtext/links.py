"""Links to portal items in rich text: stored by identity, rendered as URLs.

    item:calls.call/12                       the page of the call with primary key 12
    item:calls.call/12/versions/3/#dates     with the rest of the URL

A link thus survives changes of the item's URL and adapts to the reader's language. All HTML
here is as normalised by the sanitiser.
"""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

#: Rest of the URL after the item's own: a version, a query, a fragment.
TAIL = r"(?:versions/(?:\d{1,9}/)?)?(?:\?[^#]*)?(?:#.*)?"
IDENTITY = re.compile(rf"item:([a-z_]+)\.([a-z_]+)/([1-9]\d{{0,17}})(?:/({TAIL}))?", re.DOTALL)
VERSIONS = re.compile(r"(.*/)(versions/(?:\d{1,9}/)?)")

_ATTRIBUTES = r'(?:\s[\w-]+="[^"]*")*'
_HREF = re.compile(rf'(<a{_ATTRIBUTES}?)\shref="([^"]*)"')
_ANCHOR = re.compile(rf'<a{_ATTRIBUTES}?\shref="([^"]*)"{_ATTRIBUTES}>(.*?)</a>', re.DOTALL)
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0]")


class Identity(NamedTuple):
    """Target of an identity link."""

    model: type
    key: int
    tail: str

    @property
    def target(self):
        return self.model, self.key

    def __str__(self):
        ending = f"/{self.tail}" if self.tail else ""
        return f"item:{self.model._meta.label_lower}/{self.key}{ending}"


def identity(href):
    """Parse an identity link; None for an ordinary URL."""
    match = IDENTITY.fullmatch(href)
    model = match and linkable_model(match[1], match[2])
    return Identity(model, int(match[3]), match[4] or "") if model else None


def linkable_model(app_label, name):
    """Return the model of that name, or None if its items have no pages."""
    try:
        model = apps.get_model(app_label, name)
        model._meta.get_field("slug")
    except (LookupError, FieldDoesNotExist):
        return None
    return model if hasattr(model, "get_absolute_url") else None


def hrefs(html):
    """Return all URLs that a text links to, unescaped."""
    return [unescape(match[2]) for match in _HREF.finditer(html or "")]


def identities(html):
    return list(filter(None, map(identity, hrefs(html))))


def visible(model):
    """Return the publicly visible items of a model."""
    items = model._default_manager.all()
    return items.published() if hasattr(items, "published") else items


def everything(model):
    return model._base_manager.all()


def find(texts, among=visible):
    """Return {(model, pk): item} for the identity links in these texts. One query per model.

    `among(model)` returns the queryset to search.
    """
    return look_up({link.target for text in texts for link in identities(text)}, among)


def look_up(targets, among=visible):
    """Return {(model, pk): item} for the pairs that exist. One query per model."""
    wanted = {}
    for model, key in targets:
        wanted.setdefault(model, []).append(key)
    return {
        (model, item.pk): item
        for model, keys in wanted.items()
        for item in among(model).filter(pk__in=keys).only("pk", "slug")
    }


# --- URL to identity ------------------------------------------------------------------


def identified(html):
    """Replace URLs of portal items in a text by identity links."""
    pages = {href: page for href in hrefs(html) if (page := page_at(href))}
    if not pages:
        return html
    keys = _keys(pages.values())

    def replacement(href):
        model, slug, tail = pages.get(href, (None, None, None))
        key = keys.get((model, slug))
        return str(Identity(model, key, tail)) if key else href

    return _with_hrefs(html, replacement)


def without_misuse(html):
    """Remove the href of malformed identity links from a text."""
    return _with_hrefs(html, lambda href: None if _is_misuse(href) else href)


def _is_misuse(href):
    plain = _IGNORED.sub("", href).lower()
    return plain.startswith("item:") and not IDENTITY.fullmatch(href)


def internal_parts(href):
    """Return the `urlsplit` parts of a URL within this portal, or None for any other."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return None
    if not parts.netloc:
        return parts if not parts.scheme and parts.path.startswith("/") else None
    is_ours = parts.netloc.lower() == urlsplit(settings.PORTAL_URL).netloc.lower()
    return parts if is_ours and parts.scheme in ("", "http", "https") else None


def page_at(href):
    """Return (model, slug, tail) of the item page that a URL leads to, or None."""
    parts = internal_parts(href)
    if parts is None:
        return None
    path = f"{unquote(parts.path).rstrip('/')}/"
    ending = urlunsplit(("", "", "", parts.query, parts.fragment))
    split = VERSIONS.fullmatch(path)
    for start, versions in [(path, ""), *([split.groups()] if split else [])]:
        if page := _page(start):
            return *page, versions + ending
    return None


def _page(path):
    match = resolved(path)
    model = getattr(getattr(match and match.func, "view_class", None), "model", None)
    if model is None or match.kwargs.keys() != {"slug"}:
        return None
    options = model._meta
    if not linkable_model(options.app_label, options.model_name):
        return None
    return model, match.kwargs["slug"]


def resolved(path):
    """Return the ResolverMatch of a path of this portal, or None.

    A path without language prefix uses the default language, as it does for readers.
    """
    language = get_language_from_path(path)
    with override(language or settings.LANGUAGE_CODE):
        for candidate in (path, f"/{settings.LANGUAGE_CODE}{path}"):
            try:
                return resolve(candidate)
            except Resolver404:
                if language:
                    return None
    return None


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
    found = dict(everything(model).filter(slug__in=slugs).values_list("slug", "pk"))
    if missing := slugs - found.keys():
        former = apps.get_model("publishing", "FormerAddress").objects
        found |= former.keys_by_slug(model, missing)
    return found


# --- Identity to URL ------------------------------------------------------------------


def addressed(html, found, base=""):
    """Replace identity links by URLs in the active language, prefixed with `base`.

    Links to items not in `found` (see `find`) are reduced to their text.
    """

    def replacement(match):
        href = unescape(match[1])
        link = identity(href)
        if href.startswith("item:") and not (link and link.target in found):
            return match[2]
        return _with_hrefs(match[0], lambda href: _address(href, found, base))

    return _ANCHOR.sub(replacement, html)


def as_edited(html, found=None):
    """Replace identity links by URLs for editing, including those of unpublished items.

    `found` (see `find`) avoids the lookup. Links to deleted items stay as they are.
    """
    if found is None:
        found = find([html], among=everything)
    return _with_hrefs(html, lambda href: _address(href, found))


def absolute(html, url):
    """Make all links absolute, relative to the page at `url`."""
    return _with_hrefs(html, lambda href: _joined(url, href))


def _joined(url, href):
    try:
        return urljoin(url, href)
    except ValueError:  # not a valid URL
        return href


def _address(href, found, base=""):
    link = identity(href)
    item = link and found.get(link.target)
    return f"{base}{item.get_absolute_url()}{link.tail}" if item else href


def _with_hrefs(html, replacement):
    """Replace each URL by `replacement(url)`; None removes the href attribute."""

    def replaced(match):
        old = unescape(match[2])
        new = replacement(old)
        if new is None:
            return match[1]
        escaped = new.replace("&", "&amp;").replace('"', "&quot;")
        return match[0] if new == old else f'{match[1]} href="{escaped}"'

    return _HREF.sub(replaced, html)
