"""Template context of pictures: an image's renditions, or generated artwork."""

import hashlib

from django.urls import reverse

from media.models import Image
from media.renditions import RATIO, WIDTHS

ARTWORK_WIDTH = 640


def picture_of(item):
    """Return the context of components/picture.html for an Image or for any item.

    An item without a picture gets the artwork for its topic and title.
    """
    image = item if isinstance(item, Image) else _image_of(item)
    return _renditions(image) if image else _artwork(item)


def _image_of(item):
    return getattr(item, "lead_image", None) or getattr(item, "image", None)


def _renditions(image):
    sources = [
        {
            "type": f"image/{name}",
            "srcset": ", ".join(f"{getattr(image.file, f'{name}_{w}')} {w}w" for w in WIDTHS),
        }
        for name in ("avif", "webp")
    ]
    return {
        "src": image.file.jpeg_960,
        "sources": sources,
        "width": 960,
        "height": round(960 / RATIO),
        "alt": "" if image.is_decorative else image.alt_text,
        "credit": image.credit,
    }


def _artwork(item):
    return {
        "src": artwork_url(item),
        "width": ARTWORK_WIDTH,
        "height": round(ARTWORK_WIDTH / RATIO),
        "alt": "",
    }


def artwork_url(item):
    """Return the artwork's URL, made from the slug or pk to be the same in all languages."""
    owner = getattr(item, "page", item)
    seed = getattr(item, "slug", None) or f"{owner.slug}-{item.pk}"
    topics = owner.topics.all() if hasattr(owner, "topics") else []
    digest = hashlib.sha256(seed.encode()).hexdigest()[:12]
    theme = next((topic.slug for topic in topics), digest)
    return reverse("artwork", args=[theme, digest])
