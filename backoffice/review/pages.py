"""The page of the reviews and comments of an item."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backoffice.item_pages import item_page
from publishing.models import Review


def latest_review(item):
    """Return the item's latest review. Raises ValidationError."""
    review = Review.objects.of(item).first()
    if review is None:
        raise ValidationError(_("This draft isn't in review."), code="no_review")
    return review


def review_page(request, admin, item, panel):
    """Return the page; `panel` is its ReviewPanel."""
    reviews = Review.objects.of(item).with_people().select_related("publication")
    return item_page(
        request,
        admin,
        item,
        "admin/review.html",
        _("Review"),
        review=panel,
        reviews=reviews.defer("revision__data", "publication__data"),
    )
