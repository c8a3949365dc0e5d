"""The admin's forms: texts in several languages, and relations."""

import re

import pytest
from django.contrib.auth.models import Permission

from calls.models import Call
from initiatives.models import Initiative
from news.models import Article
from publishing.models import Topic
from tests.factories import (
    draft,
    organisation,
    publishable_models,
    published,
    topic,
)
from tests.staff import admin_url, save, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return signed_in()


# Enter in a field -------------------------------------------------------------------------


def pressed_by_enter(page):
    """Return the name of the form's first submit button, which browsers press on Enter."""
    form = page.text.partition("data-guard-changes")[2]
    return re.search(r'<button(?![^>]* type="button")[^>]* name="(\w+)"', form)[1]


@pytest.mark.parametrize("role", ["Author", "Publisher"])
def test_enter_saves_a_new_item_as_a_draft_and_stays_on_it(role):
    assert pressed_by_enter(signed_in(role).get(admin_url(Call, "add"))) == "_continue"


def test_enter_saves_a_draft_of_what_is_published_instead_of_discarding_it(client):
    call = published(Call)
    save(client, call, title_en="Changed")
    page = client.get(admin_url(call))
    assert 'name="_discard"' in page.text
    assert pressed_by_enter(page) == "_continue"


@pytest.mark.parametrize(
    "address", [admin_url(Topic, "add"), admin_url(Call, "add") + "?_popup=1"]
)
def test_enter_saves_what_has_no_drafts(client, address):
    assert pressed_by_enter(client.get(address)) == "_save"


# Languages --------------------------------------------------------------------------------


def test_form_has_a_field_for_each_language_of_the_portal_only(client, settings):
    settings.LANGUAGES = [("fr", "French"), ("nl", "Dutch")]
    page = client.get(admin_url(Topic, "add"), headers={"accept-language": "fr"}).text
    assert 'name="name_fr"' in page
    assert 'name="name_nl"' in page
    assert 'name="name_en"' not in page


def test_text_field_says_its_language(client):
    page = client.get(admin_url(Article, "add")).text
    assert re.search(
        r'<input[^>]* lang="nl"[^>]* name="title_nl"|name="title_nl"[^>]* lang="nl"', page
    )
    assert 'data-language="nl" data-text="-title"' in page


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_required_text_in_any_one_language_is_enough(client, language):
    data = {f"name_{language}": "Health", "slug": "health"}
    assert client.post(admin_url(Topic, "add"), data).status_code == 302
    assert Topic.objects.get().slug == "health"


def test_required_text_in_no_language_is_refused_at_the_first(client):
    response = client.post(admin_url(Topic, "add"), {"slug": "health"})
    errors = response.context["adminform"].form.errors
    assert errors == {"name_en": ["Enter this in at least one language."]}


def test_title_in_no_language_is_refused_once(client):
    errors = save(client, draft(Article), title_en="")
    assert errors == {"title_en": ["Enter a title in at least one language."]}


# Relations --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", publishable_models())
def test_form_never_lists_all_that_could_be_chosen(client, model):
    item = draft(model)
    for number in range(3):
        topic(f"Topic {number}")
        published(Initiative, title_en=f"Initiative {number}")
    page = client.get(admin_url(item)).text
    assert "Initiative 1" not in page.replace(str(item), "")
    assert "Topic 1" not in page


def test_form_shows_what_is_chosen(client):
    health = topic("Health")
    call = draft(Call, topics=[health], initiative=published(Initiative, title_en="Rivers"))
    page = client.get(admin_url(call)).text
    assert f'<option value="{health.pk}" selected>Health</option>' in page
    assert f'<option value="{call.initiative_id}" selected>Rivers</option>' in page


@pytest.mark.parametrize("garbage", ["abc", "9" * 30, "0", "\x00"])
def test_relation_to_nothing_is_refused_at_its_field(client, garbage):
    assert set(save(client, draft(Call), initiative=garbage)) == {"initiative"}


def choices(client, term="", field="initiative", model="call", app="calls"):
    query = {"app_label": app, "model_name": model, "field_name": field, "term": term}
    return client.get("/admin/autocomplete/", query)


def test_choices_say_what_tells_them_apart(client):
    organisation("Institute", city="Ghent")
    response = choices(client, "institute", "organisation", "funderoffer")
    assert response.json()["results"][0]["note"] == "Ghent, Belgium"


def test_choices_are_searched_in_every_language(client):
    draft(Initiative, title_en="Rivers", title_fr="Fleuves")
    results = choices(client, "fleuv").json()["results"]
    assert [(found["text"], found["note"]) for found in results] == [("Rivers", "Draft")]


def test_author_chooses_an_owner_without_seeing_accounts():
    client = signed_in("Author")
    results = choices(client, field="owner").json()["results"]
    assert [found["text"] for found in results] == [client.user.username]
    assert client.get("/admin/accounts/user/").status_code == 403


def test_colleagues_are_shown_only_to_those_who_write_content():
    client = signed_in("Author")
    client.user.groups.clear()
    assert choices(client, field="owner").status_code == 403
    client.user.user_permissions.add(Permission.objects.get(codename="view_call"))
    assert choices(client, field="owner").status_code == 403
    client.user.user_permissions.add(Permission.objects.get(codename="change_call"))
    assert choices(client, field="owner").status_code == 200


def test_choices_are_refused_to_those_who_may_not_see_them():
    client = signed_in("Author")
    assert choices(client, field="user", model="logentry", app="admin").status_code == 200
    assert choices(client, field="group", model="user_groups", app="auth").status_code == 403
