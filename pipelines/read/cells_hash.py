"""A hash of what a workbook's cells hold, equal however and wherever the file was saved."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from pipelines.read.sheet import Position, Sheet


def cells_sha256(sheets: Sequence[Sheet]) -> str:
    """Hex SHA-256 of every sheet's name and cells: positions, texts, problems, and marks that say what a cell means.

    Independent of the order of the sheets, of where a reader's area begins, and of whether an empty cell is null or
    blank. Sheets without a cell, and marks on empty cells, play no part.
    """
    found = sorted(digest for sheet in sheets if (digest := _sheet_sha256(sheet)))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def _sheet_sha256(sheet: Sheet) -> str:
    """Hash of one sheet; empty where it has no cell."""
    columns = {number: part for number, texts in sheet.columns.items() if (part := _filled(sheet.first_row, texts))}
    marks = sheet.marks
    if not columns and not marks.problems:
        return ""
    digest = hashlib.sha256(json.dumps(sheet.name).encode())
    for number in sorted(columns):
        # a column at once: the encoder is compiled, and a call per cell would cost more than reading the file
        digest.update(json.dumps([number, *columns[number]]).encode())
    merged = sorted((m.first_row, m.first_column, m.last_row, m.last_column) for m in marks.merged)
    notes = [(position, marks.notes[position]) for position in _on_cells(sheet, marks.notes)]
    beside = [sorted(marks.problems.items()), notes, merged]
    beside += [_on_cells(sheet, positions) for positions in (marks.italic, marks.percent, marks.struck)]
    digest.update(json.dumps(beside).encode())
    return digest.hexdigest()


def _filled(first_row: int, texts: list[str | None]) -> tuple[int, list[str | None]] | None:
    """The part of a column from its first to its last text, and the row where it begins; None for an empty column."""
    first = next((index for index, text in enumerate(texts) if text is not None), None)
    if first is None:
        return None
    last = next(index for index in range(len(texts) - 1, -1, -1) if texts[index] is not None)
    return first_row + first, texts[first : last + 1]


def _on_cells(sheet: Sheet, positions: Iterable[Position]) -> list[Position]:
    return sorted(position for position in positions if sheet.text(*position) is not None)
