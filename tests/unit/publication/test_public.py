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
