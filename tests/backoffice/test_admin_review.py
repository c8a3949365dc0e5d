"""Reviews in the admin: the panel beside the form, the page, lists and the start page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calls.models import Call
from initiatives.models import Initiative
from news.models import Article
from publishing import workflow
from publishing.models import Comment, Review, Revision
from publishing.revisions import snapshots
from tests import factories
from tests.backoffice.test_admin_drafts import form_data, save
from tests.staff import admin_url, form_at, member, signed_in, submitted

pytestmark = pytest.mark.django_db

State = Review.State


def today():
    return timezone.localdate()


def in_review(item, by=None, reviewer=None, **options):
    by = by or member("Author")
    current = workflow.head(item)
    snapshot = snapshots.dump(workflow.draft_of(item))
    snapshot["fields"]["summary_en"] = f"Written by {by}"
    workflow.save_draft(item=item, snapshot=snapshot, by=by, seen=current and current.number)
    asked = {"reviewer": reviewer or member("Editor"), "due_on": today(), **options}
    return workflow.submit(item=item, by=by, **asked)


def request(reviewer, days=3, message=""):
    """Return the form data with which the panel requests a review."""
    return {
        "review-reviewer": reviewer.pk if reviewer else "",
        "review-due_on": str(today() + timedelta(days=days)),
        "review-message": message,
    }


# Requesting -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [factories.draft, factories.published])
def test_author_saves_and_asks_in_one_go(make):
    item, author, editor = make(Article), signed_in("Author"), member("Editor")
    assert 'name="_submit"' in author.get(admin_url(item)).text
    asked = request(editor, message="By noon?")
    response, errors = save(author, item, button="_submit", title_en="New words", **asked)
    assert (response.status_code, errors) == (302, None)
    review = Review.objects.get()
    assert (review.submitter, review.reviewer, review.message) == (
        author.user,
        editor,
        "By noon?",
    )
    assert review.revision.data["fields"]["title_en"] == "New words"
    page = author.get(response["Location"]).text
    assert f"{editor} has been asked to review it by" in page
    assert 'name="_submit"' not in page


def test_new_item_is_handed_in_when_it_is_first_saved():
    author, editor = signed_in("Author"), member("Editor")
    form = form_at(author, admin_url(Article, "add"))
    data = submitted(form, title_en="New", _submit="1", **request(editor))
    assert author.post(admin_url(Article, "add"), data).status_code == 302
    assert Review.objects.get().item.title_en == "New"


def test_without_a_reviewer_the_draft_is_saved_and_the_page_asks_for_one():
    item, author, editor = factories.draft(Article), signed_in("Author"), member("Editor")
    response, _errors = save(
        author, item, button="_submit", title_en="New words", **request(None)
    )
    assert response["Location"] == admin_url(item, "review")
    assert workflow.head(item).data["fields"]["title_en"] == "New words"
    page = author.get(response["Location"])
    assert f'<option value="{editor.pk}">' in page.text
    assert author.post(response["Location"], request(editor)).status_code == 302
    assert Review.objects.get().reviewer == editor


@pytest.mark.parametrize(
    "typed",
    [
        {"review-reviewer": "999999999999999999999"},
        {"review-reviewer": "x\0"},
        {"review-due_on": "31/31/31"},
        {"review-due_on": "2001-01-01"},
        {"review-due_on": ""},
        {"review-message": "x" * 10_000},
        {"title_en": ""},
    ],
)
def test_refused_request_saves_nothing_and_keeps_what_was_typed(typed):
    item, author, editor = factories.draft(Article), signed_in("Author"), member("Editor")
    count = Revision.objects.count()
    data = {**request(editor, message="By noon?"), "summary_en": "Kept words", **typed}
    response, errors = save(author, item, button="_submit", **data)
    assert response.status_code == 200
    assert errors
    assert not Review.objects.exists()
    assert Revision.objects.count() == count
    assert response.context["adminform"].form["summary_en"].value() == "Kept words"
    if "review-message" not in typed:
        assert ">\nBy noon?</textarea>" in response.text


def test_refusal_of_a_request_leads_to_its_field():
    item, author = factories.draft(Article), signed_in("Author")
    asked = request(member("Editor"), days=-3)
    response, _errors = save(author, item, button="_submit", **asked)
    link = '<a href="#id_review-due_on">Due</a>: Choose today or a later date.'
    assert link in response.text


def test_refused_request_on_the_page_keeps_what_was_typed():
    item, author = factories.draft(Article), signed_in("Author")
    save(author, item)
    asked = request(member("Editor"), days=-3, message="By noon?")
    response = author.post(admin_url(item, "review"), asked)
    assert "Choose today or a later date." in response.text
    assert ">\nBy noon?</textarea>" in response.text
    assert not Review.objects.exists()


def test_search_for_a_reviewer_offers_colleagues_who_may_approve():
    author, editor = signed_in("Author"), member("Editor")
    editor.display_name = "Zoë Peeters"
    editor.save()
    member("Author")
    url = reverse("admin:news_article_reviewers")
    found = author.get(url, {"term": "zo peet", "page": "1"}).json()
    assert [choice["text"] for choice in found["results"]] == ["Zoë Peeters"]
    assert author.get(url, {"term": "nobody at all"}).json()["results"] == []
    assert author.get(url, {"term": "x" * 10_000}).status_code == 200
    stranger = signed_in("Author")
    stranger.user.groups.clear()
    assert stranger.get(url).status_code == 403


# Deciding ---------------------------------------------------------------------------------


def test_reviewer_approves_from_the_form():
    item, editor = factories.published(Article), signed_in("Editor")
    review = in_review(item, reviewer=editor.user)
    page = editor.get(admin_url(item))
    assert f'formaction="{admin_url(item, "approve")}"' in page.text
    seen = page.context["review"].decision_form["seen"].value()
    data = {"decision-note": "Fine", "decision-seen": seen}
    response = editor.post(admin_url(item, "approve"), data, follow=True)
    assert "Approved. It can be published." in response.text
    review.refresh_from_db()
    assert (review.state, review.note) == (State.APPROVED, "Fine")


def test_decision_on_a_draft_that_changed_meanwhile_keeps_the_note():
    item, editor = factories.published(Article), signed_in("Editor")
    review = in_review(item, reviewer=editor.user)
    seen = review.revision.number
    author = signed_in("Author")
    save(author, item, title_en="Other words")
    data = {"decision-note": "Fine so far", "decision-seen": seen}
    response = editor.post(admin_url(item, "approve"), data)
    assert "The draft has changed since you opened it" in response.text
    assert "Fine so far</textarea>" in response.text
    assert f'value="{seen + 1}"' in response.text
    review.refresh_from_db()
    assert review.is_waiting


def test_draft_is_sent_back_with_a_note_only():
    item, editor, author = factories.draft(Article), signed_in("Editor"), signed_in("Author")
    review = in_review(item, by=author.user, reviewer=editor.user)
    refused = editor.post(admin_url(item, "request_changes"), {"decision-note": " "})
    assert "Enter what should be changed." in refused.text
    editor.post(admin_url(item, "request_changes"), {"decision-note": "Too <long>"})
    review.refresh_from_db()
    assert review.state == State.CHANGES_REQUESTED
    page = author.get(admin_url(item))
    assert "Too &lt;long&gt;" in page.text
    assert 'name="_submit"' in page.text
    assert page.context["review"].request_form["reviewer"].value() == editor.user.pk


@pytest.mark.parametrize(
    "data",
    [
        {"decision-note": "x" * 10_000},
        {"decision-note": "a\0b"},
        {"decision-seen": "9" * 50},
        {"decision-seen": "-1"},
        {"decision-seen": "x"},
        {"decision-seen": "999999"},
    ],
)
def test_unusable_decision_is_refused_in_words(data):
    item, editor = factories.draft(Article), signed_in("Editor")
    review = in_review(item, reviewer=editor.user)
    response = editor.post(admin_url(item, "approve"), data)
    assert response.status_code == 200
    assert "message--error" in response.text
    review.refresh_from_db()
    assert review.is_waiting


def test_author_takes_the_draft_back():
    item, author = factories.draft(Article), signed_in("Author")
    review = in_review(item, by=author.user)
    author.post(admin_url(item, "withdraw"))
    review.refresh_from_db()
    assert review.state == State.WITHDRAWN


def test_deciding_without_a_review_is_refused_in_words():
    response = signed_in("Editor").post(admin_url(factories.draft(Article), "approve"))
    assert "This draft isn&#x27;t in review." in response.text


@pytest.mark.parametrize("verb", ["approve", "request_changes", "withdraw", "comment"])
def test_steps_ask_for_post(verb):
    item = factories.draft(Article)
    in_review(item)
    assert signed_in("Editor").get(admin_url(item, verb)).status_code == 405


def test_mail_that_could_not_be_sent_is_told(monkeypatch):
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function: function())
    item, author, editor = factories.draft(Article), signed_in("Author"), member("Editor")
    response, _errors = save(author, item, button="_submit", **request(editor))
    assert f"No e-mail could be sent to {editor}." in author.get(response["Location"]).text


# Permissions ------------------------------------------------------------------------------


@pytest.mark.parametrize("model", factories.publishable_models(), ids=lambda m: m.__name__)
def test_only_who_may_change_or_approve_sees_the_review(model):
    item = factories.published(model)
    review = in_review(item, message="Secret zebra")
    workflow.comment(review=review, text="Secret zebra")
    reader = signed_in("Author")
    reader.user.groups.clear()
    name = model._meta.model_name
    reader.user.user_permissions.add(Permission.objects.get(codename=f"view_{name}"))
    assert "zebra" not in reader.get(admin_url(item)).text
    for verb in ("review", "approve", "request_changes", "withdraw", "comment"):
        response = reader.post(admin_url(item, verb), {"comment-text": "x"})
        assert response.status_code == 403, verb
        assert "zebra" not in response.text
    assert reader.get(admin_url(item, "review")).status_code == 403
    assert "zebra" not in reader.get("/admin/").text
    reader.user.user_permissions.add(Permission.objects.get(codename=f"approve_{name}"))
    assert "zebra" in reader.get(admin_url(item)).text
    assert reader.post(admin_url(item, "approve")).status_code == 302
    review.refresh_from_db()
    assert review.state == State.APPROVED


def test_author_cannot_decide_by_post():
    item, author = factories.draft(Article), signed_in("Author")
    review = in_review(item)
    page = author.get(admin_url(item)).text
    assert admin_url(item, "approve") not in page
    for verb in ("approve", "request_changes"):
        assert author.post(admin_url(item, verb), {"decision-note": "x"}).status_code == 403
    review.refresh_from_db()
    assert review.is_waiting


def test_who_handed_a_draft_in_is_told_that_somebody_else_approves():
    item, editor = factories.draft(Article), signed_in("Editor")
    in_review(item, by=editor.user)
    page = editor.get(admin_url(item)).text
    assert "Someone else must approve what you have written" in page
    assert admin_url(item, "approve") not in page
    refused = editor.post(admin_url(item, "approve"))
    assert "Someone else must approve what you have written" in refused.text


@pytest.mark.parametrize("verb", ["review", "approve", "comment"])
@pytest.mark.parametrize("key", ["999999", "x", "9" * 30])
def test_review_of_nothing_is_not_found(verb, key):
    url = f"/admin/news/article/{key}/{verb}/"
    response = signed_in("Editor").post(url)
    assert response.status_code in (400, 404)


def test_required_review_stops_the_publisher_and_keeps_what_was_typed(settings):
    settings.REVIEW_REQUIRED = True
    item, publisher = factories.draft(Article), signed_in("Publisher")
    assert (
        "This must be approved before it can be published."
        in publisher.get(admin_url(item)).text
    )
    response, errors = save(publisher, item, button="_publish", title_en="New", _reason="Yes")
    assert response.status_code == 200
    assert "Someone else must approve this draft" in response.text
    assert response.context["adminform"].form["title_en"].value() == "New"
    item.refresh_from_db()
    assert not item.is_published


def test_publisher_publishes_the_approved_draft_of_a_call_as_it_stands(settings):
    settings.REVIEW_REQUIRED = True
    call = factories.open_call(body_en="<p>Words, <strong>words</strong></p>")
    workflow.publish(item=call)
    review = in_review(call)
    workflow.approve(review=review, by=review.reviewer)
    publisher = signed_in("Publisher")
    data = form_data(publisher, call)
    response, errors = save(publisher, call, data)
    assert response.status_code == 302, errors
    review.refresh_from_db()
    assert review.state == State.APPROVED
    assert workflow.is_approved(call, workflow.head(call))


# Comments ---------------------------------------------------------------------------------


def test_comment_is_written_answered_and_resolved_on_the_page():
    item, editor = factories.draft(Article, title_en="T"), signed_in("Editor")
    in_review(item)
    url = admin_url(item, "comment")
    data = {"comment-place": "title_en", "comment-text": "Too <short>"}
    response = editor.post(url, data, follow=True)
    assert "Too &lt;short&gt;" in response.text
    comment = Comment.objects.get()
    assert f'href="{admin_url(item)}#id_title_en">Title (English)</a>' in response.text
    editor.post(url, {"reply": comment.pk, f"reply-{comment.pk}": "Indeed"})
    assert "Indeed" in editor.get(admin_url(item)).text
    editor.post(url, {"resolve": comment.pk})
    assert "1 resolved comment" in editor.get(admin_url(item, "review")).text
    editor.post(url, {"reopen": comment.pk})
    comment.refresh_from_db()
    assert not comment.is_resolved


def test_script_gets_the_comments_back_and_problems_in_words():
    item, editor = factories.draft(Article), signed_in("Editor")
    in_review(item)
    url = admin_url(item, "comment")
    data = {"comment-place": "title_en", "comment-text": "Short", "fragment": "1"}
    response = editor.post(url, data)
    assert response.text.lstrip().startswith("<ol")
    assert 'href="#id_title_en"' in response.text
    refused = editor.post(url, {**data, "comment-text": ""})
    assert (refused.status_code, refused["Content-Type"]) == (400, "text/plain")
    assert "required" in refused.text


@pytest.mark.parametrize(
    "data",
    [
        {"comment-text": ""},
        {"comment-text": "x" * 6000},
        {"comment-text": "a\0b"},
        {"comment-text": "Kept words", "comment-place": "nothing"},
        {"comment-text": "Kept words", "comment-place": "x" * 10_000},
        {"comment-text": "Kept words", "comment-place": "related_links/99999999999999999999"},
    ],
)
def test_unusable_comment_is_refused_in_words_and_kept(data):
    item, editor = factories.draft(Article), signed_in("Editor")
    in_review(item)
    response = editor.post(admin_url(item, "comment"), data)
    assert response.status_code == 200
    assert "message--error" in response.text
    assert ("Kept words</textarea>" in response.text) == (data["comment-text"] == "Kept words")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("button", ["reply", "resolve", "reopen"])
def test_comment_of_another_item_is_not_found(button):
    item, other = factories.draft(Article), factories.draft(Article)
    in_review(item)
    comment = workflow.comment(review=in_review(other), text="Elsewhere")
    editor = signed_in("Editor")
    for key in (comment.pk, "x", "9" * 30, ""):
        data = {button: key, f"reply-{key}": "x"}
        assert editor.post(admin_url(item, "comment"), data).status_code == 404
    assert Comment.objects.count() == 1


def test_comments_survive_saving_and_stay_at_their_rows():
    call, author = factories.open_call(), signed_in("Author")
    first, second = call.key_dates.all()
    review = in_review(call)
    workflow.comment(review=review, text="Which zone?", field_path=f"key_dates/{second.pk}/at")
    response, errors = save(author, call, title_en="Saved again")
    assert response.status_code == 302, errors
    page = author.get(admin_url(call)).text
    assert "Which zone?" in page
    assert 'href="#id_key_dates-1-at">Key date – Date and time (2)</a>' in page


def test_comment_on_a_row_that_is_gone_says_so():
    call, author = factories.draft(Call), signed_in("Author")
    row = factories.key_date(call, "opening", 3)
    review = in_review(call)
    workflow.comment(review=review, text="Which zone?", field_path=f"key_dates/{row.pk}")
    save(author, call, **{"key_dates-0-DELETE": "on"})
    page = author.get(admin_url(call))
    (thread,) = page.context["review"].threads
    assert (thread.label, thread.control) == ("Key date", "")


def test_comments_of_a_deleted_account_stay():
    item, author = factories.draft(Article), signed_in("Author")
    review = in_review(item)
    workflow.comment(review=review, by=review.reviewer, text="Still here")
    review.reviewer.delete()
    page = author.get(admin_url(item)).text
    assert "Still here" in page
    assert "Someone" in page


# Cost -------------------------------------------------------------------------------------


def test_opening_a_form_in_review_costs_two_queries_however_much_was_said():
    item, author = factories.published(Initiative), signed_in("Author")
    for _ in range(3):
        factories.participation(item)
    review = in_review(item)
    places = ["title_en", "body_fr", f"participations/{item.participations.first().pk}"]
    for number in range(30):
        place = places[number % 3]
        workflow.comment(review=review, by=review.reviewer, text="?", field_path=place)
    author.get(admin_url(item))
    with CaptureQueriesContext(connection) as captured:
        author.get(admin_url(item))
    asked = [q["sql"] for q in captured if "publishing_review" in q["sql"].split("WHERE")[0]]
    assert len(asked) == 2
    assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


# Lists and start page ----------------------------------------------------------------------


def listed(client, **filters):
    page = client.get(admin_url(Article, "changelist"), filters)
    return {str(item) for item in page.context["cl"].result_list}


def test_list_tells_and_narrows_by_the_state_of_the_review():
    editor = signed_in("Editor")
    plain, waiting, others, approved, back, old = (
        factories.draft(Article, title_en=title)
        for title in ("Plain", "Waiting", "Others", "Approved", "Back", "Old")
    )
    in_review(waiting, reviewer=editor.user)
    in_review(others)
    review = in_review(approved)
    workflow.approve(review=review, by=review.reviewer)
    review = in_review(back)
    workflow.request_changes(review=review, by=review.reviewer, note="x")
    review = in_review(old)
    workflow.withdraw(review=review)
    assert listed(editor, approval="mine") == {"Waiting"}
    assert listed(editor, approval="in_review") == {"Waiting", "Others"}
    assert listed(editor, approval="approved") == {"Approved"}
    assert listed(editor, approval="changes_requested") == {"Back"}
    assert len(listed(editor)) == 6
    page = editor.get(admin_url(Article, "changelist")).text
    for state in ("in_review", "approved", "changes_requested"):
        assert f"badge--{state}" in page
    assert "badge--withdrawn" not in page


def test_badges_of_a_list_cost_no_query_a_row(django_assert_num_queries):
    editor = signed_in("Editor")
    url = admin_url(Article, "changelist")
    in_review(factories.draft(Article))
    editor.get(url)
    with CaptureQueriesContext(connection) as one:
        editor.get(url)
    for _ in range(10):
        in_review(factories.draft(Article))
    with django_assert_num_queries(len(one)):
        editor.get(url)


def panel(client, key):
    return {panel.key: panel for panel in client.get("/admin/").context["panels"]}.get(key)


def test_start_page_tells_what_waits_for_me_the_most_urgent_first():
    editor = signed_in("Editor")
    later, sooner = factories.draft(Article), factories.published(Call)
    in_review(later, reviewer=editor.user, due_on=today() + timedelta(days=5))
    review = in_review(sooner, reviewer=editor.user)
    Review.objects.filter(pk=review.pk).update(due_on=today() - timedelta(days=1))
    in_review(factories.draft(Article))
    found = panel(editor, "waiting")
    assert [entry.url for entry in found.entries] == [admin_url(sooner), admin_url(later)]
    assert found.entries[0].notes == ("overdue",)
    assert f"requested by {review.submitter}" in editor.get("/admin/").text


def test_start_page_tells_what_was_sent_back_to_me_until_it_is_handed_in_again():
    author = signed_in("Author")
    item, gone = factories.draft(Article), factories.draft(Article)
    for back in (item, gone):
        review = in_review(back, by=author.user)
        workflow.request_changes(review=review, by=review.reviewer, note="Too long")
    Article.objects.filter(pk=gone.pk).delete()
    (entry,) = panel(author, "sent_back").entries
    assert (entry.url, entry.notes) == (admin_url(item), ("Too long",))
    in_review(item, by=author.user)
    assert panel(author, "sent_back").entries == []
    assert panel(author, "waiting") is None
