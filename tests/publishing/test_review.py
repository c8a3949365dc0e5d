"""Reviews: permissions, and their effect on drafts and on public content."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from calls.models import Call
from news.models import Article
from publishing import workflow
from publishing.models import Comment, Review
from publishing.revisions import snapshots
from publishing.workflow import remind_reviewers
from tests import factories
from tests.staff import member

pytestmark = pytest.mark.django_db

State = Review.State
every_type = pytest.mark.parametrize(
    "model", factories.publishable_models(), ids=lambda m: m.__name__
)


def today():
    return timezone.localdate()


def edit(item, by=None, **fields):
    """Save a further draft of the item. Return the revision."""
    current = workflow.head(item)
    snapshot = snapshots.dump(workflow.draft_of(type(item).objects.get(pk=item.pk)))
    snapshot["fields"] |= fields
    seen = current and current.number
    return workflow.save_draft(item=item, snapshot=snapshot, by=by, seen=seen)


def submitted(item, by=None, reviewer=None, **options):
    """Submit a new draft of the item for review. Return the review."""
    by = by or member("Author")
    edit(item, by=by, summary_en=f"Written by {by}")
    return workflow.submit(
        item=item,
        by=by,
        reviewer=reviewer or member("Editor"),
        **{"due_on": today() + timedelta(days=3), **options},
    )


def publish(item, **options):
    """Publish without the checks of the content, which have their own tests."""
    return workflow.publish(item=item, is_checked=False, **options)


# From draft to published ------------------------------------------------------------------


@every_type
@pytest.mark.parametrize("make", [factories.draft, factories.published])
def test_draft_is_handed_in_approved_and_published(model, make):
    item = make(model)
    review = submitted(item)
    assert review.is_waiting
    review = workflow.approve(review=review, by=review.reviewer, note="Fine")
    assert (review.state, review.decided_by, review.note) == (
        State.APPROVED,
        review.reviewer,
        "Fine",
    )
    item = publish(item, by=member("Publisher"))
    review.refresh_from_db()
    assert review.closed_at
    assert review.state == State.APPROVED
    assert review.publication.number == workflow.head(item).number
    assert item.summary_en.startswith("Written by")


@every_type
def test_each_step_asks_for_its_permission(model):
    item = factories.draft(model)
    stranger, author, editor = member("Author"), member("Author"), member("Editor")
    stranger.groups.clear()
    edit(item, by=author)
    asked = {"reviewer": editor, "due_on": today()}
    with pytest.raises(PermissionDenied):
        workflow.submit(item=item, by=stranger, **asked)
    review = workflow.submit(item=item, by=author, **asked)
    for user in (stranger, author):
        with pytest.raises(PermissionDenied):
            workflow.approve(review=review, by=user)
        with pytest.raises(PermissionDenied):
            workflow.request_changes(review=review, by=user, note="No")
    for step in (workflow.withdraw, lambda **kw: workflow.comment(text="x", **kw)):
        with pytest.raises(PermissionDenied):
            step(review=review, by=stranger)
    review.refresh_from_db()
    assert review.is_waiting
    assert not Comment.objects.exists()
    for user in (author, editor):
        with pytest.raises(PermissionDenied):
            workflow.publish(item=item, by=user)


def test_reviewer_has_to_be_a_colleague_who_may_approve():
    item, author = factories.draft(Article), member("Publisher")
    edit(item, by=author)
    gone = member("Editor")
    gone.is_active = False
    gone.save()
    no_staff = member("Editor")
    no_staff.is_staff = False
    no_staff.save()
    for reviewer in (member("Author"), author, gone, no_staff):
        with pytest.raises(ValidationError, match="Choose a colleague"):
            workflow.submit(item=item, by=author, reviewer=reviewer, due_on=today())
    assert not Review.objects.exists()


def test_superuser_may_be_asked():
    assert submitted(factories.draft(Article), reviewer=member()).is_waiting


def test_review_cannot_be_due_in_the_past():
    with pytest.raises(ValidationError, match="Choose today"):
        submitted(factories.draft(Article), due_on=today() - timedelta(days=1))


def test_without_a_draft_there_is_nothing_to_review():
    item = factories.published(Article)
    with pytest.raises(ValidationError, match="no draft"):
        workflow.submit(
            item=item, by=member("Author"), reviewer=member("Editor"), due_on=today()
        )


def test_item_is_in_one_review_at_a_time():
    item = factories.draft(Article)
    review = submitted(item)
    with pytest.raises(ValidationError, match="already in review or approved"):
        submitted(item)
    workflow.approve(review=review, by=review.reviewer)
    with pytest.raises(ValidationError, match="already in review or approved"):
        workflow.submit(
            item=item, by=member("Author"), reviewer=member("Editor"), due_on=today()
        )


def test_nobody_approves_what_they_have_handed_in_or_written():
    item, editor = factories.draft(Article), member("Editor")
    review = submitted(item, by=editor)
    with pytest.raises(ValidationError, match="Someone else"):
        workflow.approve(review=review, by=editor)
    helper = review.reviewer
    edit(item, by=helper, summary_en="Corrected by the reviewer")
    with pytest.raises(ValidationError, match="Someone else"):
        workflow.approve(review=review, by=helper)
    assert workflow.approve(review=review, by=member("Editor")).state == State.APPROVED


def test_saving_the_same_words_again_makes_nobody_their_author():
    item = factories.draft(Article)
    review = submitted(item)
    edit(item, by=review.reviewer)
    assert workflow.approve(review=review, by=review.reviewer).state == State.APPROVED
    other = factories.draft(Article)
    review = submitted(other)
    edit(other, by=review.reviewer, summary_en="The reviewer's words")
    edit(other, by=review.submitter)
    with pytest.raises(ValidationError, match="Someone else"):
        workflow.approve(review=review, by=review.reviewer)


def test_changes_are_asked_for_with_a_note_and_the_next_round_is_another_review():
    item = factories.draft(Article)
    first = submitted(item)
    with pytest.raises(ValidationError, match="what should be changed"):
        workflow.request_changes(review=first, by=first.reviewer, note="  ")
    workflow.request_changes(review=first, by=first.reviewer, note="Too long")
    second = submitted(item, by=first.submitter)
    first.refresh_from_db()
    assert (first.state, first.note) == (State.CHANGES_REQUESTED, "Too long")
    assert first.closed_at
    assert list(Review.objects.of(item).current()) == [second]


def test_withdrawn_review_can_no_longer_be_decided():
    review = submitted(factories.draft(Article))
    workflow.withdraw(review=review, by=review.submitter)
    with pytest.raises(ValidationError, match="already closed: “Withdrawn”"):
        workflow.approve(review=review, by=review.reviewer)


def test_approver_decides_on_what_they_saw():
    item = factories.draft(Article)
    review = submitted(item)
    seen = review.revision.number
    edit(item, by=review.submitter)  # saved again, but not changed
    newest = edit(item, by=review.submitter, summary_en="Other words")
    for step in (workflow.approve, workflow.request_changes):
        with pytest.raises(ValidationError, match=f"now version {newest.number}"):
            step(review=review, by=review.reviewer, note="x", seen=seen)
    approved = workflow.approve(review=review, by=review.reviewer, seen=newest.number)
    assert approved.revision == newest


# Scope of an approval ----------------------------------------------------------------------


@pytest.mark.parametrize("make", [factories.draft, factories.published])
def test_approval_holds_for_the_same_words_and_ends_with_others(make):
    item = make(Article)
    review = submitted(item)
    workflow.approve(review=review, by=review.reviewer)
    edit(item, by=member("Publisher"))
    review.refresh_from_db()
    assert review.state == State.APPROVED
    edit(item, by=member("Publisher"), summary_en="Other words")
    review.refresh_from_db()
    assert review.state == State.OUTDATED
    assert review.closed_at
    assert not workflow.is_approved(item, workflow.head(item))


@pytest.mark.parametrize("make", [factories.draft, factories.published])
def test_where_review_is_required_only_the_approved_goes_public(settings, make):
    settings.REVIEW_REQUIRED = True
    item, publisher = make(Article), member("Publisher")
    review = submitted(item, by=publisher)
    shown = Article.objects.get(pk=item.pk)
    with pytest.raises(ValidationError, match="Someone else must approve"):
        publish(item, by=publisher)
    workflow.approve(review=review, by=review.reviewer)
    edit(item, by=publisher, summary_en="Slipped in")
    with pytest.raises(ValidationError, match="Someone else must approve"):
        publish(item, by=publisher)
    item.refresh_from_db()
    assert item.state == shown.state
    approved = review.revision
    live = publish(item, by=publisher, revision=approved)
    assert live.summary_en == f"Written by {publisher}"


def test_where_review_is_required_the_portal_itself_may_publish(settings):
    settings.REVIEW_REQUIRED = True
    assert workflow.publish(item=factories.draft(Article)).is_published


def test_where_review_is_not_required_publishing_ends_it():
    item = factories.draft(Article)
    review = submitted(item)
    publish(item, by=member("Publisher"))
    review.refresh_from_db()
    assert review.state == State.UNDECIDED
    assert review.closed_at


def test_publishing_an_older_draft_leaves_the_newer_one_in_review():
    item = factories.published(Article)
    older = edit(item, summary_en="Older")
    review = submitted(item)
    publish(item, by=member("Publisher"), revision=older)
    review.refresh_from_db()
    assert review.is_waiting


def test_discarding_the_draft_or_deleting_the_item_ends_the_review():
    item = factories.published(Article)
    review = submitted(item)
    workflow.discard_draft(item=item, by=review.submitter)
    review.refresh_from_db()
    assert review.state == State.WITHDRAWN
    again = submitted(item)
    workflow.record_deletion(item)
    item.delete()
    again.refresh_from_db()
    assert again.closed_at
    with pytest.raises(ValidationError, match="deleted"):
        workflow.approve(review=again, by=again.reviewer)


# Comments ---------------------------------------------------------------------------------


def test_comments_stand_at_fields_rows_and_the_item():
    call = factories.draft(Call)
    date = factories.key_date(call, "full-proposal", 30)
    review = submitted(call)
    places = ["", "title_fr", "topics", f"key_dates/{date.pk}", f"key_dates/{date.pk}/at"]
    for field_path in places:
        workflow.comment(review=review, by=review.reviewer, text="Sure?", field_path=field_path)
    assert [comment.field_path for comment in Comment.objects.of(call)] == places


@pytest.mark.parametrize(
    "field_path",
    [
        "nothing",
        "state",
        "key_dates/999999",
        "key_dates/1/nothing",
        "owner/1",
        "a/b/c/d",
        "../x",
    ],
)
def test_comment_on_a_place_that_is_not_there_is_refused(field_path):
    review = submitted(factories.draft(Call))
    with pytest.raises(ValidationError, match="no longer exists"):
        workflow.comment(review=review, by=review.reviewer, text="Sure?", field_path=field_path)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001])
def test_comment_needs_a_text_of_bearable_length(text):
    review = submitted(factories.draft(Article))
    with pytest.raises(ValidationError):
        workflow.comment(review=review, by=review.reviewer, text=text)


def test_comments_are_answered_resolved_and_reopened():
    item = factories.draft(Article)
    review = submitted(item)
    comment = workflow.comment(
        review=review, by=review.reviewer, text="Why?", field_path="title_en"
    )
    reply = workflow.reply(comment=comment, by=review.submitter, text="Because.")
    workflow.reply(comment=reply, by=review.reviewer, text="I see.")
    (thread,) = Comment.objects.of(item).threads()
    assert [entry.text for entry in thread.entries] == ["Why?", "Because.", "I see."]
    workflow.resolve_comment(comment=comment, by=review.submitter)
    assert Comment.objects.get(pk=comment.pk).resolved_by == review.submitter
    workflow.reopen_comment(comment=comment, by=review.reviewer)
    assert not Comment.objects.get(pk=comment.pk).is_resolved


def test_comment_on_a_new_row_follows_it_into_the_public_table():
    call = factories.published(Call)
    edit(call)
    snapshot = snapshots.dump(workflow.draft_of(Call.objects.get(pk=call.pk)))
    factory = factories.key_date(factories.draft(Call), "opening", 5)
    row = snapshots.dump_row(factory, Call._meta.get_field("key_dates"))
    snapshot["rows"]["key_dates"] = [{**row, "pk": -12}, {**row, "pk": -123}]
    snapshot["rows"]["key_dates"][1]["fields"] = {**row["fields"], "kind": "decision"}
    author = member("Author")
    workflow.save_draft(
        item=call, snapshot=snapshot, by=author, seen=workflow.head(call).number
    )
    review = workflow.submit(item=call, by=author, reviewer=member("Editor"), due_on=today())
    for field_path in ("key_dates/-12/at", "key_dates/-123"):
        workflow.comment(review=review, by=review.reviewer, text="Sure?", field_path=field_path)
    workflow.publish(item=call)
    opening = call.key_dates.get(kind="opening")
    decision = call.key_dates.get(kind="decision")
    places = [comment.field_path for comment in Comment.objects.of(call)]
    assert places == [f"key_dates/{opening.pk}/at", f"key_dates/{decision.pk}"]


# Mails ------------------------------------------------------------------------------------


@pytest.fixture
def people():
    author, editor = member("Author"), member("Editor")
    for user, name in ((author, "Ann"), (editor, "Bob")):
        user.display_name, user.email = f"{name} Example", f"{name}@example.org"
        user.save()
    return author, editor


def both_parts(mail):
    return [mail.body, mail.alternatives[0].content]


@pytest.fixture
def in_transaction(django_capture_on_commit_callbacks):
    """Return a function that calls another and then runs its on-commit callbacks."""

    def act(function, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return function(**options)

    return act


def test_reviewer_is_asked_by_mail(people, in_transaction, mailoutbox, settings):
    settings.PORTAL_URL = "https://calls.example.org"
    author, editor = people
    item = factories.published(Article, title_en="Tom & <Jerry>")
    asked = {"by": author, "reviewer": editor, "message": "Look at the <b>date</b>"}
    review = in_transaction(submitted, item=item, **asked)
    (mail,) = mailoutbox
    assert mail.to == ["Bob@example.org"]
    assert mail.subject == "Please review: Tom & <Jerry>"
    text, html = both_parts(mail)
    form = f"https://calls.example.org/admin/news/article/{item.pk}/change/"
    compare = f"https://calls.example.org/admin/news/article/{item.pk}/compare/1/2/"
    for part in (text, html):
        assert "Ann Example asks you to review a draft by" in part
        assert form in part
        assert compare in part
    assert "Look at the <b>date</b>" in text
    assert "Look at the &lt;b&gt;date&lt;/b&gt;" in html
    assert not review.unreached


def test_draft_that_was_never_public_has_nothing_to_compare_with(
    people, in_transaction, mailoutbox
):
    author, editor = people
    in_transaction(submitted, item=factories.draft(Article), by=author, reviewer=editor)
    assert "/compare/" not in mailoutbox[0].body


def test_decision_is_told_with_note_and_open_comments(people, in_transaction, mailoutbox):
    author, editor = people
    item = factories.draft(Article)
    review = submitted(item, by=author, reviewer=editor)
    open_, done = (
        workflow.comment(review=review, by=editor, text=text, field_path="title_en")
        for text in ("Shorter & clearer", "Settled")
    )
    workflow.reply(comment=open_, by=author, text="How?")
    workflow.resolve_comment(comment=done, by=editor)
    in_transaction(workflow.request_changes, review=review, by=editor, note="See comments")
    (mail,) = mailoutbox
    assert mail.to == ["Ann@example.org"]
    assert mail.subject.startswith("Changes requested: ")
    text, html = both_parts(mail)
    for words in ("See comments", "Title (English)", "Bob Example", "How?"):
        assert words in text
        assert words in html
    assert "Shorter & clearer" in text
    assert "Shorter &amp; clearer" in html
    assert "Settled" not in text + html


def test_approval_and_withdrawal_are_told(people, in_transaction, mailoutbox):
    author, editor = people
    review = submitted(factories.draft(Article), by=author, reviewer=editor)
    in_transaction(workflow.approve, review=review, by=editor)
    in_transaction(workflow.withdraw, review=review, by=author)
    told = [(mail.to, mail.subject.split(":")[0]) for mail in mailoutbox]
    assert told == [
        (["Ann@example.org"], "Approved"),
        (["Bob@example.org"], "Review no longer needed"),
    ]


def test_reviewer_learns_when_a_draft_is_published_or_given_up_meanwhile(
    people, in_transaction, mailoutbox
):
    author, editor = people
    shown, given_up, gone, own = (factories.published(Article) for _ in range(4))
    for item in (shown, given_up, gone, own):
        submitted(item, by=author, reviewer=editor)
    in_transaction(publish, item=shown, by=member("Publisher"))
    in_transaction(workflow.discard_draft, item=given_up, by=author)
    in_transaction(workflow.record_deletion, item=gone, by=author)
    in_transaction(workflow.discard_draft, item=own, by=editor)
    assert [mail.subject for mail in mailoutbox] == [
        f"Review no longer needed: {item}" for item in (shown, given_up, gone)
    ]
    assert "has published this draft" in mailoutbox[0].body
    assert "Ann Example has withdrawn the review request for this draft" in mailoutbox[1].body


def test_failing_mail_server_does_not_fail_the_step(people, in_transaction, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # discard: no server
    author, editor = people
    review = in_transaction(
        submitted, item=factories.draft(Article), by=author, reviewer=editor
    )
    assert Review.objects.get().is_waiting
    assert list(review.unreached) == [editor]
    assert "could not be mailed" in caplog.text


def test_reviewer_without_an_address_is_named(in_transaction):
    review = in_transaction(submitted, item=factories.draft(Article))
    assert list(review.unreached) == [review.reviewer]


def test_reviewer_is_reminded_once_when_the_review_is_due(people, in_transaction, mailoutbox):
    author, editor = people
    due, later, over, gone = (factories.draft(Article) for _ in range(4))
    submitted(due, by=author, reviewer=editor, due_on=today())
    submitted(later, by=author, reviewer=editor, due_on=today() + timedelta(days=1))
    approved = submitted(over, by=author, reviewer=editor, due_on=today())
    workflow.approve(review=approved, by=editor)
    submitted(gone, by=author, reviewer=editor, due_on=today())
    Article.objects.filter(pk=gone.pk).delete()
    in_transaction(remind_reviewers)
    in_transaction(remind_reviewers)
    assert [mail.subject for mail in mailoutbox] == [f"Review due: {due}"]


def test_reminder_is_sent_in_the_next_night_when_the_mail_server_failed(
    people, in_transaction, mailoutbox, settings
):
    author, editor = people
    submitted(factories.draft(Article), by=author, reviewer=editor, due_on=today())
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    in_transaction(remind_reviewers)
    settings.EMAIL_BACKEND = backend
    in_transaction(remind_reviewers)
    assert len(mailoutbox) == 1
