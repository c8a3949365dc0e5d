"""Publishing in the admin: permissions of each role, and the public result."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from news.models import Article
from publishing import workflow
from publishing.models import Revision
from tests.factories import draft, publishable, publishable_models, published
from tests.staff import admin_url, form_at, signed_in, submitted

pytestmark = pytest.mark.django_db

PUBLISH = 'name="_publish"'


def post(client, item, **changes):
    form = form_at(client, admin_url(item))
    return client.post(admin_url(item), submitted(form, **changes), follow=True)


@pytest.mark.parametrize("model", publishable_models())
def test_publisher_publishes_a_draft(model):
    item = publishable(model)
    client = signed_in("Publisher")
    assert PUBLISH in client.get(admin_url(item)).text
    response = post(client, item, _reason="Agreed", _publish="1")
    item.refresh_from_db()
    assert item.is_published
    assert item.get_absolute_url() in response.text
    assert "Published. See it on the site:" in response.text


@pytest.mark.parametrize("model", publishable_models())
def test_author_cannot_publish(model):
    item = draft(model)
    client = signed_in("Author")
    form = client.get(admin_url(item))
    assert PUBLISH not in form.text
    changes = submitted(form, title_en="Changed", _publish="1")
    assert client.post(admin_url(item), changes).status_code == 403
    item.refresh_from_db()
    assert not item.is_published
    assert item.title_en != "Changed"


def test_author_saves_a_draft():
    item = draft(Article)
    post(signed_in("Author"), item, title_en="Changed", _continue="1")
    item.refresh_from_db()
    assert (item.title_en, item.is_published) == ("Changed", False)


def test_saving_what_is_published_renews_its_date():
    item = published(Article)
    before = item.last_published_at
    post(signed_in("Publisher"), item, title_en="Corrected", _reason="Agreed", _publish="1")
    item.refresh_from_db()
    assert (item.title_en, item.is_published) == ("Corrected", True)
    assert item.last_published_at > before
    assert item.first_published_at == before


def test_what_publishing_objects_to_stands_at_its_field_and_nothing_is_saved(monkeypatch):
    def refuse(**kwargs):
        raise ValidationError({"summary_en": "Readers need a summary.", "state": "Not yet."})

    monkeypatch.setattr(workflow, "publish", refuse)
    item = draft(Article)
    response = post(
        signed_in("Publisher"), item, title_en="Changed", _reason="Agreed", _publish="1"
    )
    form = response.context["adminform"].form
    assert form.errors["summary_en"] == ["Readers need a summary."]
    assert form.non_field_errors() == ["Not yet."]
    item.refresh_from_db()
    assert item.title_en != "Changed"


def test_unpublishing_asks_first_and_then_hides():
    item = published(Article)
    client = signed_in("Publisher")
    assert "not found" in client.get(admin_url(item, "unpublish")).text
    item.refresh_from_db()
    assert item.is_published
    client.post(admin_url(item, "unpublish"))
    item.refresh_from_db()
    assert not item.is_published
    assert client.get(item.get_absolute_url()).status_code == 404


def test_author_cannot_unpublish():
    item = published(Article)
    client = signed_in("Author")
    assert client.get(admin_url(item, "unpublish")).status_code == 403
    assert client.post(admin_url(item, "unpublish")).status_code == 403
    item.refresh_from_db()
    assert item.is_published


def test_unpublishing_a_draft_is_refused_in_words():
    response = signed_in("Publisher").post(admin_url(draft(Article), "unpublish"), follow=True)
    assert "This item is not published." in response.text


def test_unpublishing_what_is_gone_leads_to_the_start_page():
    item = published(Article)
    url = admin_url(item, "unpublish")
    item.delete()
    assert signed_in("Publisher").get(url)["Location"] == "/admin/"


def test_history_tells_who_published_and_unpublished():
    item = draft(Article)
    client = signed_in("Publisher")
    post(client, item, _reason="Agreed", _publish="1")
    client.post(admin_url(item, "unpublish"))
    page = client.get(admin_url(item, "history")).text
    assert "<td>Published</td>" in page
    assert "<td>Unpublished</td>" in page
    assert client.user.username in page


def test_editor_deletes_drafts_but_nothing_published():
    client = signed_in("Editor")
    hidden, shown = draft(Article), published(Article)
    client.post(admin_url(hidden, "delete"), {"post": "yes"})
    assert client.post(admin_url(shown, "delete"), {"post": "yes"}).status_code == 403
    assert list(Article.objects.all()) == [shown]


def test_editor_cannot_delete_published_items_by_the_dozen():
    client = signed_in("Editor")
    items = [draft(Article), published(Article)]
    data = {"action": "delete_selected", "_selected_action": [item.pk for item in items]}
    page = client.post(admin_url(Article, "changelist"), data)
    assert "published news" in page.text
    client.post(admin_url(Article, "changelist"), data | {"post": "yes"})
    assert Article.objects.count() == 2


def test_new_item_belongs_to_its_author_and_gets_an_address():
    client = signed_in("Author")
    form = form_at(client, admin_url(Article, "add"))
    data = submitted(form, title_fr="Appel à idées", _continue="1")
    client.post(admin_url(Article, "add"), data)
    article = Article.objects.get()
    assert (article.owner, article.slug, article.title_en) == (
        client.user,
        "appel-a-idees",
        None,
    )


def test_history_of_a_new_item_begins_with_its_author():
    client = signed_in("Author")
    form = form_at(client, admin_url(Article, "add"))
    data = submitted(form, title_en="New", _reason="Agreed", _continue="1")
    client.post(admin_url(Article, "add"), data)
    versions = Revision.objects.of(Article.objects.get())
    assert [(one.number, one.author, one.reason) for one in versions] == [
        (1, client.user, "Agreed")
    ]


def test_body_is_sanitised_when_it_is_saved():
    item = draft(Article)
    hostile = '<p onclick="x()">Text<script>alert(1)</script><a href="javascript:x">y</a></p>'
    post(signed_in("Author"), item, body_fr=hostile, _continue="1")
    item.refresh_from_db()
    assert "<p>Text" in item.body_fr
    assert not any(part in item.body_fr for part in ("onclick", "script"))


def test_refused_save_keeps_no_log():
    item = draft(Article)
    post(signed_in("Author"), item, title_en="", _continue="1")
    assert not LogEntry.objects.exists()
