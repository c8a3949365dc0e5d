"""Every address, filter and form of the portal, requested with unexpected values.

The response may be a page, a redirect or a refusal, but never a server error: the test client
re-raises unhandled exceptions.
"""

import re
from contextlib import nullcontext
from itertools import product
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.contrib.admin import site
from django.db import transaction
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import get_resolver

from portal.search import SearchForm, SearchView
from tests.factories import draft, publishable_models, published
from tests.staff import admin_url, form_at, signed_in, submitted
from website.views import FilteredListView

pytestmark = pytest.mark.django_db
HUGE = "9" * 23
#: Invalid as numbers, dates, keys, texts or patterns.
UNEXPECTED_VALUES = [HUGE, "-1", "(%\\\ud800", "é\u202e💩" * 1_200]
#: Rejected by the middleware, before any view.
UNREADABLE = "a\0b"
#: Values for URL parameters, by path converter.
PARTS = {
    "int": ["0", HUGE],
    "slug": ["x", "x" * 10_000],
    "str": ["é%00"],
    "path": ["x" * 10_000],
}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")
METHODS = ["get", "post", "options", "delete"]
ADMIN_MODELS = sorted(site._registry, key=lambda model: model._meta.label)


def routes(resolver=None, prefix=""):
    """Yield (address, view) of every route outside the admin, parameters as `<type:name>`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route) if not route.startswith("admin") else ()
        elif "(" not in route:
            yield route, pattern.callback


def addresses():
    for route, _view in routes():
        kinds = [kind or "str" for kind, _name in PART.findall(route)]
        for number in range(max((len(PARTS[kind]) for kind in kinds), default=1)):
            values = iter([PARTS[kind][number % len(PARTS[kind])] for kind in kinds])
            yield PART.sub(lambda _part, values=values: next(values), f"/{route}")


def lists():
    """Yield (address, filter names) of every list of the site."""
    for route, view in routes():
        view_class = getattr(view, "view_class", None)
        if view_class is SearchView:
            yield f"/{route}", [*SearchForm.base_fields, "page"]
        elif view_class and issubclass(view_class, FilteredListView):
            yield f"/{route}", filters_of(view_class)


def followers():
    """Yield (address, filter names) of every feed and calendar of a list."""
    for route, view in routes():
        options = getattr(view, "view_initkwargs", {})
        # RSS and JSON differ from Atom in their output only.
        if "list_view" in options and options.get("ending") not in ("rss", "json"):
            yield f"/{route}", filters_of(options["list_view"])


def filters_of(list_view):
    return [*list_view.filterset_class.base_filters, "page", "sort", "x"]


def query(name, value):
    """Encode `name=value` as a query string, even if it contains lone surrogates."""
    return urlencode({name: value.encode("utf-8", "surrogatepass")})


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """Publish an item of each type, shared by all tests that only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        for model in publishable_models():
            published(model)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("method", METHODS)
def test_every_address_answers(content, method):
    for address in addresses():
        assert getattr(Client(), method)(address).status_code < 500, address


@pytest.mark.parametrize("value", UNEXPECTED_VALUES, ids=lambda value: ascii(value[:12]))
def test_every_filter_answers(content, value):
    asked = [(address, name) for address, names in lists() for name in names]
    # Their filters are those of the lists, so each gets only one of the values.
    follow = [(address, name) for address, names in followers() for name in names]
    asked += follow[UNEXPECTED_VALUES.index(value) :: len(UNEXPECTED_VALUES)]
    assert asked
    for address, name in asked:
        url = f"{address}?{query(name, value)}"
        assert Client().get(url).status_code < 500, url


def test_no_list_takes_what_cannot_be_read(content):
    for address, names in [*lists(), *followers()]:
        url = f"{address}?{query(names[0], UNREADABLE)}"
        assert Client().get(url).status_code == 400, url


def choices_alone(response):
    """Render only the filters' choices of an admin list, without the rest of the page."""
    changelist = response.context_data["cl"]
    specs = changelist.filter_specs
    return "".join(str(choice) for spec in specs for choice in spec.choices(changelist))


@pytest.mark.parametrize("model", ADMIN_MODELS, ids=lambda model: model.__name__)
def test_every_filter_of_the_admin_answers(content, model):
    client = signed_in()
    address = admin_url(model, "changelist")
    changelist = client.get(address).context["cl"]
    names = {name for spec in changelist.filter_specs for name in spec.expected_parameters()}
    names |= {"q", "p", "o", f"{changelist.date_hierarchy}__year", "pk__in"}
    # Rendering the rest of the page costs two thirds of the time, so only every fifth
    # request renders it.
    alone = patch.object(TemplateResponse, "rendered_content", property(choices_alone))
    for number, (name, value) in enumerate(product(sorted(names), UNEXPECTED_VALUES)):
        url = f"{address}?{query(name, value)}"
        with alone if number % 5 else nullcontext():
            assert client.get(url).status_code < 500, url


def form_with_rows(client, address):
    """Return the form's field names with an added row per inline, and its management data."""
    response = form_at(client, address)
    sent = submitted(response)
    management = {name: sent[name] for name in sent if name.endswith("_FORMS")}
    prefixes = [name.removesuffix("-TOTAL_FORMS") for name in sent if "-TOTAL_FORMS" in name]
    inlines = response.context["inline_admin_formsets"]
    for prefix, inline in zip(prefixes, inlines, strict=True):
        management[f"{prefix}-TOTAL_FORMS"] = 1
        sent |= dict.fromkeys(f"{prefix}-0-{name}" for name in inline.formset.empty_form.fields)
    return sent, management


@pytest.mark.parametrize("model", ADMIN_MODELS, ids=lambda model: model.__name__)
def test_every_field_of_a_form_of_the_admin_is_checked(model):
    client = signed_in()
    if model in publishable_models():
        address = admin_url(draft(model))
    elif client.get(admin_url(model, "add")).status_code == 403:
        pytest.skip("staff don't write these")
    else:
        address = admin_url(model, "add")
    names, management = form_with_rows(client, address)
    for value in [*UNEXPECTED_VALUES, UNREADABLE]:
        text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        with transaction.atomic():
            answer = client.post(address, dict.fromkeys(names, text) | management)
            assert answer.status_code < 500, ascii(value[:20])
            # Roll back, so that each value meets an unchanged item.
            transaction.set_rollback(True)
