"""Links to portal items in rich text: stored by identity, rendered as URLs.

    item:calls.call/12                       the page of the call with primary key 12
    item:calls.call/12/versions/3/#dates     with the rest of the URL

A link thus survives changes of the item's URL and adapts to the reader's language. All HTML
here is as normalised by the sanitiser.
"""

from publishing.richtext.links.anchors import hrefs
from publishing.richtext.links.pages import find_page, internal_parts, resolve_path
from publishing.richtext.links.rendering import absolute, render_links, render_links_for_editing
from publishing.richtext.links.storing import identify_links, without_malformed_identities
from publishing.richtext.links.targets import (
    Identity,
    all_items,
    find_items,
    linkable_model,
    look_up,
    parse_identities,
    parse_identity,
    visible_items,
)

__all__ = [
    "absolute",
    "render_links",
    "render_links_for_editing",
    "all_items",
    "find_items",
    "hrefs",
    "identify_links",
    "parse_identities",
    "Identity",
    "parse_identity",
    "internal_parts",
    "linkable_model",
    "look_up",
    "find_page",
    "resolve_path",
    "visible_items",
    "without_malformed_identities",
]
