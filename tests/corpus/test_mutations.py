"""Two thousand workbooks with one byte or one cell changed: no figure changes that nobody is told of."""

import hashlib
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from pipelines.contract.model import Crosstab, Figure, Rows, Source
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from pipelines.read.address import cell_position
from pipelines.read.labels import normalise
from tests.corpus.mutations import TYPED, Base, CellChange, bases, byte_changed, cell_changed, resaved

MUTATIONS_OF_EACH_KIND = 1_000
BASES = bases()
LOOKS = ("strike", "italic", "bold", "hidden row", "hidden column")
NAMES = [f"{place}_{base.workbook.split('.')[0].replace(' ', '_')}" for place, base in enumerate(BASES)]
NOT_OF_THE_CELL = ("workbook", "workbook_sha256")
SHARES = [len(base.content) ** -1.5 for base in BASES]
TIMES = [round(MUTATIONS_OF_EACH_KIND * share / sum(SHARES)) + 1 for share in SHARES]
"""How often each workbook is changed: the smaller, the more often, for the time that it takes."""

CASES = pytest.mark.parametrize(("base", "times"), list(zip(BASES, TIMES, strict=True)), ids=NAMES)
OF_A_FIGURE = ("", "_unit", "_qualifier", "_availability", "_italic", "_cell", "_text", "_note")

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


def stage_all(base: Base, contents: Sequence[bytes], folder: Path) -> Iterator[tuple[Reading, Tables]]:
    """The reading of each content under the base's name, and the rows that were staged of it."""
    files = []
    for number, content in enumerate(contents):
        path = folder / f"{number}.xlsx"
        path.write_bytes(content)
        files.append(Supplied(base.workbook, hashlib.sha256(content + b"%d" % number).hexdigest(), path))
    readings = stage_source(base.source, files, folder / "staged", "mutations")
    for supplied, reading in zip(files, readings, strict=True):
        tables = {
            table.name: pl.read_parquet(path, glob=False).drop(NOT_OF_THE_CELL).to_dicts()
            for table in base.source.tables
            if (path := folder / "staged" / f"{staged_stem(supplied)}.{table.name}.parquet").exists()
        }
        assert reading.loads == bool(tables)
        assert reading.rows_read == reading.rows_loaded + reading.rows_rejected + reading.rows_set_aside
        yield reading, tables


@CASES
def test_one_byte_changed_is_refused_or_changes_nothing(base: Base, times: int, tmp_path: Path) -> None:
    chance = random.Random(base.workbook)
    contents = [byte_changed(base, chance) for _ in range(times)]
    (_, whole), *changed = stage_all(base, [base.content, *contents], tmp_path)
    assert whole
    refused = [reading for reading, _ in changed if not reading.loads]
    assert [place for place, (reading, tables) in enumerate(changed) if reading.loads and tables != whole] == []
    assert refused
    assert all(reading.reason for reading in refused)


@CASES
def test_one_cell_changed_is_a_finding_or_that_figure_changed(base: Base, times: int, tmp_path: Path) -> None:
    chance = random.Random(base.workbook)
    saved = resaved(base)
    book = openpyxl.load_workbook(io.BytesIO(saved.content))
    made = [cell_changed(book, chance) for _ in range(times)]
    (_, whole), *changed = stage_all(base, [saved.content, *(content for content, _ in made)], tmp_path)
    assert whole
    wrong = [
        f"{change}: {problem}"
        for (content, change), (reading, tables) in zip(made, changed, strict=True)
        if reading.loads
        for problem in silent_changes(base.source, content, change, reading, whole, tables)
    ]
    assert wrong == []


def silent_changes(
    source: Source, content: bytes, change: CellChange, reading: Reading, whole: Tables, tables: Tables
) -> Iterator[str]:
    """What of a file that loaded is not as the change says; empty when all is told, also by a warning that names it."""
    if any(place in str(warning) for warning in reading.warnings for place in _places(change)):
        return
    figures = _figures(source, change.sheet)
    sheet = openpyxl.load_workbook(io.BytesIO(content))[change.sheet] if change.cells else None
    for table, rows in whole.items():
        if len(rows) != len(tables[table]):
            yield f"{len(rows)} rows became {len(tables[table])}"
            continue
        for before, now in zip(rows, tables[table], strict=True):
            yield from _differences(figures, change, sheet, before, now)
    for aside in reading.set_aside:
        changed = [cells for address, cells in change.cells.items() if cell_position(address)[0] == aside.row]
        if aside.sheet == change.sheet and aside.reason == "total":
            yield from ("another total was passed over" for before, now in changed if _is_another_number(before, now))


def _places(change: CellChange) -> Iterator[str]:
    for address in change.cells:
        yield f"cell {address}:"
        yield f"row {cell_position(address)[0]} "


def _differences(figures: Mapping[str, Figure], change: CellChange, sheet: Any, before: Row, now: Row) -> Iterator[str]:
    """What differs in a row and is not the figure of a changed cell, or is not what the cell now says."""
    cells = {name: before[f"{name}_cell"] or now[f"{name}_cell"] for name in figures if f"{name}_cell" in before}
    own = {name: cell for name, cell in cells.items() if cell in change.cells and before["sheet"] == change.sheet}
    allowed = {f"{name}{suffix}" for name in own for suffix in OF_A_FIGURE}
    allowed |= {"sheet"} if change.kind == "renamed" else set()
    allowed |= set(_read_in_words(change, before))
    for column in before.keys() - allowed:
        of_a_figure = any(f"{name}{suffix}" == column for name in cells for suffix in OF_A_FIGURE)
        if before[column] != now[column] and (of_a_figure or not _is_label(change, before[column], now[column])):
            yield f"{column} was {before[column]!r} and is {now[column]!r}"
    for name, cell in own.items():
        expected = before[name] if change.kind in LOOKS else _expected(figures[name], sheet[cell])
        if now[name] != expected:
            yield f"{name} is {now[name]!r}, but the cell says {expected!r}"
        if (now[name] is None) != (now[f"{name}_availability"] != "value"):
            yield f"{name} is {now[name]!r} and {now[f'{name}_availability']}"
        if change.kind == "strike":
            yield f"{name} is struck through and loaded"


def _read_in_words(change: CellChange, before: Row) -> Iterator[str]:
    """Columns of what is read in the words of a changed cell: figures of a printed one, the days of a target date."""
    for column, cells in before.items():
        if (
            column.endswith("_cell")
            and before["sheet"] == change.sheet
            and change.cells.keys() & str(cells).split(", ")
        ):
            name = column.removesuffix("_cell")
            yield from (f"{name}{suffix}" for suffix in ("_cell", "_figures", "_kind", "_start", "_end"))
            yield from [name] if f"{name}_figures" in before else []


def _is_label(change: CellChange, before: Any, now: Any) -> bool:
    """Whether words or a day of a row say what a changed cell says, and said what it said before."""
    # a day among words is read with its time
    return any(
        _plain(before) in _plain(cell_before) and _plain(now).removesuffix(" 00:00:00") in _plain(cell_now)
        for cell_before, cell_now in change.cells.values()
    )


def _plain(value: Any) -> str:
    return "" if value is None else normalise(str(value))


def _is_another_number(before: Any, now: Any) -> bool:
    return (
        all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in (before, now))
        and before != now
    )


def _expected(column: Figure, cell: Any) -> Decimal | None:
    """The figure of the cell as openpyxl reads it, in full where the column is in thousands or millions."""
    if cell.value is None:
        return None
    scale = 1_000_000 if column.millions else 1_000 if column.thousands else 1
    if isinstance(cell.value, str):
        typed = TYPED.get(cell.value)
        return None if typed is None else typed * scale
    value = Decimal(str(cell.value)) * scale
    if "%" in cell.number_format or column.plain_is_fraction:
        value *= 100
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _figures(source: Source, sheet: str) -> dict[str, Figure]:
    """The columns of figures that stand in a sheet, by their staged names."""
    figures: dict[str, Figure] = {}
    for layout in (layout for table in source.tables for layout in table.layouts if sheet in layout.sheets):
        if isinstance(layout, Crosstab):
            figures |= dict([layout.value, *layout.beside.values()])
        elif isinstance(layout, Rows):
            figures |= {name: column for name, column in layout.columns.items() if isinstance(column, Figure)}
    return figures
