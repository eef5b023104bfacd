"""Small published versions, built and published as the nightly does, in which every table tells the same number."""

from pathlib import Path

import duckdb
import polars as pl

from pipelines.settings import Paths
from pipelines.warehouse.build import open_build
from pipelines.warehouse.publish import Stamp, private_build, publish

ROWS = 5_000
"""Rows of each of the two tables: some blocks of the file, so that half a version would show."""


def publish_small(paths: Paths, number: int, inputs: str = "", code: str = "code") -> str:
    """Publishes a version whose `audit.build` and `marts.one` and `marts.two` all hold `number`; returns its name."""
    build = private_build(paths, f"small-{number}")
    with open_build(build, {"number": pl.DataFrame({"number": [number] * ROWS})}) as connection:
        connection.execute(
            f"create table audit.build as select {number} as number, '1.0.0' as schema_version, today() as run_date"
        )
        for name in ("one", "two"):
            connection.execute(f"create table marts.{name} as select number, random() as filling from staged.number")
    return publish(paths, build, Stamp(inputs or f"inputs {number}", code)).parent.name


def number_of(published: Path) -> int:
    """The number that the published file holds."""
    with duckdb.connect(str(published), read_only=True) as connection:
        [(number,)] = connection.execute("select number from audit.build").fetchall()
    return int(number)
