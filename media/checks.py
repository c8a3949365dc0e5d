"""Checks of alternative texts (WCAG 2.2, criterion 1.1.1)."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from localisation.languages import text_in
from media.models import Image
from publishing.checks import check, error, language_name, shown_fields, with_rows
from publishing.models import Publishable


@check(Publishable)
def alternative_texts(item):
    """Require an alternative text in each of the item's languages, unless decorative."""
    for owner, location in with_rows(item):
        for field in shown_fields(type(owner)):
            image = image_of(owner, field) if field.related_model is Image else None
            if missing := image and languages_without_text(image, item.languages):
                message = _(
                    "The image “%(name)s” has no alternative text in %(languages)s. Open the "
                    "image and write one, or mark the image as decorative."
                )
                names = get_text_list([language_name(code) for code in missing], _("and"))
                values = {"name": image.name, "languages": names}
                yield error(message % values, field.name, **location)


def image_of(owner, field):
    """Return the image of a field, or None if it was deleted (see `missing_objects`)."""
    try:
        return getattr(owner, field.name)
    except Image.DoesNotExist:
        return None


def languages_without_text(image, languages):
    if image.is_decorative:
        return []
    return [code for code in languages if not text_in(image, "alt_text", code).strip()]
