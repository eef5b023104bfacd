"""Corrections of single cells, applied to a workbook's sheets before they are read against a contract."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from pipelines.read.address import cell_position
from pipelines.read.sheet import Cell, Position, Sheet


@dataclass(frozen=True, slots=True, order=True)
class CellCorrection:
    """What a cell of a sheet must hold as supplied, and what it is to be read as; empty means a blank cell."""

    sheet: str
    cell: str
    expected: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A correction whose cell does not hold the expected value. `held`: what it holds; None without such a sheet."""

    sheet: str
    cell: str
    expected: str
    held: str | None


def corrections_key(corrections: Sequence[CellCorrection]) -> str | None:
    """What tells a workbook read with these corrections from the same bytes read otherwise; None for no corrections."""
    if not corrections:
        return None
    parts = [(c.sheet, c.cell, c.expected, c.corrected) for c in sorted(corrections)]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def apply_corrections(
    sheets: Sequence[Sheet], corrections: Sequence[CellCorrection]
) -> tuple[list[Sheet], list[Stale]]:
    """The sheets with every correction applied whose cell holds what it expects, and the corrections that are stale.

    A cell holds its text, the text of its error (#REF!), or nothing. A corrected cell keeps the text as supplied, for
    provenance (`Sheet.corrected`). The given sheets are left as they are.
    """
    by_name = {sheet.name: sheet for sheet in sheets}
    changed: dict[str, dict[Position, str]] = {}
    supplied: dict[str, dict[Position, str]] = {}
    stale = []
    for correction in corrections:
        sheet = by_name.get(correction.sheet)
        position = cell_position(correction.cell)
        cell = sheet.cell(*position) if sheet else None
        held = cell.text.strip() if cell else ""
        if sheet is None or held != correction.expected.strip():
            found = held if sheet else None
            stale.append(Stale(correction.sheet, correction.cell, correction.expected, found))
            continue
        changed.setdefault(sheet.name, {})[position] = correction.corrected
        supplied.setdefault(sheet.name, {})[position] = _as_supplied(cell)
    return [_changed(sheet, changed.get(sheet.name, {}), supplied.get(sheet.name, {})) for sheet in sheets], stale


def _as_supplied(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _changed(sheet: Sheet, changed: Mapping[Position, str], supplied: Mapping[Position, str]) -> Sheet:
    if not changed:
        return sheet
    marks = sheet.marks
    plain = {position for position, text in changed.items() if "%" in text}
    without = replace(
        marks,
        problems={position: problem for position, problem in marks.problems.items() if position not in changed},
        percent=marks.percent - plain,
    )
    first_row, first_column, texts = _with_texts(sheet, changed)
    return Sheet(sheet.name, first_row, first_column, texts, without, {**sheet.corrected, **supplied})


def _with_texts(sheet: Sheet, changed: Mapping[Position, str]) -> tuple[int, int, pl.DataFrame]:
    """First row, first column and texts of the sheet, grown where a changed cell lies outside of its area."""
    held = {column: dict(enumerate(texts, sheet.first_row)) for column, texts in sheet.columns.items()}
    for (row, column), text in changed.items():
        held.setdefault(column, {})[row] = text or None
    rows = [row for texts in held.values() for row in (min(texts), max(texts)) if texts]
    first_row, last_row = min(rows), max(rows)
    first_column, last_column = min(held), max(held)
    columns = {
        str(column): pl.Series(
            str(column),
            [held.get(column, {}).get(row) for row in range(first_row, last_row + 1)],
            dtype=pl.String,
        )
        for column in range(first_column, last_column + 1)
    }
    return first_row, first_column, pl.DataFrame(columns)
