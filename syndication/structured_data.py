"""What a page is about, in the vocabulary of schema.org, for search engines (JSON-LD 1.1).

A node is a dict. Each section describes its own types, in its module `structured_data`.
"""

import json
from operator import methodcaller

from django.conf import settings
from django.utils.safestring import mark_safe

CONTEXT = "https://schema.org"
#: Within a script element no text may end it, nor look like the start of another.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def node(kind, **properties):
    """A thing of a type, with those of the properties that are known; dates may be as such."""
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind} | known


def absolute(path):
    return f"{settings.PORTAL_URL}{path}"


def publisher():
    """The funder whose portal this is."""
    return node("Organization", name=settings.PORTAL_NAME, url=absolute("/"))


def item(kind, thing, **properties):
    """A published item, with what all of them have."""
    address = absolute(thing.get_absolute_url())
    return node(
        kind,
        **{"@id": address},
        url=address,
        name=thing.title,
        description=thing.summary,
        **properties,
    )


def creative_work(kind, thing, **properties):
    """An item that is a text, with the topics that it is about."""
    return item(
        kind,
        thing,
        inLanguage=thing.language,
        dateModified=thing.last_published_at,
        about=[node("Thing", name=str(topic)) for topic in thing.topics.all()],
        publisher=publisher(),
        **properties,
    )


def website(search_path):
    """The portal, and how its search is asked: by `q` at this path."""
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
    """The page that collects what there is on a topic."""
    address = absolute(topic.get_absolute_url())
    return node("CollectionPage", **{"@id": address}, url=address, name=str(topic))


def money(amount, currency):
    """A MonetaryAmount, or None when there is no amount."""
    if amount is None:
        return None
    return node("MonetaryAmount", value=str(amount), currency=currency)


def breadcrumbs(crumbs, home, here):
    """The way to a page at the path `here`, of the crumbs that the page shows."""
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
    """The script element with these nodes: data that no browser runs."""
    graph = {"@context": CONTEXT, "@graph": list(nodes)}
    text = json.dumps(graph, ensure_ascii=False, default=methodcaller("isoformat"))
    text = text.translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above
