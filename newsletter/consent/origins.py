"""Where a form post comes from: which site's page, and which network."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings


def is_from_own_page(request):
    """Whether the post was sent by a page of this portal, or by no web page at all.

    Takes the place of the CSRF token, which needs a cookie. Every browser tells with a post
    where it comes from, in `Origin` and (on HTTPS) in `Sec-Fetch-Site`, and no page can
    change what it tells. A post with neither was made by a program: it abuses no reader's
    browser, and as it could claim any origin, refusing it would stop nobody. The limits and
    the confirmation by mail are there for programs.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin in (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS):
        return True
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None


def address_of(request):
    """The reader's IP address, as text.

    Behind a reverse proxy it is read from what the proxy itself added to X-Forwarded-For;
    what stands before that was sent by the reader and may be invented.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def network_of(request):
    """The reader's IPv4 address or IPv6 /64, which is what one household or server gets."""
    address = address_of(request)
    try:
        ip = ip_address(address)
    except ValueError:  # a server on a Unix socket knows no address
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if isinstance(ip, IPv6Address):
        return str(ip_network((int(ip), 64), strict=False))
    return str(ip)
