"""The drawings of a dashboard: compiled once each, and showing what their rows hold."""

from decimal import Decimal
from typing import Any

import pytest

from pipelines.charts.bars import BARS, INTERVALS
from pipelines.charts.drawing import svg_for_page
from pipelines.charts.history import history_spec
from pipelines.charts.sparkline import sparkline
from pipelines.charts.steps import STEPS
from pipelines.document.model import Chart, Table


def drawn(spec: dict[str, Any], *rows: dict[str, Any]) -> str:
    return svg_for_page(Chart("c", "", "", spec, rows, Table("t", "", [], [])))


def history(by_year: bool, *rows: dict[str, Any]) -> str:
    return drawn(history_spec(by_year=by_year), *rows)


@pytest.mark.parametrize(("by_year", "places"), [(True, ("2020/21", "2021/22")), (False, ("2021-06-30", "2021-09-30"))])
def test_history_shows_its_figures_target_and_others(by_year: bool, places: tuple[str, str]) -> None:
    rows = [{"series": "figure", "x": place, "y": 90.0 + at, "label": f"{90 + at}%"} for at, place in enumerate(places)]
    target = {"series": "target", "y": 92.0, "label": "Target 92%"}
    other = {
        "series": "other",
        "name": "Bolton",
        "x": places[0],
        "y": 89.0,
        "label": "Bolton",
        "colour": "chart-second",
    }
    svg = history(by_year, *rows, target, other)
    for words in ("90%", "91%", "Target 92%", "Bolton"):
        assert f">{words}<" in svg
    assert "var(--chart-target)" in svg and "var(--chart-second)" in svg
    assert "NaN" not in svg


def test_bars_and_areas_name_what_they_show() -> None:
    rows = [{"name": name, "value": value, "label": f"£{value}"} for name, value in (("Vouchers", 800), ("Food", 45))]
    svg = drawn(BARS, *rows)
    assert svg.index(">Vouchers<") < svg.index(">Food<") and ">£800<" in svg
    areas = [{"name": "Bury", "value": 75.0, "low": 72.0, "high": 77.0, "colour": "chart-main"}]
    assert ">Bury<" in drawn(INTERVALS, *areas)


def test_steps_stand_in_rows_in_their_order() -> None:
    rows = [
        {"name": name, "order": order, "x": "2010-06-08", "y": 3, "label": "3"}
        for order, name in enumerate(["Overdue", "Due"])
    ]
    svg = drawn(STEPS, *rows)
    assert svg.index(">Overdue<") < svg.index(">Due<")


def test_a_sparkline_rises_with_its_figures_and_breaks_where_one_is_missing() -> None:
    svg = sparkline([Decimal(1), None, Decimal(2), Decimal(3)])
    assert 'd="M4.0 24.0M62.7 14.0L92.0 4.0"' in svg
    assert svg.count("M") == 2 and 'aria-hidden="true"' in svg
    flat = sparkline([Decimal(5), Decimal(5)])
    assert 'd="M4.0 14.0L92.0 14.0"' in flat


@pytest.mark.parametrize("values", [[], [Decimal(1)], [None, Decimal(1), None]])
def test_one_figure_is_no_line(values: list[Decimal | None]) -> None:
    assert sparkline(values) == ""
