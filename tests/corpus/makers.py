"""Workbooks of the corpus that Excel itself could have saved: through openpyxl, as CSV, .ods and .xls."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import xlwt
from openpyxl.workbook import Workbook

from tests.helpers import CORE_PROPERTIES, SheetRows, Sheets, Value, repacked

Touch = Callable[[Workbook], object]
"""Changes a workbook before it is saved: hides, merges, formats."""


def xlsx(sheets: Sheets, *touches: Touch) -> bytes:
    """A workbook of these sheets, row by row from A1; None leaves a cell empty."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row_number, row in enumerate(rows, 1):
            for column_number, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(row_number, column_number, value)
    for touch in touches:
        touch(book)
    content = io.BytesIO()
    book.save(content)
    return repacked(content.getvalue(), {CORE_PROPERTIES: None})


def csv_text(rows: SheetRows, delimiter: str = ",", line_end: str = "\r\n") -> str:
    """The rows as Excel saves them as CSV in this country: days as 22/04/2021."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=line_end).writerows(
        [_as_typed(value) for value in row] for row in rows
    )
    return out.getvalue()


def _as_typed(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def xls(sheets: Sheets) -> bytes:
    """A workbook in the format of Excel 97."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row_index, row in enumerate(rows):
            for column_index, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write(row_index, column_index, value, day)
                elif value is not None:
                    sheet.write(row_index, column_index, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


_ODS_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix_of}:1.0"'
    for prefix, prefix_of in (("office", "office"), ("table", "table"), ("text", "text"))
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(sheets: Mapping[str, SheetRows | Sequence[str]], changes: Mapping[str, bytes] | None = None) -> bytes:
    """An OpenDocument spreadsheet of rows of values, or of the XML of rows; `changes` replaces or adds parts."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        f"{''.join(row if isinstance(row, str) else _ods_row(row) for row in rows)}</table:table>"
        for name, rows in sheets.items()
    )
    parts = {
        "mimetype": _ODS_TYPE.encode(),
        "content.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODS_NAMESPACES} office:version="1.2">'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        ).encode(),
        "META-INF/manifest.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>"
        ).encode(),
    } | dict(changes or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_STORED if name == "mimetype" else 8)
    return out.getvalue()


def ods_rows(rows: SheetRows) -> list[str]:
    """The XML of each row."""
    return [_ods_row(row) for row in rows]


def _ods_row(row: Sequence[Value]) -> str:
    return f"<table:table-row>{''.join(_ods_cell(value) for value in row)}</table:table-row>"


def _ods_cell(value: Value) -> str:
    if value is None:
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(_as_typed(value))}</text:p>"
    if isinstance(value, (date, datetime)):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, (int, float)):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}>{shown}</table:table-cell>"
