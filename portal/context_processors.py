"""Context processors of the portal's templates."""

from functools import partial

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from website.views import language_links


def portal(request):
    """Return the portal's name, tagline, logo and address, and links to other languages."""
    return {
        # Lazy: unused in the admin and on pages that pass their own languages.
        "languages": SimpleLazyObject(partial(language_links, request.get_full_path())),
        "portal_url": settings.PORTAL_URL,
        "portal_name": settings.PORTAL_NAME,
        "portal_tagline": settings.PORTAL_TAGLINE,
        "portal_logo": settings.PORTAL_LOGO,
        "portal_contact_email": settings.PORTAL_CONTACT_EMAIL,
    }
