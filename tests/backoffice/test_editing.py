"""Autosaved forms are offered to their author again, and to nobody else."""

import re
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backoffice.editing import open_forms
from calls.models import Call
from initiatives.models import Initiative
from publishing import jobs, workflow
from publishing.models import OpenForm, Publishable, Revision
from tests import factories
from tests.staff import admin_url, form_at, member, row, signed_in, submitted

pytestmark = pytest.mark.django_db


def keep_url(item):
    return (
        admin_url(item, "keep") if isinstance(item, Publishable) else add_url(item, "keep_new")
    )


def add_url(model, view="add"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}")


def opened(client, url, **changes):
    """Return the data of the form at this address, as a browser has it after changes."""
    response = form_at(client, url)
    context = response.context
    data = submitted(response, _opening=context["editing"]["token"])
    if context.get("draft"):
        data["_seen"] = str(context["draft"]["seen"])
    return data | changes


def autosave(client, item, data, work="typed", **more):
    """Post a form to the autosave address, as the script does."""
    user = client.user.pk
    return client.post(keep_url(item), {**data, "_work": work, "_user": user, **more})


def kept_by(client, item, **changes):
    """Autosave changes to the item's form without submitting it, and return its token."""
    data = opened(client, admin_url(item), **changes)
    assert autosave(client, item, data).status_code == 200
    return data["_opening"]


def work(response):
    return [form.token for form in response.context["editing"]["work"]]


def values(response):
    form = response.context["adminform"].form
    return {field.html_name: field.value() for field in form}


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_unsaved_work_of_every_type_is_kept_outside_the_history_and_comes_back(model):
    author = signed_in("Author")
    item = factories.published(model)
    count = Revision.objects.count()
    token = kept_by(author, item, title_en="Half a tit", slug="not a slug !")
    assert Revision.objects.count() == count
    assert work(form_at(author, admin_url(item))) == [token]
    back = author.get(admin_url(item), {"kept": token})
    assert values(back)["title_en"] == "Half a tit"
    assert values(back)["slug"] == "not a slug !"
    assert back.context["editing"]["token"] == token
    assert not back.context["errors"]
    assert "error_summary" not in back.content.decode()
    item.refresh_from_db()
    assert item.title_en != "Half a tit"


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_two_new_items_do_not_overwrite_each_other(model):
    author = signed_in("Author")
    for title in ("First", "Second"):
        data = opened(author, add_url(model), title_en=title)
        assert autosave(author, model, data).status_code == 200
    page = form_at(author, add_url(model))
    assert [form.title for form in page.context["editing"]["work"]] == ["Second", "First"]
    back = form_at(author, add_url(model), {"kept": work(page)[1]})
    assert values(back)["title_en"] == "First"


def test_rows_come_back_as_they_were_added_removed_and_ordered():
    author = signed_in("Author")
    initiative = factories.published(Initiative)
    first, second = (factories.participation(initiative) for _ in range(2))
    workflow.publish(item=initiative)
    rows = {
        "participations-TOTAL_FORMS": "3",
        **row("participations", 0, DELETE="on", position="2"),
        **row("participations", 1, role="no such role", position="0"),
        **row("participations", 2, organisation="", amount="12,", position="1"),
    }
    token = kept_by(author, initiative, **rows)
    back = form_at(author, admin_url(initiative), {"kept": token})
    inlines = back.context["inline_admin_formsets"]
    [formset] = [i.formset for i in inlines if i.formset.prefix == "participations"]
    assert len(formset.forms) == 3
    assert [form["position"].value() for form in formset.forms] == ["2", "0", "1"]
    assert formset.forms[0]["DELETE"].value()
    assert formset.forms[1]["role"].value() == "no such role"
    assert formset.forms[2]["amount"].value() == "12,"
    assert [form.instance.pk for form in formset.initial_forms] == [first.pk, second.pk]
    labels = back.context["editing"]["changed_labels"]
    assert "participations" in " ".join(map(str, labels)).lower()


def test_rows_of_a_draft_come_back_though_somebody_has_published_them_since():
    author = signed_in("Author")
    initiative = factories.published(Initiative)
    data = opened(author, admin_url(initiative))
    data |= row("participations", 0, organisation=factories.organisation().pk, role="partner")
    data |= row("participations", 0, position="0", precision="day", amount_currency="EUR")
    data |= {"participations-TOTAL_FORMS": "1", "_continue": "1"}
    assert author.post(admin_url(initiative), data).status_code == 302
    token = kept_by(author, initiative, title_en="Typed")
    workflow.publish(item=initiative)
    back = form_at(author, admin_url(initiative), {"kept": token})
    sent = submitted(back, _opening=token, _seen=str(back.context["draft"]["seen"]))
    assert author.post(admin_url(initiative), {**sent, "_continue": "1"}).status_code == 302
    draft = workflow.draft_of(initiative)
    assert draft.title_en == "Typed"
    assert draft.participations.all()[0].pk == initiative.participations.get().pk


def test_saving_removes_what_was_kept_and_leaves_other_work_alone():
    author = signed_in("Author")
    call = factories.published(Call)
    other = kept_by(author, call, title_en="Elsewhere")
    data = opened(author, admin_url(call), title_en="Saved")
    autosave(author, call, data)
    assert OpenForm.objects.count() == 2
    assert author.post(admin_url(call), {**data, "_continue": "1"}).status_code == 302
    assert [form.token for form in OpenForm.objects.all()] == [other]


def test_saving_a_new_item_removes_what_was_kept():
    author = signed_in("Author")
    data = opened(author, add_url(Call), title_en="New", kind="national")
    autosave(author, Call, data)
    assert author.post(add_url(Call), {**data, "_continue": "1"}).status_code == 302
    assert Call.objects.get().title_en == "New"
    assert not OpenForm.objects.exists()


def test_a_refused_save_keeps_the_work_and_the_token():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call), title_en="", title_fr="", title_nl="")
    autosave(author, call, data)
    refused = author.post(admin_url(call), {**data, "_continue": "1"})
    assert refused.context["errors"]
    assert 'data-unsaved="refused"' in refused.content.decode()
    assert refused.context["editing"]["token"] == data["_opening"]
    assert work(refused) == []
    assert work(form_at(author, admin_url(call))) == [data["_opening"]]


def test_going_on_merges_with_what_was_saved_meanwhile():
    author, other = signed_in("Author"), signed_in("Author")
    call = factories.published(Call)
    token = kept_by(author, call, reference="MINE")
    theirs = opened(other, admin_url(call), summary_en="Theirs")
    assert other.post(admin_url(call), {**theirs, "_continue": "1"}).status_code == 302
    back = form_at(author, admin_url(call), {"kept": token})
    assert back.context["editing"]["newer"].author == other.user
    seen = str(back.context["draft"]["seen"])
    sent = submitted(back, _opening=token, _seen=seen, _continue="1")
    assert author.post(admin_url(call), sent).status_code == 302
    draft = workflow.draft_of(call)
    assert (draft.reference, draft.summary_en) == ("MINE", "Theirs")


def test_going_on_says_what_differs_and_which_files_are_gone():
    author = signed_in("Author")
    call = factories.published(Call)
    token = kept_by(
        author,
        call,
        title_en="Other",
        title_fr="Autre",
        kind="",
        _files=["annex.pdf", "budget.ods"],
    )
    page = author.get(admin_url(call), {"kept": token})
    labels = page.context["editing"]["changed_labels"]
    assert [str(label) for label in labels] == ["Title", "Kind"]
    assert "annex.pdf, budget.ods" in page.content.decode()


def test_work_is_still_there_after_a_log_out():
    author = signed_in("Author")
    call = factories.published(Call)
    token = kept_by(author, call, title_en="Typed")
    author.logout()
    assert author.get(admin_url(call)).status_code == 302
    author.force_login(author.user)
    assert work(form_at(author, admin_url(call))) == [token]


def test_a_logged_out_form_is_told_to_log_in_and_writes_nothing():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call))
    author.logout()
    assert autosave(author, call, data).status_code == 302
    assert not OpenForm.objects.exists()


def test_a_form_of_somebody_else_who_is_logged_in_now_is_not_kept():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call))
    response = autosave(author, call, data, _user=member("Author").pk)
    assert response.status_code == 409
    assert "someone else" in response.json()["message"]
    assert not OpenForm.objects.exists()


@pytest.mark.parametrize("role", ["Author", "Publisher", None])
def test_nobody_else_reads_or_removes_unsaved_work(role):
    author, curious = signed_in("Author"), signed_in(role)
    call = factories.published(Call)
    token = kept_by(author, call, title_en="Secret zebra")
    assert work(form_at(curious, admin_url(call))) == []
    page = curious.get(admin_url(call), {"kept": token})
    assert "zebra" not in page.content.decode()
    forget = reverse("admin:calls_call_forget", args=[token])
    assert curious.post(forget).status_code == 404
    autosave(curious, call, {"_opening": token, "title_en": "Mine"})
    back = form_at(author, admin_url(call), {"kept": token})
    assert values(back)["title_en"] == "Secret zebra"


def test_who_may_not_write_the_item_keeps_nothing_and_sees_nobody():
    call = factories.published(Call)
    visitor = Client()
    visitor.user = member("Author")
    visitor.user.groups.clear()
    visitor.force_login(visitor.user)
    for item in (call, Call):
        assert autosave(visitor, item, {"_opening": "a-token-of-mine"}).status_code == 403
    assert not OpenForm.objects.exists()


def test_a_token_of_another_item_opens_nothing():
    author = signed_in("Author")
    call, other = factories.published(Call), factories.published(Call)
    token = kept_by(author, call, title_en="Typed here")
    for url in (admin_url(other), add_url(Call)):
        page = author.get(url, {"kept": token})
        assert values(page)["title_en"] != "Typed here"
        assert "no longer exists" in page.content.decode()


def test_thrown_away_work_is_gone():
    author = signed_in("Author")
    call = factories.published(Call)
    forget = reverse("admin:calls_call_forget", args=[kept_by(author, call, title_en="No")])
    assert author.get(forget).status_code == 405
    form = author.get(admin_url(call)).text
    _before, asked, question = form.partition('<details class="recovered__away">')
    assert asked
    assert question.index("It cannot be restored.") < question.index("permanently</button>")
    page = author.post(forget, follow=True)
    assert page.redirect_chain == [(admin_url(call), 302)]
    assert re.search(r"Your unsaved work from [^<]*\d was discarded\.", page.text)
    assert work(page) == []
    data = opened(author, add_url(Call), title_en="New")
    autosave(author, Call, data)
    forget = reverse("admin:calls_call_forget", args=[data["_opening"]])
    assert author.post(forget).url == add_url(Call)
    assert not OpenForm.objects.exists()


def test_typing_back_what_was_there_leaves_no_unsaved_work():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call))
    autosave(author, call, data | {"title_en": "Other"})
    autosave(author, call, {"_opening": data["_opening"]}, work="none")
    assert work(form_at(author, admin_url(call))) == []


def test_keeping_is_one_write():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call), title_en="Typed")
    autosave(author, call, data)
    with CaptureQueriesContext(connection) as captured:
        autosave(author, call, data)
    writes = [q["sql"] for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert len(writes) == 1
    assert OpenForm.objects.count() == 1


def test_what_is_too_large_is_refused_with_a_sentence():
    author = signed_in("Author")
    call = factories.published(Call)
    response = autosave(
        author, call, {"_opening": "a-token-of-mine", "body_en": "x" * 1_000_001}
    )
    assert response.status_code == 413
    assert "more than the portal can autosave" in response.json()["message"]
    assert not OpenForm.objects.exists()


ODD = [
    {"title_en": "a\0b", "a\0b": "c"},
    {"_seen": "9" * 40},
    {"_seen": "x", "_overrule": "\0"},
    {"_opening": "\0"},
    {"_opening": "x" * 10_000},
    {"title_en": "t" * 10_000},
    {"key_dates-TOTAL_FORMS": "9" * 30, "key_dates-INITIAL_FORMS": "-1"},
    {"key_dates-TOTAL_FORMS": "many"},
    {"key_dates-0-id": "9" * 40, "topics": ["x", "9" * 40], "initiative": "9" * 40},
    {"_publish": "1", "_save": "1", "_saveasnew": "1", "_method": "DELETE"},
]


def test_odd_input_is_kept_or_refused_but_breaks_nothing():
    author = signed_in("Author")
    call = factories.published(Call)
    data = opened(author, admin_url(call))
    for odd in ODD:
        assert autosave(author, call, data | odd).status_code == 200
        for form in OpenForm.objects.all():
            back = author.get(admin_url(call), {"kept": form.token})
            assert back.status_code in (200, 403)
        OpenForm.objects.all().delete()


@pytest.mark.parametrize("rest", ["999999", "x", "9" * 40, "%00"])
def test_a_form_of_an_item_that_is_gone_is_told_so(rest):
    author = signed_in("Author")
    response = author.post(f"/admin/calls/call/{rest}/keep/", {"_user": author.user.pk})
    assert response.status_code in (400, 404)


def test_only_a_post_keeps():
    author = signed_in("Author")
    assert author.get(add_url(Call, "keep_new")).status_code == 405


def test_keeping_asks_for_the_csrf_token():
    client = Client(enforce_csrf_checks=True)
    client.user = member("Author")
    client.force_login(client.user)
    assert autosave(client, Call, {"_opening": "a-token-of-mine"}).status_code == 403
    assert not OpenForm.objects.exists()


def test_two_editors_see_each_other_and_when_the_other_left():
    ann, bob = signed_in("Author"), signed_in("Author")
    ann.user.display_name = "Ann Example"
    ann.user.save()
    call = factories.published(Call)
    data = opened(ann, admin_url(call))
    assert "Ann Example" not in bob.get(admin_url(call)).content.decode()
    assert autosave(ann, call, data, work="").json()["presence"].strip() == ""
    page = bob.get(admin_url(call)).content.decode()
    assert "Ann Example is editing this too." in page
    assert "last change" not in page
    autosave(ann, call, data | {"title_en": "Typed"})
    presence = autosave(bob, call, opened(bob, admin_url(call)), work="").json()["presence"]
    assert "Ann Example" in presence
    assert "last change" in presence
    assert "Typed" not in presence
    autosave(ann, call, data, work="", _away="1")
    assert "Ann Example" not in bob.get(admin_url(call)).content.decode()


def test_who_has_the_item_open_twice_is_shown_once_with_the_newest_change():
    ann, bob = signed_in("Author"), signed_in("Author")
    call = factories.published(Call)
    for _ in range(2):
        kept_by(ann, call, title_en="Typed")
    autosave(ann, call, opened(ann, admin_url(call)), work="")
    newest = OpenForm.objects.filter(changed_at__isnull=False).latest("changed_at")
    assert form_at(bob, admin_url(call)).context["editing"]["others"] == [newest]
    assert "perhaps still open" in ann.get(admin_url(call)).content.decode()


def test_who_gave_no_sign_of_life_for_a_minute_is_gone():
    ann, bob = signed_in("Author"), signed_in("Author")
    call = factories.published(Call)
    autosave(ann, call, opened(ann, admin_url(call)), work="")
    assert form_at(bob, admin_url(call)).context["editing"]["others"]
    OpenForm.objects.all().update(seen_at=timezone.now() - timedelta(seconds=61))
    assert not form_at(bob, admin_url(call)).context["editing"]["others"]


def test_an_open_form_is_told_of_a_newer_version_with_a_link_to_compare():
    ann, bob = signed_in("Author"), signed_in("Author")
    call = factories.published(Call)
    data = opened(bob, admin_url(call))
    assert "newer version" not in autosave(bob, call, data, work="").json()["presence"]
    theirs = opened(ann, admin_url(call), title_en="Changed")
    assert ann.post(admin_url(call), {**theirs, "_continue": "1"}).status_code == 302
    presence = autosave(bob, call, data, work="").json()["presence"]
    number = Revision.objects.of(call).first().number
    assert f"There is a newer version {number}" in presence
    assert ann.user.username in presence
    compare = reverse("admin:calls_call_compare", args=[call.pk, data["_seen"], number])
    assert compare in presence
    assert bob.get(compare).status_code == 200


def test_opening_a_form_with_unsaved_work_and_others_costs_one_query_and_writes_nothing():
    author = signed_in("Author")
    call = factories.published(Call)
    author.get(admin_url(call))
    with CaptureQueriesContext(connection) as before:
        author.get(admin_url(call))
    for _ in range(3):
        other = signed_in("Author")
        autosave(other, call, opened(other, admin_url(call)), work="")
        kept_by(author, call, title_en="Typed")
    author.get(admin_url(call))
    with CaptureQueriesContext(connection) as captured:
        author.get(admin_url(call))
    statements = [query["sql"] for query in captured]
    assert len(statements) == len(before)
    assert len([sql for sql in statements if "publishing_openform" in sql]) == 1
    assert not [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_who_is_deleted_takes_the_unsaved_work_along():
    author = signed_in("Author")
    kept_by(author, factories.published(Call), title_en="Typed")
    author.user.delete()
    assert not OpenForm.objects.exists()


def aged(days, **fields):
    """Create an open form that was last changed `days` days ago."""
    at = timezone.now() - timedelta(days=days)
    content_type = ContentType.objects.get_for_model(Call)
    return OpenForm.objects.create(
        user=member("Author"),
        content_type=content_type,
        token=open_forms.new_token(),
        opened_at=at,
        seen_at=at,
        **dict.fromkeys(fields, at),
    )


def test_unsaved_work_is_forgotten_after_a_month_and_empty_forms_after_a_day():
    kept = [aged(29, changed_at=True), aged(0)]
    aged(31, changed_at=True)
    aged(2)
    open_forms.delete_expired_forms()
    assert set(OpenForm.objects.all()) == set(kept)
    assert "backoffice.editing.open_forms.delete_expired_forms" in jobs._nightly
