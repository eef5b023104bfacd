"""What the contract of the national indicators takes, and what it refuses at which row."""

from pathlib import Path

import pytest

from assets.sources.national_indicators import source
from pipelines.contract.outcome import Reading
from tests.helpers import SheetRows, Sheets, Value, only_finding, stage_workbooks

NAME = "National indicators 2010-11.xlsx"

BASKET: SheetRows = [
    ("Child poverty basket of national indicators",),
    (),
    ("Indicator", "Title", "Good Performance"),
    ("NI 53 Proxy", "Breastfeeding", "High"),
    ("NI 102a", "Achievement gap", "Low"),
]
TARGETS: SheetRows = [
    ("Indicator", "Title", "2010/11", "2011/12", "Note"),
    ("NI 4", "influence decisions", "32%", "34%", "2011/12 to be considered at a later date"),
    (None, "well informed", "36%", None, "as recommended in the report"),
]
FIGURES: SheetRows = [
    ("Indicator", "Area", "Period", "Value", "Note"),
    ("Claimants", "Stockport", "May 2008", "8,550", None),
    ("NI 111", "Priority 1 areas", "2008/09", 50, "about 15% of first time entrants"),
    ("Poverty line", "Stockport", 2008, "£18,836", None),
]


SHEETS = {"Basket": BASKET, "Targets": TARGETS, "Local figures": FIGURES}


def staged(folder: Path, changed: Sheets | None = None, name: str = NAME) -> Reading:
    [reading] = stage_workbooks(source, folder, {name: {**SHEETS, **(changed or {})}})
    return reading


def test_a_workbook_as_supplied_loads(tmp_path: Path) -> None:
    reading = staged(tmp_path)
    assert reading.loads
    assert reading.rows_loaded == 7


def test_next_years_workbook_has_next_years_headings(tmp_path: Path) -> None:
    headings = ("Indicator", "Title", "2011/12", "2012/13", "Note")
    targets = {"Targets": [headings, *TARGETS[1:]]}
    assert staged(tmp_path, targets, "National indicators 2011-12.xlsx").loads
    assert not staged(tmp_path, targets, "National indicators 2012-13.xlsx").loads


@pytest.mark.parametrize(
    ("sheet", "row", "said"),
    [
        pytest.param("Basket", ("NI 7x Proxies", "Title", "Low"), "NI 7x Proxies", id="number_of_another_form"),
        pytest.param("Basket", ("NI 70", "Title", "Medium"), "Medium", id="polarity_of_neither_kind"),
        pytest.param("Basket", ("ni 102a", "Achievement gap", "Low"), "ni 102a", id="number_in_small_letters"),
        pytest.param(
            "Targets", ("NI 6", "volunteering", "1%", None, "subject to review"), "subject to review", id="note"
        ),
        pytest.param("Targets", ("NI 6", "volunteering", "1%", None, "2011/12 perhaps"), "2011/12 perhaps", id="doubt"),
        pytest.param("Local figures", ("X", "Stockport", "2008/10", "5", None), "the one after", id="two_years"),
        pytest.param("Local figures", ("X", "Stockport", "Mai 2008", "5", None), "Mai 2008", id="no_month"),
        pytest.param("Local figures", ("X", "Stockport", "2008-09-01", "5", None), "2008-09-01", id="day"),
        pytest.param("Local figures", ("X", "Stockport", "2008", "-5", None), "-5", id="below_zero"),
        pytest.param("Local figures", ("X", "Stockport", "2008", "a few", None), "a few", id="no_figure"),
    ],
)
def test_a_row_that_breaks_the_contract_is_refused(
    tmp_path: Path, sheet: str, row: tuple[Value, ...], said: str
) -> None:
    reading = staged(tmp_path, {sheet: [*SHEETS[sheet], row]})
    assert not reading.loads
    assert all(finding.sheet == sheet for finding in reading.findings)
    assert any(said in finding.message or said == finding.value for finding in reading.findings)


def test_an_indicator_in_two_units_is_refused(tmp_path: Path) -> None:
    rows = [*FIGURES, ("Claimants", "Stockport", "May 2009", "14%", None)]
    reading = staged(tmp_path, {"Local figures": rows})
    assert not reading.loads
    assert {finding.cell for finding in reading.findings} == {"A2", "A5"}
    assert all("several units" in finding.message for finding in reading.findings)


def test_a_figure_not_yet_known_is_of_no_unit(tmp_path: Path) -> None:
    assert staged(tmp_path, {"Local figures": [*FIGURES, ("Poverty line", "England", 2008, "n/a", None)]}).loads


def test_a_figure_may_stand_once(tmp_path: Path) -> None:
    finding = only_finding(staged(tmp_path, {"Local figures": [*FIGURES, FIGURES[1]]}))
    assert "row 5 repeats an earlier row" in finding.message
