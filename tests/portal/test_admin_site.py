"""The admin site: sign-in, navigation, start page and accounts."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from accounts.models import User
from calls.models import Call
from news.models import Article
from newsletter.models import Subscriber
from portal.script_catalog import EDITOR_TEXTS
from publishing.revisions import snapshots
from publishing.workflow import head, publish, save_draft
from tests.factories import draft, key_date, open_call, published
from tests.staff import admin_url, member, save, signed_in, submitted

pytestmark = pytest.mark.django_db

START = "/admin/"


def panel(client, key):
    panels = {panel.key: panel for panel in client.get(START).context["panels"]}
    return panels[key]


def titles(client, key):
    return [entry.title for entry in panel(client, key).entries]


# Signing in -------------------------------------------------------------------------------


def test_login_page_has_a_heading_a_language_and_a_main(client):
    page = client.get("/admin/login/", headers={"accept-language": "fr"}).text
    assert '<html lang="fr"' in page
    assert page.count("<h1>") == 1
    assert "<main" in page
    assert "navigation" not in page


def test_wrong_password_is_said_in_words(client):
    response = client.post("/admin/login/", {"username": "nobody", "password": "wrong"})
    assert 'role="alert"' in response.text


def test_reader_without_an_account_is_led_to_the_login(client):
    response = client.get(admin_url(Call, "changelist"))
    assert response["Location"].startswith("/admin/login/?next=")


def test_language_switch_leads_back_in_the_other_language():
    client = signed_in()
    answer = client.post("/i18n/setlang/", {"language": "nl", "next": START}, follow=True)
    assert answer.redirect_chain == [(START, 302)]
    assert '<html lang="nl"' in answer.text


def test_staff_change_their_password_and_log_out():
    client = signed_in("Author")
    client.user.set_password("before-1234")
    client.user.save()
    client.force_login(client.user)
    data = {"old_password": "before-1234"} | dict.fromkeys(
        ("new_password1", "new_password2"), "a-long-new-one"
    )
    assert client.get("/admin/password_change/").status_code == 200
    assert client.post("/admin/password_change/", data).status_code == 302
    client.user.refresh_from_db()
    assert client.user.check_password("a-long-new-one")
    assert client.post("/admin/logout/").status_code == 200
    assert client.get(START).status_code == 302


@pytest.mark.parametrize("role", ["Author", None])
def test_no_address_of_a_draft_is_told_by_its_key(role):
    call = draft(Call, title_en="Unannounced zebra")
    kind = ContentType.objects.get_for_model(Call).pk
    answer = signed_in(role).get(f"/admin/r/{kind}/{call.pk}/")
    assert answer.status_code == 404
    assert "zebra" not in f"{answer.text} {answer.headers}"


@pytest.mark.parametrize("path", [START, "/admin/calls/call/add/", "/admin/calls/call/"])
def test_only_forms_may_use_more_than_the_portal_s_own_files(path):
    policy = signed_in().get(path)["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert ("sha256" in policy) == path.endswith("add/")


# Navigation -------------------------------------------------------------------------------


def test_navigation_starts_with_the_daily_work():
    page = signed_in().get(START)
    apps = [app["app_label"] for app in page.context["available_apps"]]
    assert apps == [
        "calls",
        "initiatives",
        "news",
        "pages",
        "publishing",
        "newsletter",
        "accounts",
    ]


def test_author_is_offered_only_what_authors_may():
    page = signed_in("Author").get(START)
    models = [m["object_name"] for app in page.context["available_apps"] for m in app["models"]]
    assert "Subscriber" not in models
    assert "User" not in models
    quick = [options.model_name for options in page.context["quick_adds"]]
    assert quick == ["call", "project", "initiative", "article", "event", "page"]


# Start page -------------------------------------------------------------------------------


def test_start_page_tells_what_closes_soon_the_nearest_first():
    for days in (20, 5, 40):
        open_call(days, title_en=f"In {days} days")
    hidden = draft(Call, title_en="Draft")
    key_date(hidden, "full-proposal", 3)
    assert titles(signed_in(), "closing") == ["In 5 days", "In 20 days"]


def test_start_page_tells_what_was_last_edited_over_all_types():
    draft(Article, title_en="An article")
    draft(Call, title_en="A call")
    assert titles(signed_in(), "edited") == ["A call", "An article"]


def test_start_page_tells_publishers_what_readers_miss():
    published(Article, title_en="Bare", title_fr="Nu", title_nl="Kaal")
    whole = published(Article, title_en="Whole", summary_en="Short")
    draft(Article, title_en="Draft")
    lines = {
        line.title: list(map(str, line.notes)) for line in panel(signed_in(), "gaps").entries
    }
    assert lines == {
        "Bare": ["no summary", "no lead image"],
        str(whole): ["no lead image", "not in French", "not in Dutch"],
    }


def test_start_page_reminds_owners_of_reviews_that_are_due():
    client = signed_in()
    long_ago = {"review_on": date(2020, 1, 1)}
    published(Article, title_en="Mine", owner=client.user, **long_ago)
    published(Article, title_en="Nobody's", **long_ago)
    published(Article, title_en="Somebody else's", owner=member(), **long_ago)
    published(Article, title_en="Later", owner=client.user, review_on=date(2999, 1, 1))
    assert set(titles(client, "review")) == {"Mine", "Nobody's"}


def test_start_page_shows_nothing_to_those_without_a_role():
    draft(Article)
    client = signed_in()
    User.objects.filter(pk=client.user.pk).update(is_superuser=False)
    page = client.get(START)
    assert page.context["panels"] == []
    assert "Article" not in page.text


def test_start_page_of_thirty_needs_as_many_queries_as_of_one(django_assert_num_queries):
    client = signed_in()
    open_call(5)
    with django_assert_num_queries(27):
        client.get(START)
    for _number in range(29):
        open_call(5)
    with django_assert_num_queries(27):
        client.get(START)


# Scripts ----------------------------------------------------------------------------------


def test_rich_text_tools_speak_the_language_of_staff():
    script = signed_in().get("/admin/jsi18n/", headers={"accept-language": "fr"}).text
    assert '"Edit Link": "Modifier le lien"' in script
    assert all(f'"{text}": ' in script for text in EDITOR_TEXTS)


# Accounts ---------------------------------------------------------------------------------


@pytest.fixture
def administrator():
    return signed_in("Administrator")


def test_administrator_gives_a_role(administrator):
    user = member()
    User.objects.filter(pk=user.pk).update(is_superuser=False)
    editor = Group.objects.get(name="Editor")
    assert save(administrator, user, groups=[editor.pk]) == {}
    assert list(user.groups.all()) == [editor]


def test_administrator_makes_no_superusers(administrator):
    user = member("Author")
    save(administrator, user, is_superuser="on")
    user.refresh_from_db()
    assert not user.is_superuser


def test_administrator_cannot_touch_a_superuser(administrator):
    superuser = member()
    assert administrator.post(admin_url(superuser), {"username": "x"}).status_code == 403
    url = f"/admin/accounts/user/{superuser.pk}/password/"
    assert administrator.get(url).status_code == 403
    assert (
        administrator.post(admin_url(superuser, "delete"), {"post": "yes"}).status_code == 403
    )


def test_roles_offer_only_permissions_that_something_asks_for(administrator):
    page = administrator.get(admin_url(Group.objects.get(name="Author"))).text
    assert "Call: publish" in page
    assert "Session: add" not in page


def test_account_is_made_with_a_password(administrator):
    url = "/admin/accounts/user/add/"
    passwords = dict.fromkeys(("password1", "password2"), "a-long-new-one")
    form = administrator.get(url)
    data = submitted(form, username="new", usable_password="true", **passwords)
    assert administrator.post(url, data).status_code == 302
    assert User.objects.get(username="new").check_password("a-long-new-one")


# Subscribers ------------------------------------------------------------------------------


def test_subscribers_are_shown_and_unsubscribed_but_not_written(administrator):
    subscriber = Subscriber.objects.create(email="ann@example.org", state="active")
    assert administrator.get(admin_url(Subscriber, "add")).status_code == 403
    administrator.post(admin_url(subscriber), {"email": "x@example.org"})
    data = {"action": "unsubscribe", "_selected_action": [subscriber.pk]}
    page = administrator.post(admin_url(Subscriber, "changelist"), data, follow=True)
    subscriber.refresh_from_db()
    assert (subscriber.email, subscriber.state) == ("ann@example.org", "unsubscribed")
    assert "1 subscriber will get no more e-mails." in page.text


def test_my_drafts_are_those_that_i_saved_last_and_nobody_has_published():
    client, colleague = signed_in("Author"), member("Editor")

    def write(title, by, item=None):
        item = item or draft(Article, title_en="0")
        newest = head(item)
        snapshot = snapshots.dump_live(item)
        snapshot["fields"]["title_en"] = title
        save_draft(item=item, snapshot=snapshot, by=by, seen=newest and newest.number)
        return item

    write("Mine", client.user)
    write("Hers", colleague)
    write("Hers now", colleague, write("Was mine", client.user))
    publish(item=write("Public", client.user))
    assert titles(client, "drafts") == ["Mine"]
