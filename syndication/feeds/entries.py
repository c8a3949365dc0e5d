"""Entries of feeds."""

from contextlib import suppress
from mimetypes import guess_type
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import select_template
from django.utils.feedgenerator import Enclosure
from django.utils.html import escape
from django.utils.translation import get_language

from localisation.languages import language_shown
from localisation.plaintext import plain
from media.renditions import RATIO
from publishing.richtext import links


def entry(item):
    """Return an item from `annotate_changed_at()` as arguments for `syndication.feeds`.

    The result does not depend on the current time.
    """
    fields = item.feed
    image = picture(fields.value(item, "image"))
    topics = fields.value(item, "topics")
    summary = plain(fields.value(item, "summary"))
    return {
        "title": plain(fields.value(item, "title")),
        "link": settings.PORTAL_URL + item.get_absolute_url(),
        "unique_id": tag(item),
        "unique_id_is_permalink": False,
        "description": escape(summary) or None,
        "summary": summary,
        "content": content(item, image),
        "pubdate": fields.value(item, "published_at") or item.changed_at,
        "updateddate": item.changed_at,
        "categories": [plain(topic) for topic in topics.all()] if topics else [],
        "enclosures": [Enclosure(image["url"], str(image["size"]), image["type"])]
        if image
        else [],
        "image": image,
        "language": language_shown(item, fields.title) or get_language(),
    }


def tag(item, name=""):
    """Return a permanent tag URI (RFC 4151) per language, independent of the item's URL.

    `name` distinguishes parts of an item.
    """
    host = urlsplit(settings.PORTAL_URL).hostname
    what = "/".join(filter(None, [f"{item._meta.model_name}-{item.pk}", name, get_language()]))
    return f"tag:{host},{item.created_at:%Y-%m-%d}:{what}"


def content(item, image=None):
    """Return the full item as HTML with absolute URLs, by its type's or a default template."""
    names = [f"{item._meta.app_label}/{item._meta.model_name}_entry.html"]
    template = select_template([*names, "publishing/item_entry.html"])
    html = template.render({"item": item, item._meta.model_name: item, "image": image})
    url = settings.PORTAL_URL + item.get_absolute_url()
    return plain(links.absolute(html, url)).strip()


def picture(image):
    """Return an Image's JPEG as a dict of url, type, size (bytes), width, height, alt, credit.

    Returns None without an image, or if its file is missing.
    """
    with suppress(FileNotFoundError):
        if image:
            file = image.file
            name = file.process("jpeg_960")
            return {
                "url": _absolute(file.jpeg_960),
                "type": guess_type(name)[0] or "image/jpeg",
                "size": file.storage.size(name),
                "width": 960,
                "height": round(960 / RATIO),
                "alt": "" if image.is_decorative else plain(image.alt_text),
                "credit": plain(image.credit),
            }
    return None


def _absolute(url):
    return settings.PORTAL_URL + url if url.startswith("/") else url
