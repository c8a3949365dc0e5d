"""Identity links replaced by URLs."""

from html import unescape
from urllib.parse import urljoin

from publishing.richtext.links.anchors import ANCHOR, with_hrefs
from publishing.richtext.links.targets import everything, find, identity


def addressed(html, found, base=""):
    """Replace identity links by URLs in the active language, prefixed with `base`.

    Links to items not in `found` (see `find`) are reduced to their text.
    """

    def replacement(match):
        href = unescape(match[1])
        link = identity(href)
        if href.startswith("item:") and not (link and link.target in found):
            return match[2]
        return with_hrefs(match[0], lambda href: _address(href, found, base))

    return ANCHOR.sub(replacement, html)


def as_edited(html, found=None):
    """Replace identity links by URLs for editing, including those of unpublished items.

    `found` (see `find`) avoids the lookup. Links to deleted items stay as they are.
    """
    if found is None:
        found = find([html], among=everything)
    return with_hrefs(html, lambda href: _address(href, found))


def absolute(html, url):
    """Make all links absolute, relative to the page at `url`."""
    return with_hrefs(html, lambda href: _joined(url, href))


def _joined(url, href):
    try:
        return urljoin(url, href)
    except ValueError:  # not a valid URL
        return href


def _address(href, found, base=""):
    link = identity(href)
    item = link and found.get(link.target)
    return f"{base}{item.get_absolute_url()}{link.tail}" if item else href
