"""Whether what peers make is what ours made, row for row; a benchmark of what differs would be of nothing."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from pipelines.settings import Paths

Cells = dict[tuple[str, str, str], Any]
"""What stands in cells, by workbook, sheet and address."""

MILLIONTHS = Decimal("0.000001")


def with_pandas(paths: Paths, database: Path) -> str:
    """Compares the database of `nightly_pandas` with what is staged and published. Returns how many rows were equal.

    Figures and values to six decimals, as ours are; texts by their letters and digits, since spaces and dashes are
    cleaned in ours. Raises AssertionError when any row is missing, more or other.
    """
    figures, texts = staged_cells(paths.staged)
    with sqlite3.connect(database) as connection:
        their_figures = {row[:3]: exact(row[3]) for row in connection.execute(f"select {_PLACE}, value from figure")}
        their_texts = {row[:3]: row[3] for row in connection.execute(f"select {_PLACE}, said from text")}
        values = {row[:5]: exact(row[5]) for row in connection.execute(_THEIR_VALUES)}
    # a text parted by a page break is put together by ours, and has the cells of all its parts
    parts = {(*place[:2], part) for place in texts for part in place[2].split(", ") if ", " in place[2]}
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        ours = {row[:5]: row[5] for row in connection.execute(_OUR_VALUES).fetchall()}
    same(figures, their_figures)
    same(_plain(texts, parts), _plain(their_texts, parts))
    same(ours, values)
    return f"{len(figures):,} figures, {len(_plain(texts, parts)):,} texts and {len(ours):,} values equal, 0 different"


_PLACE = "workbook, sheet, cell"
_THEIR_VALUES = "select measure_code, area, period, kind, component, value from measure_value"
_OUR_VALUES = """
    select measure_code, area_name, period_label, value_kind, component, value
    from marts.observation join marts.area using (area_code)
    where measure_code like 'IN.%' and value is not null and superseded_on is null
"""


def staged_cells(staged: Path) -> tuple[Cells, Cells]:
    """Figures and texts of all staged Parquet whose cells are kept; a figure is what has its text kept beside it."""
    figures: Cells = {}
    texts: Cells = {}
    for path in sorted(staged.glob("*/*.parquet")):
        rows = pl.read_parquet(path, glob=False)
        for name in rows.columns:
            if f"{name}_cell" not in rows.columns:
                continue
            placed = rows.select("workbook", "sheet", f"{name}_cell", name).drop_nulls(f"{name}_cell").rows()
            if f"{name}_text" in rows.columns:
                figures |= {place: exact(value) for *key, value in placed for place in [tuple(key)]}
            else:
                texts |= {place: value for *key, value in placed for place in [tuple(key)] if value is not None}
    return figures, texts


def exact(value: float | Decimal | None) -> Decimal | None:
    """A figure to six decimals; None where there is none."""
    return None if value is None else Decimal(str(value)).quantize(MILLIONTHS)


def _plain(texts: Cells, without: Iterable[tuple[str, ...]]) -> Cells:
    left_out = set(without)
    return {
        place: "".join(filter(str.isalnum, text))
        for place, text in texts.items()
        if place not in left_out and ", " not in place[2]
    }


def same(ours: Mapping[Any, Any], theirs: Mapping[Any, Any]) -> None:
    """Raises AssertionError that names the first rows that are missing, more or other."""
    other = [
        key for key in ours.keys() | theirs.keys() if (key in ours, ours.get(key)) != (key in theirs, theirs.get(key))
    ]
    said = [f"{key}: ours {ours.get(key, 'none')}, theirs {theirs.get(key, 'none')}" for key in sorted(other)[:5]]
    assert not other, f"{len(other)} rows differ: {'; '.join(said)}"


def tables_agree(ours: Path, theirs: Path, tables: Sequence[str]) -> str:
    """Compares tables and views of two DuckDB files of different names. Returns how many rows were equal.

    Raises AssertionError when a row of one is not as often in the other, or columns or their types differ.
    """
    with duckdb.connect(":memory:") as connection:
        # views name the file that they are in as its maker called it
        for path in (ours, theirs):
            connection.execute(f"attach '{path}' (read_only)")
        rows = sum(_agree(connection, f"{ours.stem}.{name}", f"{theirs.stem}.{name}") for name in tables)
    return f"{len(tables)} tables of {rows:,} rows equal, 0 different"


def _agree(connection: duckdb.DuckDBPyConnection, ours: str, theirs: str) -> int:
    described = [_columns(connection, table) for table in (ours, theirs)]
    assert described[0] == described[1], f"{ours} and {theirs} have other columns: {described}"
    for one, other in ((ours, theirs), (theirs, ours)):
        [(alone,)] = connection.execute(f"select count(*) from (from {one} except all from {other})").fetchall()
        assert not alone, f"{alone} rows of {one} are not in {other}"
    [(rows,)] = connection.execute(f"select count(*) from {ours}").fetchall()
    return int(rows)


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> Sequence[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"describe from {table}").fetchall()]
