"""The admin's forms on drafts of live content."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calls.models import Call, KeyDate
from initiatives.models import Initiative, Participation
from news.models import Article
from publishing import workflow
from publishing.models import Revision
from publishing.workflow import publish
from tests import factories
from tests.staff import form_at

pytestmark = pytest.mark.django_db


def member(role):
    user = get_user_model().objects.create_user(
        f"{role}-{Group.objects.count()}", is_staff=True
    )
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def author(client):
    client.force_login(member("Author"))
    return client


@pytest.fixture
def publisher(client):
    client.force_login(member("Publisher"))
    return client


def address(item, verb="change", *args):
    options = item._meta
    name = f"admin:{options.app_label}_{options.model_name}_{verb}"
    return reverse(name, args=[item.pk, *args])


def form_data(client, item):
    """Return the data that a browser would send from the item's form as it opens."""
    context = form_at(client, address(item)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            put(data, bound)
    data["_seen"] = context["draft"]["seen"]
    return data


def put(data, bound):
    value = bound.value()
    if callable(value):
        value = value()
    widget = bound.field.widget
    widget = getattr(widget, "widget", widget)
    if hasattr(widget, "widgets"):
        for name, part in zip(widget.widgets_names, widget.decompress(value), strict=True):
            data[f"{bound.html_name}{name}"] = widget.widgets[0].format_value(part) or ""
    elif value is True:
        data[bound.html_name] = "on"
    elif value is not None and value is not False:
        shown = widget.format_value(value) if not isinstance(value, list) else value
        data[bound.html_name] = value if shown is None else shown


def save(client, item, data=None, button="_continue", **changes):
    data = {**(data or form_data(client, item)), **changes, button: "1"}
    response = client.post(address(item), data)
    errors = response.context and response.context.get("errors")
    return response, errors


def test_draft_changes_nothing_public_and_the_form_opens_on_it(author):
    call = factories.open_call(title_en="Public title")
    publish(item=call)
    response, errors = save(author, call, title_en="Draft title")
    assert response.status_code == 302, errors
    call.refresh_from_db()
    assert call.title_en == "Public title"
    page = author.get(address(call))
    assert page.context["adminform"].form["title_en"].value() == "Draft title"
    assert page.context["draft"]["is_open"]
    assert [change.label for change in page.context["draft"]["changes"]] == ["Title (English)"]
    assert "<del>Public</del><ins>Draft</ins> title" in page.content.decode()


def test_rows_of_the_draft_are_the_form_s_rows(publisher):
    initiative = factories.published(Initiative)
    kept, gone = (factories.participation(initiative) for _ in range(2))
    publish(item=initiative)
    data = form_data(publisher, initiative)
    prefix = "participations"
    data |= {
        f"{prefix}-TOTAL_FORMS": "3",
        f"{prefix}-1-DELETE": "on",
        f"{prefix}-2-organisation": str(factories.organisation(name="Newcomer").pk),
        f"{prefix}-2-role": "observer",
        f"{prefix}-2-amount_currency": "EUR",
        f"{prefix}-2-precision": "day",
        f"{prefix}-2-position": "2",
    }
    response, errors = save(publisher, initiative, data)
    assert response.status_code == 302, response.context and [
        f.errors for i in response.context["inline_admin_formsets"] for f in i.formset.forms
    ]
    assert Participation.objects.count() == 2
    draft = workflow.draft_of(initiative)
    roles = [row.role for row in draft.participations.all()]
    assert roles == ["partner", "observer"]
    response, errors = save(publisher, initiative, button="_publish", _reason="Agreed")
    assert response.status_code == 302, errors
    assert {p.role for p in Participation.objects.all()} == {"partner", "observer"}
    assert Participation.objects.filter(pk=kept.pk).exists()
    assert not Participation.objects.filter(pk=gone.pk).exists()


def test_new_rows_of_a_draft_survive_further_saves(author):
    call = factories.open_call()
    publish(item=call)
    data = form_data(author, call)
    data |= {
        "key_dates-TOTAL_FORMS": "3",
        "key_dates-2-kind": "decision",
        "key_dates-2-certainty": "exact",
        "key_dates-2-precision": "minute",
        "key_dates-2-at_0": "2099-05-01",
        "key_dates-2-at_1": "12:00",
        "key_dates-2-timezone": "Europe/Brussels",
    }
    for name in [n for n in data if n.startswith("key_dates-0-at")]:
        if "_" not in name.removeprefix("key_dates-0-"):
            data["key_dates-2-at"] = "2099-05-01T12:00"
    assert save(author, call, data)[0].status_code == 302
    assert save(author, call, summary_en="Again")[0].status_code == 302
    assert KeyDate.objects.filter(call=call).count() == 2
    assert workflow.draft_of(call).key_dates.all()[2].kind == "decision"
    publish(item=call)
    assert KeyDate.objects.filter(call=call).count() == 3


def test_second_editor_s_changes_elsewhere_are_merged(author):
    call = factories.published(Call)
    mine, theirs = form_data(author, call), form_data(author, call)
    assert save(author, call, theirs, summary_en="Theirs")[0].status_code == 302
    assert save(author, call, mine, reference="MINE")[0].status_code == 302
    draft = workflow.draft_of(call)
    assert (draft.summary_en, draft.reference) == ("Theirs", "MINE")


def test_clash_is_refused_shown_and_resolved_by_saving_again(author):
    call = factories.published(Call)
    mine, theirs = form_data(author, call), form_data(author, call)
    save(author, call, theirs, summary_en="Theirs", reference="T-1")
    response, _errors = save(author, call, mine, summary_en="Mine")
    assert response.status_code == 200
    page = response.content.decode()
    assert "It now reads: “Theirs”" in page
    assert response.context["adminform"].form["summary_en"].value() == "Mine"
    assert workflow.draft_of(call).summary_en == "Theirs"
    overrule = response.context["draft"]["overrule"]
    again, errors = save(author, call, mine, summary_en="Mine", _overrule=overrule)
    assert again.status_code == 302, errors
    draft = workflow.draft_of(call)
    assert (draft.summary_en, draft.reference) == ("Mine", "T-1")


def test_author_cannot_publish_undo_or_unpublish_by_post(author):
    call = factories.published(Call)
    save(author, call, title_en="Draft")
    assert save(author, call, button="_publish")[0].status_code == 403
    for verb in ("undo", "unpublish"):
        assert author.post(address(call, verb)).status_code == 403
    call.refresh_from_db()
    assert call.is_published
    assert call.title_en != "Draft"


def test_undo_discard_and_restore_ask_for_post(publisher):
    call = factories.published(Call)
    for verb, args in (("undo", []), ("discard", []), ("restore", [1])):
        assert publisher.get(address(call, verb, *args)).status_code == 405


def test_publisher_undoes_a_mistake(publisher):
    call = factories.open_call(title_en="Right")
    publish(item=call)
    save(publisher, call, title_en="Wrong", button="_publish", _reason="Agreed")
    call.refresh_from_db()
    assert call.title_en == "Wrong"
    publisher.post(address(call, "undo"))
    call.refresh_from_db()
    assert call.title_en == "Right"


def test_undo_of_an_undo_is_named_as_what_it_is(publisher):
    item = factories.published(Article, title_en="Right")
    save(publisher, item, title_en="Wrong", button="_publish", _reason="Agreed")
    mistake = Revision.objects.of(item).published().first().number
    assert "Undo the last publication" in publisher.get(address(item, "history")).text
    seen = {"_seen": mistake}
    publisher.post(address(item, "undo"), seen)
    page = publisher.get(address(item, "history")).text
    assert f"Publish version {mistake} again" in page
    assert "Undo the last publication" not in page

    stale = publisher.post(address(item, "undo"), seen, follow=True).text
    assert f"Version {mistake} is no longer the last" in stale
    item.refresh_from_db()
    assert item.title_en == "Right"
    again = publisher.post(address(item, "undo"), {"_seen": mistake + 1}, follow=True).text
    assert f"Version {mistake} is public again." in again
    reasons = Revision.objects.of(item).published().values_list("reason", flat=True)
    assert list(reasons[:2]) == [
        f"Version {mistake} published again",
        f"Version {mistake} undone",
    ]


def test_publication_is_compared_with_the_one_before_it(publisher):
    item = factories.published(Article, title_en="One")
    save(publisher, item, title_en="Two", button="_publish", _reason="Agreed")
    kinds = Revision.objects.of(item).values_list("number", "kind")
    assert list(kinds) == [(3, "published"), (2, "draft"), (1, "published")]
    page = publisher.get(address(item, "history")).text
    assert f'href="{address(item, "compare", 1, 3)}" aria-label="Changes in version 3"' in page
    assert f'href="{address(item, "compare", 1, 2)}" aria-label="Changes in version 2"' in page
    assert "Changes in version 1" not in page


def test_history_compares_and_restores(publisher):
    call = factories.open_call(title_en="One", body_en="<p>The old words stay</p>")
    publish(item=call)
    changes = {"title_en": "Two", "body_en": "<p>The new words stay</p>"}
    save(publisher, call, **changes, button="_publish", _reason="Agreed")
    history = publisher.get(address(call, "history"))
    assert history.status_code == 200
    compare = publisher.get(
        address(call, "compare", 1, Revision.objects.of(call).first().number)
    )
    assert "The <del>old</del><ins>new</ins> words stay" in compare.content.decode()
    assert publisher.post(address(call, "restore", 1)).status_code == 302
    assert workflow.draft_of(call).title_en == "One"


def test_discarded_draft_gives_the_public_version_back(author):
    call = factories.published(Call, title_en="Public")
    save(author, call, title_en="Draft")
    assert author.post(address(call, "discard")).status_code == 302
    assert author.get(address(call)).context["adminform"].form["title_en"].value() == "Public"


@pytest.mark.parametrize(
    "verb", ["history", "compare", "restore", "discard", "undo", "preview"]
)
def test_who_may_not_see_the_type_sees_no_version_of_it(client, verb):
    call = factories.published(Call, title_en="Hidden zebra")
    client.force_login(get_user_model().objects.create_user("visitor", is_staff=True))
    args = {"compare": [1, 1], "restore": [1], "preview": ["en"]}.get(verb, [])
    method = client.get if verb in ("history", "compare", "preview") else client.post
    response = method(address(call, verb, *args))
    assert response.status_code == 403
    assert "zebra" not in response.content.decode()


@pytest.mark.parametrize("rest", ["999999/history/", "x/history/", "%00/history/"])
def test_history_of_nothing_is_not_found(publisher, rest):
    assert publisher.get(f"/admin/calls/call/{rest}").status_code in (400, 404)


def test_deleting_keeps_the_history(publisher):
    call = factories.draft(Call, title_en="Gone")
    publisher.post(address(call, "delete"), {"post": "yes"})
    assert not Call.objects.filter(pk=call.pk).exists()
    assert Revision.objects.filter(kind="deleted", title="Gone").exists()


def test_opening_a_draft_with_fifty_rows_takes_few_queries_and_writes_nothing(author):
    initiative = factories.published(Initiative, topics=[factories.topic()])
    for _ in range(50):
        factories.participation(initiative)
    publish(item=initiative)
    save(author, initiative, title_en="Draft")
    count = Revision.objects.count()
    author.get(address(initiative))
    with CaptureQueriesContext(connection) as captured:
        author.get(address(initiative))
    statements = [query["sql"] for query in captured]
    assert not [s for s in statements if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert Revision.objects.count() == count
    assert len(statements) <= 12, "\n".join(s[:150] for s in statements)


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_preview_shows_the_draft_to_staff_only(author, model):
    item = factories.published(model, title_en="Public", title_fr="Publique")
    save(author, item, title_en="Draft zebra", title_fr="Zèbre")
    english = author.get(address(item, "preview", "en"))
    assert "Draft zebra" in english.content.decode()
    assert "no-store" in english["Cache-Control"]
    assert english["X-Robots-Tag"] == "noindex"
    french = author.get(address(item, "preview", "fr")).content.decode()
    assert '<html lang="fr"' in french
    assert "Zèbre" in french
    assert author.get(address(item, "preview", "xx")).status_code == 404
    author.logout()
    assert author.get(address(item, "preview", "en")).status_code == 302


def test_preview_of_an_item_that_was_never_published(author):
    item = factories.draft(Call, title_en="Never public")
    assert "Never public" in author.get(address(item, "preview", "en")).content.decode()
    assert author.get(item.get_absolute_url()).status_code == 404
