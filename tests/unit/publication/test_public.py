"""The door to what the public may see: a mart that has a public counterpart is seen through it alone."""

from pathlib import Path

import duckdb
import pytest

from pipelines.publication.masks import NotSuppressedError
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
        connection.execute("create table marts.disclosure_count as select 3 as people")
        connection.execute("create view marts.finding as select people from staging.secret")
    return path


def test_a_mart_is_seen_through_its_public_counterpart(published: Path) -> None:
    with public_figures(published) as connection:
        assert connection.execute("select people from marts.observation").fetchall() == [(None,)]
        assert connection.execute("select target_value from marts.target").fetchall() == [(95,)]
        assert connection.execute("select people from marts.finding").fetchall() == [(3,)]
        assert connection.execute("select count(*) from audit.build").fetchall() == [(1,)]


@pytest.mark.parametrize("table", ["staging.secret", "marts.public_observation", "marts.disclosure_count"])
def test_what_is_not_shown_cannot_be_named(published: Path, table: str) -> None:
    with public_figures(published) as connection, pytest.raises(duckdb.CatalogException):
        connection.execute(f"select * from {table}")


MASKS = """
create schema staging; create schema marts; create schema audit;
create table staging.disclosure_mask as from (values
    ('marts.outturn', ['value'], ['said'], ['availability'], [], ['measure_code'], ['period'], [], null),
    ('marts.forecast', ['value'], [], [], [], ['about'], [], [], null),
    ('marts.sector', ['value'], [], [], [], [], [], ['origin_id'], null),
    ('marts.sign_off', [], ['decided_by'], [], [], [], [], [], null),
    ('audit.warning', [], ['message'], [], [], [], [], [], 'source'),
    ('audit.workbook', [], [], [], ['reason'], [], [], [], null)
) as masks (table_name, emptied, marked, told, blurred, measure_columns, period_columns, origin_columns, source_column);
create table marts.suppression as select 'IN.5' as measure_code, 'its key' as figure_key, 'observation' as table_name;
create table marts.disclosure_period as select 'IN.5' as measure_code, '2021-22' as period_label;
create table marts.disclosure_workbook as select 'abc' as workbook_sha256;
create table marts.suppression_rule as select 5 as least_shown;
create table audit.workbook as from (values
    ('people', 'abc', null), ('money', 'def', 'row 3: ''4'' for 14, 5 or 4.0; 2021-22-Q2')
) as rows (source, workbook_sha256, reason);
create table marts.outturn as from (values
    ('IN.5', '2021-22', 3, 'three', 'value'), ('IN.5', '2020-21', 9, 'nine', 'value'),
    ('IN.50', '2021-22', 8, 'eight', 'value'), ('IN.5', null, 7, 'seven', 'value')
) as rows (measure_code, period, value, said, availability);
create table marts.forecast as from (values ('IN.5; IN.6', 3), ('IN.50', 8), (null, 9)) as rows (about, value);
create table marts.sector as from (values ('its key', 3), ('it''s another', 8)) as rows (origin_id, value);
create table marts.sign_off as select 'J. Smith' as decided_by, 'Director' as role;
create table audit.warning as from (values ('people', '3 came'), ('money', '£3')) as rows (source, message);
"""


@pytest.fixture
def with_masks(tmp_path: Path) -> Path:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(MASKS)
    return path


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "marts.outturn",
            {
                ("IN.5", "2021-22", None, "[c]", "suppressed"),
                ("IN.5", "2020-21", 9, "nine", "value"),
                ("IN.50", "2021-22", 8, "eight", "value"),
                ("IN.5", None, 7, "seven", "value"),
            },
        ),
        ("marts.forecast", {("IN.5; IN.6", None), ("IN.50", 8), (None, 9)}),
        ("marts.sector", {("its key", None), ("it's another", 8)}),
        ("marts.sign_off", {("[c]", "Director")}),
        ("audit.warning", {("people", "[c]"), ("money", "£3")}),
        (
            "audit.workbook",
            {("people", "abc", None), ("money", "def", "row [c]: '[c]' for 14, 5 or [c].0; 2021-22-Q2")},
        ),
    ],
)
def test_what_repeats_a_suppressed_figure_is_covered_up(
    with_masks: Path, table: str, rows: set[tuple[object, ...]]
) -> None:
    with public_figures(with_masks) as connection:
        assert set(connection.execute(f"select * from {table}").fetchall()) == rows


def test_nothing_is_covered_up_where_nothing_is_suppressed(with_masks: Path) -> None:
    with duckdb.connect(str(with_masks)) as connection:
        connection.execute("delete from marts.suppression; delete from marts.disclosure_period")
    with public_figures(with_masks) as connection:
        assert ("IN.5", "2021-22", 3, "three", "value") in connection.execute("from marts.outturn").fetchall()


def test_a_file_from_before_suppression_makes_nothing_public(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create table marts.observation as select 3 as people")
    with pytest.raises(NotSuppressedError, match="run the nightly"), public_figures(path):
        pass


def test_the_status_of_any_day_is_suppressed_too(tmp_path: Path) -> None:
    path = tmp_path / "published.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.figure as select date '2021-10-01' as as_at, 3 as people;
            create macro marts.status_as_at(as_at_day) as table
                select people from marts.figure where as_at <= as_at_day;
            create macro marts.public_status_as_at(as_at_day) as table
                select nullif(people, 3) as people from marts.status_as_at(as_at_day);
            """
        )
    with public_figures(path) as connection:
        asked = "select * from marts.status_as_at(date '{}')"
        assert connection.execute(asked.format("2021-10-01")).fetchall() == [(None,)]
        assert connection.execute(asked.format("2021-09-30")).fetchall() == []
        with pytest.raises(duckdb.CatalogException):
            connection.execute("select * from marts.public_status_as_at(date '2021-10-01')")


def test_masks_of_an_earlier_version_make_nothing_public(with_masks: Path) -> None:
    with duckdb.connect(str(with_masks)) as connection:
        connection.execute("alter table staging.disclosure_mask drop column blurred")
    with pytest.raises(NotSuppressedError, match="earlier version"), public_figures(with_masks):
        pass
