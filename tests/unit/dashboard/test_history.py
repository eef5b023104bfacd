"""The chart of a measure: what is drawn on one line, and what is said of it to who cannot see it."""

from datetime import date
from decimal import Decimal
from typing import Any

from pipelines.dashboard.figures_table import cells_said
from pipelines.dashboard.history import Beside, charts_of
from pipelines.dashboard.series import main_series
from tests.unit.dashboard.made_up import figure, origin, rating

ALONE = Beside({}, {})


def other(area: str, value: str, **changes: Any) -> dict[str, Any]:
    return figure(value=value, area_code=area, area_name=area, is_authority=False, **changes)


def test_quarters_and_parts_stand_on_no_line_with_years() -> None:
    figures = [
        figure("2020-21", "90"),
        figure("2021-22-Q1", "40", year_type="quarter", period_end=date(2021, 7, 1)),
        figure(component="Part", value="50"),
        figure(),
        other("Bolton", "80"),
    ]
    assert [row["period_label"] for row in main_series(figures, "financial")] == ["2020-21", "2021-22"]


def test_a_year_without_a_figure_breaks_the_line() -> None:
    figures = [figure("2019-20", "98"), figure("2020-21", None), figure()]
    [chart] = charts_of(rating(), figures, ALONE, None)
    drawn = [(row["x"], row["y"]) for row in chart.rows if row["series"] == "figure"]
    assert drawn == [("2019/20", 98.0), ("2020/21", None), ("2021/22", 93.2)]
    assert [row["value"].words for row in chart.table.rows] == ["98%", "not collected", "93.2%"]  # type: ignore[union-attr]


def test_target_and_intervals_are_drawn_and_said() -> None:
    found = {("IN.1", "2021-22"): {"low_pct": Decimal("91.00"), "high_pct": Decimal("95.25")}}
    [chart] = charts_of(rating(), [figure("2020-21", "90"), figure()], Beside(found, {}), None)
    assert [row["label"] for row in chart.rows if row["series"] == "target"] == ["Target 95%"]
    assert [(row["low"], row["high"]) for row in chart.rows if row["series"] == "interval"] == [(91.0, 95.25)]
    assert "The target is 95%" in chart.alt and "95% interval" in chart.alt
    assert [row["interval"] for row in chart.table.rows] == ["–", "91.0% to 95.2%"]


def test_areas_are_compared_in_shares_and_not_in_counts() -> None:
    figures = [figure("2020-21", "90"), figure(), other("Bolton", "80")]
    [chart] = charts_of(rating(), figures, ALONE, None)
    assert [row["name"] for row in chart.rows if row["series"] == "other"] == ["Bolton"]
    assert "Beside it: Bolton" in chart.alt
    [chart] = charts_of(rating(unit="Number"), figures, ALONE, None)
    assert not [row for row in chart.rows if row["series"] == "other"]


def test_means_of_others_stand_beside_the_authority() -> None:
    row = {"period_label": "2021-22", "period_start": date(2021, 4, 1), "period_end": date(2022, 4, 1)}
    row |= {"neighbours_mean": Decimal(91), "england_value": Decimal(89), "region": "North West", "region_value": None}
    [chart] = charts_of(rating(), [figure("2020-21", "90"), figure()], Beside({}, {"IN.1": [row]}), None)
    drawn = {row["name"]: row["y"] for row in chart.rows if row["series"] == "other"}
    assert drawn == {"Neighbours' mean": 91.0, "England": 89.0}


def test_a_crowd_of_areas_is_one_grey_and_named_in_the_table() -> None:
    areas = ["Bolton", "Bury", "Oldham", "Wigan"]
    [chart] = charts_of(
        rating(), [figure("2020-21", "90"), figure(), *(other(area, "80") for area in areas)], ALONE, None
    )
    lines = [row for row in chart.rows if row["series"] == "other"]
    assert {row["colour"] for row in lines} == {"chart-muted"} and {row["label"] for row in lines} == {""}
    assert "grey: 4 other areas" in chart.title
    assert [column.label for column in chart.table.columns[2:]] == areas


def test_quarters_are_bars_of_their_own() -> None:
    quarters = [
        figure(f"2021-22-Q{number}", str(number), year_type="quarter", period_end=date(2021, 4 + 3 * number, 1))
        for number in (1, 2)
    ]
    [chart] = charts_of(rating(unit="Number"), quarters, ALONE, None)
    assert chart.alt == "Bar chart: 1 in 2021/22 Q1, 2 in 2021/22 Q2."


def test_cells_are_said_one_by_one_where_few_and_as_ranges_where_many() -> None:
    few = [origin(role="numerator", cell="B4"), origin(role="numerator", cell="B5", workbook="Other.xlsx")]
    assert cells_said(few) == ("Numerator from Return.xlsx: Data!B4 says ‘0.932’; Other.xlsx: Data!B5 says ‘0.932’")
    many = [origin(role="part", cell=f"B{row}") for row in range(4, 14)]
    assert cells_said(many) == "Added up from Return.xlsx: Data!B4:B13"
    assert cells_said([]).startswith("No cell")
