"""Builds all models on DuckDB and on Spark from the same staged rows, and compares every row: `make test-spark`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

import duckdb
import polars as pl

from assets.sources import all_sources
from pipelines.ledger.register import take_in, today
from pipelines.settings import Paths, code_root
from pipelines.warehouse.build import build_macro_of, build_model, build_union, open_build
from pipelines.warehouse.engines import DUCKDB, ENGINE_VARIABLE, SPARK, chosen_engine
from pipelines.warehouse.inputs import gather
from pipelines.warehouse.models import UNIONS, build_order, read_models
from tests.sql.small_warehouse import staged_frames

Staged = Mapping[str, pl.DataFrame]


def supplied(folder: Path) -> Staged:
    """The staged rows of the workbooks in raw/."""
    paths = Paths(folder)
    shutil.copytree(code_root() / "raw", paths.raw, ignore=shutil.ignore_patterns("archive"))
    sources = all_sources()
    take_in(paths, [source.name for source in sources], today())
    return gather(sources, paths, code_root()).staged


def small(_folder: Path) -> Staged:
    """Few rows, written by hand, of every kind that the models tell apart."""
    return staged_frames()


CASES: dict[str, Callable[[Path], Staged]] = {"small": small, "supplied": supplied}
"""What is built: staged rows by name; the folder is empty, and theirs to use."""


def main() -> int:
    """Builds and compares; prints what differs and how long each engine took. Returns 1 when anything differs."""
    parser = argparse.ArgumentParser(prog="test-spark", description=__doc__)
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    chosen = parser.parse_args()
    differing = 0
    for name in chosen.cases:
        with tempfile.TemporaryDirectory() as text:
            folder = Path(text)
            (folder / "given").mkdir()
            staged = CASES[name](folder / "given")
            seconds = {engine: build(folder / f"{engine}.duckdb", staged, engine) for engine in (DUCKDB, SPARK)}
            tables, found = compare(folder / f"{DUCKDB}.duckdb", folder / f"{SPARK}.duckdb")
        for each in found:
            print(f"{name}: {each}")
        ratio = seconds[SPARK] / seconds[DUCKDB]
        times = f"DuckDB {seconds[DUCKDB]:.1f} s, Spark {seconds[SPARK]:.1f} s, {ratio:.0f} times"
        print(f"{name}: {tables - len(found)} of {tables} tables equal; {times}", flush=True)
        differing += len(found)
    return 1 if differing else 0


def build(path: Path, staged: Staged, engine: str) -> float:
    """Builds all models and unions on an engine. Returns the seconds that it took, the session's start included."""
    models = read_models(code_root() / "sql")
    os.environ[ENGINE_VARIABLE] = engine
    began = perf_counter()
    with open_build(path, staged) as connection, chosen_engine(models, staged) as rows_of:
        for name in build_order(list(models)):
            if name in UNIONS:
                build_union(connection, name, models)
            else:
                build_model(connection, models[name], rows_of(connection, models[name]))
            build_macro_of(connection, name, models)
    return perf_counter() - began


def compare(by_duckdb: Path, by_spark: Path) -> tuple[int, list[str]]:
    """The number of tables and unions, and what is not the same of any, row for row and type for type."""
    found = []
    names = build_order(list(read_models(code_root() / "sql")))
    with duckdb.connect(":memory:") as connection:
        for engine, path in ((DUCKDB, by_duckdb), (SPARK, by_spark)):
            connection.execute(f"attach '{path}' as by_{engine} (read_only)")
        for name in names:
            ours, theirs = (f"from by_{engine}.{name}" for engine in (DUCKDB, SPARK))
            missing, more = (_count(connection, f"{a} except all {b}") for a, b in ((ours, theirs), (theirs, ours)))
            alike = _columns(connection, ours) == _columns(connection, theirs)
            if missing or more or not alike:
                columns = "" if alike else ", and their columns are not alike"
                found.append(f"{name}: {missing} rows on DuckDB alone, {more} on Spark alone{columns}")
    return len(names), found


def _columns(connection: duckdb.DuckDBPyConnection, rows: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"describe {rows}").fetchall()]


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    [(count,)] = connection.execute(f"select count(*) from ({rows})").fetchall()
    return int(count)


if __name__ == "__main__":
    sys.exit(main())
