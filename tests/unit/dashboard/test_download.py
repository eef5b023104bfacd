"""The CSV of a measure: every cell behind every figure, and nothing that a spreadsheet would run."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest

from pipelines.dashboard.download import figures_csv, inert
from tests.unit.dashboard.made_up import figure, origin, rating


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


def test_numbers_and_days_are_as_they_are() -> None:
    assert inert(Decimal("-61.500000")) == "-61.5"
    assert inert(Decimal("1000000.000000")) == "1000000"
    assert inert(-3) == "-3"
    assert inert(date(2021, 10, 15)) == "2021-10-15"
    assert inert(None) == ""
    assert inert("plain = text") == "plain = text"


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
