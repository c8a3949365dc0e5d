"""CSV and XLSX exports of tables.

A table is an iterable of rows, starting with the headers. A row is a list of text, numbers,
dates or None. Rows are streamed to limit memory use. Text that could run as a formula is
escaped.
"""

import csv
import re
import tempfile
from contextlib import closing
from contextvars import copy_context
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

#: Characters that start a formula in spreadsheets (OWASP, "CSV injection"), with the full-width
#: forms that East Asian versions accept.
FORMULA_SIGNS = "=+@\\-\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
#: Characters that spreadsheets may skip before it: whitespace, invisible characters, quotes.
SKIPPED = r"[\s\"\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]"
#: Text that may be a formula, or that starts with a character whose removal would expose one.
FORMULA = re.compile(rf"[\t\r\n]|{SKIPPED}*[{FORMULA_SIGNS}]")
#: Positions inside a text where a cell could start with a formula: with semicolons as
#: separator, as in French and Dutch, some programs split there and ignore quotes.
CELL_WITHIN = re.compile(rf"(?<=[;\r\n])(?=(?:(?![\r\n]){SKIPPED})*[{FORMULA_SIGNS}])")
#: Number of items of a queryset in memory at a time.
CHUNK_SIZE = 500
#: Byte order mark, which makes spreadsheet programs read CSV as UTF-8.
BOM = "\ufeff"
#: Maximum length of text in an Excel cell.
MAX_TEXT = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE_FORMAT = "yyyy-mm-dd"
INSTANT_FORMAT = "yyyy-mm-dd hh:mm"


def table_of(queryset, columns):
    """Yield a queryset's rows in chunks. `columns` maps headers to functions of an item."""
    yield [str(header) for header in columns]
    for item in queryset.iterator(CHUNK_SIZE):
        yield [value_of(item) for value_of in columns.values()]


class _Echo:
    """Write-only file whose `write` returns its argument."""

    def write(self, text):
        return text


def csv_response(name, rows):
    """Return a streamed CSV file called `name`.csv."""
    lines = _in_this_context(csv_lines(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def csv_lines(rows):
    """Yield the lines of a CSV file, starting with the byte order mark."""
    writer = csv.writer(_Echo())
    yield BOM
    for row in rows:
        yield writer.writerow([_csv_cell(value) for value in row])


def _csv_cell(value):
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return defused(str(value))


def defused(text):
    """Escape a CSV cell: insert an apostrophe wherever a formula might start."""
    within = CELL_WITHIN.sub("'", text)
    return f"'{within}" if FORMULA.match(text) else within


def _in_this_context(lines):
    """Generate the lines in the current context (language, clock), although streamed later."""
    return _in_context(copy_context(), lines)


def _in_context(context, lines):
    """Run a generator in a context, and close it when the client disconnects.

    Otherwise its database cursor would stay open until garbage collection, amid other queries.
    """
    with closing(lines):
        while (line := context.run(next, lines, None)) is not None:
            yield line


def xlsx_response(name, rows):
    """Return an XLSX workbook called `name`.xlsx with one sheet."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_xlsx(file, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_xlsx(file, rows):
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 1)
        formats = _formats(workbook)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, formats)


def _formats(workbook):
    return {
        "header": workbook.add_format({"bold": True}),
        # Like a leading apostrophe in Excel: stays text even after editing.
        "defused": workbook.add_format({"quote_prefix": True}),
        "date": workbook.add_format({"num_format": DATE_FORMAT}),
        "instant": workbook.add_format({"num_format": INSTANT_FORMAT}),
    }


def _write_cell(sheet, number, column, value, formats):
    if value is None or value == "":
        return
    if isinstance(value, int | float | Decimal):
        sheet.write_number(number, column, value)
    elif isinstance(value, datetime):
        # Excel has no time zones: use the value's local time.
        sheet.write_datetime(number, column, value.replace(tzinfo=None), formats["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(number, column, value, formats["date"])
    else:
        _write_text(sheet, number, column, str(value)[:MAX_TEXT], formats)


def _write_text(sheet, number, column, text, formats):
    look = "defused" if FORMULA.match(text) else "header" if number == 0 else None
    sheet.write_string(number, column, text, formats.get(look))
