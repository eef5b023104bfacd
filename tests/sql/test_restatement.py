"""The log of restatements: which figure followed which, what kind of change it is, its cells, and what it moved."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.sql.harness import Row, day, dec, query, run
from tests.sql.rows import QUARTER, STOCKPORT, years
from tests.sql.small_warehouse import small_warehouse

FIRST, SECOND, THIRD = "2021-05-01", "2021-08-01", "2021-10-01"
TRAFFORD = "E08000009"


class Editions:
    """Observations of one figure, edition by edition, with the file and the cell that each stands in."""

    def __init__(self) -> None:
        self.editions: list[Row] = []
        self.observations: list[Row] = []
        self.origins: list[Row] = []

    def add(
        self, value: str | None, as_at: str, until: str | None = None, supply: str = "2021-22-Q1", **changes: Any
    ) -> "Editions":
        """An edition that counts from `as_at` until another does, supplied in the file of the period `supply`."""
        sha256 = f"{supply} {as_at} {changes.get('period_label', '')}"
        known = {"as_at": day(as_at), "superseded_on": None if until is None else day(until)}
        self.editions.append({"workbook_sha256": sha256, "period_label": supply, **known})
        self.observations.append(
            {
                "measure_code": "IN.3",
                "area_code": STOCKPORT,
                "period_label": "2021-22-Q1",
                "period_start": day("2021-04-01"),
                "period_end": day("2021-07-01"),
                "component": "total",
                "value_kind": "actual",
                "value": value,
                "value_qualifier": "exact",
                "availability": "not_available" if value is None else "value",
                "edition": f"{sha256} of {as_at}",
                "origin_id": sha256,
                **known,
                **changes,
            }
        )
        origin = {
            "origin_id": sha256,
            "role": "value",
            "amount": value,
            "workbook": f"{supply}.xlsx",
            "sheet": "Events",
        }
        self.origins.append(origin | {"cell": "B2"})
        return self

    def given(self) -> dict[str, list[Row]]:
        """The tables, with no quarter that was moved."""
        return {
            "staging.edition": self.editions,
            "marts.observation": self.observations,
            "marts.observation_origin": self.origins,
            "marts.restated_quarter": [],
            "marts.area": [
                {"area_code": STOCKPORT, "is_authority": True},
                {"area_code": TRAFFORD, "is_authority": False},
            ],
        }

    def log(self, *restated: Row) -> list[Row]:
        return run("marts.restatement", self.given() | {"marts.restated_quarter": restated})


def corrected(before: str | None, after: str | None, **changes: Any) -> Row:
    """The only line of the log after a file was sent again with another figure."""
    [row] = Editions().add(before, FIRST, SECOND, **changes).add(after, SECOND, **changes).log()
    return row


def restated_quarter(**changes: Any) -> Row:
    row = {"report_quarter": QUARTER, "measure_code": "IN.3", "restated_on": day(SECOND), "value_period": "2021-22-Q1"}
    return row | {"status_before": "A", "status": "R", "status_moved": True} | changes


def test_an_actual_that_was_sent_again_is_a_revision_with_both_its_cells() -> None:
    row = corrected("100", "140")
    assert (row["kind"], row["is_expected"], row["restated_on"]) == ("revision", False, day(SECOND))
    assert (row["old_value"], row["new_value"], row["difference"]) == (100, 140, 40)
    assert (row["old_as_at"], row["new_as_at"]) == (day(FIRST), day(SECOND))
    assert (row["old_workbook"], row["old_sheet"], row["old_cell"]) == ("2021-22-Q1.xlsx", "Events", "B2")
    assert (row["new_workbook"], row["new_sheet"], row["new_cell"]) == ("2021-22-Q1.xlsx", "Events", "B2")


def test_a_figure_that_was_sent_again_as_it_was_is_no_line() -> None:
    assert Editions().add("100", FIRST, SECOND).add("100", SECOND).log() == []


def test_a_first_figure_is_no_line() -> None:
    assert Editions().add("100", FIRST).log() == []


@pytest.mark.parametrize(("before", "after", "kind"), [(None, "5", "newly_available"), ("5", None, "withdrawn")])
def test_a_figure_that_comes_or_goes(before: str | None, after: str | None, kind: str) -> None:
    row = corrected(before, after)
    assert (row["kind"], row["is_expected"], row["difference"]) == (kind, False, None)
    assert {row["old_availability"], row["new_availability"]} == {"value", "not_available"}


def test_nought_is_a_figure() -> None:
    assert corrected("5", "0")["kind"] == "revision"


def test_another_qualifier_of_the_same_figure() -> None:
    editions = Editions().add("45", FIRST, SECOND, value_qualifier="at_least").add("45", SECOND)
    [row] = editions.log()
    assert (row["kind"], row["difference"]) == ("qualifier_changed", 0)
    assert (row["old_qualifier"], row["new_qualifier"]) == ("at_least", "exact")


def test_another_reason_why_there_is_none() -> None:
    [row] = Editions().add(None, FIRST, SECOND).add(None, SECOND, availability="suppressed").log()
    assert (row["kind"], row["new_availability"]) == ("qualifier_changed", "suppressed")


@pytest.mark.parametrize("after", ["100", "104"])
def test_an_actual_that_follows_a_provisional_figure_is_expected(after: str) -> None:
    [row] = Editions().add("100", FIRST, SECOND, value_kind="provisional").add(after, SECOND).log()
    assert (row["kind"], row["is_expected"]) == ("provisional_to_actual", True)
    assert row["expected_because"] == "the actual follows the provisional"
    assert row["difference"] == dec(after) - 100


def test_an_actual_in_another_file_follows_the_forecast_that_still_stands() -> None:
    [row] = Editions().add("100", FIRST, value_kind="forecast").add("97", SECOND, supply="2021-22-Q4").log()
    assert (row["kind"], row["is_expected"], row["old_value"]) == ("forecast_to_actual", True, 100)


def test_a_forecast_that_comes_after_the_actual_follows_nothing() -> None:
    late = Editions().add("100", FIRST).add("97", SECOND, supply="2021-22-Q2", value_kind="forecast")
    assert late.log() == []


def test_the_next_quarters_forecast_is_expected_and_a_corrected_one_is_not() -> None:
    editions = Editions()
    editions.add("94", FIRST, THIRD, value_kind="forecast", supply="2021-22-Q2")
    editions.add("95", SECOND, value_kind="forecast", supply="2021-22-Q3")
    editions.add("98", THIRD, value_kind="forecast", supply="2021-22-Q2")
    later, correction = editions.log()
    assert (later["old_value"], later["new_value"], later["expected_because"]) == (94, 95, "a later forecast")
    assert (correction["old_value"], correction["new_value"], correction["is_expected"]) == (94, 98, False)


def test_the_next_quarters_file_that_gives_an_earlier_actual_otherwise_restates_it() -> None:
    [row] = Editions().add("100", FIRST).add("120", SECOND, supply="2021-22-Q2").log()
    assert (row["kind"], row["is_expected"], row["old_workbook"], row["new_workbook"]) == (
        "revision", False, "2021-22-Q1.xlsx", "2021-22-Q2.xlsx"
    )  # fmt: skip


def test_an_earlier_quarters_file_that_comes_late_replaces_nothing() -> None:
    assert Editions().add("120", FIRST, supply="2021-22-Q2").add("100", SECOND, supply="2021-22-Q1").log() == []


def test_a_figure_taken_out_and_put_back() -> None:
    gone, back = Editions().add("100", FIRST, SECOND).add("100", THIRD).log()
    assert (gone["kind"], gone["restated_on"], gone["new_value"], gone["new_cell"]) == (
        "withdrawn",
        day(SECOND),
        None,
        None,
    )
    assert (back["kind"], back["restated_on"], back["old_value"], back["new_value"]) == (
        "newly_available", day(THIRD), None, 100
    )  # fmt: skip
    assert not gone["is_expected"]


MONTHS: dict[str, Any] = {"period_start": day("2021-08-01"), "supply": "series"}


def test_months_so_far_give_way_to_more_months() -> None:
    editions = Editions().add("120", FIRST, SECOND, period_label="Aug-Oct", period_end=day("2021-11-01"), **MONTHS)
    [row] = editions.add("700", SECOND, period_label="Aug-Apr", period_end=day("2022-05-01"), **MONTHS).log()
    assert (row["kind"], row["period_label"], row["is_expected"]) == ("withdrawn", "Aug-Oct", True)


@pytest.mark.parametrize(("dropped", "kept", "expected"), [(2015, 2016, True), (2016, 2015, False)])
def test_a_year_that_a_series_no_longer_gives(dropped: int, kept: int, expected: bool) -> None:
    def year(first: int) -> Row:
        bounds = {"period_start": day(f"{first}-04-01"), "period_end": day(f"{first + 1}-04-01")}
        return {"period_label": years(first), "supply": "whole series", **bounds}

    editions = Editions().add("1", FIRST, SECOND, **year(dropped)).add("2", FIRST, SECOND, **year(kept))
    [row] = editions.add("2", SECOND, **year(kept)).log()
    assert (row["kind"], row["period_label"], row["is_expected"]) == ("withdrawn", years(dropped), expected)


def test_figures_of_other_areas_and_parts_are_not_mixed() -> None:
    editions = Editions().add("1", FIRST, SECOND).add("2", SECOND, area_code=TRAFFORD, supply="2021-22-Q2")
    [row] = editions.add("3", SECOND, component="part", supply="2021-22-Q3").log()
    assert (row["kind"], row["area_code"], row["component"]) == ("withdrawn", STOCKPORT, "total")


def test_of_many_cells_those_that_differ_are_named() -> None:
    editions = Editions().add("100", FIRST, SECOND).add("110", SECOND)
    old, new = editions.origins
    parts = [
        (old, "B10", "60"),
        (old, "B9", "40"),
        (old, "C3", "5"),
        (new, "B10", "65"),
        (new, "B9", "45"),
        (new, "C3", "5"),
    ]
    editions.origins = [origin | {"role": "part", "cell": cell, "amount": amount} for origin, cell, amount in parts]
    [row] = editions.log()
    assert (row["old_cell"], row["new_cell"]) == ("B9, B10", "B9, B10")


def with_cells(editions: Editions, *cells: tuple[str, str, str]) -> Row:
    """The one change of a figure of these cells, each with its old and its new amount."""
    old, new = editions.origins
    editions.origins = [
        origin | {"role": "part", "cell": cell, "amount": amounts[place]}
        for place, origin in enumerate((old, new))
        for cell, *amounts in cells
    ]
    [row] = editions.log()
    return row


def test_a_corrected_file_of_another_name_changed_only_the_cells_that_differ() -> None:
    editions = Editions().add("100", FIRST, SECOND).add("105", SECOND)
    editions.origins[1]["workbook"] = "2021-22-Q1 corrected.xlsx"
    row = with_cells(editions, ("B9", "40", "40"), ("B10", "60", "65"))
    assert (row["old_cell"], row["new_cell"]) == ("B10", "B10")
    assert (row["old_workbook"], row["new_workbook"]) == ("2021-22-Q1.xlsx", "2021-22-Q1 corrected.xlsx")


def test_many_cells_are_named_by_column_and_row() -> None:
    editions = Editions().add("100", FIRST, SECOND).add("105", SECOND)
    row = with_cells(editions, *((cell, "1", "2") for cell in ("F2", "E10", "AA1", "E9", "F10", "E2")))
    assert row["old_cell"] == "E2, E9, E10, F2, F10, AA1"


def test_a_published_quarter_whose_status_moved_is_named() -> None:
    [row] = Editions().add("100", FIRST, SECOND).add("80", SECOND).log(restated_quarter())
    assert (row["published_status_moved"], row["moved_statuses"], row["affected_quarters"]) == (
        True, "2021-22-Q2: A to R", "2021-22-Q2"
    )  # fmt: skip


@pytest.mark.parametrize(
    "quarter",
    [
        pytest.param({"value_period": "2021-22 to Q2"}, id="year_so_far_of_which_it_is_a_quarter"),
        pytest.param({"value_period": "2022-23", "previous_period": "2021-22-Q1"}, id="figure_before"),
        pytest.param({"value_period": None, "value_period_before": "2021-22-Q1"}, id="value_until_then"),
    ],
)
def test_a_quarter_rests_on_a_figure(quarter: Row) -> None:
    [row] = Editions().add("100", FIRST, SECOND).add("80", SECOND).log(restated_quarter(**quarter))
    assert row["affected_quarters"] == "2021-22-Q2"


@pytest.mark.parametrize(
    ("quarter", "figure"),
    [
        pytest.param({"restated_on": day(THIRD)}, {}, id="on_another_day"),
        pytest.param({"measure_code": "IN.2"}, {}, id="of_another_measure"),
        pytest.param({"value_period": "2019-20-Q1"}, {}, id="of_another_period"),
        pytest.param({}, {"area_code": TRAFFORD}, id="of_another_area"),
        pytest.param({}, {"component": "part"}, id="of_a_part"),
    ],
)
def test_a_quarter_that_moved_for_another_reason_is_not_named(quarter: Row, figure: Row) -> None:
    editions = Editions().add("100", FIRST, SECOND, **figure).add("80", SECOND, **figure)
    [row] = editions.log(restated_quarter(**quarter))
    assert (row["published_status_moved"], row["affected_quarters"]) == (False, None)


def test_a_moved_value_that_leaves_the_status_is_said_so() -> None:
    [row] = Editions().add("100", FIRST, SECOND).add("80", SECOND).log(restated_quarter(status="A", status_moved=False))
    assert (row["published_status_moved"], row["moved_statuses"], row["affected_quarters"]) == (
        False,
        None,
        "2021-22-Q2",
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with small_warehouse(tmp_path_factory.mktemp("small")) as connection:
        yield connection


def lines(warehouse: duckdb.DuckDBPyConnection, where: str) -> list[Row]:
    return query(warehouse, f"select * from marts.restatement where {where} order by all")


def test_a_corrected_forecast_moves_the_quarter_that_was_reported(warehouse: duckdb.DuckDBPyConnection) -> None:
    """The target had been raised before, which made the quarter Red; the corrected forecast makes it Amber again."""
    [row] = lines(warehouse, "measure_code = 'IN.16'")
    assert (row["old_value"], row["new_value"], row["restated_on"]) == (94, 98, day("2021-12-01"))
    assert (row["moved_statuses"], row["old_cell"], row["new_cell"]) == ("2021-22-Q2: R to A", "B3", "B3")


def test_a_corrected_wave_is_restated_and_its_means_are_made_anew(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = lines(warehouse, f"measure_code = 'IN.12' and area_code = '{STOCKPORT}' and component = 'total'")
    assert [(row["period_label"], row["is_expected"], row["difference"]) for row in rows] == [
        ("Jan-Mar 2021", False, 2),
        ("year to Jun 2021", True, dec("0.5")),
        ("year to Mar 2021", True, dec("0.5")),
    ]
    assert {row["new_cell"] for row in rows} == {"H5"}
    assert [row["affected_quarters"] for row in rows] == [None, "2021-22-Q1", "2020-21-Q4, 2021-22-Q1"]


def test_a_restated_count_is_told_from_months_that_went_on(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = lines(warehouse, f"measure_code like 'FE.EDUC%' and area_code = '{STOCKPORT}' and component = 'total'")
    assert [(row["kind"], row["is_expected"], row["old_value"], row["new_value"]) for row in rows] == [
        ("revision", False, 630, 1050),
        ("withdrawn", True, 120, None),
    ]


def test_what_moved_a_reported_quarter_is_known_day_by_day(warehouse: duckdb.DuckDBPyConnection) -> None:
    moved = query(
        warehouse,
        "select restated_on, target_before, target_value, value_before, value, status_before, status"
        " from marts.restated_quarter where report_quarter = '2021-22-Q2' and measure_code = 'IN.16' order by all",
    )
    assert [tuple(row.values()) for row in moved] == [
        (day("2021-11-20"), 97, 99, 94, 94, "A", "R"),
        (day("2021-12-01"), 99, 99, 94, 98, "R", "A"),
    ]


def test_the_last_of_what_became_known_is_what_is_known_now(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Each moved quarter ends as `status_as_at` of a late day has it, and begins as it was reported."""
    latest = query(
        warehouse,
        "select count(*) as moved, count(*) filter (where (restated.value, restated.target_value, restated.status,"
        " restated.trend) is distinct from (known.value, known.target_value, known.status, known.trend)) as wrong"
        " from (from marts.restated_quarter qualify row_number() over (partition by report_quarter, measure_code"
        " order by restated_on desc) = 1) as restated"
        " join marts.status_as_at(date '2030-01-01') as known using (report_quarter, measure_code)",
    )
    first = query(
        warehouse,
        "select count(*) filter (where (restated.value_before, restated.status_before, restated.trend_before)"
        " is distinct from (reported.value, reported.status, reported.trend)) as wrong"
        " from (from marts.restated_quarter qualify row_number() over (partition by report_quarter, measure_code"
        " order by restated_on) = 1) as restated"
        " join marts.computed_status as reported using (report_quarter, measure_code)",
    )
    assert latest[0]["moved"] > 2
    assert (latest[0]["wrong"], first[0]["wrong"]) == (0, 0)
