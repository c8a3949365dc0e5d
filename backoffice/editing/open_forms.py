"""Open forms: their tokens, and the unsaved work that is kept of them."""

import re
import secrets

from django.utils import timezone

from localisation.languages import portal_languages
from publishing.jobs import nightly
from publishing.models import OpenForm

TOKEN = re.compile(r"[\w-]{8,32}", re.ASCII)
#: Values that are sent with a form and were not typed.
META_FIELDS = {"csrfmiddlewaretoken", "_opening", "_user", "_work", "_away"}
META_FIELDS |= {"_overrule", "_popup", "_to_field"}


def new_token():
    return secrets.token_urlsafe(16)


def token_of(request):
    """Return the token of the form that a request comes from, or None."""
    token = request.POST.get("_opening", "")
    return token if TOKEN.fullmatch(token) else None


def open_form_fields(data):
    """Return the fields of an OpenForm that a message from the form changes: a dict.

    `_work` is "typed" where the form has unsaved work, "none" where it has none any more;
    without it, the form only says that it is open, or with `_away` that it was left.
    """
    now = timezone.now()
    fields = {"seen_at": None if "_away" in data else now}
    work = data.get("_work")
    if work == "typed":
        fields |= {"changed_at": now, "form_data": entered_data(data), "title": title_of(data)}
    elif work == "none":
        fields |= {"changed_at": None, "form_data": None, "title": ""}
    return fields


def entered_data(data):
    """Return the data that the user entered. PostgreSQL's JSON can't hold NUL characters."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in META_FIELDS
    }


def title_of(data):
    titles = (data.get(f"title_{code}", "") for code in portal_languages())
    return next(filter(None, titles), "").replace("\0", "")[:200].strip()


def delete_open_form(request):
    """Delete what is kept of the form that was just saved."""
    OpenForm.objects.filter(user=request.user, token=token_of(request)).delete()


@nightly
def delete_expired_forms():
    """Delete unsaved work after a month."""
    OpenForm.objects.expired().delete()
