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

from pipelines.contract.model import Crosstab, Figure, Source
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from tests.corpus.mutations import TYPED, Base, CellChange, bases, byte_changed, cell_changed, resaved

MUTATIONS_OF_EACH_KIND = 1_000
BASES = bases()
EACH = -(-MUTATIONS_OF_EACH_KIND // len(BASES))
NAMES = [f"{place}_{base.workbook.split('.')[0].replace(' ', '_')}" for place, base in enumerate(BASES)]
NOT_OF_THE_CELL = ("workbook", "workbook_sha256")
OF_A_FIGURE = ("", "_unit", "_qualifier", "_availability", "_italic", "_cell", "_text", "_note")

Row = Mapping[str, Any]
Tables = dict[str, list[Row]]


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


@pytest.mark.parametrize("base", BASES, ids=NAMES)
def test_one_byte_changed_is_refused_or_changes_nothing(base: Base, tmp_path: Path) -> None:
    chance = random.Random(base.workbook)
    contents = [byte_changed(base, chance) for _ in range(EACH)]
    (_, whole), *changed = stage_all(base, [base.content, *contents], tmp_path)
    assert whole
    refused = [reading for reading, _ in changed if not reading.loads]
    assert [place for place, (reading, tables) in enumerate(changed) if reading.loads and tables != whole] == []
    assert refused
    assert all(reading.reason for reading in refused)


@pytest.mark.parametrize("base", BASES, ids=NAMES)
def test_one_cell_changed_is_a_finding_or_that_figure_changed(base: Base, tmp_path: Path) -> None:
    chance = random.Random(base.workbook)
    saved = resaved(base)
    book = openpyxl.load_workbook(io.BytesIO(saved.content))
    made = [cell_changed(book, chance) for _ in range(EACH)]
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
    """What of a file that loaded is not as the change of its cell says; empty when all is told."""
    if change.kind in ("strike", "moved", "stray", "swapped"):
        if tables != whole:
            yield "loaded with other rows"
        return
    if change.kind in ("renamed", "bold") or change.kind.startswith("hidden"):
        if _without(tables, "sheet") != _without(whole, "sheet"):
            yield "a change that means nothing changed a row"
        return
    after = openpyxl.load_workbook(io.BytesIO(content))[change.sheet][change.cell]
    figures = _figures(source)
    for table, rows in whole.items():
        if len(rows) != len(tables[table]):
            yield "rows came or went"
            continue
        for before, now in zip(rows, tables[table], strict=True):
            yield from _differences(figures, change, after, before, now)
    total = any(
        aside.sheet == change.sheet and aside.row == after.row and aside.reason == "total"
        for aside in reading.set_aside
    )
    if total and change.kind == "value" and isinstance(change.before, int) and isinstance(change.after, int):
        yield "a total that is not the sum was passed over"


def _differences(figures: Mapping[str, Figure], change: CellChange, after: Any, before: Row, now: Row) -> Iterator[str]:
    """What differs in a row and is not the figure of the changed cell, or is not what the cell now says."""
    own = [name for name in figures if _is_cell(before, name, change) or _is_cell(now, name, change)]
    allowed = {f"{name}{suffix}" for name in own for suffix in OF_A_FIGURE}
    for column in before.keys() - allowed:
        if before[column] != now[column] and not _is_label(column, figures, change, before, now):
            yield f"{column} was {before[column]!r} and is {now[column]!r}"
    for name in own:
        expected = _expected(figures[name], change, after)
        if now[name] != expected:
            yield f"{name} is {now[name]!r}, but the cell says {expected!r}"
        if (now[name] is None) != (now[f"{name}_availability"] != "value"):
            yield f"{name} is {now[name]!r} and {now[f'{name}_availability']}"


def _is_cell(row: Row, name: str, change: CellChange) -> bool:
    return (row["sheet"], row.get(f"{name}_cell")) == (change.sheet, change.cell)


def _is_label(column: str, figures: Mapping[str, Figure], change: CellChange, before: Row, now: Row) -> bool:
    """Whether a column of words or days says what the changed cell says, and said what it said before."""
    of_a_figure = any(f"{name}{suffix}" == column for name in figures for suffix in OF_A_FIGURE)
    return (
        not of_a_figure
        and _as_text(before[column]) in _as_text(change.before)
        and _as_text(now[column]) in _as_text(change.after)
    )


def _as_text(value: Any) -> str:
    return "" if value is None else " ".join(str(value).split())


def _expected(column: Figure, change: CellChange, cell: Any) -> Decimal | int | None:
    """The figure of the cell as openpyxl reads it."""
    if isinstance(cell.value, str):
        value = TYPED.get(cell.value)
        return None if value is None else value
    if cell.value is None:
        return None
    value = Decimal(str(cell.value))
    if "%" in cell.number_format or column.plain_is_fraction:
        value *= 100
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _figures(source: Source) -> dict[str, Figure]:
    """Every column of figures of a source by its staged name."""
    figures: dict[str, Figure] = {}
    for table in source.tables:
        for layout in table.layouts:
            named = [layout.value, *layout.beside.values()] if isinstance(layout, Crosstab) else layout.columns.items()
            figures |= {name: column for name, column in named if isinstance(column, Figure)}
    return figures


def _without(tables: Tables, column: str) -> Tables:
    return {
        table: [{name: row[name] for name in row if name != column} for row in rows] for table, rows in tables.items()
    }
