"""The door to what the public may see: a mart that has a public counterpart is seen through it alone."""

from pathlib import Path

import duckdb
import pytest

from pipelines.publication.public import public_figures


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "it's published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema audit; create schema staging")
        connection.execute("create table marts.observation as select 3 as people")
        connection.execute("create table marts.public_observation as select null::integer as people")
        connection.execute("create table marts.target as select 95 as target_value")
        connection.execute("create table audit.build as select date '2021-11-12' as run_date")
        connection.execute("create table staging.secret as select 3 as people")
        connection.execute("create view marts.finding as select people from staging.secret")
    return path


def test_a_mart_is_seen_through_its_public_counterpart(published: Path) -> None:
    with public_figures(published) as connection:
        assert connection.execute("select people from marts.observation").fetchall() == [(None,)]
        assert connection.execute("select target_value from marts.target").fetchall() == [(95,)]
        assert connection.execute("select people from marts.finding").fetchall() == [(3,)]
        assert connection.execute("select count(*) from audit.build").fetchall() == [(1,)]


@pytest.mark.parametrize("table", ["staging.secret", "marts.public_observation"])
def test_what_is_not_shown_cannot_be_named(published: Path, table: str) -> None:
    with public_figures(published) as connection, pytest.raises(duckdb.CatalogException):
        connection.execute(f"select * from {table}")


def test_status_of_a_day_on_which_something_was_restated_is_had_without_staging(tmp_path: Path) -> None:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create schema staging")
        connection.execute("create table staging.secret as select date '2021-10-08' as known_on, 90 as value")
        connection.execute("create table marts.restated_quarter as select date '2021-10-08' as restated_on")
        connection.execute(
            "create macro marts.status_as_at(as_at_day) as table"
            " select 'IN.1' as measure_code, value from staging.secret where known_on <= as_at_day"
        )
    with public_figures(path) as connection:
        told = [
            connection.execute(f"select * from marts.status_as_at(date '{day}')").fetchall()
            for day in ("2021-10-08", "2021-10-09")
        ]
    assert told == [[("IN.1", 90)], []]
