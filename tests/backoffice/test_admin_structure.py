"""Structure of the admin: few classes, each hook in one of them, pages with permissions."""

import inspect
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin import site

from backoffice.item_pages import ItemPage, TypePage
from publishing.models import Publishable
from tests import factories
from tests.staff import admin_url, form_at, signed_in

ADMINS = [
    model_admin
    for model, model_admin in site._registry.items()
    if issubclass(model, Publishable)
]
#: Hooks of Django that one class of ours overrides, so that they read from top to bottom.
HOOKS = ("get_urls", "save_related", "save_model", "changeform_view", "render_change_form")


def our_classes(model_admin):
    """The classes of this project that a model admin is made of."""
    base = Path(settings.BASE_DIR)
    return [
        kind
        for kind in type(model_admin).__mro__
        if kind is not object and is_ours(Path(inspect.getfile(kind)), base)
    ]


def is_ours(path, base):
    if not path.is_relative_to(base):
        return False
    return not {".venv", "site-packages"} & set(path.relative_to(base).parts)


def test_all_types_are_looked_at():
    assert {model_admin.model for model_admin in ADMINS} == set(Publishable.__subclasses__())


@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_an_admin_is_made_of_at_most_six_classes(model_admin):
    assert 2 <= len(our_classes(model_admin)) <= 6


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_each_hook_is_in_one_class(model_admin, hook):
    overriding = [kind for kind in our_classes(model_admin) if hook in vars(kind)]
    assert len(overriding) == 1


@pytest.mark.parametrize("model_admin", site._registry.values(), ids=str)
def test_each_page_has_an_address_of_its_own_and_a_permission(model_admin):
    pages = [*getattr(model_admin, "type_pages", ()), *getattr(model_admin, "item_pages", ())]
    assert all(isinstance(page, (ItemPage, TypePage)) and callable(page.may) for page in pages)
    addresses = Counter(str(page.url(model_admin).pattern) for page in pages)
    assert not [address for address, number in addresses.items() if number > 1]


@pytest.mark.django_db
@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_the_order_of_the_parts_of_a_form_has_no_meaning(model_admin, monkeypatch):
    client, address = signed_in(), admin_url(model_admin.model, "add")
    before = form_at(client, address).context
    parts = type(model_admin).form_parts
    monkeypatch.setattr(type(model_admin), "form_parts", parts[::-1])
    assert form_at(client, address).context.keys() == before.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("model_admin", ADMINS, ids=str)
def test_no_two_parts_of_a_form_share_a_name(model_admin):
    client, item = signed_in(), factories.publishable(model_admin.model)
    for form, address in ((None, "add"), (item, "change")):
        response = form_at(client, admin_url(form or model_admin.model, address))
        names = Counter(names_of_parts(model_admin, response, client.user))
        assert names and max(names.values()) == 1


def names_of_parts(model_admin, response, user):
    """Names that the parts of a form add to its page, once for each part that does."""
    item, request = response.context["original"], response._request
    for kind in model_admin.form_parts:
        part = kind(request, model_admin, response.context)
        if part.applies_to(item, user):
            yield from part.context(item, user)
