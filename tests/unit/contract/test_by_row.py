"""Figures whose unit depends on what their row is of: what does not fit is refused or warned of, by cell."""

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from assets.sources import source_of
from assets.sources.programme_activity import source as activity
from assets.sources.sector_support import FUNDING
from assets.sources.sector_support import source as support
from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding, Reading
from tests.helpers import SheetRows, Value, only_finding, stage_workbooks

sector = source_of("state_of_the_sector")

ENGAGED = "Organisations engaged with Sector3"
MICRO, ENTERPRISES = "Micro organisations (annual income under £10k)", "Social enterprises (number)"


def read(folder: Path, source: Source, label: str, value: Value) -> Reading:
    """The reading of a workbook with one row of this label and figure."""
    sheets: dict[str, tuple[str, dict[str, SheetRows]]] = {
        "state_of_the_sector": (
            "State of the Sector October 2021.xlsx",
            {"Summary": [["Indicator", "Stockport"], [label, value]]},
        ),
        "sector_support": (
            "Sector3 monitoring 2020-21.xlsx",
            {"Return": [["Item", "Value"], ["Collaboration events held", 10], [label, value]]},
        ),
        "programme_activity": (
            "Programme activity 2021-22 Q2.xlsx",
            {"Activity": [["Programme", "Item", "Value", "As at"], ["Hub", label, value, "Oct 2021"]]},
        ),
    }
    name, tables = sheets[source.name]
    (reading,) = stage_workbooks(source, folder, {name: tables})
    return reading


def staged(folder: Path) -> pl.DataFrame:
    [path] = (folder / "staged").glob("*.parquet")
    return pl.read_parquet(path, glob=False)


@pytest.mark.parametrize(
    ("source", "label", "value", "cell", "said"),
    [
        pytest.param(sector, MICRO, "0.63", "B2", "Write 94% for 0.94", id="a_plain_fraction"),
        pytest.param(sector, MICRO, 0.63, "B2", "Write 94% for 0.94", id="a_number_that_is_a_fraction"),
        pytest.param(sector, MICRO, "£48", "B2", f"'£48' is in £, but '{MICRO}' is in %", id="pounds_of_a_share"),
        pytest.param(sector, MICRO, "101%", "B2", "a share is at most 100%", id="a_share_beyond_the_whole"),
        pytest.param(sector, ENTERPRISES, 184.5, "B2", f"not a whole number, and '{ENTERPRISES}' counts", id="a_half"),
        pytest.param(sector, ENTERPRISES, "11%", "B2", "is in numbers", id="a_share_of_a_count"),
        pytest.param(sector, MICRO.upper(), "£48", "B2", "is in %", id="whatever_its_capitals"),
        pytest.param(support, ENGAGED, 21.5, "B3", "is not a whole number", id="half_an_organisation"),
        pytest.param(support, ENGAGED, "£21", "B3", "is in £", id="pounds_of_organisations"),
        pytest.param(support, FUNDING, "48%", "B3", "is in %", id="a_share_of_funding"),
        pytest.param(activity, "Vaccination sessions supported", "£62", "C2", "is in £", id="pounds_of_sessions"),
        pytest.param(activity, "Champion organisations", 18.5, "C2", "is not a whole number", id="half_a_champion"),
        pytest.param(activity, "Investment in Sector3", "31%", "C2", "is in %", id="a_share_of_money"),
    ],
)
def test_a_figure_that_its_row_cannot_hold_is_refused_at_its_cell(
    tmp_path: Path, source: Source, label: str, value: Value, cell: str, said: str
) -> None:
    reading = read(tmp_path, source, label, value)
    assert not reading.loads
    finding = only_finding(reading)
    assert said in finding.message
    assert finding.cell == cell or "a share is at most" in said


@pytest.mark.parametrize(
    ("source", "label", "value", "name", "expected", "unit"),
    [
        (sector, MICRO, "63%", "authority", "63", "%"),
        (sector, ENTERPRISES, "c. 17,000", "authority", "17000", ""),
        (support, FUNDING, "£486,557.50", "stated", "486557.5", "£"),
        (activity, "Investment in Sector3", "£310k", "activity", "310000", "£"),
        (activity, "Newsletter recipients", "over 100", "activity", "100", ""),
    ],
)
def test_a_figure_is_staged_in_the_unit_of_its_row(
    tmp_path: Path, source: Source, label: str, value: Value, name: str, expected: str, unit: str
) -> None:
    assert read(tmp_path, source, label, value).findings == []
    assert staged(tmp_path).select(name, f"{name}_unit").rows()[-1] == (Decimal(expected), unit)


def warning(reading: Reading) -> Finding:
    assert reading.loads
    [found] = reading.warnings
    return found


def test_pounds_without_their_sign_are_taken_as_pounds_with_a_warning(tmp_path: Path) -> None:
    found = warning(read(tmp_path, activity, "Investment in Sector3", 310))
    assert (found.sheet, found.cell) == ("Activity", "C2")
    assert "'310' shows none; it was taken as £310. Write the £, and k or m" in found.message
    assert staged(tmp_path).select("activity", "activity_unit").rows() == [(Decimal(310), "£")]


def test_a_row_of_which_nothing_is_known_is_taken_as_written_with_a_warning(tmp_path: Path) -> None:
    found = warning(read(tmp_path, activity, "Lunches served", "£62"))
    assert "'Lunches served' is new here, so '£62' was taken as it is written" in found.message
    assert staged(tmp_path).select("activity", "activity_unit").rows() == [(Decimal(62), "£")]


def test_a_figure_that_is_missing_is_no_doubt(tmp_path: Path) -> None:
    assert read(tmp_path, activity, "Lunches served", "..").findings == []
