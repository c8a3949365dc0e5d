"""Anchors and their URLs in HTML."""

import re
from html import unescape

_ATTRIBUTES = r'(?:\s[\w-]+="[^"]*")*'
_HREF = re.compile(rf'(<a{_ATTRIBUTES}?)\shref="([^"]*)"')
ANCHOR = re.compile(rf'<a{_ATTRIBUTES}?\shref="([^"]*)"{_ATTRIBUTES}>(.*?)</a>', re.DOTALL)


def hrefs(html):
    """Return all URLs that a text links to, unescaped."""
    return [unescape(match[2]) for match in _HREF.finditer(html or "")]


def with_hrefs(html, replacement):
    """Replace each URL by `replacement(url)`; None removes the href attribute."""

    def replaced(match):
        old = unescape(match[2])
        new = replacement(old)
        if new is None:
            return match[1]
        escaped = new.replace("&", "&amp;").replace('"', "&quot;")
        return match[0] if new == old else f'{match[1]} href="{escaped}"'

    return _HREF.sub(replaced, html)
