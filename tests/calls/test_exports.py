"""Content of CSV and XLSX exports, and of the funders' matrix."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from calls.models import Call, CallContact
from initiatives.models import Region
from lists.exports import csv_lines, write_xlsx
from tests import factories

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ["=1+1", "+32 2 000", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']


def csv_rows(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def sheet_of(content):
    with ZipFile(BytesIO(content)) as book:
        return ElementTree.fromstring(  # noqa: S314 - our own
            book.read("xl/worksheets/sheet1.xml")
        )


def xlsx(rows):
    file = BytesIO()
    write_xlsx(file, rows)
    return sheet_of(file.getvalue())


def cells(sheet):
    """Return (kind, text) of every cell: kind is "inlineStr" for text, None for a number."""
    return [(cell.get("t"), "".join(cell.itertext())) for cell in sheet.iter(f"{CELL}c")]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_stays_text_in_xlsx(text):
    sheet = xlsx([["Header"], [text]])
    assert not list(sheet.iter(f"{CELL}f"))
    kind, found = cells(sheet)[1]
    assert kind == "inlineStr"
    assert found.replace("_x000D_", "\r").lstrip() == text.lstrip()


def test_numbers_and_dates_stay_what_they_are():
    instant = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    row = [-5, Decimal("-1250000.50"), 45.5, None, "", date(2026, 3, 1), instant]
    _bom, line = csv_lines([row])
    assert line == "-5,-1250000.50,45.5,,,2026-03-01,2026-03-01T12:30+00:00\r\n"
    kinds = cells(xlsx([row]))
    assert [text for _kind, text in kinds][:3] == ["-5", "-1250000.50", "45.5"]
    assert {kind for kind, _text in kinds} == {None}
    assert len(kinds) == 5


def test_texts_that_no_workbook_can_hold_do_not_break_it():
    sheet = xlsx([["Header"], ["a\x00b\x0bc\ud800"[:4]], ["x" * 100_000]])
    assert len(cells(sheet)[2][1]) == 32_767


def test_rows_are_written_as_they_come():
    made = []

    def rows():
        for number in range(3):
            made.append(number)
            yield [number]

    lines = csv_lines(rows())
    assert next(lines) == "\ufeff"
    assert next(lines) == "0\r\n"
    assert made == [0]


# --- The funders' matrix ----------------------------------------------------------------


@pytest.fixture
def call(db):
    item = factories.published(Call, slug="rivers")
    region = Region.objects.create(
        code="BE2", name_en="Flemish Region", name_nl="Vlaams Gewest"
    )
    funder = factories.organisation("=cmd|' /C calc'!A0", slug="fl", acronym_en="FL")
    factories.offer(
        item,
        organisation=funder,
        region=region,
        programme_en="Coast",
        amount=Decimal("1500000.50"),
        expected_partners=6,
        max_per_partner=240_000,
        trl_from=2,
        eligible_kinds={"hospital": 80, "company": None},
        extra_step_en="@Form",
        extra_step_at=datetime(2026, 7, 1, 10, tzinfo=UTC),
        timezone="Europe/Helsinki",
    )
    CallContact.objects.create(call=item, name="Ann", phone="+32 2", organisation=funder)
    CallContact.objects.create(call=item, name="Somebody else")
    factories.offer(factories.draft(Call, slug="secret"), organisation=factories.organisation())
    return item


def test_matrix_is_a_csv_file(client, call):
    response = client.get("/en/calls/rivers/funders.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="rivers-funders.csv"'
    assert response.streaming
    headers, values = csv_rows(response)
    cells = dict(zip(headers, values, strict=True))
    assert cells["Funder"] == "'=cmd|' /C calc'!A0"
    assert (cells["Country"], cells["NUTS code"]) == ("Belgium", "BE2")
    assert (cells["Budget"], cells["Currency"]) == ("1500000.50", "EUR")
    assert cells["Partners expected to be funded"] == "6"
    assert cells["Eligible kinds of organisation"] == "Hospital, Company"
    assert cells["Funding rate in %: Hospital"] == "80"
    assert cells["Funding rate in %: Company"] == ""
    assert cells["TRL to"] == ""
    assert cells["Extra national step"] == "'@Form"
    assert cells["Deadline of that step"] == "2026-07-01T13:00+03:00"
    assert cells["Time zone"] == "Europe/Helsinki"
    assert cells["Contacts"] == "Ann +32 2"
    assert cells["Web address"].endswith("/en/calls/rivers/#funder-fl")


def test_matrix_is_a_workbook(client, call):
    response = client.get("/en/calls/rivers/funders.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="rivers-funders.xlsx"'
    found = cells(sheet_of(response.getvalue()))
    assert ("inlineStr", "=cmd|' /C calc'!A0") in found
    assert (None, "1500000.50") in found


def test_matrix_speaks_the_reader_s_language(client, call):
    _headers, values = csv_rows(client.get("/nl/calls/rivers/funders.csv"))
    assert "België" in values
    assert "Vlaams Gewest" in values


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_matrix_of_a_draft_is_not_found(client, call, kind):
    assert client.get(f"/en/calls/secret/funders.{kind}").status_code == 404


def test_matrix_of_a_call_without_funders_has_headers_only(client, call):
    factories.published(Call, slug="bare")
    assert len(csv_rows(client.get("/en/calls/bare/funders.csv"))) == 1
