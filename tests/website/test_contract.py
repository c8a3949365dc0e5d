"""Contract of every Publishable; it includes new types automatically."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import get_resolver, reverse
from django.views.generic import ListView

from publishing import signals
from publishing.workflow import publish, unpublish
from tests.factories import draft, publishable, publishable_models, published, topic
from website.views import PublishedListView

pytestmark = pytest.mark.django_db
SECRET = "Unannounced zebra"
#: Addresses that search all types.
SEARCHES = ["/en/search/", "/en/search/suggestions/", "/api/v1/search/"]

every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)


def list_address(model):
    """Return the address of the type's list page, found by the view's model, or None."""
    found = (
        address
        for address, view in list_pages()
        if issubclass(view, PublishedListView) and view.model is model
    )
    return next(found, None)


def list_pages():
    """Yield (address, view) of every list page."""
    for namespaces, pattern in _patterns(get_resolver().url_patterns, []):
        view = getattr(pattern.callback, "view_class", None)
        if view and issubclass(view, ListView):
            yield reverse(":".join(namespaces + [pattern.name])), view


def _patterns(patterns, namespaces):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
            yield from _patterns(pattern.url_patterns, inner)
        else:
            yield namespaces, pattern


def api_address(model):
    """Return the address of the type's list in the API, or None."""
    routes = {name for _ns, p in _patterns(get_resolver().url_patterns, []) if (name := p.name)}
    name = f"{model._meta.model_name}-list"
    return reverse(f"api:{name}") if name in routes else None


def places(item, model):
    """Return the addresses that show a published item."""
    lists = filter(None, [list_address(model), api_address(model)])
    return [item.get_absolute_url(), *lists]


@every_type
def test_draft_is_found_nowhere(client, model):
    health = topic()
    item = draft(model, title_en=SECRET, summary_en=SECRET, topics=[health])
    published(model, title_en="A published one", topics=[health])
    assert client.get(item.get_absolute_url()).status_code == 404
    addresses = [reverse("home"), health.get_absolute_url(), list_address(model), *SEARCHES]
    for address in [*addresses, api_address(model)]:
        if address:
            assert SECRET not in client.get(address).content.decode(), address
            assert SECRET not in client.get(address, {"q": "zebra"}).content.decode(), address


@every_type
def test_draft_is_not_in_the_api_by_its_id(client, model):
    if not (address := api_address(model)):
        pytest.skip("not in the API")
    assert client.get(f"{address}{draft(model).pk}/").status_code == 404
    assert client.get(f"{address}{published(model).pk}/").status_code == 200


@every_type
def test_published_item_is_found(client, model):
    item = published(model, title_en="Visible zebra")
    for address in places(item, model):
        assert "Visible zebra" in client.get(address).content.decode(), address
    for address in SEARCHES:
        found = client.get(address, {"q": "visible"}).content.decode()
        assert item.get_absolute_url() in found, address


@every_type
def test_unpublished_item_is_hidden_again(client, model):
    item = published(model, title_en="Withdrawn zebra")
    unpublish(item=item)
    assert client.get(item.get_absolute_url()).status_code == 404
    for address in places(item, model)[1:]:
        assert "Withdrawn zebra" not in client.get(address).content.decode(), address
    for address in SEARCHES:
        found = client.get(address, {"q": "withdrawn"}).content.decode()
        assert item.get_absolute_url() not in found, address


@every_type
def test_body_is_sanitised_however_it_is_saved(client, model):
    item = published(model, body_en='<p onclick="x()">Text<script>alert(1)</script></p>')
    item.refresh_from_db()
    assert item.body_en == "<p>Text</p>"
    assert "alert(1)" not in client.get(item.get_absolute_url()).content.decode()


@every_type
def test_saving_in_another_language_does_not_copy_the_fallback(settings, model):
    from django.utils import translation

    item = draft(model, body_en="<p>English</p>")
    with translation.override("fr"):
        item.save()
    item.refresh_from_db()
    assert not item.body_fr


@every_type
def test_publishing_keeps_the_first_date_and_renews_the_last(model):
    item = published(model)
    first = item.first_published_at
    publish(item=item)
    assert item.first_published_at == first
    assert item.last_published_at > first


@every_type
def test_publishing_tells_the_other_apps(model, django_capture_on_commit_callbacks):
    heard = []
    item = draft(model)

    def listener(sender, item, by, **kwargs):
        heard.append((sender, item.pk, by))

    signals.published.connect(listener)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            publish(item=item)
    finally:
        signals.published.disconnect(listener)
    assert heard == [(model, item.pk, None)]


@every_type
def test_only_who_may_publish_can(model):
    user = get_user_model().objects.create_user("author")
    item = publishable(model)
    with pytest.raises(PermissionDenied):
        publish(item=item, by=user)
    item.refresh_from_db()
    assert not item.is_published
    permission = Permission.objects.get(codename=f"publish_{model._meta.model_name}")
    user.user_permissions.add(permission)
    publish(item=item, by=get_user_model().objects.get(pk=user.pk), reason="Agreed")
    item.refresh_from_db()
    assert item.is_published


@every_type
def test_title_in_one_language_is_enough_and_none_is_refused(model):
    item = draft(model, title_en="", title_fr="Un titre")
    assert item.slug == "un-titre"
    with pytest.raises(ValidationError) as refused:
        draft(model, title_en="")
    assert "title_en" in refused.value.message_dict


@every_type
def test_same_title_gets_another_address(model):
    slugs = [draft(model, title_en="Twice").slug for _ in range(3)]
    assert slugs == ["twice", "twice-2", "twice-3"]


@every_type
def test_page_of_an_untranslated_item_says_so(client, model):
    item = published(model, title_en="Only English", body_en="<p>Text</p>")
    page = client.get(item.get_absolute_url().replace("/en/", "/nl/")).content.decode()
    assert '<html lang="nl"' in page
    assert ' lang="en">Only English</h1>' in page
    assert 'class="notice' in page
    assert 'hreflang="nl" href="http' not in page
