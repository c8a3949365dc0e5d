"""Generators for Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, with paging (RFC 5005).

They extend Django's generators with full text, image, content dates and page links.
Characters that XML cannot hold must be removed first (see `localisation.plaintext`). In
addition to Django's arguments, a feed requires `updated` (a datetime) and `pages`
({"next": url, …}); an item requires `content` (HTML), `language`, and `image` (from
`syndication.feeds`) or None.
"""

import json

from django.conf import settings
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)

MEDIA = "http://search.yahoo.com/mrss/"


def add_image(handler, image):
    """Write the image as Media RSS, which Atom readers also support."""
    attributes = {name: str(image[name]) for name in ("url", "type", "width", "height")}
    handler.startElement("media:content", attributes | {"medium": "image"})
    for name, text in (("media:description", image["alt"]), ("media:credit", image["credit"])):
        if text:
            handler.addQuickElement(name, text)
    handler.endElement("media:content")


class AtomFeed(Atom1Feed):
    """Atom with the portal as base URL and the date of the content."""

    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self):
        namespaces = {"xml:base": f"{settings.PORTAL_URL}/", "xmlns:media": MEDIA}
        return super().root_attributes() | namespaces

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, href in self.feed.get("pages", {}).items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item.get("content"):
            handler.addQuickElement("content", item["content"], {"type": "html"})
        if item.get("image"):
            add_image(handler, item["image"])

    def latest_post_date(self):
        return self.feed["updated"]


class RssFeed(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self):
        content = "http://purl.org/rss/1.0/modules/content/"
        return super().rss_attributes() | {"xmlns:content": content, "xmlns:media": MEDIA}

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for rel, href in self.feed["pages"].items():
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": href})

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        if item["image"]:
            add_image(handler, item["image"])

    def latest_post_date(self):
        return self.feed["updated"]


class JsonFeed(SyndicationFeed):
    content_type = "application/feed+json"

    def write(self, outfile, encoding):
        json.dump(self.as_dict(), outfile, ensure_ascii=False)

    def as_dict(self):
        feed = self.feed
        about = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "next_url": feed["pages"].get("next"),
            "language": feed["language"],
            "authors": [{"name": feed["author_name"], "url": settings.PORTAL_URL}],
        }
        return _without_none(about) | {"items": [self.entry(item) for item in self.items]}

    def entry(self, item):
        return _without_none(
            {
                "id": item["unique_id"],
                "url": item["link"],
                "title": item["title"],
                "content_html": item["content"],
                "summary": item["summary"] or None,
                "image": item["image"] and item["image"]["url"],
                "date_published": rfc3339_date(item["pubdate"]),
                "date_modified": rfc3339_date(item["updateddate"]),
                "tags": item["categories"] or None,
                "language": item["language"],
            }
        )


def _without_none(values):
    return {name: value for name, value in values.items() if value is not None}


#: File extension -> generator.
FORMATS = {"atom": AtomFeed, "rss": RssFeed, "json": JsonFeed}
