"""Which observations a rated value, its trend and its previous figure rest on."""

from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.explain.answer import observations_behind

Row = dict[str, Any]

QUARTERS = {
    "2020-21-Q1": (date(2020, 4, 1), date(2020, 7, 1)),
    "2020-21-Q2": (date(2020, 7, 1), date(2020, 10, 1)),
    "2020-21-Q3": (date(2020, 10, 1), date(2021, 1, 1)),
    "2020-21-Q4": (date(2021, 1, 1), date(2021, 4, 1)),
    "2021-22-Q1": (date(2021, 4, 1), date(2021, 7, 1)),
    "2021-22-Q2": (date(2021, 7, 1), date(2021, 10, 1)),
    "2021-22-Q3": (date(2021, 10, 1), date(2022, 1, 1)),
}


def rated(**changes: Any) -> Row:
    row: Row = dict.fromkeys(("value", "value_period", "previous_value", "previous_period", "trend_value"))
    calendar = {
        "report_year": "2021-22",
        "previous_report_year": "2020-21",
        "academic_year": "2021-22 academic",
        "quarter_end": date(2021, 10, 1),
    }
    return row | calendar | changes


def observed(period_label: str, value: int | None, **changes: Any) -> Row:
    start, end = QUARTERS.get(period_label, (date(2021, 4, 1), date(2022, 4, 1)))
    row = {
        "period_label": period_label,
        "value": None if value is None else Decimal(value),
        "year_type": "quarter" if period_label in QUARTERS else "financial",
        "period_start": start,
        "period_end": end,
        "counts": True,
    }
    return row | changes


def latest_first(*rows: Row) -> list[Row]:
    return sorted(rows, key=lambda row: row["period_end"], reverse=True)


def behind(row: Row, known: list[Row]) -> dict[str, list[str]]:
    return {use: [found["period_label"] for found in rows] for use, rows in observations_behind(row, known).items()}


def test_figure_of_the_period_itself_stands_alone() -> None:
    row = rated(value=Decimal(7), value_period="2021-22", trend_value=Decimal(7))
    known = latest_first(observed("2021-22", 7), observed("2021-22-Q1", 7))
    assert behind(row, known) == {"rated": ["2021-22"], "previous": []}


def test_year_so_far_rests_on_its_quarters_up_to_the_reporting_quarter() -> None:
    row = rated(value=Decimal(9), value_period="2021-22 to Q2", trend_value=Decimal(9))
    known = latest_first(*(observed(label, 1) for label in QUARTERS))
    assert behind(row, known)["rated"] == ["2021-22-Q1", "2021-22-Q2"]


def test_year_before_rests_on_its_four_quarters() -> None:
    row = rated(
        value=Decimal(9),
        value_period="2021-22 to Q2",
        trend_value=Decimal(9),
        previous_value=Decimal(4),
        previous_period="2020-21",
    )
    known = latest_first(*(observed(label, 1) for label in QUARTERS))
    assert behind(row, known)["previous"] == ["2020-21-Q1", "2020-21-Q2", "2020-21-Q3", "2020-21-Q4"]


def test_projected_year_end_rests_on_quarters_though_a_figure_of_the_year_is_said_to_be_missing() -> None:
    row = rated(value=Decimal(20), value_period="2021-22", trend_value=Decimal(20))
    known = latest_first(observed("2021-22", None), observed("2021-22-Q1", 4), observed("2021-22-Q2", 6))
    assert behind(row, known)["rated"] == ["2021-22-Q1", "2021-22-Q2"]


def test_trend_that_compares_another_value_names_its_observation() -> None:
    row = rated(value=Decimal(5), value_period="2021-22 to Q2", trend_value=Decimal(12))
    known = latest_first(observed("2021-22", 12), observed("2021-22-Q1", 2), observed("2021-22-Q2", 3))
    assert behind(row, known)["trend"] == ["2021-22"]


def test_edition_that_does_not_count_is_passed_over() -> None:
    row = rated(value=Decimal(7), value_period="2021-22", trend_value=Decimal(7))
    known = [observed("2021-22", 7, counts=False, edition="forecast"), observed("2021-22", 7, edition="actual")]
    assert [found["edition"] for found in observations_behind(row, known)["rated"]] == ["actual"]


def test_nothing_rated_shows_all_that_is_known_of_the_latest_period() -> None:
    known = latest_first(observed("2021-22-Q1", 1), observed("2021-22-Q2", None), observed("2021-22-Q2", 3))
    assert behind(rated(), known)["known"] == ["2021-22-Q2", "2021-22-Q2"]


def test_nothing_known_shows_nothing() -> None:
    assert behind(rated(), []) == {"rated": [], "previous": [], "known": []}
