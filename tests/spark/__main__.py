"""Builds all models on DuckDB and on Spark from the same staged rows, and compares every row: `make test-spark`."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import duckdb
import polars as pl

from assets.sources import all_sources
from benchmarks.national.generate import Size
from pipelines.ledger.register import take_in, today
from pipelines.settings import Paths, code_root
from pipelines.spark.session import MEMORY_VARIABLE
from pipelines.warehouse.build import build_macro_of, build_model, build_union, open_build
from pipelines.warehouse.engines import DUCKDB, ENGINE_VARIABLE, SPARK, chosen_engine
from pipelines.warehouse.inputs import gather
from pipelines.warehouse.models import UNIONS, Model, build_order, read_models
from tests.spark.country import country_models, country_rows
from tests.sql.small_warehouse import staged_frames

ENGINES = (DUCKDB, SPARK)
START = "start, staged rows and end"
"""What a build takes beside its models."""

MEMORY, SPARK_MEMORY = "5GB", "4g"
"""What DuckDB may use of this machine, and Spark's driver beside it."""

SLOW_SECONDS = 20
"""What takes longer is told while it goes on."""


class Given(NamedTuple):
    """What is built: staged rows by name, and the models, each after those that it reads."""

    staged: Mapping[str, pl.DataFrame]
    models: Mapping[str, Model]


Seconds = Mapping[str, float]
"""What each model took, by name, and `START`."""


class Compared(NamedTuple):
    """A table or union on both engines. differing: rows that one of them alone has; alike: columns and their types."""

    name: str
    rows: int
    rows_on_spark: int
    differing: int
    alike: bool


def supplied(folder: Path, _country: Size) -> Given:
    """The staged rows of the workbooks in raw/."""
    paths = Paths(folder)
    shutil.copytree(code_root() / "raw", paths.raw, ignore=shutil.ignore_patterns("archive"))
    sources = all_sources()
    take_in(paths, [source.name for source in sources], today())
    return Given(gather(sources, paths, code_root()).staged, _models())


def small(_folder: Path, _country: Size) -> Given:
    """Few rows, written by hand, of every kind that the models tell apart."""
    return Given(staged_frames(), _models())


def country(folder: Path, size: Size) -> Given:
    """Every council in England, made up."""
    return Given(country_rows(folder, size), country_models(_models(), size))


def _models() -> Mapping[str, Model]:
    return read_models(code_root() / "sql")


CASES: dict[str, Callable[[Path, Size], Given]] = {"small": small, "supplied": supplied, "country": country}
"""What is built; the folder is empty, and theirs to use."""


def main() -> int:
    """Builds and compares; prints what differs, and rows and seconds of each case. Returns 1 when anything differs."""
    parser = argparse.ArgumentParser(prog="test-spark", description=__doc__)
    parser.add_argument("--cases", nargs="*", default=list(CASES), choices=list(CASES))
    parser.add_argument("--authorities", type=int, default=317, help="of the country, 6,000 figures each: %(default)s")
    chosen = parser.parse_args()
    os.environ.setdefault(MEMORY_VARIABLE, SPARK_MEMORY)
    lines, differing = [_HEAD], 0
    for name in chosen.cases:
        found, seconds = _compared(CASES[name], Size(chosen.authorities, 1))
        lines.append(_line(name, found, seconds))
        print(_slowest(name, seconds))
        for each in found:
            if each.differing or not each.alike:
                differing += 1
                print(f"{name}: {each.name}: {each.differing} rows on one engine alone{_UNLIKE[each.alike]}")
        print("\n".join(lines), flush=True)
    return 1 if differing else 0


def _compared(case: Callable[[Path, Size], Given], size: Size) -> tuple[list[Compared], Mapping[str, Seconds]]:
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        (folder / "given").mkdir()
        given = case(folder / "given", size)
        seconds = {engine: build(folder / f"{engine}.duckdb", given, engine) for engine in ENGINES}
        return compare(folder, build_order(list(given.models))), seconds


def build(path: Path, given: Given, engine: str) -> Seconds:
    """Builds all models and unions on an engine. Returns the seconds of each, and of all else."""
    os.environ[ENGINE_VARIABLE] = engine
    seconds = {}
    began = perf_counter()
    with open_build(path, given.staged) as connection, chosen_engine(given.models, given.staged) as rows_of:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        for name in build_order(list(given.models)):
            start = perf_counter()
            if name in UNIONS:
                build_union(connection, name, given.models)
            else:
                build_model(connection, given.models[name], rows_of(connection, given.models[name]))
            build_macro_of(connection, name, given.models)
            seconds[name] = perf_counter() - start
            if seconds[name] > SLOW_SECONDS:
                print(f"{name} on {engine}: {seconds[name]:.0f} s", file=sys.stderr, flush=True)
    return seconds | {START: perf_counter() - began - sum(seconds.values())}


def compare(folder: Path, names: list[str]) -> list[Compared]:
    """The tables and unions of the two files in a folder, row for row and type for type."""
    with duckdb.connect(config={"memory_limit": MEMORY, "temp_directory": str(folder)}) as connection:
        for engine in ENGINES:
            connection.execute(f"attach '{folder / engine}.duckdb' as by_{engine} (read_only)")
        return [_of_both(connection, name) for name in names]


def _of_both(connection: duckdb.DuckDBPyConnection, name: str) -> Compared:
    ours, theirs = (f"from by_{engine}.{name}" for engine in ENGINES)
    rows, rows_on_spark = _count(connection, ours), _count(connection, theirs)
    alone = _count(connection, f"{ours} except all {theirs}")
    # those that are not alone are in both, each as often
    more = rows_on_spark - (rows - alone)
    return Compared(name, rows, rows_on_spark, alone + more, _columns(connection, ours) == _columns(connection, theirs))


def _columns(connection: duckdb.DuckDBPyConnection, rows: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"describe {rows}").fetchall()]


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    [(count,)] = connection.execute(f"select count(*) from ({rows})").fetchall()
    return int(count)


_UNLIKE = {True: "", False: ", and their columns are not alike"}
_COLUMNS = ("tables", "rows on DuckDB", "on Spark", "differing", "DuckDB s", "Spark s", "ratio")
_HEAD = "".join(f"{each:>16}" for each in ("rows", *_COLUMNS))


def _line(case: str, found: list[Compared], seconds: Mapping[str, Seconds]) -> str:
    ours, theirs = (sum(seconds[engine].values()) for engine in ENGINES)
    rows, on_spark, differing = (
        sum(numbers)
        for numbers in zip(*((each.rows, each.rows_on_spark, each.differing) for each in found), strict=True)
    )
    cells = [f"{number:,}" for number in (len(found), rows, on_spark, differing)]
    cells += [f"{number:.1f}" for number in (ours, theirs, theirs / ours)]
    return "".join(f"{each:>16}" for each in (case, *cells))


def _slowest(case: str, seconds: Mapping[str, Seconds], many: int = 12) -> str:
    ranked = sorted(seconds[SPARK], key=lambda name: -seconds[SPARK][name])[:many]
    parts = (f"{name} {seconds[DUCKDB][name]:.1f} and {seconds[SPARK][name]:.1f}" for name in ranked)
    return f"{case}: seconds on DuckDB and on Spark: {', '.join(parts)}"


if __name__ == "__main__":
    sys.exit(main())
