"""Downloads of lists of calls and projects."""

import csv
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calls import downloads
from calls.models import Call, FunderOffer, KeyDate, Project
from initiatives.models import Initiative
from lists import exports
from lists.query_string import MAX_TICKED
from localisation import clock
from publishing.models import FormerAddress
from tests import factories

pytestmark = pytest.mark.django_db

CSV = "/en/calls/export.csv"


def table(response):
    """Return the rows of a CSV response as dicts."""
    assert response.status_code == 200
    return list(csv.DictReader(StringIO(response.getvalue().decode("utf-8-sig"))))


def titles(response):
    return [row["Title"] for row in table(response)]


@pytest.fixture
def calls():
    made = [
        factories.open_call(days_left=days, title_en=title, slug=title.lower())
        for days, title in [(30, "Rivers"), (10, "Lakes"), (20, "Seas")]
    ]
    factories.draft(Call, title_en="Secret", slug="secret")
    return made


def rich_call():
    draft = factories.draft(Initiative, title_en="Unborn initiative")
    call = factories.published(
        Call,
        title_en="=Rivers",
        slug="rivers",
        reference="R-1",
        budget=Decimal("1500000.50"),
        topics=[factories.topic("Water")],
        initiative=draft,
    )
    for kind, at, precision in [
        ("opening", datetime(2026, 5, 1, 22, tzinfo=UTC), "day"),
        ("full-proposal", datetime(2026, 7, 1, 21, 30, tzinfo=UTC), "minute"),
        ("decision", datetime(2026, 10, 1, tzinfo=UTC), "month"),
    ]:
        KeyDate.objects.create(
            call=call, kind=kind, at=at, precision=precision, timezone="Europe/Helsinki"
        )
    for name, country in [("ANR", "FR"), ("FWO", "BE"), ("FNRS", "BE")]:
        organisation = factories.organisation(name, acronym_en=name, country=country)
        factories.offer(call, organisation=organisation)
    return call


def test_a_row_tells_all_of_a_call(client):
    rich_call()
    with clock.set_to(datetime(2026, 6, 1, tzinfo=UTC)):
        (row,) = table(client.get(CSV))
    assert row["Title"] == "'=Rivers"
    assert row["Status"] == "Open"
    assert row["Opens"] == "2026-05-02"
    assert row["Next deadline"] == "2026-07-02T00:30+03:00"
    assert row["Kind of deadline"] == "Deadline for full proposals"
    assert row["Time zone"] == "Helsinki time, EEST"
    assert "2 July 2026, 00:30 Helsinki time, EEST" in row["All dates"]
    assert row["All dates"].endswith("Decision: October 2026 (Exact)")
    assert (row["Budget"], row["Currency"]) == ("1500000.50", "EUR")
    assert row["Initiative"] == ""
    assert row["Topics"] == "Water"
    assert row["Funders"] == "ANR; FWO; FNRS"
    assert row["Countries"] == "France; Belgium"
    assert row["Web address"].startswith("http")
    assert row["Web address"].endswith("/en/calls/rivers/")


def test_a_call_without_anything_has_empty_cells(client):
    factories.published(Call, title_en="Bare")
    (row,) = table(client.get(CSV))
    assert row["Status"] == "Forthcoming"
    empty = [
        "Opens",
        "Next deadline",
        "Time zone",
        "All dates",
        "Budget",
        "Currency",
        "Funders",
    ]
    assert {row[name] for name in empty} == {""}


def test_a_table_speaks_the_reader_s_language(client):
    rich_call()
    with clock.set_to(datetime(2026, 6, 1, tzinfo=UTC)):
        response = client.get("/fr/calls/export.csv")
    text = response.getvalue().decode()
    assert "Belgique" in text
    assert "/fr/calls/rivers/" in text


def test_a_row_tells_all_of_a_project(client):
    call = factories.draft(Call, title_en="Unborn call", reference="U-1")
    project = factories.published(
        Project, title_en="Reeds", acronym="REED", call=call, starts_on="2026-03-01"
    )
    partner = factories.organisation("Partner", country="FR")
    factories.participant(project, organisation=partner)
    coordinator = factories.organisation("University of Ghent")
    factories.participant(project, organisation=coordinator, role="coordinator")
    (row,) = table(client.get("/en/projects/export.csv"))
    assert (row["Acronym"], row["Title"]) == ("REED", "Reeds")
    assert (row["Coordinator"], row["Coordinator's country"]) == (
        "University of Ghent",
        "Belgium",
    )
    assert (row["Start"], row["End"]) == ("2026-03-01", "")
    assert (row["Call"], row["Reference of the call"]) == ("", "")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Lakes", "Seas", "Rivers"]),
        ("?sort=title", ["Lakes", "Rivers", "Seas"]),
        ("?q=rivers", ["Rivers"]),
        ("?q=nothing-like-it", []),
        ("?item=rivers&item=lakes", ["Lakes", "Rivers"]),
        ("?item=rivers&item=rivers&item=", ["Rivers"]),
        ("?item=rivers&q=lakes&page=7&view=table", ["Rivers"]),
        ("?item=rivers&item=lakes&sort=budget", ["Rivers", "Lakes"]),
    ],
)
def test_it_has_the_filtered_list_or_what_is_ticked(client, calls, query, expected):
    assert titles(client.get(CSV + query)) == expected


@pytest.mark.parametrize(
    "address", ["/en/calls/export.csv", "/en/calls/export.xlsx", "/en/projects/export.xlsx"]
)
@pytest.mark.parametrize(
    "query",
    ["status=sometimes", "topic=x", "sort=x", "item=nothing", "item=" + "x" * 10_000, "q=%00"],
)
def test_what_is_wrong_gets_a_clear_answer(client, address, query):
    if "project" in address and "status" not in query:
        pytest.skip("one wrong value is enough there")
    response = client.get(f"{address}?{query}")
    assert response.status_code == 400
    assert "The portal cannot understand this request" in response.content.decode()


def test_a_wrong_filter_is_named(client):
    response = client.get(f"{CSV}?deadline_from=soon")
    assert "Closes from: Enter a valid date." in response.content.decode()


def test_drafts_are_as_unknown_as_what_never_was(client, calls):
    answers = [client.get(f"{CSV}?item=lakes&item={name}") for name in ("secret", "nobody")]
    assert [answer.status_code for answer in answers] == [400, 400]
    secret, nobody = (answer.content.decode() for answer in answers)
    assert "no longer published: secret." in secret
    assert secret.replace("secret", "nobody") == nobody


def test_names_of_unknown_items_are_escaped_and_cut(client):
    response = client.get(CSV, {"item": "<script>" + "x" * 9_000})
    page = response.content.decode()
    assert "&lt;script&gt;" in page
    assert "x" * 200 not in page


def test_a_call_that_has_moved_is_found_at_its_former_address(client, calls):
    FormerAddress.objects.move(calls[0], "brooks", "rivers")
    assert titles(client.get(f"{CSV}?item=brooks")) == ["Rivers"]


def test_so_many_may_be_ticked(client, calls):
    query = "&".join(f"item=c{number}" for number in range(MAX_TICKED + 1))
    page = client.get(f"{CSV}?{query}")
    assert page.status_code == 400
    assert f"You have selected more than {MAX_TICKED} items" in page.content.decode()


def test_files_are_not_indexed_and_carry_the_day(client, calls):
    with clock.set_to(datetime(2026, 6, 1, tzinfo=UTC)):
        response = client.get("/en/calls/export.xlsx")
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Disposition"] == 'attachment; filename="calls-2026-06-01.xlsx"'


def test_a_calendar_has_the_deadlines_of_what_is_ticked(client, calls):
    response = client.get("/en/calls/export.ics?item=rivers&item=lakes")
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert "Rivers: Submit" in text
    assert "Lakes: Submit" in text
    assert "Seas" not in text
    assert "TZID=Europe/Brussels" in text


def test_a_mail_tells_what_the_page_does(client):
    call = rich_call()
    with clock.set_to(datetime(2026, 6, 1, tzinfo=UTC)):
        text = client.get("/en/calls/mail.html?sort=title").context["text"]
    address = settings.PORTAL_URL + call.get_absolute_url()
    assert text.splitlines()[:4] == [
        "=Rivers",
        "Status: Open",
        "Deadline for full proposals: 2 July 2026, 00:30 Helsinki time, EEST",
        address,
    ]
    assert text.endswith("/en/calls/?sort=title")


def test_a_mail_has_no_line_and_no_markup_but_its_own(client):
    factories.published(Call, title_en="Rivers & <b>\nBcc: x", slug="rivers")
    response = client.get("/en/calls/mail.html?item=rivers")
    assert "Rivers & <b> Bcc: x\n" in response.context["text"]
    assert "&lt;b&gt; Bcc" in response.content.decode()
    assert "\n" not in response.context["mailto"]
    assert "Rivers%20%26%20%3Cb%3E%20Bcc" in response.context["mailto"]


def test_a_long_mail_is_to_be_copied_and_leads_to_the_rest(client, calls, monkeypatch):
    monkeypatch.setattr(downloads, "MAX_MAILED_CALLS", 2)
    monkeypatch.setattr(downloads, "MAX_MAILTO_LENGTH", 100)
    response = client.get("/en/calls/mail.html?kind=national")
    assert response.context["mailto"] == ""
    assert response.context["text"].count("Status:") == 2
    assert "There are more calls in this list:" in response.context["text"]


@pytest.mark.parametrize("file", ["export.ics", "mail.html"])
def test_no_form_of_the_list_tells_of_drafts(client, calls, file):
    assert "Secret" not in client.get(f"/en/calls/{file}").content.decode()
    assert client.get(f"/en/calls/{file}?item=secret").status_code == 400


def add_calls(number):
    """Add published calls with the rows that tables include."""
    organisation = factories.organisation()
    calls = [
        Call(
            title_en=f"Call {n}",
            slug=f"call-{n}",
            kind="national",
            state="published",
            last_published_at=clock.now(),
        )
        for n in range(number)
    ]
    Call.objects.bulk_create(calls)
    at = datetime(2026, 6, 1, tzinfo=UTC)
    KeyDate.objects.bulk_create(KeyDate(call=c, kind="full-proposal", at=at) for c in calls)
    FunderOffer.objects.bulk_create(
        FunderOffer(call=call, organisation=organisation) for call in calls
    )


def test_items_are_read_as_they_are_written(client, monkeypatch):
    """Each chunk costs the same queries; the first one needs one more."""
    monkeypatch.setattr(exports, "CHUNK_SIZE", 5)
    add_calls(20)
    response = client.get(CSV)
    lines = iter(response.streaming_content)

    def queries(number):
        with CaptureQueriesContext(connection) as captured:
            assert all(b"Call" in next(lines) for _ in range(number))
        return len(captured)

    next(lines)  # the mark of UTF-8
    next(lines)  # the headers
    first, second, third = queries(5), queries(5), queries(5)
    assert first == second + 1 == third + 1
    assert 0 < second < 8
    response.close()


def test_projects_take_a_constant_number_of_queries(client, django_assert_max_num_queries):
    for _number in range(3):
        project = factories.published(Project, call=factories.open_call())
        factories.participant(project, role="coordinator")
    with django_assert_max_num_queries(6):
        assert len(table(client.get("/en/projects/export.csv"))) == 3
