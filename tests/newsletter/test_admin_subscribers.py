import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.admin.sites import site
from django.urls import reverse

from newsletter.consent import current_wording, record
from newsletter.models import (
    ConsentEvent,
    Delivery,
    Refusal,
    SignUp,
    Subscriber,
    Subscription,
    Suppression,
    Wording,
)
from newsletter.signup import refuse
from tests import staff
from tests.staff import admin_url, signed_in

MODELS = [ConsentEvent, Refusal, SignUp, Subscriber, Suppression, Wording]


@pytest.fixture
def member(subscriber, mailed_sign_up):
    """Create a subscriber with a row in every list of the admin."""
    member = subscriber("private@example.org", Subscriber.State.ACTIVE)
    Subscription.objects.create(subscriber=member, kind="edition", section="editions")
    mailed_sign_up(member)
    record(member, ConsentEvent.Event.CONFIRMED, wording=current_wording())
    Suppression.objects.suppress("other@example.org", Suppression.Reason.BOUNCED)
    refuse(Refusal.Reason.TRAP)
    return member


def test_the_administrator_sees_everything_and_changes_nothing_by_hand(member):
    client = signed_in("Administrator")
    for model in MODELS:
        item = model.objects.first()
        assert client.get(admin_url(item, "changelist")).status_code == 200, model
        page = client.get(admin_url(item))
        assert page.status_code == 200, model
        assert client.post(admin_url(item), {}).status_code == 403, model
        added = client.get(admin_url(item, "add")).status_code
        assert added == (200 if model is Suppression else 403), model


@pytest.mark.parametrize("role", ["Author", "Editor", "Publisher"])
def test_other_roles_see_nothing_of_subscribers(member, role):
    client = signed_in(role)
    for model in MODELS:
        item = model.objects.first()
        for view in ("changelist", "change", "delete", "history"):
            assert client.get(admin_url(item, view)).status_code == 403, (model, view)
    action = {"action": "erase", "_selected_action": [member.pk]}
    assert client.post(admin_url(member, "changelist"), action).status_code == 403
    assert Subscriber.objects.get(pk=member.pk).is_active


def test_who_is_unsubscribed_by_staff_has_left(member):
    action = {"action": "unsubscribe", "_selected_action": [member.pk]}
    signed_in("Administrator").post(admin_url(member, "changelist"), action)
    member.refresh_from_db()
    assert member.state == Subscriber.State.UNSUBSCRIBED
    assert not member.subscriptions.active().exists()
    assert ConsentEvent.objects.first().event == "left"


def test_who_is_erased_by_staff_is_forgotten(member):
    client = signed_in("Administrator")
    for name in ("unsubscribe", "erase"):
        action = {"action": name, "_selected_action": [member.pk]}
        client.post(admin_url(member, "changelist"), action)
    member.refresh_from_db()
    assert (member.email, member.state) == (None, Subscriber.State.ERASED)
    for model in (*MODELS, LogEntry, Delivery):
        assert "private@example.org" not in str(list(model.objects.values())), model


def test_staff_suppress_an_address_of_which_only_a_hash_is_kept(db):
    client = signed_in("Administrator")
    address = reverse("admin:newsletter_suppression_add")
    client.post(address, {"email": "Never@Example.org ", "note": "Asked by telephone"})
    suppression = Suppression.objects.get()
    assert Suppression.objects.is_suppressed("never@example.org")
    assert suppression.reason == Suppression.Reason.STAFF
    assert "never" not in str(vars(suppression))
    again = client.post(address, {"email": "never@example.org", "note": ""})
    assert b"already blocked" in again.content
    client.post(admin_url(suppression, "delete"), {"post": "yes"})
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("model", [ConsentEvent, Suppression])
def test_a_hash_is_found_by_the_whole_address_alone(member, model):
    client = signed_in("Administrator")
    owner = "private@example.org" if model is ConsentEvent else "other@example.org"
    address = admin_url(model.objects.first(), "changelist")
    for query, found in [(owner.upper(), 1), ("example.org", 0), ("x" * 10_000, 0)]:
        results = client.get(address, {"q": query}).context["cl"].result_list
        assert len(results) == found, query


@pytest.mark.parametrize("model", [ConsentEvent, Subscriber])
def test_nothing_of_it_is_deleted_in_bulk(rf, member, model):
    request = rf.get("/")
    request.user = staff.member("Administrator")
    assert "delete_selected" not in site.get_model_admin(model).get_actions(request)


def test_a_long_list_is_not_counted(member, django_assert_max_num_queries):
    client = signed_in("Administrator")
    client.get(admin_url(member, "changelist"))
    with django_assert_max_num_queries(12) as queries:
        client.get(admin_url(member, "changelist"))
    assert not [q for q in queries.captured_queries if "COUNT(" in q["sql"]]
