"""Item pages that URLs lead to."""

import re
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from publishing.richtext.links.targets import linkable_model

VERSIONS = re.compile(r"(.*/)(versions/(?:\d{1,9}/)?)")


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


def find_page(href):
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
    match = resolve_path(path)
    model = getattr(getattr(match and match.func, "view_class", None), "model", None)
    if model is None or match.kwargs.keys() != {"slug"}:
        return None
    options = model._meta
    if not linkable_model(options.app_label, options.model_name):
        return None
    return model, match.kwargs["slug"]


def resolve_path(path):
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
