"""Links to portal items in rich text: stored by identity, rendered as URLs.

    item:calls.call/12                       the page of the call with primary key 12
    item:calls.call/12/versions/3/#dates     with the rest of the URL

A link thus survives changes of the item's URL and adapts to the reader's language. All HTML
here is as normalised by the sanitiser.
"""

from publishing.richtext.links.anchors import hrefs
from publishing.richtext.links.pages import internal_parts, page_at, resolved
from publishing.richtext.links.showing import absolute, addressed, as_edited
from publishing.richtext.links.storing import identified, without_misuse
from publishing.richtext.links.targets import (
    Identity,
    everything,
    find,
    identities,
    identity,
    linkable_model,
    look_up,
    visible,
)

__all__ = [
    "absolute",
    "addressed",
    "as_edited",
    "everything",
    "find",
    "hrefs",
    "identified",
    "identities",
    "Identity",
    "identity",
    "internal_parts",
    "linkable_model",
    "look_up",
    "page_at",
    "resolved",
    "visible",
    "without_misuse",
]
