"""All models together, over a few staged rows of every source: keys, checks, comments, and the rows that matter."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.warehouse.checks import Check, read_checks, run_check
from pipelines.warehouse.models import FINDINGS, UNIONS, united_in
from tests.sql.harness import SQL, Row, column_types, create_table, dec, models, query
from tests.sql.small_warehouse import small_warehouse

NAMES = sorted(models())
WITHOUT_SOURCE = {
    "staging.lait_whole_beyond_parts",
    "marts.measure_gone",
    "marts.measure_series",
    "marts.series_break",
    "marts.risk_action",
    "marts.risk_forecast",
    "marts.risk_successor",
}
"""Models that none of the sources feeds: no figure of England is amiss, the agreements are of one year, no action is
overdue, no forecast missed, and no successor has two figures."""

BLOCKING = [check for check in read_checks(SQL) if check.blocking]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with small_warehouse(tmp_path_factory.mktemp("small")) as connection:
        create_table(connection, "audit.workbook", column_types()["audit.workbook"], [])
        yield connection


def status(warehouse: duckdb.DuckDBPyConnection, report_quarter: str, measure_code: str) -> Row:
    where = f"report_quarter = '{report_quarter}' and measure_code = '{measure_code}'"
    [row] = query(warehouse, f"select * from marts.measure_status where {where}")
    return row


@pytest.mark.parametrize("name", NAMES)
def test_the_key_of_a_model_is_unique(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    key = ", ".join(models()[name].key)
    [counted] = query(warehouse, f"select count(*) as total, count(distinct ({key})) as keys from {name}")
    assert counted["total"] == counted["keys"]


@pytest.mark.parametrize("name", sorted(set(NAMES) - WITHOUT_SOURCE - set(united_in(FINDINGS, NAMES))))
def test_every_model_has_rows(warehouse: duckdb.DuckDBPyConnection, name: str) -> None:
    assert query(warehouse, f"select 1 from {name} limit 1")


@pytest.mark.parametrize("check", BLOCKING, ids=lambda check: check.name)
def test_no_invariant_is_broken(warehouse: duckdb.DuckDBPyConnection, check: Check) -> None:
    assert run_check(warehouse, check).sample == []


@pytest.mark.parametrize("kind", ["tables", "columns"])
def test_all_tables_and_columns_carry_a_comment(warehouse: duckdb.DuckDBPyConnection, kind: str) -> None:
    where = "schema_name in ('staging', 'measures', 'marts', 'findings')"
    assert query(warehouse, f"select * from duckdb_{kind}() where {where}")
    assert query(warehouse, f"select * from duckdb_{kind}() where {where} and coalesce(comment, '') = ''") == []


@pytest.mark.parametrize("union", UNIONS)
def test_a_union_has_the_rows_of_every_model_of_its_layer(warehouse: duckdb.DuckDBPyConnection, union: str) -> None:
    counts = [len(query(warehouse, f"select 1 from {name}")) for name in (union, *united_in(union, models()))]
    assert counts[0] == sum(counts[1:])


@pytest.mark.parametrize(
    ("report_quarter", "measure_code", "expected", "reason"),
    [
        ("2021-22-Q2", "IN.16", "A", "forecast"),
        ("2021-22-Q2", "IN.19", "R", "forecast"),
        ("2021-22-Q2", "IN.1.2", None, "polarity_not_given"),
        ("2021-22-Q2", "IN.3", "G", "year_to_date"),
        ("2021-22-Q2", "IN.5", None, "minimise"),
        ("2021-22-Q2", "IN.12", None, "no_target"),
        ("2021-22-Q2", "IN.14", None, "maximise"),
        ("2021-22-Q2", "IN.N1", None, "target_to_be_confirmed"),
        ("2020-21-Q4", "IN.16", None, "no_target"),
    ],
)
def test_from_cells_to_status(
    warehouse: duckdb.DuckDBPyConnection, report_quarter: str, measure_code: str, expected: str | None, reason: str
) -> None:
    row = status(warehouse, report_quarter, measure_code)
    assert (row["status"], row["status_reason"]) == (expected, reason)


def test_the_previous_year_is_the_rate_of_all_courses(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = status(warehouse, "2021-22-Q2", "IN.16")
    assert (row["value"], row["previous_period"]) == (dec("94"), "2020-21 academic")
    assert row["previous_value"] == dec("94.190871")


def test_snapshots_are_compared_from_cells_to_trend(warehouse: duckdb.DuckDBPyConnection) -> None:
    row = status(warehouse, "2021-22-Q2", "IN.14")
    assert (row["value"], row["previous_value"], row["trend"]) == (dec("1672"), dec("1600"), "better")
