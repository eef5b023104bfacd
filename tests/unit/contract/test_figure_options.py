"""What a contract may allow in the cells of a figure, from the workbook to the staged row."""

from decimal import Decimal
from pathlib import Path

import pandera.polars as pa
import polars as pl
import pytest

from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.contract.outcome import Finding
from pipelines.periods import financial_quarter
from tests.helpers import SheetRows, Value, only_finding, stage_workbooks

NAME = "Spend 2021-22 Q2.xlsx"


class AnyRows(pa.DataFrameModel):
    """Whatever the layout says."""


def source_of(figure: Figure) -> Source:
    layout = Rows(("Spend",), {"ward": Text("Ward"), "spend": figure}, totals={"Total": ()})
    table = Table("spend", AnyRows, ("ward",), financial_quarter, [layout])
    return Source("s", "S", "o", "internal", "each quarter", NAME, [table])


def sheet(heading: str, *values: Value) -> dict[str, SheetRows]:
    return {"Spend": [["Ward", heading], *[[f"Ward {number}", value] for number, value in enumerate(values, 1)]]}


def staged(folder: Path, figure: Figure, *values: Value, heading: str = "Spend") -> pl.DataFrame:
    """The staged rows of a column of these cells."""
    (reading,) = stage_workbooks(source_of(figure), folder, {NAME: sheet(heading, *values)})
    assert [str(finding) for finding in reading.findings] == []
    [path] = (folder / "staged").glob("*.parquet")
    return pl.read_parquet(path, glob=False)


def refused(folder: Path, figure: Figure, value: Value) -> Finding:
    """What is wrong with a column of this cell."""
    (reading,) = stage_workbooks(source_of(figure), folder, {NAME: sheet("Spend", value)})
    assert not reading.loads
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.column_name) == ("Spend", "B2", "spend")
    return finding


def test_counts_beside_percentages_are_staged(tmp_path: Path) -> None:
    figure = Figure("Spend", unit="%", counts=True)
    found = staged(tmp_path, figure, "23% (54/231)", "94.9% (1,653)", "54 of 231 (23%)", 36, "..")
    assert found.select("spend", "spend_numerator", "spend_denominator", "spend_availability").rows() == [
        (Decimal(23), Decimal(54), Decimal(231), "value"),
        (Decimal("94.9"), Decimal(1653), None, "value"),
        (Decimal(23), Decimal(54), Decimal(231), "value"),
        (Decimal(36), None, None, "value"),
        (None, None, None, "not_available"),
    ]
    assert found.schema["spend_numerator"] == pl.Decimal(28, 6)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("23% (54/231)", "holds a percentage and counts; enter the figure alone"),
        ("23% (54/100)", "does not fit together"),
    ],
)
def test_counts_where_none_are_promised_or_that_do_not_fit_are_refused(value: str, said: str, tmp_path: Path) -> None:
    assert said in refused(tmp_path, Figure("Spend", unit="%"), value).message


def test_parts_are_staged_apart_and_never_added_up(tmp_path: Path) -> None:
    figure = Figure("Spend", unit="£", parts=("Q1", "Q2", "Year to date"))
    found = staged(tmp_path, figure, "Q1 = £486,557 Q2 = £34,329", "q2: £5k\nYear to date: £20k", 7)
    names = ("spend", "spend_q1", "spend_q2", "spend_year_to_date", "spend_availability")
    assert found.select(names).rows() == [
        (None, Decimal(486_557), Decimal(34_329), None, "in_parts"),
        (None, None, Decimal(5_000), Decimal(20_000), "in_parts"),
        (Decimal(7), None, None, None, "value"),
    ]
    assert found["spend_text"][0] == "Q1 = £486,557 Q2 = £34,329"


def test_part_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path) -> None:
    figure = Figure("Spend", unit="£", parts=("Q1", "Q2"))
    assert (
        "'Q3' is no part that is known here; expected Q1, Q2" in refused(tmp_path, figure, "Q1 = £5; Q3 = £6").message
    )


def test_parts_where_none_are_promised_are_refused(tmp_path: Path) -> None:
    assert "is not a figure" in refused(tmp_path, Figure("Spend", unit="£"), "Q1 = £5; Q2 = £6").message


@pytest.mark.parametrize(
    ("markers", "value", "availability"),
    [
        pytest.param(None, "[c]", "suppressed", id="all_are_allowed"),
        pytest.param(("N/A", "[z]"), "n/a", "not_available", id="allowed_in_capitals"),
        pytest.param(("N/A", "[z]"), "[z]", "not_collected", id="allowed"),
        pytest.param(("N/A",), "[c]", None, id="not_allowed"),
        pytest.param((), "..", None, id="none_allowed"),
    ],
)
def test_markers(markers: tuple[str, ...] | None, value: str, availability: str | None, tmp_path: Path) -> None:
    figure = Figure("Spend", unit="£", markers=markers)
    if availability is None:
        assert f"'{value}' is not a figure" in refused(tmp_path, figure, value).message
    else:
        assert staged(tmp_path, figure, value).select("spend", "spend_availability").rows() == [(None, availability)]


@pytest.mark.parametrize("heading", ["Spend (£000)", "Spend"])
def test_column_in_thousands_is_staged_in_full_and_its_total_compared(heading: str, tmp_path: Path) -> None:
    figure = Figure("Spend", unit="£", thousands=("Spend (£000)",))
    rows: list[list[Value]] = [["Ward", heading], ["Ward 1", 12.5], ["Ward 2", "£1,000"], ["Total", "1,012.5"]]
    (reading,) = stage_workbooks(source_of(figure), tmp_path, {NAME: {"Spend": rows}})
    assert [str(finding) for finding in reading.findings] == []
    [path] = (tmp_path / "staged").glob("*.parquet")
    times = 1000 if "000" in heading else 1
    assert pl.read_parquet(path, glob=False)["spend"].to_list() == [Decimal("12.5") * times, Decimal(1000) * times]


def test_notes_and_italics_stand_beside_the_figure(tmp_path: Path) -> None:
    found = staged(tmp_path, Figure("Spend", unit="£"), "£1,672³", "£5 [p]", "£6 [note 2]", "[c] [note 1]", 7)
    assert found.select("spend", "spend_note", "spend_italic", "spend_availability").rows() == [
        (Decimal(1672), "³", False, "value"),
        (Decimal(5), "[p]", True, "value"),
        (Decimal(6), "[note 2]", False, "value"),
        (None, "[note 1]", False, "suppressed"),
        (Decimal(7), None, False, "value"),
    ]


def test_approximate_figures_say_so(tmp_path: Path) -> None:
    found = staged(tmp_path, Figure("Spend", unit="", approximate=True), "c. 17,000", "at least 5", "more than 6", 7)
    assert found.select("spend", "spend_qualifier").rows() == [
        (Decimal(17_000), "about"),
        (Decimal(5), "at_least"),
        (Decimal(6), "over"),
        (Decimal(7), "exact"),
    ]


def test_many_figures_are_staged_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = Figure("Spend", unit="%", counts=True, parts=("Q1",))
    values: tuple[Value, ...] = (36, "23% (54/231)", "Q1 = 5%", "..", 12.25, "7% [p]", 0)
    for folder in ("few", "many"):
        (tmp_path / folder).mkdir()
    few = staged(tmp_path / "few", figure, *values)
    monkeypatch.setattr("pipelines.contract.columns.MANY", 1)
    many = staged(tmp_path / "many", figure, *values)
    assert many.drop("workbook_sha256").equals(few.drop("workbook_sha256"))
