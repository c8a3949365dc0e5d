"""Contract of every type of content: it is declared, and found wherever readers look.

A new type is included by itself. Each failure names the type and what it lacks.
"""

import pytest
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from modeltranslation.translator import NotRegistered, translator

from accounts.roles import roles
from newsletter.editions import edition_models
from newsletter.subscriptions import subscribable_lists, types_with_alerts
from publishing.registry import declaration_of, declarations, register
from publishing.translation import PublishableTranslation
from tests.factories import publishable_models, published, topic

pytestmark = pytest.mark.django_db
TITLE = "Visible zebra"

#: Where a type is left out on purpose -> the reason.
LEFT_OUT = {
    ("Page", "list"): "Pages are reached from the menus.",
    ("Page", "navigation"): "Pages are reached from the menus.",
    ("Page", "type feed"): "A type without a list has no feed of its own.",
    ("Page", "API"): "Pages are about the portal, not about funding.",
    ("Page", "newsletter"): "Pages are no news.",
    ("Page", "alerts"): "Pages are no news.",
    ("Page", "subscriptions"): "Pages are no news.",
    ("Project", "newsletter"): "Projects come in large numbers, with the results of a call.",
    ("Project", "alerts"): "Projects come in large numbers, with the results of a call.",
    ("Project", "subscriptions"): "Projects come in large numbers, with the results of a call.",
    ("Initiative", "subscriptions"): "Single initiatives are watched; there are few new ones.",
}

every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)


def place(name):
    """Skip the test for types that are left out of this place."""

    def decorate(test):
        def run(client, model):
            if reason := LEFT_OUT.get((model.__name__, name)):
                pytest.skip(reason)
            test(client, model, declared(model))

        return every_type(run)

    return decorate


def declared(model):
    app = model._meta.app_label
    declaration = declaration_of(model)
    assert declaration, f"{model.__name__} is not declared: declare it in {app}/content.py."
    return declaration


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}."
    return response.content.decode()


def address_of(name, model):
    try:
        return reverse(name)
    except NoReverseMatch:
        return pytest.fail(f"{model.__name__} has no address named {name}.")


@place("declaration")
def test_type_is_declared(client, model, declaration):
    assert declaration.section and str(declaration.title)
    with pytest.raises(ValueError, match="declared twice"):
        register(declaration)


@place("admin")
def test_type_has_an_admin(client, model, declaration):
    app = model._meta.app_label
    message = f"{model.__name__} has no admin: register one in {app}/admin.py."
    assert admin.site.is_registered(model), message


@place("translation")
def test_texts_of_a_type_are_translated(client, model, declaration):
    app = model._meta.app_label
    message = f"{model.__name__} is not translated: register it in {app}/translation.py."
    try:
        translated = {*translator.get_options_for_model(model).all_fields}
    except NotRegistered:
        pytest.fail(message)
    assert {*PublishableTranslation.fields} <= translated, message


@place("page")
def test_type_has_a_page_that_search_engines_understand(client, model, declaration):
    item = published(model, title_en=TITLE)
    text = page(client, item.get_absolute_url())
    assert TITLE in text, f"{model.__name__} is missing on its own page."
    described = '"@id"' in text and "application/ld+json" in text
    assert described, f"The page of {model.__name__} has no structured data."


@place("list")
def test_type_has_a_list(client, model, declaration):
    published(model, title_en=TITLE)
    message = f"{model.__name__} has no list: its declaration has no list_view."
    assert declaration.list_view, message
    text = page(client, address_of(declaration.list_url_name, model))
    assert TITLE in text, f"{model.__name__} is missing in its list."


@place("navigation")
def test_type_is_in_the_navigation(client, model, declaration):
    link = f'href="{address_of(declaration.list_url_name, model)}"'
    message = f"{model.__name__} is missing in the navigation (in_navigation)."
    assert link in page(client, "/en/"), message


@place("type feed")
def test_type_has_a_feed(client, model, declaration):
    published(model, title_en=TITLE)
    message = f"{model.__name__} has no feed (has_feed)."
    assert declaration.has_feed, message
    name = f"{declaration.list_url_name}-atom"
    assert TITLE in page(client, address_of(name, model)), message


@place("feeds")
def test_type_is_in_the_feeds_of_portal_and_topic(client, model, declaration):
    health = topic()
    published(model, title_en=TITLE, topics=[health])
    for address in (reverse("home-atom"), reverse("topic-atom", args=[health.slug])):
        message = f"{model.__name__} is missing in {address} (has_feed)."
        assert TITLE in page(client, address), message


@place("topic page")
def test_type_is_on_topic_pages(client, model, declaration):
    health = topic()
    published(model, title_en=TITLE, topics=[health])
    message = f"{model.__name__} is missing on topic pages (topic_items)."
    assert TITLE in page(client, health.get_absolute_url()), message


@place("sitemap")
def test_type_is_in_the_sitemap(client, model, declaration):
    item = published(model, title_en=TITLE)
    args = [declaration.section, "en", item.pk // 1000]
    text = page(client, reverse("sitemap-part", args=args))
    message = f"{model.__name__} is missing in the sitemap."
    assert item.get_absolute_url() in text, message


@place("API")
def test_type_is_in_the_api(client, model, declaration):
    item = published(model, title_en=TITLE)
    message = f"{model.__name__} is missing in the API: its declaration has no viewset."
    assert declaration.viewset, message
    address = f"/api/v1/{declaration.section}/"
    assert TITLE in page(client, address), f"{model.__name__} is missing in {address}."
    detail = client.get(f"{address}{item.pk}/").json()
    missing = own_fields(model) - {*detail}
    assert not missing, f"{model.__name__} in the API lacks {sorted(missing)} (fields)."


def own_fields(model):
    """Return the names of the simple columns that only this type has."""
    if declaration_of(model).viewset.__module__ != "website.declare":
        return set()
    common = {"body", "title", "summary", "slug", "owner", "review_on", "state"}
    common |= {"seo_title", "seo_description", "created_at", "updated_at", "lead_image"}
    names = {field.name for field in model._meta.concrete_fields} - common
    return {name for name in names if name.rpartition("_")[2] not in ("en", "fr", "nl")}


@place("search")
def test_type_is_found_by_the_search(client, model, declaration):
    item = published(model, title_en=TITLE)
    text = page(client, f"{reverse('search')}?q=zebra")
    assert item.get_absolute_url() in text, f"{model.__name__} is missing in the search."


@place("newsletter")
def test_type_can_be_in_a_newsletter(client, model, declaration):
    message = f"{model.__name__} cannot be in a newsletter (newsletter_order)."
    assert model in edition_models(), message


@place("alerts")
def test_type_has_alerts(client, model, declaration):
    assert declaration.section in types_with_alerts(), (
        f"{model.__name__} has no alerts (has_alerts)."
    )


@place("subscriptions")
def test_people_can_subscribe_to_a_type(client, model, declaration):
    message = f"Nobody can subscribe to {model.__name__} (has_subscriptions)."
    assert declaration.section in dict(subscribable_lists()), message
    assert str(declaration.title) in page(client, reverse("newsletter:subscribe")), message


@place("roles")
def test_roles_may_write_and_publish_a_type(client, model, declaration):
    options = model._meta
    for role, verb in (("Author", "add"), ("Author", "change"), ("Publisher", "publish")):
        permission = f"{options.app_label}.{verb}_{options.model_name}"
        assert permission in roles()[role], f"{role} may not {verb} {model.__name__} (role)."


def test_everything_left_out_is_a_type():
    names = {model.__name__ for model in publishable_models()}
    assert {name for name, _place in LEFT_OUT} <= names


def test_declarations_come_in_the_order_of_the_navigation():
    orders = [each.order for each in declarations()]
    assert orders == sorted(orders)
