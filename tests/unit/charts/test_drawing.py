"""Charts as SVG: in the page's colours or those of print, with nothing in them that could act."""

import re
from typing import Any

from pipelines.charts.colours import DARK, PRINTED
from pipelines.charts.drawing import svg_for_page, svg_for_print
from pipelines.document.model import Chart, Table

SPEC: dict[str, Any] = {
    "width": 300,
    "height": 100,
    "layer": [
        {"mark": {"type": "line", "color": "chart-main", "clip": True}},
        {"mark": {"type": "text", "color": "chart-ink"}, "encoding": {"text": {"field": "period"}}},
    ],
    "encoding": {"x": {"field": "period", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}},
}


def chart(name: str = "trend", period: str = "2020-21", value: float = 1.5) -> Chart:
    rows = [{"period": period, "value": value}, {"period": "2021-22", "value": 3.0}]
    return Chart(name, "", "", SPEC, rows, Table("t", "", [], []))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted([light(one), light(other)])
    return (high + 0.05) / (low + 0.05)


def test_one_specification_is_drawn_with_the_data_of_each_chart() -> None:
    first, second = svg_for_page(chart(value=1.0)), svg_for_page(chart(value=2.0))
    assert first != second
    assert first == svg_for_page(chart(value=1.0))


def test_colours_are_those_of_the_page_or_of_print() -> None:
    assert "var(--chart-main)" in svg_for_page(chart())
    printed = svg_for_print(chart())
    assert PRINTED["chart-main"] in printed
    assert "chart-" not in printed


def test_text_of_the_data_is_text() -> None:
    svg = svg_for_page(chart(period="</svg><script>alert(1)</script>"))
    assert "<script" not in svg and svg.count("</svg>") == 1


def test_ids_of_two_charts_differ() -> None:
    ids = [set(re.findall(r' id="([^"]+)"', svg_for_page(chart(name)))) for name in ("one", "two")]
    assert ids[0] and not ids[0] & ids[1]
    assert all(f"url(#{name})" in svg_for_page(chart("one")) for name in ids[0])


def test_colours_can_be_told_from_the_paper_in_light_and_dark() -> None:
    for colours in (PRINTED, DARK):
        for name in set(colours) - {"chart-grid", "chart-band", "chart-paper"}:
            assert contrast(colours[name], colours["chart-paper"]) >= 4.5, name
