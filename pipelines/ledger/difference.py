"""Cell by cell, what differs between two editions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.ledger.timeline import Edition
from pipelines.read.address import cell_address
from pipelines.read.sheet import Position, Sheet


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A cell that does not hold what it held; None where it is empty or there is no such sheet."""

    sheet: str
    cell: str
    previous_text: str | None
    text: str | None


@dataclass(frozen=True)
class Succession:
    """From `day` on, `edition` counts in the place of `previous`."""

    day: date
    previous: Edition
    edition: Edition


def successions(editions: Sequence[Edition]) -> list[Succession]:
    """Every change from one edition to another of the same source and period, in the order of the days."""
    ends = {
        (edition.receipt.source, edition.reading.period, end): edition
        for edition in editions
        if edition.reading
        for _, end in edition.intervals
        if end is not None
    }
    found = [
        Succession(start, ends[slot], edition)
        for edition in editions
        if edition.reading
        for start, _ in edition.intervals
        if (slot := (edition.receipt.source, edition.reading.period, start)) in ends
    ]
    return sorted(found, key=lambda each: (each.day, each.edition.receipt.source, each.edition.receipt.workbook))


def differences(before: Sequence[Sheet], after: Sequence[Sheet]) -> list[CellDifference]:
    """The cells whose text differs, an error's text included, by sheet name, row and column."""
    old, new = ({sheet.name: sheet for sheet in sheets} for sheets in (before, after))
    return [
        CellDifference(name, cell_address(*position), previous, text)
        for name in sorted(old.keys() | new.keys())
        for position, previous, text in sorted(_changed(old.get(name), new.get(name)))
    ]


def _changed(before: Sheet | None, after: Sheet | None) -> Iterator[tuple[Position, str | None, str | None]]:
    for column in sorted(_columns(before) | _columns(after)):
        old, new = _column(before, column), _column(after, column)
        if old == new:  # most columns: compared as wholes
            continue
        for row in sorted(old.keys() | new.keys()):
            if old.get(row) != new.get(row):
                yield (row, column), old.get(row), new.get(row)


def _columns(sheet: Sheet | None) -> set[int]:
    return set() if sheet is None else {*sheet.columns, *(column for _, column in sheet.marks.problems)}


def _column(sheet: Sheet | None, column: int) -> dict[int, str]:
    """Texts of a column's cells by row, problems in their own words."""
    if sheet is None:
        return {}
    texts = {row: text for row, text in enumerate(sheet.columns.get(column, []), sheet.first_row) if text is not None}
    return texts | {row: problem for (row, place), problem in sheet.marks.problems.items() if place == column}
