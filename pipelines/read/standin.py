"""Stands in for the readers of other formats and of superscripts until they are there."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

from pipelines.read.workbook import Cell, Sheet, UnreadableWorkbook, read_workbook

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read_any(workbook: str, content: bytes) -> list[Sheet]:
    """Sheets of a workbook of any kind."""
    if workbook.lower().endswith(".csv"):
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        return [_sheet("csv", [[text or None for text in line] for line in lines])]
    if workbook.lower().endswith(".xls") and content.startswith(b"\xd0\xcf\x11\xe0"):
        import fastexcel

        reader = fastexcel.read_excel(content)
        return [_sheet(name, _frame_rows(reader, name)) for name in reader.sheet_names]
    sheets = read_workbook(content)
    glued = _superscripts(content)
    return [
        Sheet(
            sheet.name,
            {
                number: {
                    column: replace(cell, text=glued.get(cell.text, cell.text)) for column, cell in cells.items()
                }
                for number, cells in sheet.rows.items()
            },
        )
        for sheet in sheets
    ]


def _frame_rows(reader: object, name: str) -> list[list[str | None]]:
    frame = reader.load_sheet(name, header_row=None, dtypes="string").to_polars()  # type: ignore[attr-defined]
    return [list(row) for row in frame.rows()]


def _sheet(name: str, rows: list[list[str | None]]) -> Sheet:
    cells = {
        number: {
            column: Cell(number, column, text) for column, text in enumerate(row, 1) if text is not None and text.strip()
        }
        for number, row in enumerate(rows, 1)
    }
    return Sheet(name, {number: row for number, row in cells.items() if row})


def _superscripts(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            shared = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        if isinstance(error, KeyError):
            return {}
        raise UnreadableWorkbook(str(error)) from error
    stripped = {}
    for item in shared.iter(f"{_MAIN}si"):
        runs = item.findall(f"{_MAIN}r")
        raised = [run.find(f"{_MAIN}rPr/{_MAIN}vertAlign[@val='superscript']") is not None for run in runs]
        if any(raised):
            texts = ["".join(each.text or "" for each in run.iter(f"{_MAIN}t")) for run in runs]
            whole = "".join(texts)
            kept = "".join(text for text, up in zip(texts, raised, strict=True) if not up)
            stripped[whole] = stripped[re.sub(r"\r\n", "\n", whole)] = kept
    return stripped
