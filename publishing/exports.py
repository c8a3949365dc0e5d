"""Tables to download, as CSV and as XLSX.

A table is an iterable of rows, its headers first; a row is a list of texts, numbers, dates or
None. Rows are written as they come, so that memory stays flat. No text can act as a formula.
"""

import csv
import tempfile
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

#: What spreadsheet programs take for the start of a formula (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: With this in front, spreadsheet programs read a CSV file as UTF-8.
BOM = "\ufeff"
#: The longest text that a cell of Excel holds.
MAX_TEXT = 32_767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE_FORMAT = "yyyy-mm-dd"
INSTANT_FORMAT = "yyyy-mm-dd hh:mm"


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text):
        return text


def csv_response(name, rows):
    """A CSV file called `name`.csv, streamed."""
    response = StreamingHttpResponse(csv_lines(rows), content_type="text/csv; charset=utf-8")
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
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


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
    look = "defused" if text.startswith(FORMULA_STARTS) else "header" if number == 0 else None
    sheet.write_string(number, column, text, formats.get(look))
