"""Whether a due date has gone by since the published version was built."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Paths
from pipelines.warehouse.freshness import falls_due


def published(root: Path, *changes_on: str) -> Paths:
    """A published file whose measures and sources change on these days; `null` where nothing will."""
    paths = Paths(root)
    paths.published.parent.mkdir(parents=True)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("create schema marts")
        for table, day in zip(("freshness", "source_freshness"), changes_on, strict=True):
            connection.execute(
                f"create table marts.{table} as select true as is_now, cast({day} as date) as changes_on"
                " union all select false, date '2020-01-01'"
            )
    return paths


@pytest.mark.parametrize(("day", "falls"), [(14, False), (15, True), (16, True)])
@pytest.mark.parametrize(
    "changes_on", [("'2022-01-15'", "null"), ("null", "'2022-01-15'"), ("'2022-01-15'", "'2022-02-01'")]
)
def test_the_earliest_day_counts_and_a_past_cut_off_does_not(
    tmp_path: Path, changes_on: tuple[str, str], day: int, falls: bool
) -> None:
    assert falls_due(published(tmp_path, *changes_on), date(2022, 1, day)) is falls


def test_nothing_that_is_awaited_never_falls_due(tmp_path: Path) -> None:
    assert not falls_due(published(tmp_path, "null", "null"), date(2099, 1, 1))
