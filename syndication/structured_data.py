"""Structured data for search engines: schema.org as JSON-LD 1.1.

A node is a dict. Each section describes its own types in its module `structured_data`.
"""

import json
from operator import methodcaller

from django.conf import settings
from django.utils.safestring import mark_safe

CONTEXT = "https://schema.org"
#: Characters escaped so that no text can end or start a script element.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def node(kind, **properties):
    """Return a node without empty properties; dates need no conversion."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind} | known


def absolute(path):
    return f"{settings.PORTAL_URL}{path}"


def publisher():
    """Return the node of the portal's organisation."""
    return node("Organization", name=settings.PORTAL_NAME, url=absolute("/"))


def item(kind, obj, **properties):
    """Return the node of a published item, with the common properties."""
    address = absolute(obj.get_absolute_url())
    return node(
        kind,
        **{"@id": address},
        url=address,
        name=obj.title,
        description=obj.summary,
        **properties,
    )


def creative_work(kind, obj, **properties):
    """Return the node of a text item, with its topics."""
    return item(
        kind,
        obj,
        inLanguage=obj.language,
        dateModified=obj.last_published_at,
        about=[node("Thing", name=str(topic)) for topic in obj.topics.all()],
        publisher=publisher(),
        **properties,
    )


def website(search_path):
    """Return the node of the portal, with its search at `search_path`."""
    target = f"{absolute(search_path)}?q={{search_term_string}}"
    return node(
        "WebSite",
        **{"@id": absolute("/")},
        url=absolute("/"),
        name=settings.PORTAL_NAME,
        potentialAction={
            **node("SearchAction", target=node("EntryPoint", urlTemplate=target)),
            "query-input": "required name=search_term_string",
        },
    )


def topic(topic):
    """Return the node of a topic page."""
    address = absolute(topic.get_absolute_url())
    return node("CollectionPage", **{"@id": address}, url=address, name=str(topic))


def money(amount, currency):
    """Return a MonetaryAmount, or None without an amount."""
    if amount is None:
        return None
    return node("MonetaryAmount", value=str(amount), currency=currency)


def breadcrumbs(crumbs, home, here):
    """Return a BreadcrumbList that leads to the path `here`."""
    steps = [home, *crumbs]
    return node(
        "BreadcrumbList",
        itemListElement=[
            node(
                "ListItem",
                position=position,
                name=str(crumb["title"]),
                item=absolute(crumb.get("url") or here),
            )
            for position, crumb in enumerate(steps, 1)
        ],
    )


def script(*nodes):
    """Return a JSON-LD script element with these nodes."""
    graph = {"@context": CONTEXT, "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, default=methodcaller("isoformat"))
    text = text.translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above
