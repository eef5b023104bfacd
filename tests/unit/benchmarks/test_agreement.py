import sqlite3
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl
import pytest

from benchmarks.agreement import same, staged_cells, tables_agree, with_pandas
from pipelines.settings import Paths

AT = {"workbook": ["A.xlsx"], "sheet": ["One"]}
VALUES = ("IN.1", "Stockport", "2021-22", "actual", "total")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """An installation with one staged figure, a text, one that a page break parts, and one published value."""
    paths = Paths(tmp_path)
    (paths.staged / "source").mkdir(parents=True)
    figure = {"learners": [7], "learners_cell": ["B2"], "learners_text": ["7"]}
    texts = {"said": ["a – b"], "said_cell": ["C2"], "parted": ["one two"], "parted_cell": ["D2, D4"]}
    pl.DataFrame(AT | figure | texts).write_parquet(paths.staged / "source" / "1.rows.parquet")
    paths.current.mkdir(parents=True)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.area as select 'E08000007' as area_code, 'Stockport' as area_name")
        connection.execute(
            "create table marts.observation as select 'IN.1' as measure_code, 'E08000007' as area_code,"
            " '2021-22' as period_label, 'actual' as value_kind, 'total' as component,"
            " cast(33.333333 as decimal(28, 6)) as value, cast(null as date) as superseded_on"
        )
    return paths


def database(folder: Path, figure: float = 7.0, value: float = 100 / 3) -> Path:
    """What pandas would have written of the same."""
    path = folder / "pandas.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table figure (workbook, sheet, cell, value)")
        connection.execute("insert into figure values ('A.xlsx', 'One', 'B2', ?)", [figure])
        connection.execute("create table text (workbook, sheet, cell, said)")
        for cell, said in (("C2", "a - b"), ("D2", "one"), ("D4", "two")):
            connection.execute("insert into text values ('A.xlsx', 'One', ?, ?)", [cell, said])
        connection.execute("create table measure_value (measure_code, area, period, kind, component, value)")
        connection.execute("insert into measure_value values (?, ?, ?, ?, ?, ?)", [*VALUES, value])
    return path


def test_what_is_equal_is_counted(paths: Paths, tmp_path: Path) -> None:
    assert with_pandas(paths, database(tmp_path)) == "1 figures, 1 texts and 1 values equal, 0 different"


@pytest.mark.parametrize("other", [{"figure": 7.000001}, {"value": 33.33}], ids=["figure", "value"])
def test_another_figure_or_value_is_no_agreement(paths: Paths, tmp_path: Path, other: dict[str, float]) -> None:
    with pytest.raises(AssertionError, match="1 rows differ"):
        with_pandas(paths, database(tmp_path, **other))


def test_a_blank_figure_is_not_a_missing_one() -> None:
    with pytest.raises(AssertionError, match="theirs none"):
        same({("A.xlsx", "One", "B2"): None}, {})


def test_figures_are_told_from_texts_by_the_text_kept_beside_them(paths: Paths) -> None:
    figures, texts = staged_cells(paths.staged)
    assert figures == {("A.xlsx", "One", "B2"): Decimal(7)}
    assert texts == {("A.xlsx", "One", "C2"): "a – b", ("A.xlsx", "One", "D2, D4"): "one two"}


def duckdb_file(path: Path, rows: str) -> Path:
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create schema marts; create table marts.one as {rows}")
    return path


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        ("select 1 as number", "1 rows of ours.marts.one"),
        ("select unnest([1, 1, 2]) as number", "1 rows of theirs.marts.one"),
        ("select unnest([1, 2]::bigint[]) as number", "other columns"),
    ],
    ids=["a row less", "a row twice", "another type"],
)
def test_tables_that_differ_are_no_agreement(tmp_path: Path, theirs: str, said: str) -> None:
    ours = duckdb_file(tmp_path / "ours.duckdb", "select unnest([1, 2]) as number")
    with pytest.raises(AssertionError, match=said):
        tables_agree(ours, duckdb_file(tmp_path / "theirs.duckdb", theirs), ["marts.one"])


def test_tables_of_the_same_rows_agree_in_any_order(tmp_path: Path) -> None:
    ours = duckdb_file(tmp_path / "ours.duckdb", "select unnest([1, 2]) as number")
    theirs = duckdb_file(tmp_path / "theirs.duckdb", "select unnest([2, 1]) as number")
    assert tables_agree(ours, theirs, ["marts.one"]) == "1 tables of 2 rows equal, 0 different"
