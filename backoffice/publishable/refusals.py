"""Refusals: why a form that is valid was not saved or not published."""

from django.core.exceptions import ValidationError

from backoffice.editing import clash_errors
from backoffice.publication import errors_by_field
from publishing.checks import NotReady
from publishing.workflow import Conflict

#: Exceptions of saving and publishing, after which nothing is saved.
REFUSALS = (Conflict, ValidationError)


def remember_refusal(request, model, refusal):
    """Keep a refusal for the form, which then shows it with what was typed."""
    request.refusal = refusal
    request.workflow_errors = form_errors(model, refusal)


def form_errors(model, refusal):
    """Return the refusal as errors of the form: field (or None) -> errors."""
    if isinstance(refusal, Conflict):
        return clash_errors(model, refusal)
    if isinstance(refusal, NotReady):
        return errors_by_field(refusal)
    return getattr(refusal, "error_dict", {None: refusal})
