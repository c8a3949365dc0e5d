"""Every admin address of a type and its items, without permission and with bad values.

Users without permission see and change nothing, and no value causes a server error.
"""

from datetime import timedelta
from itertools import cycle

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from publishing.models import Bundle, Comment, OpenForm, PreviewLink, Review, Revision, Schedule
from publishing.revisions import snapshots
from publishing.workflow import comment, head, publish, save_draft, schedule, submit
from tests.factories import publishable, publishable_models
from tests.portal.test_robustness import PART, UNEXPECTED_VALUES, UNREADABLE
from tests.staff import admin_url, member, signed_in

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize("model", publishable_models(), ids=lambda m: m.__name__)
SECRET = "Known to few"
#: Invalid values for URL parameters.
WRONG = ["0", "9" * 23, "x" * 3_000, "é💩", "1/2", "a\nb"]
#: Parameters that the admin pages other than the form read.
FIELDS = [
    *("_cancel", "_opening", "_overrule", "_preview_language", "_preview_on", "_reason"),
    *("_seen", "_work", "action", "as_on", "at", "comment-place", "comment-text", "days"),
    *("decision-note", "decision-seen", "fragment", "language", "note", "note_en", "on"),
    *("page", "post", "reason", "reopen", "review-due_on", "review-message"),
    *("review-reviewer", "term", "timezone", "title", "title_en", "version"),
]
#: Models that these pages write.
RECORDS = (Bundle, Comment, OpenForm, PreviewLink, Review, Revision, Schedule)


def known_of(item, by):
    """Create everything that the item's admin pages show, and return the URL parameters."""
    publish(item=item)
    snapshot = snapshots.dump_live(item)
    snapshot["fields"]["title_en"] = SECRET
    draft = save_draft(item=item, snapshot=snapshot, by=by, seen=head(item).number)
    when = timezone.now() + timedelta(days=1)
    schedule(item=item, at=when, timezone="UTC", by=by, reason="x")
    due_on = timezone.localdate(when)
    review = submit(item=item, reviewer=member("Editor"), due_on=due_on, by=by)
    said = comment(review=review, text=SECRET, by=by)
    link, _token = PreviewLink.objects.make(item=item, language="en", expires_at=when)
    form = {
        "token": "x" * 16,
        "form_data": {"title_en": [SECRET]},
        "changed_at": timezone.now(),
    }
    OpenForm.objects.save_state(user=by, model=type(item), object_id=item.pk, **form)
    keys = {"link_id": link.pk, "number": draft.number, "old": 1, "new": draft.number}
    return {**keys, "object_id": item.pk, "language": "en", "token": "x" * 16}, said


def routes(model):
    """Return every address of the model's admin, with parameters as `<type:name>`."""
    prefix = admin_url(model, "changelist").removeprefix("/admin/")
    patterns = {str(pattern.pattern): pattern for pattern in site.get_urls()}
    return [f"/admin/{prefix}{route.pattern}" for route in patterns[prefix].url_patterns]


def addresses(model, parts):
    return [
        PART.sub(lambda part: str(parts[part[2]]), route)
        for route in routes(model)
        if "(" not in route
    ]


def counts():
    return {model: model._base_manager.count() for model in RECORDS}


def user_key(client):
    return client.user.pk if hasattr(client, "user") else ""


def without(model):
    """Sign in a publisher of every type but this one."""
    client = signed_in("Publisher")
    [group] = client.user.groups.all()
    own = ContentType.objects.get_for_model(model)
    client.user.user_permissions.set(group.permissions.exclude(content_type=own))
    client.user.groups.clear()
    return client


def reading(model):
    """Sign in a user who may only view this type."""
    client = signed_in("Author")
    client.user.groups.clear()
    view = Permission.objects.get(codename=f"view_{model._meta.model_name}")
    client.user.user_permissions.add(view)
    return client


@every_type
def test_who_may_not_see_a_type_learns_and_changes_nothing(model):
    by = member("Publisher")
    item = publishable(model)
    parts, _said = known_of(item, by)
    nobody = signed_in("Author")
    nobody.user.groups.clear()
    before, state = counts(), snapshots.dump_live(item)
    for client in (Client(), nobody, without(model)):
        for address in addresses(model, parts):
            sent = {"post": "yes", "_user": user_key(client)}
            for response in (client.get(address), client.post(address, sent)):
                assert response.status_code in (301, 302, 403, 404, 405), address
                assert SECRET not in response.content.decode(), address
    assert counts() == before
    assert snapshots.dump_live(item) == state


@every_type
def test_who_may_not_see_a_type_finds_none_of_it_elsewhere(model):
    by = member("Publisher")
    parts, _said = known_of(publishable(model), by)
    assert parts
    client = without(model)
    for address in ("/admin/", "/admin/link-targets/?term=Known", "/admin/publishing/bundle/"):
        response = client.get(address)
        assert response.status_code == 200
        assert SECRET not in response.content.decode(), address


@every_type
def test_who_may_only_look_changes_nothing(model):
    by = member("Publisher")
    item = publishable(model)
    parts, _said = known_of(item, by)
    client = reading(model)
    before, state = counts(), snapshots.dump_live(item)
    for address in addresses(model, parts):
        client.get(address)
        client.post(address, {"post": "yes", "_save": "1"})
    assert counts() == before
    assert snapshots.dump_live(item) == state


@every_type
def test_every_page_beside_a_form_answers_whatever_is_sent(model):
    client = signed_in()
    parts, said = known_of(publishable(model), client.user)
    buttons = {name: str(said.pk) for name in ("resolve", "reply")}
    for address, value in zip(
        addresses(model, parts), cycle([*UNEXPECTED_VALUES, UNREADABLE]), strict=False
    ):
        text = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        sent = {**dict.fromkeys(FIELDS, text), f"reply-{said.pk}": text}
        # So that autosave does not reject the form as somebody else's.
        sent |= {"_user": client.user.pk, "_work": "typed", **buttons}
        assert client.post(address, sent).status_code < 500, address
        assert client.get(address, {"page": text, "on": text}).status_code < 500, address


@every_type
def test_no_part_of_an_address_is_answered_with_an_error(model):
    client = signed_in()
    parts, _said = known_of(publishable(model), client.user)
    usual = addresses(model, parts)
    for turn, value in enumerate(WRONG):
        wrong = dict.fromkeys(parts, value)
        keyed = addresses(model, {**wrong, "object_id": parts["object_id"]})
        for address in {*addresses(model, wrong)[turn :: len(WRONG)], *keyed} - {*usual}:
            assert client.get(address).status_code < 500, address
            assert client.post(address).status_code < 500, address
