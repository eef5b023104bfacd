"""The example queries for analysts: each runs on the published file and keeps what its head promises."""

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import code_root
from pipelines.versions import all_code_sha256
from pipelines.warehouse.models import read_models
from tests.conftest import Installation

FOLDER = code_root() / "sql" / "examples"
FILES = sorted(FOLDER.glob("*.sql"))

Rows = list[dict[str, Any]]
Promise = Callable[[Rows, Installation], None]


def run(name: str, published: Installation) -> Rows:
    sql = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(published.paths.published), read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def one(published: Installation, sql: str) -> Any:
    [(value,)] = published.rows(sql)
    return value


def _ratings(rows: Rows, published: Installation) -> None:
    quarter = one(published, "select max(report_quarter) from marts.measure_status")
    assert len(rows) == one(published, f"select count(*) from marts.measure_status where report_quarter = '{quarter}'")
    assert all(row["status"] or row["status_reason"] for row in rows)
    assert [status for status, _ in groupby(row["status"] for row in rows)] == ["G", "A", "R", None]


def _priorities(rows: Rows, published: Installation) -> None:
    assert all(row["red"] + row["amber"] + row["green"] + row["not_rated"] == row["measures"] for row in rows)
    assert sum(row["measures"] for row in rows) == one(published, "select count(*) from marts.measure_status")


def _red_and_amber(rows: Rows, _: Installation) -> None:
    assert [(row["measure_code"], row["status"]) for row in rows] == [("IN.19", "R"), ("IN.16", "A"), ("IN.18", "A")]
    for row in rows:
        shortfall = (row["target_value"] - row["value"]) / row["target_value"] * 100
        assert abs(row["shortfall_pct"] - shortfall) < Decimal("0.000001")


def _cells(rows: Rows, published: Installation) -> None:
    amounts = {role: sum(row["amount"] for row in rows if row["role"] == role) for role in ("numerator", "denominator")}
    [(numerator, denominator)] = published.rows(
        "select numerator, denominator from marts.observation"
        " where measure_code = 'IN.18' and period_label = '2020-21 academic' and superseded_on is null"
    )
    assert (amounts["numerator"], amounts["denominator"]) == (numerator, denominator)
    assert abs(rows[0]["value"] - numerator / denominator * 100) < Decimal("0.000001")
    assert len({(row["workbook"], row["sheet"], row["cell"], row["role"]) for row in rows}) == len(rows)


def _known_on_a_day(rows: Rows, _: Installation) -> None:
    # the forecasts came on 22 October 2021
    assert [row["measure_code"] for row in rows] == ["IN.16", "IN.17", "IN.18", "IN.19"]
    assert all(row["value_then"] is None and row["status_then"] is None for row in rows)
    assert [row["status_published"] for row in rows] == ["A", "G", "A", "R"]


def _over_the_years(rows: Rows, _: Installation) -> None:
    assert (rows[0]["period_label"], rows[0]["stockport"]) == ("year to Mar 2020", 84)
    both = [row for row in rows if row["greater_manchester"] is not None]
    assert both and len(both) < len(rows)
    assert all(row["points_above"] == row["stockport"] - row["greater_manchester"] for row in both)
    assert all(row["points_above"] is None for row in rows if row not in both)


def _findings(rows: Rows, published: Installation) -> None:
    assert [severity for severity, _ in groupby(row["severity"] for row in rows)] == ["fail", "warn"]
    assert all(row["workbook"] and row["cell"] and row["explanation"] for row in rows)
    count = "select count(*) from marts.reconciliation_finding where cell is not null"
    assert len(rows) == one(published, count)


def _cash_limit(rows: Rows, published: Installation) -> None:
    running = Decimal(0)
    for row in rows:
        running = row["running_pounds"] if row["line_kind"] == "previously_reported" else running
        running += row["amount_pounds"] if row["line_kind"] == "change" else 0
        assert row["running_pounds"] == running
    assert running == one(published, "select budget_pounds from marts.cash_limit where superseded_on is null")


def _grants(rows: Rows, _: Installation) -> None:
    assert {row["scheme"] for row in rows} >= {"COVID Local Support Grant", "Household Support Fund"}
    assert all(row["allocation_pounds"] == row["paid_pounds"] + row["unspent_pounds"] for row in rows)


def _survey(rows: Rows, _: Installation) -> None:
    assert all(row["low_pct"] <= row["agree_pct"] <= row["high_pct"] for row in rows)
    assert len({(row["measure_code"], row["period_label"]) for row in rows}) == len(rows)
    assert {row["change_is_distinguishable"] for row in rows} == {True, False, None}


PROMISES: dict[str, Promise] = {
    "ratings_latest_quarter": _ratings,
    "ratings_by_priority": _priorities,
    "red_and_amber_with_commentary": _red_and_amber,
    "cells_behind_a_figure": _cells,
    "as_known_on_a_day": _known_on_a_day,
    "measure_over_the_years": _over_the_years,
    "findings_to_look_into": _findings,
    "cash_limit_step_by_step": _cash_limit,
    "grants_paid": _grants,
    "how_sure_is_the_survey": _survey,
}


@pytest.mark.parametrize("name", PROMISES)
def test_example_gives_what_its_head_promises(published: Installation, name: str) -> None:
    rows = run(name, published)
    assert rows
    PROMISES[name](rows, published)


def test_every_example_is_tried_and_listed_for_analysts() -> None:
    page = (code_root() / "docs" / "querying.md").read_text(encoding="utf-8")
    assert {path.stem for path in FILES} == PROMISES.keys()
    assert [path.name for path in FILES if f"../sql/examples/{path.name}" not in page] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_example_begins_with_its_question_and_its_rows(path: Path) -> None:
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("-- ")]
    assert "?" in head[0] + head[1]
    assert any(line.startswith("-- One row per ") for line in head)


def test_examples_are_no_models_and_changing_one_builds_nothing_anew(tmp_path: Path) -> None:
    assert not {path.stem for path in FILES} & {name.partition(".")[2] for name in read_models(code_root() / "sql")}
    for name in ("sql/marts/measure.sql", "sql/examples/question.sql"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("first")
    before = all_code_sha256(tmp_path)
    (tmp_path / "sql/examples/question.sql").write_text("second")
    assert all_code_sha256(tmp_path) == before
    (tmp_path / "sql/marts/measure.sql").write_text("second")
    assert all_code_sha256(tmp_path) != before
