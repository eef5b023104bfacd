"""What reading one workbook against its contract gave: rows, what was set aside and why, and what is wrong where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from pipelines.contract.corrections import CellCorrection, Stale
from pipelines.periods import Period

Severity = Literal["fail", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, for the person who can mend it. `cell` is an address, or empty where it is the whole sheet.

    What fails keeps the workbook out; what warns is to be looked at, and the workbook loads.
    """

    sheet: str
    cell: str
    column_name: str
    value: str
    rule: str
    message: str
    severity: Severity = "fail"

    def __str__(self) -> str:
        place = ", ".join(
            part for part in (self.sheet and f"sheet '{self.sheet}'", self.cell and f"cell {self.cell}") if part
        )
        return f"{place}: {self.message}" if place else self.message


FOOTNOTE = "footnote"
WHY_EMPTY = "note of why there are no rows"
"""Reasons of rows that are set aside and yet say something about the figures: they are staged as notes."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read and holds nothing to load: a title, heading, subtotal, footnote or note.

    cell: address of its first cell.
    """

    sheet: str
    row: int
    reason: str
    text: str
    cell: str = ""


Values = Sequence[Any] | pl.Series
"""Values of a column, a value per row."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one sheet for one staged table, column by column; `same` are columns that hold one value throughout.

    positions: the sheet's column, from 1, that holds each column, where a table has one sheet column for each.
    """

    height: int
    columns: Mapping[str, Values]
    same: Mapping[str, Any]
    positions: Mapping[str, int] = field(default_factory=dict)

    def values(self, name: str) -> list[Any]:
        """The values of a column, a value per row; null where the piece has no such column."""
        if name in self.columns:
            return list(self.columns[name])
        return [self.same.get(name)] * self.height


def without_repeats(some: Collection[int], others: Collection[int]) -> Collection[int]:
    """Row numbers, each once; a range, which may be long, stays one where it is all there is."""
    return others if not some and isinstance(others, range) else {*some, *others}


@dataclass
class TableRows:
    """Rows of one staged table, each with `sheet` and `row_number`, and by sheet the rows that they come from."""

    pieces: list[Piece] = field(default_factory=list)
    row_numbers: dict[str, Collection[int]] = field(default_factory=dict)

    def came_from(self, sheet: str, rows: Collection[int]) -> None:
        """Notes the sheet rows that rows of the table come from, each once."""
        self.row_numbers[sheet] = without_repeats(self.row_numbers.get(sheet, ()), rows)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows one by one; for few rows."""
        found = []
        for piece in self.pieces:
            names = [*piece.same, *piece.columns]
            columns = [piece.values(name) for name in names]
            found += [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
        return found


@dataclass
class Reading:
    """All that is known of one workbook after reading it. It loads whole when no finding fails, else not at all.

    `rows_recorded` counts the sheet rows that gave rows of tables; it is counted apart from `rows_read` and what was
    set aside, so that a row that fell through would show.

    cells_sha256: hash of the cells as supplied; empty where they could not be read, and then equal to no other.
    sheet_rows: non-blank rows by sheet. corrections: what it was read with; stale: those of them that did not fit.
    """

    source: str
    workbook: str
    workbook_sha256: str
    period: Period | None = None
    rows_read: int = 0
    rows_recorded: int = 0
    tables: dict[str, TableRows] = field(default_factory=dict)
    set_aside: list[SetAside] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells_sha256: str = ""
    sheet_rows: dict[str, int] = field(default_factory=dict)
    corrections: tuple[CellCorrection, ...] = ()
    stale: list[Stale] = field(default_factory=list)

    @property
    def loads(self) -> bool:
        """Whether the workbook keeps its contract."""
        return not self.failures

    @property
    def failures(self) -> list[Finding]:
        """What keeps the workbook out."""
        return [finding for finding in self.findings if finding.severity == "fail"]

    @property
    def warnings(self) -> list[Finding]:
        """What is to be looked at and keeps nothing out."""
        return [finding for finding in self.findings if finding.severity == "warn"]

    @property
    def applied(self) -> frozenset[CellCorrection]:
        """The corrections that changed a cell."""
        stale = {(each.sheet, each.cell) for each in self.stale}
        return frozenset(each for each in self.corrections if (each.sheet, each.cell) not in stale)

    @property
    def rows_set_aside(self) -> int:
        """Number of sheet rows set aside."""
        return len(self.set_aside)

    @property
    def rows_loaded(self) -> int:
        """Number of sheet rows loaded: those recorded, or none when anything is wrong."""
        return self.rows_recorded if self.loads else 0

    @property
    def rows_rejected(self) -> int:
        """Number of sheet rows refused; a workbook with a finding is refused whole."""
        return 0 if self.loads else self.rows_read - self.rows_set_aside

    @property
    def reason(self) -> str:
        """Why the workbook was refused, first finding first; empty when it loads."""
        failures = self.failures
        if not failures:
            return ""
        more = f" (and {len(failures) - 1} more)" if len(failures) > 1 else ""
        return f"{failures[0]}{more}"
