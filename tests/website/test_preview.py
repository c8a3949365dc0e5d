"""Previews: unsaved, saved, as of a date, and shared without an account."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from backoffice.editing.form_errors import error_texts
from calls.models import Call
from initiatives.models import Initiative
from localisation import clock
from media.models import Document
from news.models import Article, Event
from pages.models import Page
from publishing import workflow
from publishing.models import PreviewLink, Revision
from tests import factories
from tests.backoffice.test_admin_media import stored_image
from tests.staff import admin_url, form_at, member, row, signed_in, submitted

pytestmark = pytest.mark.django_db
every_type = pytest.mark.parametrize(
    "model", factories.publishable_models(), ids=lambda m: m.__name__
)
WRITING = ("INSERT", "UPDATE", "DELETE")


def address(item, view, *args):
    options = item._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=[item.pk, *args] if item.pk else args)


def form_of(client, item):
    """Return the data that a browser would send from the item's form as it opens."""
    response = form_at(client, admin_url(item))
    return submitted(response, _seen=response.context["draft"]["seen"])


def preview(client, item, data=None, **changes):
    """Return the JSON response to the preview pane beside the form."""
    data = {**(data or form_of(client, item)), **changes}
    response = client.post(address(item, "preview_typed"), data)
    assert response.status_code == 200
    return response.json()


def save(client, item, **changes):
    data = {**form_of(client, item), **changes, "_continue": "1"}
    assert client.post(admin_url(item), data).status_code == 302


def link_to(item, **fields):
    """Create a preview link, and return its address."""
    fields = {
        "language": "en",
        "expires_at": timezone.now() + timedelta(days=1),
        **fields,
    }
    _link, token = PreviewLink.objects.make(item=item, **fields)
    return reverse("shared-preview", args=[token])


def make_link(client, item, **changes):
    """Create a preview link in the admin, and return (response, address)."""
    data = {"language": "en", "days": "7", "version": "newest", **changes}
    response = client.post(address(item, "preview_links"), data)
    return response, response.context["new_link_url"].removeprefix(settings.PORTAL_URL)


def open_call(**fields):
    """Publish a call whose version includes its key dates."""
    call = factories.open_call(**fields)
    workflow.publish(item=call)
    return call


# --- Unsaved changes ---------------------------------------------------------------------


@every_type
def test_preview_shows_what_is_typed_and_writes_nothing(model):
    author = signed_in("Author")
    item = factories.published(model, title_en="Public", title_fr="Publique")
    data = form_of(author, item)
    with CaptureQueriesContext(connection) as captured:
        shown = preview(author, item, data, title_en="Typed zebra")
    assert not [q["sql"] for q in captured if q["sql"].startswith(WRITING)]
    assert "Typed zebra" in shown["page"]
    assert shown["left_out"] == []
    assert "Typed zebra" not in author.get(item.get_absolute_url()).content.decode()
    french = preview(author, item, data, title_fr="Zèbre", _preview_language="fr")
    assert '<html lang="fr"' in french["page"]
    assert "Zèbre" in french["page"]


@every_type
def test_preview_of_a_form_that_opened_on_a_draft_starts_from_the_draft(model):
    author = signed_in("Author")
    item = factories.published(model, title_en="Public")
    save(author, item, summary_en="A drafted sentence")
    shown = preview(author, item, title_en="")
    assert "Public" in shown["page"]
    assert any(text.startswith("Title · English") for text in shown["left_out"])
    # The draft's valid summary is shown despite the rejected title.
    assert "A drafted sentence" in shown["page"]


@every_type
def test_preview_of_a_new_item(model):
    author = signed_in("Author")
    new = admin_url(model, "add")
    data = submitted(form_at(author, new), title_en="Brand new zebra")
    fields = factories.draft(model, title_en="Other")
    data |= {
        name: getattr(fields, name)
        for name in factories.REQUIRED[model]()
        if name not in ("starts_at", "ends_at")
    }
    if model is Event:
        data |= {"starts_at": "2027-05-01T10:00", "ends_at": "2027-05-01T12:00"}
    response = author.post(f"{new}preview_typed/", data)
    assert "Brand new zebra" in response.json()["page"], response.json()
    assert not model.objects.filter(title_en="Brand new zebra").exists()


def test_preview_of_a_new_item_names_what_it_lacks():
    author = signed_in("Author")
    data = submitted(form_at(author, admin_url(Event, "add")), title_en="No day yet")
    answer = author.post(f"{admin_url(Event, 'add')}preview_typed/", data).json()
    assert answer["page"] is None
    assert answer["missing"] == ["Start", "End"]


def test_rows_that_are_only_typed_appear_and_those_marked_for_removal_do_not():
    author = signed_in("Author")
    call = open_call()
    assert "Opening" in preview(author, call)["page"]
    data = form_of(author, call) | {"key_dates-TOTAL_FORMS": "3", "key_dates-0-DELETE": "on"}
    data |= row(
        "key_dates",
        2,
        kind="decision",
        at="2099-05-01T12:00",
        timezone="Europe/Brussels",
        certainty="exact",
        precision="minute",
    )
    page = preview(author, call, data)["page"]
    assert "1 May 2099" in page
    assert "Opening" not in page
    assert call.key_dates.count() == 2


def test_row_with_an_error_stays_as_it_was_and_a_new_one_is_left_out():
    author = signed_in("Author")
    call = open_call()
    data = form_of(author, call) | {"key_dates-TOTAL_FORMS": "3", "key_dates-0-at": "soon"}
    data |= row("key_dates", 2, kind="decision", timezone="Europe/Brussels")
    answer = preview(author, call, data)
    assert "Opening" in answer["page"]
    assert "Decision" not in answer["page"]
    left_out = [text.split(":")[0] for text in answer["left_out"]]
    assert left_out[0] == "key date 1, Date and time"
    assert "key date 3, Date and time" in left_out


def test_error_of_a_row_as_a_whole_names_the_row_alone():
    form = forms.Form({})
    form.add_error(None, "Say one of both.")
    assert error_texts(form, "contact 2") == ["contact 2: Say one of both."]
    assert error_texts(form) == ["Say one of both."]


NONSENSE = ["a\0b", "9" * 30, "-1", "é\u202e💩" * 5000, "<script>alert(1)</script>"]


@every_type
def test_preview_of_nonsense_is_never_an_error(model):
    author = signed_in("Author")
    item = factories.published(model)
    data = form_of(author, item)
    kept = {name: data[name] for name in data if name.endswith("_FORMS") or name == "_seen"}
    typed, new = address(item, "preview_typed"), f"{admin_url(model, 'add')}preview_typed/"
    for value in NONSENSE:
        nasty = dict.fromkeys(data, value)
        response = author.post(typed, {**nasty, **kept, "_preview_on": value})
        assert response.status_code in (200, 400)
        if response.status_code == 200:
            assert "<script>alert" not in (response.json()["page"] or "")
        assert author.post(typed, nasty).status_code in (200, 400)
        assert author.post(new, nasty | {"title_en": "x"}).status_code in (200, 400)
    assert author.post(typed, {}).status_code in (200, 400)
    assert author.post(new, {"title_en": "x"}).status_code in (200, 400)


@pytest.mark.parametrize("model", [Article, Event, Initiative])
def test_lead_image_of_a_draft_is_shown_to_whoever_has_the_link(model):
    author = signed_in("Author")
    item = factories.published(model)
    image = stored_image()
    save(author, item, lead_image=image.pk)
    assert image.file.jpeg_960 in Client().get(link_to(item)).content.decode()


def test_event_that_ends_before_it_starts_is_shown_with_the_reason():
    author = signed_in("Author")
    event = factories.published(Event)
    answer = preview(author, event, ends_at="2020-01-01T10:00")
    assert answer["page"]
    assert "End: The end must not be before the start." in answer["left_out"]


def test_draft_that_refers_to_what_is_gone_is_shown_without_it():
    author = signed_in("Author")
    call = factories.published(Call)
    initiative = factories.published(Initiative, title_en="Gone zebra")
    save(author, call, initiative=initiative.pk)
    initiative.delete()
    page = author.get(address(call, "preview", "en"))
    assert page.status_code == 200
    assert preview(author, call)["page"]


def test_page_whose_address_leads_to_a_list_is_shown_all_the_same():
    author = signed_in("Author")
    page = factories.draft(Page, title_en="Hidden by a list")
    assert "Hidden by a list" in preview(author, page, slug="calls")["page"]
    Page.objects.filter(pk=page.pk).update(slug="calls")
    assert "Hidden by a list" in Client().get(link_to(page)).content.decode()


@every_type
@pytest.mark.parametrize("role", [None, "visitor"])
def test_who_may_not_change_the_type_gets_no_preview_of_what_is_typed(model, role):
    item = factories.published(model)
    client = Client()
    if role:
        user = member("Author")
        user.groups.clear()
        client.force_login(user)
    expected = 403 if role else 302
    for url in (address(item, "preview_typed"), f"{admin_url(model, 'add')}preview_typed/"):
        assert client.post(url, {"title_en": "x"}).status_code == expected
    assert client.get(address(item, "preview_links")).status_code == expected
    assert client.post(address(item, "preview_links"), {}).status_code == expected
    assert not PreviewLink.objects.exists()


def test_preview_of_what_is_typed_asks_for_post_and_for_an_item():
    author = signed_in("Author")
    call = factories.published(Call)
    assert author.get(address(call, "preview_typed")).status_code == 405
    assert author.post("/admin/calls/call/999/preview_typed/").status_code == 404
    assert author.post("/admin/calls/call/x/preview_typed/").status_code == 404


def test_form_offers_the_preview_to_who_may_change_it_only():
    call = factories.published(Call)
    assert 'id="preview"' in signed_in("Author").get(admin_url(call)).content.decode()
    viewer = signed_in("Author")
    viewer.user.groups.clear()
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_call"))
    page = viewer.get(admin_url(call))
    assert page.status_code == 200
    assert 'id="preview"' not in page.content.decode()


# --- As of a date ------------------------------------------------------------------------


def test_clock_stands_only_where_it_was_set():
    instant = datetime(2030, 1, 1, tzinfo=UTC)
    with clock.set_to(instant):
        assert clock.now() == instant
        with clock.set_to(None):
            assert clock.now() == instant
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1)


def local(days):
    return timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


def test_status_and_countdown_are_those_of_the_day():
    author = signed_in("Author")
    call = open_call(days_left=30)
    today = preview(author, call)["page"]
    assert "29 days" in today or "30 days" in today
    soon = preview(author, call, _preview_on=local(20))["page"]
    assert "Closing soon" in soon
    assert "data-now=" in soon
    assert "As it will be on" in soon
    later = preview(author, call, _preview_on=local(40))["page"]
    assert "Closed" in later
    assert "This date has passed." in later
    saved = author.get(address(call, "preview", "en"), {"on": local(40)})
    assert "Closed" in saved.content.decode()


def test_lists_and_the_home_page_are_those_of_the_day_and_so_are_their_links():
    author = signed_in("Author")
    call = open_call(days_left=30, title_en="Will be closed")
    event = factories.published(Event, title_en="Will be over")
    factories.published(Article, title_en="Read today")
    start = author.get(reverse("as-on"), {"on": local(40)})
    assert start.status_code == 302
    home = author.get(start.url)
    base = start.url.removesuffix("en/")
    assert f'href="{base}en/calls/"' in home.content.decode()
    assert event.title_en not in home.content.decode()
    calls = author.get(f"{base}en/calls/", {"status": "closed"})
    assert call.title_en in calls.content.decode()
    assert f'action="{base}en/calls/"' in calls.content.decode()
    assert call.title_en not in author.get(f"{base}en/calls/?status=open").content.decode()
    assert "Read today" in author.get(f"{base}en/news/").content.decode()
    assert event.title_en in author.get(f"{base}en/events/?when=past").content.decode()
    page = author.get(f"{base}en/calls/{call.slug}/")
    assert "Closed" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_redirect_of_a_list_stays_on_the_day():
    author = signed_in("Author")
    response = author.get("/admin/preview/2030-01-01T12:00/en/calls/?q=")
    assert response.status_code == 302
    assert response.url == "/admin/preview/2030-01-01T12:00/en/calls/"


def test_drafts_stay_hidden_on_every_day():
    author = signed_in("Author")
    call = factories.draft(Call, title_en="Unannounced zebra")
    base = "/admin/preview/2030-01-01T12:00/en/calls/"
    assert author.get(f"{base}{call.slug}/").status_code == 404
    assert "zebra" not in author.get(base).content.decode()


@pytest.mark.parametrize(
    "on", ["tomorrow", "0001-01-01T00:00", "9999-12-31T23:59", "9" * 3000, "2027-03-28T02:30"]
)
def test_day_that_cannot_be_is_not_found_or_asked_for_again(on):
    author = signed_in("Author")
    call = open_call()
    assert author.get(f"/admin/preview/{on}/en/").status_code == 404
    asked = author.get(reverse("as-on"), {"on": on})
    assert asked.status_code == 200
    assert "errorlist" in asked.content.decode()
    assert author.get(address(call, "preview", "en"), {"on": on}).status_code == 404
    left_out = preview(author, call, _preview_on=on)["left_out"]
    assert left_out[-1].startswith("Preview date")


def test_date_in_another_notation_leads_to_an_address():
    response = signed_in("Author").get(reverse("as-on"), {"on": "2027-03-28 14:30:59"})
    assert response.url == "/admin/preview/2027-03-28T14:30/en/"


@pytest.mark.parametrize("page", ["//evil.example/", "https://evil.example/", "/xx/", "", "/"])
def test_choosing_a_day_leads_nowhere_else(page):
    response = signed_in("Author").get(reverse("as-on"), {"on": local(1), "page": page})
    assert response.url.startswith("/admin/preview/")
    assert response.url.endswith("/en/")


def test_only_staff_see_another_day(client):
    for url in (reverse("as-on"), "/admin/preview/2030-01-01T12:00/en/"):
        assert client.get(url).status_code == 302
        assert "/login/" in client.get(url).url


# --- Shared links ------------------------------------------------------------------------


@every_type
def test_shared_link_shows_the_newest_draft_to_anybody(model):
    author = signed_in("Author")
    item = factories.published(model, title_en="Public", title_fr="Publique")
    response, url = make_link(author, item, note="Dr Who")
    assert "shown only once" in response.content.decode()
    save(author, item, title_en="Draft zebra", title_fr="Zèbre")
    page = Client().get(url)
    assert "Draft zebra" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert author.user.username not in page.content.decode()
    assert f'href="{url}fr/"' in page.content.decode()
    french = Client().get(f"{url}fr/")
    assert "Zèbre" in french.content.decode()
    assert Client().get(f"{url}xx/").status_code == 404
    link = PreviewLink.objects.get()
    assert (link.views, link.note, link.created_by) == (2, "Dr Who", author.user)
    assert link.last_used_at


@every_type
def test_shared_link_of_an_item_that_was_never_published(model):
    item = factories.draft(model, title_en="Never public zebra")
    page = Client().get(link_to(item)).content.decode()
    assert "Never public zebra" in page
    assert "Preview: readers do not see this yet." in page


def test_pinned_link_keeps_showing_its_version():
    author = signed_in("Author")
    call = factories.published(Call, title_en="Public")
    save(author, call, title_en="As agreed")
    _response, url = make_link(author, call, version="this")
    save(author, call, title_en="Changed since")
    assert "As agreed" in Client().get(url).content.decode()
    assert "Changed since" not in Client().get(url).content.decode()


def test_shared_link_shows_the_day_it_was_made_for():
    author = signed_in("Author")
    call = open_call(days_left=30)
    _response, url = make_link(author, call, as_on=local(40))
    assert "Closed" in Client().get(url).content.decode()


def test_token_is_not_kept():
    item = factories.published(Call)
    token = link_to(item).split("/")[2]
    values = PreviewLink.objects.values().get()
    assert token not in map(str, values.values())
    assert len(token) >= 43


def dead_links():
    call = factories.draft(Call, title_en="Secret zebra")
    gone = factories.draft(Article, title_en="Secret zebra")
    links = {
        "expired": link_to(call, expires_at=timezone.now() - timedelta(seconds=1)),
        "revoked": link_to(call, revoked_at=timezone.now()),
        "deleted": link_to(gone),
    }
    gone.delete()
    return links


@pytest.mark.parametrize("kind", ["expired", "revoked", "deleted"])
def test_dead_link_says_so_and_nothing_of_what_it_showed(client, kind):
    url = dead_links()[kind]
    response = client.get(url)
    assert response.status_code == 410
    page = response.content.decode()
    assert "no longer works" in page
    assert "zebra" not in page
    assert url not in page
    assert "no-store" in response["Cache-Control"]
    assert not PreviewLink.objects.filter(views__gt=0).exists()
    assert client.get(f"{url}fr/").status_code == 410
    assert client.get(f"{url}en/documents/x/").status_code == 410


@pytest.mark.parametrize("token", ["x", "é" * 500, "9" * 5000, "%ff", "a b", "..%2f"])
def test_unknown_token_is_not_found(client, token):
    response = client.get(f"/preview/{token}/")
    assert response.status_code == 404
    assert client.get("/preview/a%00b/").status_code == 400


def test_shared_link_takes_nothing_but_reading(client):
    url = link_to(factories.published(Call))
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200
    assert PreviewLink.objects.get().views == 0


def test_only_the_item_of_the_token_is_readable(client):
    url = link_to(factories.draft(Call))
    other = factories.draft(Call, title_en="Other zebra")
    assert client.get(other.get_absolute_url()).status_code == 404
    for rest in (f"en/calls/{other.slug}/", f"en/{other.slug}/", f"{other.slug}/"):
        assert client.get(f"{url}{rest}").status_code == 404


def document(slug, **fields):
    found = Document.objects.create(title_en=slug, slug=slug, **fields)
    found.versions.create(file=ContentFile(b"%PDF-", name="a.pdf"))
    return found


def test_documents_of_the_page_are_handed_out_and_no_others(client):
    then = timezone.now() + timedelta(days=10)
    call = factories.draft(Call)
    call.documents.add(document("guide"), document("embargoed", available_at=then))
    document("elsewhere")
    url = link_to(call)
    assert f'href="{url}en/documents/guide/"' in client.get(url).content.decode()
    guide = client.get(f"{url}en/documents/guide/")
    assert guide.status_code == 200
    assert "no-store" in guide["Cache-Control"]
    assert client.get(f"{url}en/documents/embargoed/").status_code == 404
    assert client.get(f"{url}en/documents/elsewhere/").status_code == 404
    later = link_to(call, as_on=then + timedelta(days=1))
    assert client.get(f"{later}en/documents/embargoed/").status_code == 200
    assert client.get("/documents/embargoed/").status_code == 404


def test_staff_list_and_revoke_links():
    author = signed_in("Author")
    call = factories.published(Call)
    _response, url = make_link(author, call, note="For the ministry")
    page = author.get(address(call, "preview_links")).content.decode()
    assert "For the ministry" in page
    assert "Not opened yet" in page
    assert url not in page
    link = PreviewLink.objects.get()
    Client().get(url)
    assert "Opened once" in author.get(address(call, "preview_links")).content.decode()
    revoke = address(call, "preview_revoke", link.pk)
    assert author.get(revoke).status_code == 405
    assert author.post(revoke).status_code == 302
    assert Client().get(url).status_code == 410
    assert "For the ministry" not in author.get(address(call, "preview_links")).content.decode()
    assert author.post(revoke).status_code == 404


def test_link_is_revoked_through_its_own_item_only():
    author = signed_in("Author")
    call, other = factories.published(Call), factories.published(Call)
    make_link(author, call)
    link = PreviewLink.objects.get()
    assert author.post(address(other, "preview_revoke", link.pk)).status_code == 404
    article = factories.published(Article)
    assert author.post(address(article, "preview_revoke", link.pk)).status_code == 404
    visitor = signed_in("Author")
    visitor.user.groups.clear()
    assert visitor.post(address(call, "preview_revoke", link.pk)).status_code == 403
    assert PreviewLink.objects.active().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": "365"},
        {"days": ""},
        {"language": "xx"},
        {"version": "old"},
        {"note": "x" * 201},
        {"note": "a\0b"},
        {"as_on": "9999-12-31T23:59"},
        {"as_on": "soon"},
    ],
)
def test_link_is_refused_with_a_reason_and_keeps_what_was_typed(wrong):
    author = signed_in("Author")
    call = factories.published(Call)
    response, _url = make_link(author, call, **{"note": "Kept", **wrong})
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert wrong.get("note", "Kept").replace("\0", "") in response.content.decode().replace(
        "\0", ""
    )
    assert not PreviewLink.objects.exists()


def test_link_works_for_as_long_as_was_asked():
    author = signed_in("Author")
    make_link(author, factories.published(Call), days="30")
    left = PreviewLink.objects.get().expires_at - timezone.now()
    assert timedelta(days=29) < left <= timedelta(days=30)


def test_shared_link_writes_no_revision_and_reads_in_few_queries(client):
    call = open_call()
    save(signed_in("Author"), call, title_en="Draft")
    url = link_to(call)
    client.get(url)
    count = Revision.objects.count()
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    assert Revision.objects.count() == count
    writing = [q["sql"] for q in captured if q["sql"].startswith(WRITING)]
    assert len(writing) == 1
    assert "publishing_previewlink" in writing[0]
