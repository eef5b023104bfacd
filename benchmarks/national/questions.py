"""Asks one question of a made-up country in a process of its own; prints seconds, peak memory and answer as JSON."""

import os
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measured import print_measured

DAY = "2021-11-12"
MEMORY_LIMIT = "1500MB"
WAREHOUSE = "country.duckdb"
QUESTIONS = ("scan", "status_and_trend", "rolling_four", "as_at")

_SQL = Path(__file__).parent

_LOAD = """
create type area as enum (select distinct area_code from read_parquet({deliveries}) order by area_code);
create type measure as enum (select measure_code from '{targets}' order by measure_code);
create table target as select * replace (cast(measure_code as measure) as measure_code) from '{targets}';
create table observation as
select * replace (cast(area_code as area) as area_code, cast(measure_code as measure) as measure_code)
from read_parquet({deliveries});
"""

_OUT_OF_ORDER = """
with numbered as (
    select
        area_code,
        measure_code,
        quarter_number,
        as_at,
        lag(row(area_code, measure_code, quarter_number, as_at)) over () as before,
    from observation
)

select count(*) from numbered where row(area_code, measure_code, quarter_number, as_at) <= before
"""


def load(folder: Path) -> int:
    """Loads the deliveries into a table stored in the order of its key, and sees that it is; returns its rows."""
    (folder / WAREHOUSE).unlink(missing_ok=True)
    deliveries = sorted(str(path) for path in folder.glob("authority_*.parquet"))
    with _opened(folder) as connection:
        connection.execute(_LOAD.format(deliveries=deliveries, targets=folder / "targets.parquet"))
        [(out_of_order,)] = connection.execute(_OUT_OF_ORDER).fetchall()
        assert out_of_order == 0, f"{out_of_order} rows are not in the order of the key"
        [(rows,)] = connection.execute("select count(*) from observation").fetchall()
    return int(rows)


def ask(folder: Path, question: str) -> list[list[Any]]:
    """The answer of a question in SQL, by measure.

    One that reads rows in their order is asked of a part of the areas by each processor: such reading is done by one.
    """
    sql = (_SQL / f"{question}.sql").read_text(encoding="utf-8")
    with _opened(folder) as connection:
        given = {"day": DAY} if "$day" in sql else {}
        if "$first_area" not in sql:
            return sorted([*row] for row in connection.execute(sql, given or None).fetchall())
        [(areas,)] = connection.execute("select enum_range(null::area)").fetchall()
        spans = [given | span for span in _spans(areas, os.cpu_count() or 1)]
        cursors = [connection.cursor() for _ in spans]
        with ThreadPoolExecutor(len(spans)) as pool:
            parts = pool.map(lambda each: each[0].execute(sql, each[1]).fetchall(), zip(cursors, spans, strict=True))
            return _added(row for part in parts for row in part)


def _spans(areas: Sequence[str], parts: int) -> list[dict[str, str]]:
    size = -(-len(areas) // parts)
    return [
        {"first_area": areas[start], "last_area": areas[min(start + size, len(areas)) - 1]}
        for start in range(0, len(areas), size)
    ]


def _added(rows: Any) -> list[list[Any]]:
    """Counts and sums of the same measure in several parts, added up."""
    totals: dict[str, Counter[int]] = {}
    for measure, *numbers in rows:
        totals.setdefault(measure, Counter()).update({place: int(number) for place, number in enumerate(numbers)})
    return [[measure, *(found[place] for place in sorted(found))] for measure, found in sorted(totals.items())]


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(folder / WAREHOUSE), config={"memory_limit": MEMORY_LIMIT})


def main(question: str, folder: Path) -> None:
    """Prints one line of JSON: seconds, peak_mb (of this process) and answer."""
    print_measured(lambda: load(folder) if question == "load" else ask(folder, question))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
