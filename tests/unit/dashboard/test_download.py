"""The CSV of a measure: every cell behind every figure, and nothing that a spreadsheet would run."""

import csv
from io import StringIO

from pipelines.dashboard.download import figures_csv
from tests.unit.dashboard.made_up import figure, origin, rating


def test_a_line_for_each_cell_and_one_for_a_figure_without() -> None:
    figures = [figure(), figure("2020-21", None)]
    cells = {"o-2021-22": [origin(), origin(cell="B5", cell_text="=HYPERLINK()")]}
    text = figures_csv(rating(), figures, cells).decode("utf-8-sig")
    lines = list(csv.DictReader(StringIO(text)))
    assert [(line["period_label"], line["value"], line["origin_cell"]) for line in lines] == [
        ("2021-22", "93.2", "B4"),
        ("2021-22", "93.2", "B5"),
        ("2020-21", "", ""),
    ]
    assert lines[1]["origin_cell_text"] == "'=HYPERLINK()"
    assert lines[2]["availability"] == "not_collected"
