"""Downloads neither execute formulas nor load all rows into memory."""

import csv
import re
import tracemalloc
from io import BytesIO, StringIO
from tempfile import TemporaryFile
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.utils.translation import gettext, override
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lists.exports import BOM, csv_lines, csv_response, write_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SIGNS = "=+-@−＝＋－＠﹦﹢﹣﹫"
BLANKS = ["", " ", "\n", "\t", "\r", '"', "\u00a0", "\u200b", "\ufeff", ' " ', "\r\n "]
DANGEROUS = st.builds(
    "{}{}{}".format,
    st.sampled_from(BLANKS),
    st.sampled_from(SIGNS),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30),
)
HARMLESS = ["2026", "a=b", "x-y", "mail@example.org", "'quoted'", "Wie? – Wir", "€ 5", "a; b"]


def csv_cell(text):
    _bom, line = csv_lines([[text, "next"]])
    ((found, _next),) = csv.reader(StringIO(line, newline=""))
    return found


def cells_to_semicolons(line):
    """Return the cells seen by a program that splits at semicolons and ignores quotes."""
    return [cell.strip(' "') for cell in re.split(r"[;\r\n]", line)]


@given(DANGEROUS)
@example("\t1")
@example("\r1")
@example('=HYPERLINK("https://example.org")')
@example("=cmd|' /C calc'!A0")
def test_text_cannot_be_a_formula_in_csv(text):
    found = csv_cell(text)
    assert found.startswith("'")
    assert found.replace("'", "") == text.replace("'", "")


@given(st.sampled_from([";", "; ", ';"', "\n", "\r", "\r\n"]), DANGEROUS)
def test_no_formula_begins_within_a_text(separator, text):
    _bom, line = csv_lines([["name", f"Rivers{separator}{text}"]])
    assert not [cell for cell in cells_to_semicolons(line) if cell.startswith(tuple(SIGNS))]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_is_left_as_it_is(text):
    assert csv_cell(text) == text


def workbook(rows):
    file = BytesIO()
    write_xlsx(file, rows)
    return ZipFile(file)


def part(book, name):
    return ElementTree.fromstring(book.read(name))  # noqa: S314 - our own


@settings(max_examples=20)
@given(st.lists(DANGEROUS, min_size=10, max_size=20))
@example(["=1+1", "+32 2", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_text_stays_text_in_xlsx(texts):
    with workbook([["Header"], *([text] for text in texts)]) as book:
        sheet = part(book, "xl/worksheets/sheet1.xml")
        styles = part(book, "xl/styles.xml").find(f"{MAIN}cellXfs")
    _header, *cells = sheet.iter(f"{MAIN}c")
    assert not list(sheet.iter(f"{MAIN}f"))
    assert {cell.get("t") for cell in cells} == {"inlineStr"}
    # Cells stay text after they are edited.
    assert {styles[int(cell.get("s"))].get("quotePrefix") for cell in cells} == {"1"}


def test_rows_are_made_in_the_language_of_the_request():
    with override("nl"):
        response = csv_response("x", ([gettext("Calls")] for _ in range(1)))
    with override("fr"):
        assert response.getvalue().decode() == f"{BOM}Oproepen\r\n"


def peak(write, count):
    """Return the peak number of bytes in memory while `count` rows are written."""
    rows = (["Rivers" * 20, number] for number in range(count))
    tracemalloc.start()
    write(rows)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def write_csv(rows):
    for _line in csv_lines(rows):
        pass


def write_workbook(rows):
    with TemporaryFile() as file:
        write_xlsx(file, rows)


@pytest.mark.parametrize("write", [write_csv, write_workbook])
def test_four_times_the_rows_take_no_more_memory(write):
    peak(write, 10)
    assert peak(write, 4000) < 1.5 * peak(write, 1000)


@pytest.mark.django_db
def test_download_that_is_broken_off_lets_go_of_its_rows():
    """On PostgreSQL, rows come from a cursor, which must be closed at once."""
    ended = []

    def rows():
        try:
            yield ["first"]
            yield ["second"]
        finally:
            ended.append(True)

    response = csv_response("x", rows())
    kept = response.streaming_content
    assert [next(kept), next(kept)] == [BOM.encode(), b"first\r\n"]
    response.close()
    assert ended
