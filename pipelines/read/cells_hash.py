"""A hash of what a workbook's cells hold, equal however and wherever the file was saved."""

import hashlib
import json
from collections.abc import Iterable, Sequence

import polars as pl

from pipelines.read.sheet import MANY, Position, Sheet

_CELL_END, _COLUMN_END = b"\x1f", b"\x1e"
"""Separators of ASCII, which no text in a workbook holds: XML does not allow them."""


def cells_sha256(sheets: Sequence[Sheet]) -> str:
    """Hex SHA-256 of every sheet's name and cells: positions, texts, problems, and marks that say what a cell means.

    Independent of the order of the sheets, of where a reader's area begins, and of whether an empty cell is null or
    blank. Sheets without a cell, and marks on empty cells, play no part.
    """
    found = sorted(digest for sheet in sheets if (digest := _sheet_sha256(sheet)))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _sheet_sha256(sheet: Sheet) -> str:
    """Hash of one sheet; empty where it has no cell."""
    columns = [
        (number, *_joined(sheet.first_row, texts))
        for number, texts in enumerate(sheet.texts.get_columns(), sheet.first_column)
    ]
    marks = sheet.marks
    if not any(body for *_, body in columns) and not marks.problems:
        return ""
    digest = hashlib.sha256(json.dumps(sheet.name).encode())
    for number, row, body in columns:
        if body:
            digest.update(b"%b%d %d " % (_COLUMN_END, number, row))
            digest.update(body)
    merged = sorted((m.first_row, m.first_column, m.last_row, m.last_column) for m in marks.merged)
    notes = [(position, marks.notes[position]) for position in _on_cells(sheet, marks.notes)]
    beside = [sorted(marks.problems.items()), notes, merged]
    beside += [_on_cells(sheet, positions) for positions in (marks.italic, marks.percent, marks.struck)]
    digest.update(json.dumps(beside).encode())
    return digest.hexdigest()


def _joined(first_row: int, texts: pl.Series) -> tuple[int, bytes]:
    """The row of a column's first text, and the column from there to its last text; no bytes where it is empty."""
    # a column at once: a call per cell would cost more than reading the file
    if len(texts) < MANY:
        joined = _CELL_END.join([(text or "").encode() for text in texts.to_list()])
    else:
        joined = texts.fill_null("").str.join(_CELL_END.decode()).cast(pl.Binary).item()
    begun = joined.lstrip(_CELL_END)
    return first_row + len(joined) - len(begun), begun.rstrip(_CELL_END)


def _on_cells(sheet: Sheet, positions: Iterable[Position]) -> list[Position]:
    return sorted(position for position in positions if sheet.text(*position) is not None)
