"""What a case of the corpus is, and the small tables that most cases change in one place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from tests.helpers import SheetRows, Value

Must = Literal["load", "warn", "quarantine", "ignore"]
Grid = list[list[Value]]
Staged = Sequence[Mapping[str, Any]]


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


@dataclass(frozen=True)
class Case:
    """A file and what must become of it.

    says: what its reason or warning must contain, `a|b` either; for a refused cell the sheet and the address.
    rows: the staged rows, in order, in the columns that the case is about; None where nothing may be staged.
    read: the non-blank rows that its maker put into its sheets, where the maker knows.
    table: which table `rows` are of; the source's first where it is empty.
    put: how the bytes get under the name, where that is not simply written.
    held: files by name that were received the day before.
    """

    name: str
    kind: str
    source: str
    file: str
    make: Callable[[], bytes]
    must: Must
    says: tuple[str, ...] = ()
    rows: Staged | None = None
    read: int | None = None
    table: str = ""
    put: Callable[[Path, bytes], None] = _write
    held: tuple[tuple[str, Callable[[], bytes]], ...] = ()


CENTRES_FILE = "Centres 2021-22 Q2.xlsx"
HEADINGS: list[Value] = ["Centre", "Visits", "Satisfied %", "Income", "Opened"]
COLUMNS = ("centre", "visits", "satisfied", "income", "opened")
CENTRES: Grid = [
    ["Brinnington", 1672, 94, 486557, date(2021, 4, 22)],
    ["Reddish", 845, 88.5, 34329.5, date(2020, 7, 1)],
    ["Heaton Moor", 0, 100, -250, None],
]


def centres_grid(**changed: Value) -> Grid:
    """Headings and three centres; `changed` are cells of the second centre, Reddish, which stands in row 3."""
    grid = [list(HEADINGS), *(list(row) for row in CENTRES)]
    for column, value in changed.items():
        grid[2][COLUMNS.index(column)] = value
    return grid


def centres_staged(rows: Grid | None = None, **changed: Any) -> list[dict[str, Any]]:
    """What is staged of those three centres; `changed` are columns of the second."""
    staged = [
        {
            name: Decimal(str(value)) if isinstance(value, float) else value
            for name, value in zip(COLUMNS, row, strict=True)
        }
        for row in (rows or CENTRES)
    ]
    staged[1] |= changed
    return staged


def count_rows(sheets: Mapping[str, SheetRows]) -> int:
    """Rows of all sheets that hold anything."""
    return sum(any(value is not None for value in row) for rows in sheets.values() for row in rows)
