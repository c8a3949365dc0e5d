"""Tables to download, as CSV and as XLSX.

A table is an iterable of rows, its headers first; a row is a list of texts, numbers, dates or
None. Rows are written as they come, so that memory stays flat. No text can act as a formula.
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

#: What spreadsheet programs take for the start of a formula (OWASP, "CSV injection"), with the
#: wide forms that East Asian ones read alike.
FORMULA_SIGNS = "=+@\\-\u2212\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
#: What they may skip before it: blanks, also invisible ones, and quotes.
SKIPPED = r"[\s\"\x00-\x1f\x7f\u200b-\u200f\u2060\ufeff]"
#: A text that may be a formula, or loses what would have kept it from being one.
FORMULA = re.compile(rf"[\t\r\n]|{SKIPPED}*[{FORMULA_SIGNS}]")
#: Places in a text at which a cell of its own may begin with a formula: programs that are set
#: to semicolons, as in French and Dutch, split a line there, and take no notice of quotes.
CELL_WITHIN = re.compile(rf"(?<=[;\r\n])(?=(?:(?![\r\n]){SKIPPED})*[{FORMULA_SIGNS}])")
#: So many items of a queryset are in memory at a time.
CHUNK_SIZE = 500
#: With this in front, spreadsheet programs read a CSV file as UTF-8.
BOM = "\ufeff"
#: The longest text that a cell of Excel holds.
MAX_TEXT = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE_FORMAT = "yyyy-mm-dd"
INSTANT_FORMAT = "yyyy-mm-dd hh:mm"


def table_of(queryset, columns):
    """The rows of a queryset, read piece by piece. `columns`: dict of headers to functions."""
    yield [str(header) for header in columns]
    for item in queryset.iterator(CHUNK_SIZE):
        yield [value_of(item) for value_of in columns.values()]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_response(name, rows):
    """A CSV file called `name`.csv, streamed."""
    lines = _in_this_context(csv_lines(rows))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.csv")
    return response


def csv_lines(rows):
    """The lines of a CSV file, as text."""
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
    """The text of a CSV cell with an apostrophe wherever a formula might begin."""
    within = CELL_WITHIN.sub("'", text)
    return f"'{within}" if FORMULA.match(text) else within


def _in_this_context(lines):
    """Lines that are made later, but in the language and by the clock of this moment."""
    return _in_context(copy_context(), lines)


def _in_context(context, lines):
    """A generator, which the response closes when its reader breaks off: what reads the
    database must end there, and not whenever memory is tidied up, amid another query."""
    with closing(lines):
        while (line := context.run(next, lines, None)) is not None:
            yield line


def xlsx_response(name, rows):
    """An XLSX workbook called `name`.xlsx with one sheet, its first row the headers."""
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
        # As a leading apostrophe in Excel: text, also after it was edited.
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
        # Excel knows no zones: the clock of the value's own one.
        sheet.write_datetime(number, column, value.replace(tzinfo=None), formats["instant"])
    elif isinstance(value, date):
        sheet.write_datetime(number, column, value, formats["date"])
    else:
        _write_text(sheet, number, column, str(value)[:MAX_TEXT], formats)


def _write_text(sheet, number, column, text, formats):
    look = "defused" if FORMULA.match(text) else "header" if number == 0 else None
    sheet.write_string(number, column, text, formats.get(look))
