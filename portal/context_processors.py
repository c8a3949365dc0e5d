"""What every template may use of the installation itself."""

from functools import partial

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from website.views import language_links


def portal(request):
    """Name, tagline and logo of the portal, and the languages it is published in."""
    return {
        # Not asked by the admin, nor where a page says itself what it is translated into.
        "languages": SimpleLazyObject(partial(language_links, request.get_full_path())),
        "portal_url": settings.PORTAL_URL,
        "portal_name": settings.PORTAL_NAME,
        "portal_tagline": settings.PORTAL_TAGLINE,
        "portal_logo": settings.PORTAL_LOGO,
        "portal_contact_email": settings.PORTAL_CONTACT_EMAIL,
    }
