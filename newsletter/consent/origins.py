"""Origin of a form post: the site whose page sent it, and the network of the reader."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings


def is_from_own_page(request):
    """Return True if a post was sent by a page of this portal, or by no web page at all.

    This replaces the CSRF token, which needs a cookie. Every browser sends `Origin` and (on
    HTTPS) `Sec-Fetch-Site` with a post, and no page can change them. A post with neither was
    made by a program: it does not abuse a reader's browser, and as it could forge any origin,
    rejecting it would stop nobody. Rate limits and confirmation by mail deal with programs.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin in (f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS):
        return True
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None


def address_of(request):
    """Return the reader's IP address, as text.

    Behind a reverse proxy this is the last entry of X-Forwarded-For, which the proxy has added.
    Earlier entries were sent by the reader and may be forged.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return address


def network_of(request):
    """Return the reader's IPv4 address or IPv6 /64, as text.

    That is the usual allocation of one household or server.
    """
    address = address_of(request)
    try:
        ip = ip_address(address)
    except ValueError:  # there is no address behind a Unix socket
        return address
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if isinstance(ip, IPv6Address):
        return str(ip_network((int(ip), 64), strict=False))
    return str(ip)
