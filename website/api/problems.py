"""Problem details (RFC 9457) for all errors below /api/."""

import logging
from http import HTTPStatus

from django.conf import settings
from django.core.signals import got_request_exception
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

CONTENT_TYPE = "application/problem+json"
#: Maximum length of client input repeated in an error.
MAX_ECHO = 80

logger = logging.getLogger(__name__)


class FieldProblemSerializer(serializers.Serializer):
    """One problem with a query parameter."""

    field = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Problem details as defined by RFC 9457."""

    type = serializers.CharField(
        help_text="Always about:blank; the status gives the kind of problem."
    )
    title = serializers.CharField(help_text="Name of the status.")
    status = serializers.IntegerField()
    detail = serializers.CharField(
        help_text="What went wrong, in the language of the response."
    )
    errors = FieldProblemSerializer(
        many=True, required=False, help_text="Only for invalid parameters."
    )


class InvalidParameters(serializers.ValidationError):
    """Query parameters that cannot be used: `errors` maps names to lists of messages."""

    def __init__(self, errors):
        super().__init__({name[:MAX_ECHO]: messages for name, messages in errors.items()})


def problem_details(exc, context):
    """Return any exception as problem details; the DRF exception handler.

    Unexpected exceptions are logged and become a 500, except in DEBUG mode.
    """
    response = exception_handler(exc, context)
    if response is None:
        return None if settings.DEBUG else _server_error(exc, context)
    if isinstance(exc, serializers.ValidationError):
        detail, errors = _("Some query parameters are not valid."), _field_problems(exc)
    else:
        detail, errors = response.data["detail"], []
    response.data = problem(response.status_code, detail, errors)
    response.content_type = CONTENT_TYPE
    return response


def _field_problems(exc):
    return [
        {"field": name, "message": str(message)}
        for name, messages in exc.detail.items()
        for message in messages
    ]


def _server_error(exc, context):
    set_rollback()
    request = context["request"]
    got_request_exception.send(sender=type(context["view"]), request=request)
    logger.error("Server error: %s", request.path, exc_info=exc)
    data = problem(500, _("Something went wrong on our side. Please try again later."))
    return Response(data, status=500, content_type=CONTENT_TYPE)


def problem(status, detail, errors=()):
    """Return problem details as a dict."""
    members = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return members | ({"errors": errors} if errors else {})
