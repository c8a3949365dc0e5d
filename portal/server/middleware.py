"""Error responses to requests that stock Django answers with a server error.

Unreadable requests get 400 with a reason, bodies refused under load 503, unknown methods 405.
"""

import codecs
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import (
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.log import log_response
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext_lazy as _

NOT_UNDERSTOOD = _("The portal cannot read part of the address or of the data that was sent.")
NOT_UTF8 = _("The Content-Type of the request is not supported: the portal only reads UTF-8.")
NO_LENGTH = _("The Content-Length of the request is not a number.")
NUL = _("The address or a cookie contains a NUL character, which is not allowed.")
TOO_MANY = _("The request has more fields or files than the portal accepts at once.")
TOO_BIG = _("The request is larger than the portal accepts.")
BUSY = _("The portal is receiving too much data right now. Please try again in a minute.")
REASONS = {
    DisallowedHost: _("The portal is not available at the requested host name."),
    MultiPartParserError: _("The form data is not valid multipart/form-data."),
    RequestDataTooBig: TOO_BIG,
    TooManyFieldsSent: TOO_MANY,
    TooManyFilesSent: TOO_MANY,
}

#: Methods that views accept; below API, the endpoints decide.
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
API = "/api/"
#: Key of the WSGI environment, set if the body was refused under load.
IS_BUSY = "portal.is_busy"


class BadRequestMiddleware:
    """Middleware that rejects requests which no view, form or database could read.

    Errors found later, such as a malformed form, reach `bad_request` too, as it is the portal's
    handler400.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.META.get(IS_BUSY):
            return busy(request)
        reason = _rejection_reason(request)
        if reason:
            response = bad_request(request, reason=reason)
            log_response("Bad request: %s", request.path, response=response, request=request)
            return response
        if request.method not in METHODS and not request.path_info.startswith(API):
            return HttpResponseNotAllowed(METHODS)  # before the CSRF check, which says 403
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer 400 for a number in the URL or a form that exceeds SQLite's integers."""
        return bad_request(request) if isinstance(exception, OverflowError) else None


def bad_request(request, exception=None, reason=None):
    """Return 400 as a page, or below /api/ as problem details (RFC 9457).

    Unlike Django's own handler, it reads neither the body nor the host of the request, since
    either may be invalid.
    """
    reason = reason or REASONS.get(type(exception), NOT_UNDERSTOOD)
    with override(get_language_from_request(request, check_path=True)):
        if request.path_info.startswith(API):
            return _problem(str(reason))
        return HttpResponseBadRequest(render_to_string("400.html", {"reason": reason}))


def busy(request):
    """Return 503 as a page or as problem details, for a body refused under load."""
    with override(get_language_from_request(request, check_path=True)):
        if request.path_info.startswith(API):
            response = _problem(str(BUSY), HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            page = render_to_string("503.html", {"reason": BUSY})
            response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return response


def _rejection_reason(request):
    """Return the reason why the request cannot be read, or None, without reading its body."""
    if not has_valid_length(request.META):
        return NO_LENGTH
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.MAX_BODY_SIZE:
        return TOO_BIG
    try:
        if not _is_utf8(request):
            return NOT_UTF8
        fields = [text for name, values in request.GET.lists() for text in (name, *values)]
    except TooManyFieldsSent:
        return TOO_MANY
    texts = [request.path_info, *request.COOKIES.values(), *fields]
    return NUL if any("\0" in text for text in texts) else None


def has_valid_length(environ):
    """Return whether Content-Length is absent or a valid number.

    Django fails on other values. Most servers reject them already.
    """
    length = environ.get("CONTENT_LENGTH") or "0"
    return len(length) < 20 and length.isascii() and length.isdigit()


def _is_utf8(request):
    charset = request.content_params.get("charset", "utf-8").lower()
    if charset == "utf-8":
        return True
    try:
        is_utf8 = codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):  # unknown or empty name
        return False
    if is_utf8:
        request.encoding = "utf-8"  # Django rejects forms with its aliases, such as utf8
    return is_utf8


def _problem(detail, status=HTTPStatus.BAD_REQUEST):
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status,
        "detail": detail,
    }
    return JsonResponse(problem, status=status, content_type="application/problem+json")
