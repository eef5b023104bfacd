"""Reads an .xlsx or .xlsm workbook: values by one reader, all else by our own, and the two must agree."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from xml.parsers.expat import ExpatError
from zipfile import ZipFile

import polars as pl

from pipelines.read.address import cell_address
from pipelines.read.guards import MAX_COLUMNS, MAX_ROWS
from pipelines.read.marks import SheetFacts, read_facts
from pipelines.read.parts import SharedStrings, SheetPart, Style, read_shared_strings, read_sheet_list, read_styles
from pipelines.read.scan import scan_facts
from pipelines.read.sheet import Position, Sheet, UnreadableWorkbook

LARGE = 256 * 1024
"""Bytes of a file from which on reading it in two threads pays."""


def read_xlsx(content: bytes, archive: ZipFile) -> list[Sheet]:
    """All worksheets of a workbook that the guards let pass, as text. `archive` is the same bytes, opened.

    Raises UnreadableWorkbook when its inside is damaged, when a cell lies beyond the bounds, or when two independent
    readings do not find values in the same cells.
    """
    import fastexcel

    try:
        parts = read_sheet_list(archive)
        loading = _beside().submit(_load, content, parts) if len(content) >= LARGE else None
        styles, strings = read_styles(archive), read_shared_strings(archive)
        contents = [archive.read(part.member) for part in parts]
        facts = [_facts(part, xml, styles, strings) for part, xml in zip(parts, contents, strict=True)]
    except (KeyError, ValueError, ExpatError) as error:
        raise UnreadableWorkbook(f"Its inside is damaged ({error}). Open it in Excel and save it again.") from error
    try:
        frames = loading.result() if loading else _load(content, parts)
    except fastexcel.FastExcelError as error:
        raise UnreadableWorkbook(f"It cannot be read ({error}). Open it in Excel and save it again.") from error
    return [
        _sheet(part, found, frame, partial(read_facts, xml, styles, strings, MAX_COLUMNS))
        for part, found, frame, xml in zip(parts, facts, frames, contents, strict=True)
    ]


@cache
def _beside() -> ThreadPoolExecutor:
    """A thread in which the reader of values, which is not Python, works while ours does."""
    return ThreadPoolExecutor(1)


def _load(content: bytes, parts: Sequence[SheetPart]) -> list[pl.DataFrame]:
    """The texts of each sheet, from where its area begins."""
    import fastexcel

    reader = fastexcel.read_excel(content)
    return [reader.load_sheet(part.name, header_row=None, dtypes="string").to_polars() for part in parts]


def _facts(part: SheetPart, xml: bytes, styles: Sequence[Style], strings: SharedStrings) -> SheetFacts:
    facts = scan_facts(xml, styles, strings, MAX_COLUMNS)
    if facts is None:
        facts = read_facts(xml, styles, strings, MAX_COLUMNS)
        _refuse_far_cells(part.name, facts)
    facts.marks.hidden_sheet = part.hidden
    return facts


def _refuse_far_cells(sheet: str, facts: SheetFacts) -> None:
    """The scan leaves far cells to the full reading, which knows all that hold anything."""
    for row, column in facts.holding:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise UnreadableWorkbook(
                f"Sheet {sheet!r}, cell {cell_address(row, column)}: a value lies outside the first {MAX_ROWS:,} rows "
                f"and {MAX_COLUMNS:,} columns. Delete it and save the workbook."
            )


def _sheet(part: SheetPart, facts: SheetFacts, frame: pl.DataFrame, look: Callable[[], SheetFacts]) -> Sheet:
    """The sheet, once both readings agree; `look` reads its facts cell by cell where a count is not enough."""
    if facts.area_start is None:
        return Sheet(part.name, 1, 1, pl.DataFrame(), facts.marks)
    sheet = Sheet(part.name, *facts.area_start, frame, facts.marks)
    if sheet.filled != facts.filled or facts.positions is not None:
        sheet = sheet.without_blanks()
        exact = facts if facts.positions is not None else look()
        _refuse_disagreement(sheet, exact.positions or frozenset())
    elif facts.has_blanks:
        sheet = sheet.without_blanks()
    return sheet.with_texts(facts.texts)


def _refuse_disagreement(sheet: Sheet, valued: frozenset[Position]) -> None:
    lost = valued ^ sheet.positions()
    if lost:
        raise UnreadableWorkbook(
            f"Sheet {sheet.name!r}, cell {cell_address(*min(lost))}: two readings of the file do not agree on whether "
            "it holds a value. Open it in Excel and save it again."
        )
