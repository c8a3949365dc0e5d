"""Refusals: why a form that is valid was not saved or not published."""

from django.core.exceptions import ValidationError

from backoffice.editing import conflict_errors
from backoffice.publication import errors_by_field
from publishing.checks import NotReady
from publishing.workflow import Conflict

#: Exceptions of saving and publishing, after which nothing is saved.
SAVE_ERRORS = (Conflict, ValidationError)


def store_save_error(request, model, save_error):
    """Store an error for the form, which then shows it with what was typed."""
    request.save_error = save_error
    request.workflow_errors = form_errors(model, save_error)


def form_errors(model, save_error):
    """Return an error as errors of the form: field (or None) -> errors."""
    if isinstance(save_error, Conflict):
        return conflict_errors(model, save_error)
    if isinstance(save_error, NotReady):
        return errors_by_field(save_error)
    return getattr(save_error, "error_dict", {None: save_error})
