"""Targets of the portfolio agreement: what no measure can reach is refused, with what its row holds."""

from pathlib import Path

import pytest

from assets.sources.portfolio_agreement import source
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import stage_source
from tests.helpers import SheetRows, Value, only_finding, supply, workbook_bytes

HEADINGS = [
    *("PI Code", "Short Name", "Priority", "Category", "Good Performance", "Unit", "Year", "Frequency"),
    *("Target type", "Target 2021/22", "Rated on", "Trend compares", "Forecast method", "Owner"),
    *("Numerator", "Denominator", "GM Strategy", "Note"),
]


def agreed(folder: Path, target: Value, unit: str = "%", name: str = "Pass rate") -> Reading:
    """The reading of an agreement with one measure, whose target has a percent format where it is in %."""
    row = ["IN.16", name, "1. Sector", "Council", "High", unit, "Academic", "Annual", "Numerical", target]
    row += ["Forecast", "Forecast year-end", "None", "Policy"]
    sheets: dict[str, SheetRows] = {
        "Measures": [["Portfolio Agreement 2021/22, approved by Cabinet 15 June 2021"], HEADINGS, row],
        "Priorities": [["Priority", "Title"], [1, "Sector"]],
    }
    shown = {"Measures": {"J3": "0%"}} if unit == "%" else {}
    supplied = supply(folder, "Portfolio Agreement 2021-22.xlsx", workbook_bytes(sheets, formats=shown))
    (reading,) = stage_source(source, [supplied], folder / "staged", "code")
    return reading


@pytest.mark.parametrize(
    ("target", "unit", "held"),
    [
        pytest.param(95, "%", "target 95 (J3)", id="a_percentage_shown_as_percent"),
        pytest.param("100.1%", "%", "target 100.1% (J3)", id="just_beyond_the_whole"),
        pytest.param("-36%", "%", "target -36% (J3)", id="a_share_below_nought"),
        pytest.param(-1, "Number", "target -1 (J3)", id="a_count_below_nought"),
        pytest.param(-0.1, "per 1,000", "target -0.1 (J3)", id="a_rate_below_nought"),
    ],
)
def test_a_target_that_cannot_be_is_refused(tmp_path: Path, target: Value, unit: str, held: str) -> None:
    reading = agreed(tmp_path, target, unit)
    assert not reading.loads
    message = only_finding(reading).message
    assert "at most 100%" in message
    assert f"the row holds measure_name Pass rate (B3), unit {unit} (F3), {held}" in message


@pytest.mark.parametrize(
    ("target", "unit", "name"),
    [
        pytest.param(0.95, "%", "Pass rate", id="a_share"),
        pytest.param("100%", "%", "Pass rate", id="all"),
        pytest.param("0%", "%", "Pass rate", id="none"),
        pytest.param("150%", "%", "Increase in applications", id="an_increase_beyond_the_whole"),
        pytest.param("-10%", "%", "Change in crimes recorded", id="a_change_downward"),
        pytest.param("-£5", "£", "Balance of the account", id="pounds_below_nought"),
        pytest.param(250, "Number", "Events held", id="a_count"),
        pytest.param("TBC", "%", "Pass rate", id="not_yet_said"),
    ],
)
def test_a_target_that_can_be_loads(tmp_path: Path, target: Value, unit: str, name: str) -> None:
    assert agreed(tmp_path, target, unit, name).findings == []
