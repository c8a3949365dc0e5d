"""Identity links replaced by URLs."""

from html import unescape
from urllib.parse import urljoin

from publishing.richtext.links.anchors import ANCHOR, with_hrefs
from publishing.richtext.links.targets import all_items, find_items, parse_identity


def render_links(html, found, base=""):
    """Replace identity links by URLs in the active language, prefixed with `base`.

    Links to items not in `found` (see `find_items`) are reduced to their text.
    """

    def replacement(match):
        href = unescape(match[1])
        link = parse_identity(href)
        if href.startswith("item:") and not (link and link.target in found):
            return match[2]
        return with_hrefs(match[0], lambda href: _address(href, found, base))

    return ANCHOR.sub(replacement, html)


def render_links_for_editing(html, found=None):
    """Replace identity links by URLs for editing, including those of unpublished items.

    `found` (see `find_items`) avoids the lookup. Links to deleted items stay as they are.
    """
    if found is None:
        found = find_items([html], among=all_items)
    return with_hrefs(html, lambda href: _address(href, found))


def absolute(html, url):
    """Make all links absolute, relative to the page at `url`."""
    return with_hrefs(html, lambda href: _join(url, href))


def _join(url, href):
    try:
        return urljoin(url, href)
    except ValueError:  # not a valid URL
        return href


def _address(href, found, base=""):
    link = parse_identity(href)
    item = link and found.get(link.target)
    return f"{base}{item.get_absolute_url()}{link.tail}" if item else href
