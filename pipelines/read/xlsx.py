"""Reads an .xlsx or .xlsm workbook: values by one reader, all else by our own, and the two must agree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import polars as pl

from pipelines.read.address import cell_address
from pipelines.read.guards import MAX_COLUMNS, MAX_ROWS
from pipelines.read.marks import SheetFacts, read_facts
from pipelines.read.parts import SharedStrings, SheetPart, Style, read_shared_strings, read_sheet_list, read_styles
from pipelines.read.scan import scan_facts
from pipelines.read.sheet import Position, Sheet, UnreadableWorkbook

if TYPE_CHECKING:
    from fastexcel import ExcelReader


def read_xlsx(content: bytes, archive: ZipFile) -> list[Sheet]:
    """All worksheets of a workbook that the guards let pass, as text. `archive` is the same bytes, opened.

    Raises UnreadableWorkbook when its inside is damaged, when a cell lies beyond the bounds, or when two independent
    readings do not find values in the same cells.
    """
    try:
        parts = read_sheet_list(archive)
        styles, strings = read_styles(archive), read_shared_strings(archive)
        contents = [archive.read(part.member) for part in parts]
        facts = [_facts(part, xml, styles, strings) for part, xml in zip(parts, contents, strict=True)]
    except (KeyError, ValueError, ExpatError) as error:
        raise UnreadableWorkbook(f"Its inside is damaged ({error}). Open it in Excel and save it again.") from error
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
        return [
            _read_sheet(reader, part, found, xml, (styles, strings))
            for part, found, xml in zip(parts, facts, contents, strict=True)
        ]
    except fastexcel.FastExcelError as error:
        raise UnreadableWorkbook(f"It cannot be read ({error}). Open it in Excel and save it again.") from error


def _facts(part: SheetPart, xml: bytes, styles: Sequence[Style], strings: SharedStrings) -> SheetFacts:
    facts = scan_facts(xml, styles, strings, MAX_COLUMNS)
    if facts is None:
        return _exact_facts(part, xml, styles, strings)
    facts.marks.hidden_sheet = part.hidden
    return facts


def _exact_facts(part: SheetPart, xml: bytes, styles: Sequence[Style], strings: SharedStrings) -> SheetFacts:
    facts = read_facts(xml, styles, strings, MAX_COLUMNS)
    facts.marks.hidden_sheet = part.hidden
    _refuse_far_cells(part.name, facts)
    return facts


def _refuse_far_cells(sheet: str, facts: SheetFacts) -> None:
    """The scan leaves far cells to the full reading, which knows all that hold anything."""
    for row, column in facts.holding:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise UnreadableWorkbook(
                f"Sheet {sheet!r}, cell {cell_address(row, column)}: a value lies outside the first {MAX_ROWS:,} rows "
                f"and {MAX_COLUMNS:,} columns. Delete it and save the workbook."
            )


def _read_sheet(
    reader: "ExcelReader",
    part: SheetPart,
    facts: SheetFacts,
    xml: bytes,
    refers_to: tuple[Sequence[Style], SharedStrings],
) -> Sheet:
    if facts.area_start is None:
        return Sheet(part.name, 1, 1, pl.DataFrame(), facts.marks)
    frame = reader.load_sheet(part.name, header_row=None, dtypes="string").to_polars()
    sheet = Sheet(part.name, *facts.area_start, frame, facts.marks)
    if facts.positions is None and sheet.filled != facts.filled:
        facts = _exact_facts(part, xml, *refers_to)
        sheet = Sheet(part.name, *(facts.area_start or (1, 1)), frame, facts.marks)
    if facts.positions is not None:
        _refuse_disagreement(sheet, facts.positions)
    return sheet.with_texts(facts.texts)


def _refuse_disagreement(sheet: Sheet, valued: frozenset[Position]) -> None:
    lost = valued ^ sheet.positions()
    if lost:
        raise UnreadableWorkbook(
            f"Sheet {sheet.name!r}, cell {cell_address(*min(lost))}: two readings of the file do not agree on whether "
            "it holds a value. Open it in Excel and save it again."
        )
