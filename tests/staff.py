"""Staff accounts, and submissions of forms in the admin."""

import itertools
from unittest.mock import patch

from django.contrib.auth.models import Group
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User

_numbers = itertools.count(1)


def member(role=None):
    """Create a member of staff with this role, or a superuser if there is none."""
    name = f"{role or 'superuser'}-{next(_numbers)}"
    user = User.objects.create_user(name, is_staff=True, is_superuser=not role)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def signed_in(role=None):
    """Return a client signed in as a new member of staff, its `.user`, with this role."""
    client = Client()
    client.user = member(role)
    client.force_login(client.user)
    return client


def admin_url(item, view="change"):
    """Return the address of an item's view, or of a model's "changelist" or "add"."""
    options = item._meta
    args = [item.pk] if view not in ("changelist", "add") else []
    return reverse(f"admin:{options.app_label}_{options.model_name}_{view}", args=args)


def form_at(client, address, query=None):
    """Return the response with the form at this address, without rendering it.

    Rendering costs three quarters of the time; tests of the HTML request the address itself.
    """
    with patch.object(TemplateResponse, "rendered_content", ""):
        response = client.get(address, query)
    response.context = response.context_data
    return response


def submitted(response, **changes):
    """Return the data that a browser would send from this response's form, with changes."""
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    omitted = (None, False)
    data = {
        name: sent(value)
        for name, value in values.items()
        if not any(value is empty for empty in omitted)
    }
    return data | changes


def save(client, item, **changes):
    """Submit the item's form with changes, and return errors by field name, {} if saved."""
    address = admin_url(item)
    response = client.post(address, submitted(form_at(client, address), **changes))
    if response.status_code == 302:
        return {}
    context = response.context
    forms = [context["adminform"].form]
    forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset]
    return {form.add_prefix(name): list(e) for form in forms for name, e in form.errors.items()}


def sent(value):
    if isinstance(value, (list, tuple)):
        return [getattr(item, "pk", item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def row(prefix, number, **fields):
    """Return changes for `submitted()` that fill in one row."""
    return {f"{prefix}-{number}-{name}": value for name, value in fields.items()}
