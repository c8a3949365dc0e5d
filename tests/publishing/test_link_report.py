"""Report of broken links: findings, storage and visibility."""

import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calls.models import Call
from initiatives.models import Initiative, Resource
from media.models import Document
from pages.models import Page
from publishing.jobs import _nightly
from publishing.models import BrokenLink, NightlyRun
from publishing.references import check_links, external_links, link_report
from publishing.workflow import publish, unpublish
from tests import factories
from tests.publishing.test_addresses import move
from tests.publishing.test_links import grant, link
from tests.staff import admin_url, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/publishing/brokenlink/"


def page(*addresses, **fields):
    body = "".join(link(address) for address in addresses)
    return factories.published(Page, **{"body_en": body, **fields})


def found():
    """Return the report as {address: problem}."""
    return dict(BrokenLink.objects.values_list("address", "problem"))


# Links within the portal ----------------------------------------------------------------


def test_links_to_what_is_gone_or_hidden_are_reported():
    gone, hidden, public = (factories.published(Call) for _ in range(3))
    links = {item: f"item:calls.call/{item.pk}" for item in (gone, hidden, public)}
    page(*links.values())
    unpublish(item=hidden)
    gone_link = links[gone]
    gone.delete()
    check_links()
    assert found() == {gone_link: "gone", links[hidden]: "unpublished"}


@pytest.mark.parametrize(
    "address",
    [
        "/en/calls/nobody/",
        "/xx/",
        "/en/calls/nobody/versions/",
        "/documents/none/",
        "/documents/none/3/",
        "/media/none.pdf",
        "/en/topics/none/",
        "/en/\u00e9/",
        "/en/%00/",
        "http://testserver.example/en/nothing/?a=b",
    ],
)
def test_address_that_leads_nowhere_in_the_portal_is_reported(settings, address):
    settings.PORTAL_URL = "https://testserver.example"
    page(address)
    check_links()
    assert list(found().values()) == ["not_found"]


def test_version_that_was_never_published_is_reported():
    name = f"item:calls.call/{factories.published(Call).pk}"
    page(f"{name}/versions/1/#dates", f"{name}/versions/", f"{name}/versions/7/", f"{name}/#x")
    check_links()
    assert found() == {f"{name}/versions/7/": "not_found"}


@pytest.mark.parametrize("address", ["www.example.org", "calls/one/", ""])
def test_what_is_no_address_is_reported(address):
    page(address)
    check_links()
    assert found() == {address: "unusable"}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/en/calls/",
        "/calls/",
        "/en/calls/?q=ice&page=1",
        "/en/newsletter/",
        "/api/v1/calls/",
        "/admin/",
        "#place",
        "?page=2",
        "mailto:someone@example.org",
        "tel:+321234567",
        "/static/favicon.svg",
        "https://example.org/nothing/is/asked/of/other/sites",
    ],
)
def test_address_that_readers_can_open_is_not_reported(address):
    page(address)
    check_links()
    assert found() == {}


def test_former_address_in_a_plain_field_is_no_problem(settings):
    call = factories.published(Call, slug="before")
    factories.published(Call, website=f"{settings.PORTAL_URL}/en/calls/before/")
    move(call, "after")
    check_links()
    assert found() == {}


def test_document_that_is_not_available_yet_is_reported():
    later = timezone.now() + timedelta(days=1)
    Document.objects.create(title_en="Later", slug="later", available_at=later)
    page("/documents/later/")
    check_links()
    assert found() == {"/documents/later/": "not_found"}


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_document_that_can_be_opened_is_not_reported():
    document = Document.objects.create(title_en="Now", slug="now")
    document.versions.create(file=ContentFile(b"Text", name="now.txt"))
    page("/documents/now/", "/documents/now/1/", "/documents/now/2/")
    check_links()
    assert found() == {"/documents/now/2/": "not_found"}


def test_drafts_and_languages_that_the_portal_has_not_are_not_checked(settings):
    factories.draft(Page, body_en=link("/en/nothing/"))
    settings.LANGUAGES = [("en", "English"), ("fr", "French")]
    page(body_nl=link("/en/nothing/"))
    check_links()
    assert found() == {}


def test_place_of_a_broken_link_is_told(settings):
    initiative = factories.published(Initiative, body_fr=link("/fr/rien/"))
    Resource.objects.create(initiative=initiative, url=f"{settings.PORTAL_URL}/no/", title="r")
    topic = factories.topic(introduction_en=link("/en/nothing/"))
    check_links()
    places = set(BrokenLink.objects.values_list("object_id", "rows", "column"))
    assert places == {
        (initiative.pk, "", "body_fr"),
        (initiative.pk, "resources", "url"),
        (topic.pk, "", "introduction_en"),
    }


def test_broken_link_keeps_its_date_until_it_is_mended():
    item = page("/en/nothing/", "/en/nobody/")
    check_links()
    before = set(BrokenLink.objects.values_list("pk", "since"))
    check_links()
    assert set(BrokenLink.objects.values_list("pk", "since")) == before
    item.body_en = link("/en/nobody/")
    publish(item=item)
    Page.objects.filter(pk=item.pk).update(body_en=link("/en/nobody/"))
    check_links()
    assert found() == {"/en/nobody/": "not_found"}
    assert BrokenLink.objects.get().since in {since for _pk, since in before}


def test_page_that_fails_does_not_stop_the_check(monkeypatch):
    from calls.views import CallListView

    monkeypatch.setattr(CallListView, "get", lambda *args, **kwargs: 1 / 0)
    page("/en/calls/", "/en/nothing/")
    check_links()
    assert found() == {"/en/nothing/": "not_found"}


def test_check_is_nightly_work():
    assert "publishing.references.link_report.check_links_tonight" in _nightly


# Links to other sites -------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    asked = []

    def do_GET(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name = self.path.strip("/").partition("?")[0]
        status = int(name) if name.isdigit() else 200
        if name == "only-get" and self.command == "HEAD":
            status = 405
        if name == "broken-head" and self.command == "HEAD":
            status = 500
        targets = {"moved": "/ok", "moved-away": "/404", "circle": "/circle"}
        targets["to-secret"] = "http://10.0.0.1/secret"
        self.send_response(302 if name in targets else status)
        if name in targets:
            self.send_header("Location", targets[name])
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    """Run a web server on this machine, and return its address."""
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def local_site(monkeypatch):
    """Treat this machine as public, and skip pauses."""
    really = external_links.is_public
    monkeypatch.setattr(external_links, "PAUSE", 0)
    monkeypatch.setattr(external_links, "TIMEOUT", 2)
    monkeypatch.setattr(
        external_links, "is_public", lambda text: text == "127.0.0.1" or really(text)
    )


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/ok", None),
        ("/ok?a=1&b=%C3%A9#place", None),
        ("/\u00e9t\u00e9 x", None),
        ("/moved", None),
        ("/only-get", None),
        ("/broken-head", None),
        ("/404", ("refused", "404")),
        ("/410", ("refused", "410")),
        ("/moved-away", ("refused", "404")),
        ("/500", ("failed", "500")),
        ("/400", ("failed", "400")),
        ("/circle", ("failed", "")),
        ("/401", None),
        ("/403", None),
        ("/429", None),
        ("/to-secret", ("unusable", "")),
    ],
)
def test_answers_of_other_sites(local_site, site, path, problem):
    assert external_links.problem_of(site + path) == problem


def test_site_that_does_not_answer(local_site):
    assert external_links.problem_of("http://127.0.0.1:1/") == ("unreachable", "")


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "https://example.org:port/",
        "ftp://example.org/",
        "http://a..b/",
        "http://[x/",
    ],
)
def test_what_is_no_address_of_the_web(local_site, address):
    assert external_links.problem_of(address)[0] == "unusable"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "0.0.0.0"])
def test_private_hosts_are_never_asked(site, host):
    port = site.rpartition(":")[2]
    assert external_links.problem_of(f"http://{host}:{port}/ok") == ("unusable", "")
    assert Site.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "192.168.1.1",
        "172.16.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
    ],
)
def test_what_is_not_public(address):
    assert not external_links.is_public(address)


def test_public_addresses_are_public():
    assert external_links.is_public("93.184.215.14")
    assert external_links.is_public("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    assert external_links.is_public("64:ff9b::5db8:d70e")


def test_other_sites_are_asked_only_when_the_setting_says_so(local_site, site, settings):
    page(f"{site}/404")
    check_links()
    assert Site.asked == []
    settings.CHECK_EXTERNAL_LINKS = True
    settings.PORTAL_URL = "https://calls.example.org"
    check_links()
    assert found() == {f"{site}/404": "refused"}
    assert [method for method, _path, _agent in Site.asked] == ["HEAD", "GET"]
    assert "https://calls.example.org" in Site.asked[0][2]
    settings.CHECK_EXTERNAL_LINKS = False
    check_links()
    assert found() == {}


def test_address_that_stands_in_many_places_is_asked_for_once(local_site, site):
    for _ in range(3):
        page(f"{site}/ok", f"{site}/410")
    check_links(external=True)
    assert len(Site.asked) == 3
    assert BrokenLink.objects.count() == 3


def test_portion_of_a_host_is_asked_and_the_rest_keeps_its_problems(
    local_site, site, monkeypatch
):
    page(*[f"{site}/404?{number}" for number in range(5)])
    check_links(external=True)
    assert len(found()) == 5
    monkeypatch.setattr(external_links, "MAX_PER_HOST", 2)
    Site.asked.clear()
    check_links(external=True)
    assert len(Site.asked) == 4  # HEAD and GET of two addresses
    assert len(found()) == 5


def test_every_address_of_a_host_has_its_turn(monkeypatch):
    monkeypatch.setattr(external_links, "MAX_PER_HOST", 2)
    addresses = {f"http://one.example/{number}" for number in range(5)}
    asked, today = set(), timezone.localdate()
    for day in range(5):
        date = today + timedelta(days=day)
        monkeypatch.setattr(external_links.timezone, "localdate", lambda date=date: date)
        (portion,) = external_links.batches_by_host(addresses)
        assert len(portion) == 2
        asked |= set(portion)
    assert asked == addresses


# The command and the admin --------------------------------------------------------------


def test_command_lists_broken_links(local_site, site):
    page("/en/nothing/", f"{site}/404", title_en="Zebra")
    out = StringIO()
    call_command("check_links", stdout=out)
    assert (
        "Zebra (body_en): /en/nothing/ – This page does not exist on this portal"
        in out.getvalue()
    )
    assert "Broken links: 1" in out.getvalue()
    out = StringIO()
    call_command("check_links", external=True, stdout=out)
    assert "does not exist 404" in out.getvalue()
    assert "Broken links: 2" in out.getvalue()


def test_list_leads_to_the_field():
    item = page(body_fr=link("/fr/rien/"), title_en="Zebra")
    check_links()
    shown = signed_in("Author").get(LIST).text
    assert f'href="{admin_url(item)}#id_body_fr"' in shown
    assert "Text (French)" in shown
    assert "/fr/rien/" in shown
    assert "This page does not exist on this portal" in shown


def test_list_leads_to_the_rows(settings):
    initiative = factories.published(Initiative)
    Resource.objects.create(initiative=initiative, url=f"{settings.PORTAL_URL}/no/", title="r")
    check_links()
    shown = signed_in("Author").get(LIST).text
    assert f'href="{admin_url(initiative)}#resources-heading"' in shown


def test_links_of_types_that_may_not_be_viewed_are_not_shown():
    page("/en/secret-zebra/")
    factories.published(Call, body_en=link("/en/open-zebra/"))
    check_links()
    client = signed_in()
    client.user.is_superuser = False
    client.user.save()
    assert client.get(LIST).status_code == 403
    assert "zebra" not in client.get(reverse("admin:index")).text
    grant(client.user, "view_call")
    for address in (LIST, reverse("admin:index")):
        shown = client.get(address).text
        assert "open-zebra" in shown
        assert "secret-zebra" not in shown
    client.logout()
    assert client.get(LIST).status_code == 302


def test_report_is_changed_by_nobody():
    page("/en/nothing/")
    check_links()
    client, key = signed_in(), BrokenLink.objects.get().pk
    for rest in ("add/", f"{key}/change/", f"{key}/delete/", f"{key}/history/"):
        assert client.get(LIST + rest).status_code in (302, 403), rest
    data = {"action": "delete_selected", "_selected_action": [key], "post": "yes"}
    client.post(LIST, data)
    assert BrokenLink.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["?type=call", "?type=x", "?problem=x", "?is_external=2", "?p=9"]
)
def test_filters_of_the_list_take_anything(query):
    page("/en/nothing/")
    check_links()
    shown = signed_in("Author").get(LIST + query, follow=True)
    assert shown.status_code == 200
    assert set(shown.context["cl"].result_list) <= set(BrokenLink.objects.all())


def test_item_that_was_deleted_since_the_check_is_harmless():
    page("/en/nothing/").delete()
    item = page("/en/nothing/")
    check_links()
    Page.objects.filter(pk=item.pk).delete()
    client = signed_in("Author")
    for address in (LIST, reverse("admin:index")):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "Broken links" in shown.text


def test_field_that_was_renamed_since_the_check_is_harmless():
    page("/en/nothing/")
    check_links()
    BrokenLink.objects.update(column="former", rows="none")
    assert "former" in signed_in("Author").get(LIST).text


def test_start_page_counts_broken_links():
    page(*[f"/en/nothing/{number}/" for number in range(12)])
    check_links()
    shown = signed_in("Author").get(reverse("admin:index")).text
    assert "Broken links (12)" in shown


def test_links_to_items_are_told_by_their_titles():
    hidden = factories.published(Call, title_en="Zebra")
    page(f"item:calls.call/{hidden.pk}", "item:news.article/99", "/en/nothing/")
    unpublish(item=hidden)
    check_links()
    author = signed_in("Author")
    for address in (LIST, reverse("admin:index")):
        shown = author.get(address).text
        assert "item:" not in shown
        assert "Zebra" in shown
        assert "/en/nothing/" in shown
    reader = signed_in()
    reader.user.is_superuser = False
    reader.user.save()
    grant(reader.user, "view_page")
    assert "Zebra" not in reader.get(LIST).text


def test_link_to_nowhere_at_all_is_listed():
    page("/en/nothing/")
    check_links()
    BrokenLink.objects.update(address="")
    for address in (LIST, reverse("admin:index")):
        shown = signed_in("Author").get(address)
        assert shown.status_code == 200
        assert "Broken links" in shown.text


def test_titles_of_what_is_linked_to_cost_one_query_a_type():
    def queries():
        check_links()
        with CaptureQueriesContext(connection) as captured:
            author.get(LIST)
        return len(captured)

    author = signed_in("Author")
    calls = [factories.draft(Call) for _ in range(4)]
    page(f"item:calls.call/{calls[0].pk}")
    before = queries()
    page(*[f"item:calls.call/{call.pk}" for call in calls])
    assert queries() == before


def test_it_is_told_when_links_were_checked_last():
    author = signed_in("Author")
    for address in (LIST, reverse("admin:index")):
        assert "The nightly check has not run yet." in author.get(address).text
    name = "publishing.references.link_report.check_links_tonight"
    at = timezone.make_aware(datetime(2026, 3, 1, 3))
    NightlyRun.objects.create(name=name, due_at=at + timedelta(1), finished_at=at)
    shown = author.get("/admin/").text
    assert "There are no known broken links. Last nightly check: 1 Mar 2026, 03:00." in shown
    assert "Last nightly check: 1 Mar 2026, 03:00." in author.get(LIST).text


def test_nightly_check_does_not_hold_up_what_is_due(monkeypatch):
    began, may_end = threading.Event(), threading.Event()

    def slow():
        began.set()
        may_end.wait(10)

    monkeypatch.setattr(link_report, "check_links", slow)
    link_report.check_links_tonight()
    assert began.wait(10)
    may_end.set()
