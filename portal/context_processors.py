"""What every template may use of the installation itself."""

from django.conf import settings

from publishing.views import language_links


def portal(request):
    """Name, tagline and logo of the portal, and the languages it is published in."""
    return {
        "languages": language_links(request.get_full_path()),
        "portal_url": settings.PORTAL_URL,
        "portal_name": settings.PORTAL_NAME,
        "portal_tagline": settings.PORTAL_TAGLINE,
        "portal_logo": settings.PORTAL_LOGO,
        "portal_contact_email": settings.PORTAL_CONTACT_EMAIL,
    }
