"""Reads an .xlsx or .xlsm workbook: values by one reader, all else by our own, and the two must agree."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.parsers.expat import ExpatError

import fastexcel
import polars as pl

from pipelines.read.address import cell_address
from pipelines.read.beside import begin_beside
from pipelines.read.marks import SheetFacts, read_facts
from pipelines.read.parts import (
    Parts,
    SharedStrings,
    SheetPart,
    Style,
    read_shared_strings,
    read_sheet_list,
    read_styles,
)
from pipelines.read.scan import scan_facts
from pipelines.read.sheet import ERROR, Position, Sheet, UnreadableWorkbook

_KNOWN_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
_SPOILT = r"^-?\d{7,15}\.\d{9}$"

LARGE = 256 * 1024
"""Bytes of a file from which on reading it in two processes pays."""


def read_xlsx(content: bytes, members: Parts) -> list[Sheet]:
    """All worksheets of a workbook that the guards let pass, as text. `members` are its XML, inflated.

    Raises UnreadableWorkbook when its inside is damaged, when a cell lies beyond the bounds, or when two independent
    readings do not find values in the same cells.
    """
    try:
        parts = read_sheet_list(members)
        styles, strings = read_styles(members), read_shared_strings(members)
        contents = [members[part.member] for part in parts]

        def scan() -> list[SheetFacts | None]:
            return [scan_facts(xml, styles, strings) for xml in contents]

        # where they are not read at once, the facts come first: a cell far out is refused before it costs memory
        waiting = begin_beside(scan) if len(content) >= LARGE else None
        loaded = _load(content, parts) if waiting else None
        scanned = waiting() if waiting else scan()
        looks = [_look(part, xml, styles, strings) for part, xml in zip(parts, contents, strict=True)]
        facts = [_told(part, found or look()) for part, found, look in zip(parts, scanned, looks, strict=True)]
        frames = loaded or _load(content, parts)
        if isinstance(frames, fastexcel.FastExcelError):
            raise UnreadableWorkbook(_why_not_loaded(frames, parts, facts)) from frames
        return [
            _sheet(part, found, _exact(frame, found), look)
            for part, found, frame, look in zip(parts, facts, frames, looks, strict=True)
        ]
    except (KeyError, ValueError, ExpatError) as error:
        raise UnreadableWorkbook(f"Its inside is damaged ({error}). Open it in Excel and save it again.") from error


def _load(content: bytes, parts: Sequence[SheetPart]) -> list[pl.DataFrame] | fastexcel.FastExcelError:
    """The texts of each sheet, from where its area begins, or why the reader of values has given up."""
    try:
        reader = fastexcel.read_excel(content)
        sheets = [reader.load_sheet(part.name, header_row=None, dtypes="string") for part in parts]
        return [sheet.to_polars() for sheet in sheets]
    except fastexcel.FastExcelError as error:
        return error


def _exact(frame: pl.DataFrame, facts: SheetFacts) -> pl.DataFrame:
    """The texts with large numbers as Excel holds them.

    The reader writes every number with nine decimals. Of one with seven digits before the point these are more than
    Excel keeps, and the last of them come from the binary fraction: 123456789012.34 would read ...012.339996338.
    """
    if not facts.has_large_numbers:
        return frame
    spoilt = [series.name for series in frame.get_columns() if series.str.contains(_SPOILT).any()]
    for name in spoilt:
        index = frame.get_column_index(name)
        texts = [repr(float(text)) if text and re.match(_SPOILT, text) else text for text in frame[name]]
        frame.replace_column(index, pl.Series(name, texts, dtype=pl.String))
    return frame


def _why_not_loaded(error: fastexcel.FastExcelError, parts: Sequence[SheetPart], facts: Sequence[SheetFacts]) -> str:
    """An error value that the reader of values does not know makes it give up: then the cell is named."""
    for part, found in zip(parts, facts, strict=True):
        for position, problem in sorted(found.marks.problems.items()):
            if problem.startswith(ERROR) and problem.removeprefix(ERROR) not in _KNOWN_ERRORS:
                place = f"In sheet {part.name!r}, cell {cell_address(*position)}"
                return f"{place}, stands {problem}; enter the value itself, and save the workbook again."
    return f"It cannot be read ({error}). Open it in Excel and save it again."


def _look(part: SheetPart, xml: bytes, styles: Sequence[Style], strings: SharedStrings) -> Callable[[], SheetFacts]:
    """Reads the facts of a sheet cell by cell, when called."""

    def look() -> SheetFacts:
        try:
            return read_facts(part.name, xml, styles, strings)
        except (ValueError, ExpatError) as error:
            raise UnreadableWorkbook(
                f"The inside of the sheet {part.name!r} is damaged ({error}). Open it in Excel and save it again."
            ) from error

    return look


def _told(part: SheetPart, facts: SheetFacts) -> SheetFacts:
    """The facts with what the workbook says of the whole sheet."""
    facts.marks.hidden_sheet = part.hidden
    return facts


def _sheet(part: SheetPart, facts: SheetFacts, frame: pl.DataFrame, look: Callable[[], SheetFacts]) -> Sheet:
    """The sheet, once both readings agree; `look` reads its facts cell by cell where a count is not enough."""
    if facts.area_start is None:
        return Sheet(part.name, 1, 1, pl.DataFrame(), facts.marks)
    sheet = Sheet(part.name, *facts.area_start, frame)
    if facts.positions is None and sheet.filled != facts.filled:
        facts = _told(part, look())
        sheet = Sheet(part.name, *(facts.area_start or (1, 1)), frame)
    if facts.has_blanks or facts.positions is not None:
        sheet = sheet.without_blanks()
    if facts.positions is not None:
        _refuse_disagreement(sheet, facts.positions)
    facts.marks.notes |= {position: sheet.text(*position) or "" for position in facts.raised}
    without = dict.fromkeys([*facts.raised, *facts.marks.problems])
    held = {position: text for position, text in (facts.texts | without).items() if sheet.text(*position) is not None}
    return replace(sheet.with_texts(held), marks=facts.marks)


def _refuse_disagreement(sheet: Sheet, valued: frozenset[Position]) -> None:
    lost = valued ^ sheet.positions()
    if lost:
        raise UnreadableWorkbook(
            f"Sheet {sheet.name!r}, cell {cell_address(*min(lost))}: two readings of the file do not agree on whether "
            "it holds a value. Open it in Excel and save it again."
        )
