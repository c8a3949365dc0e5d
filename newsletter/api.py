"""Sign-up endpoint of the API, with the same form and rules as the web pages."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import APIView

from newsletter.alerts import AlertForm
from newsletter.forms import SignUpForm
from newsletter.signup import ProofRequired, Refused, refuse_malformed, sign_up
from newsletter.views import REFUSAL_RESPONSES, retry_after
from website.api import CONTENT_TYPE, problem
from website.api.views import EndpointMixin

#: Members of the body that are read, and the maximum length of a list.
MEMBERS = ("email", "language", "what", "topics", "frequency", "website", "proof", "nonce")
ALERT = ("list", "query", "watch")
MAX_VALUES = 50


class SignUpView(EndpointMixin, APIView):
    """Endpoint that requests a subscription.

    The owner of the address gets a mail with a confirmation link, and nothing else before they
    have confirmed.
    """

    schema = None

    def post(self, request):
        form = _form(request.data)
        if not form.is_valid():
            refuse_malformed(form)
            return _problem(400, _("Some fields are not valid."), errors=_errors(form))
        try:
            sign_up(request, form)
        except Refused as refused:
            status, detail = REFUSAL_RESPONSES[refused.reason]
            return _problem(status, str(detail), headers=retry_after(refused.reason))
        except ProofRequired as asked:
            return _ask_for_proof(asked.challenge)
        return Response(
            {
                "detail": _(
                    "If the address exists, its owner will get an e-mail asking them to "
                    "confirm."
                )
            },
            status=202,
        )

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response


def _form(data):
    """Return an AlertForm if the body names a list or an item to watch, else a SignUpForm."""
    is_alert = isinstance(data, dict) and ("list" in data or "watch" in data)
    return (AlertForm if is_alert else SignUpForm)(_as_form(data))


def _as_form(data):
    """Convert the JSON body to the form data that a browser would post.

    Values become strings and null values are dropped. A body that is not an object becomes an
    empty form.
    """
    form = QueryDict(mutable=True)
    for name in MEMBERS + ALERT if isinstance(data, dict) else ():
        value = data.get(name)
        values = value[:MAX_VALUES] if isinstance(value, list) else [value]
        form.setlist(name, [str(each) for each in values if each is not None])
    return form


def _errors(form):
    return [
        {"field": name, "message": message}
        for name, messages in form.errors.items()
        for message in messages
    ]


def _ask_for_proof(challenge):
    detail = _(
        "There are many sign-ups at the moment. Repeat the request with `proof` (the token "
        "below) and `nonce`: digits for which the SHA-256 of token, full stop and nonce starts "
        "with the given number of zero bits. Or repeat it without a nonce after the given "
        "number of seconds."
    )
    asked = {"token": challenge.token, "bits": challenge.bits, "wait": challenge.wait}
    return _problem(428, detail, challenge=asked)


def _problem(status, detail, errors=(), headers=None, **members):
    data = problem(status, detail, errors) | members
    response = Response(data, status=status, headers=headers, content_type=CONTENT_TYPE)
    response.exception = True
    return response
