"""What must hold of a table as a whole and between tables, and how a breach is told."""

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandera.polars as pa
import polars as pl
import pytest
from pandera.polars import PolarsData

from pipelines.contract.model import Figure, Rows, Rule, Source, Table, Text
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import stage_source
from pipelines.periods import financial_quarter
from tests.helpers import SheetRows, Value, only_finding, stage_workbooks, supply, workbook_bytes

NAME = "Grants 2021-22 Q2.xlsx"
OTHER = "Grants 2021-22 Q1.xlsx"


class Payments(pa.DataFrameModel):
    """One row per payment."""

    scheme: str = pa.Field(isin=["Fuel", "Food"])
    recipient: str = pa.Field(nullable=True)
    households: int = pa.Field(ge=0, nullable=True)
    residents: int = pa.Field(nullable=True)

    @pa.dataframe_check(description="no fewer residents than households")
    def a_household_has_a_resident(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether there are as many residents as households, per row."""
        return data.lazyframe.select((pl.col("residents") >= pl.col("households")).fill_null(value=True))


class Schemes(pa.DataFrameModel):
    """One row per scheme."""

    scheme: str
    reached: int


def households_are_those_reached(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The schemes that say another number of households than their payments reached."""
    paid = tables["payments"].group_by("scheme").agg(pl.col("households").sum())
    return tables["schemes"].join(paid, on="scheme", how="left").filter(pl.col("reached") != pl.col("households"))


SOURCE = Source(
    "grants",
    "Grants",
    "Neighbourhoods",
    "internal",
    "each quarter",
    NAME,
    [
        Table(
            "payments",
            Payments,
            ("scheme", "recipient"),
            financial_quarter,
            [
                Rows(
                    ("Payments",),
                    {
                        "scheme": Text("Scheme"),
                        "recipient": Text("Recipient", required=False),
                        "households": Figure("Households", unit="", whole=True, required=False),
                        "residents": Figure("Residents", unit="", whole=True, required=False),
                    },
                )
            ],
        ),
        Table(
            "schemes",
            Schemes,
            ("scheme",),
            financial_quarter,
            [Rows(("Schemes",), {"scheme": Text("Scheme"), "reached": Figure("Reached", unit="", whole=True)})],
        ),
    ],
    rules=[
        Rule(
            "households_reached",
            "its households are not those of its payments",
            "schemes",
            households_are_those_reached,
        )
    ],
)


def sheets(*payments: list[Value], reached: int) -> dict[str, SheetRows]:
    return {
        "Payments": [["Scheme", "Recipient", "Households", "Residents"], *payments],
        "Schemes": [["Scheme", "Reached"], ["Fuel", reached]],
    }


GOOD = sheets(["Fuel", "Age UK", 5, 9], ["Fuel", "Citizens Advice", 7, 7], reached=12)


def read(folder: Path, *payments: list[Value], reached: int) -> Reading:
    """The reading of a workbook of these payments, from row 2."""
    (reading,) = stage_workbooks(SOURCE, folder, {NAME: sheets(*payments, reached=reached)})
    return reading


def test_workbook_that_keeps_every_rule_loads(tmp_path: Path) -> None:
    (reading,) = stage_workbooks(SOURCE, tmp_path, {NAME: GOOD})
    assert reading.findings == []
    assert len(list((tmp_path / "staged").glob("*.parquet"))) == 2


def test_rule_between_tables_that_is_broken_refuses_the_workbook_and_no_other(tmp_path: Path) -> None:
    bad = sheets(["Fuel", "Age UK", 5, 9], reached=4)
    good, refused = stage_workbooks(SOURCE, tmp_path, {OTHER: GOOD, NAME: bad})
    assert good.findings == []
    finding = only_finding(refused)
    assert (finding.sheet, finding.cell, finding.rule) == ("Schemes", "A2", "households_reached")
    assert finding.message == "row 2: its households are not those of its payments"
    assert {path.name[:64] for path in (tmp_path / "staged").glob("*.parquet")} == {good.workbook_sha256}


def test_rule_that_warns_lets_the_workbook_load_and_names_the_cell(tmp_path: Path) -> None:
    def located(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        return households_are_those_reached(tables).with_columns(cell=pl.col("reached_cell"))

    rule = replace(SOURCE.rules[0], broken=located, severity="warn")
    bad = sheets(["Fuel", "Age UK", 5, 9], reached=4)
    (reading,) = stage_workbooks(replace(SOURCE, rules=[rule]), tmp_path, {NAME: bad})
    assert reading.loads
    assert [(each.sheet, each.cell, each.severity) for each in reading.findings] == [("Schemes", "B2", "warn")]


def test_table_that_is_optional_may_be_missing_and_the_other_may_not(tmp_path: Path) -> None:
    payments, schemes = SOURCE.tables
    source = replace(SOURCE, tables=[replace(payments, optional=True), schemes], rules=[])
    whole, without, alone = stage_workbooks(
        source,
        tmp_path,
        {
            OTHER: GOOD,
            NAME: {"Schemes": GOOD["Schemes"]},
            "Grants 2021-22 Q3.xlsx": {"Payments": GOOD["Payments"]},
        },
    )
    assert (whole.findings, without.findings) == ([], [])
    assert only_finding(alone).message == "the sheet 'Schemes' is missing; the table 'schemes' comes from it"


def test_rule_of_a_column_names_cell_rule_and_value(tmp_path: Path) -> None:
    finding = only_finding(read(tmp_path, ["Fuel", "Age UK", 12, 15], ["Food", "B", "(3)", 5], reached=12))
    assert (finding.sheet, finding.cell, finding.column_name, finding.value) == ("Payments", "C3", "households", "-3")
    assert finding.message == "row 3, households: must be at least 0, but it is '-3'"


def test_rule_of_a_text_column_names_its_row(tmp_path: Path) -> None:
    finding = only_finding(read(tmp_path, ["Fuel", "Age UK", 12, 15], ["Fool", "B", 0, 5], reached=12))
    assert (finding.sheet, finding.cell, finding.column_name, finding.value) == ("Payments", "A3", "scheme", "Fool")
    assert finding.message.startswith("row 3, scheme: must be one of")
    assert finding.message.endswith("but it is 'Fool'")


def test_rule_between_columns_says_its_description_and_the_figures_of_the_row(tmp_path: Path) -> None:
    finding = only_finding(read(tmp_path, ["Fuel", "Age UK", 12, 15], ["Food", "B", "1,006", 5], reached=12))
    assert (finding.sheet, finding.cell, finding.rule) == ("Payments", "A3", "a_household_has_a_resident")
    assert finding.message == (
        "row 3: no fewer residents than households; the row holds households 1,006 (C3), residents 5 (D3)"
    )


@pytest.mark.parametrize(
    ("again", "message"),
    [
        pytest.param(
            ["Fuel", "Age UK", 5, 9],
            "row 4 repeats an earlier row of the same key (scheme 'Fuel', recipient 'Age UK'); keep one of them",
            id="equal",
        ),
        pytest.param(
            ["Fuel", "Age UK", "5", "9"],
            "row 4 repeats an earlier row of the same key (scheme 'Fuel', recipient 'Age UK'); keep one of them",
            id="equal_as_typed_text",
        ),
        pytest.param(
            ["Fuel", "Age UK", 5, 8],
            "row 4 conflicts with an earlier row of the same key (scheme 'Fuel', recipient 'Age UK'); "
            "keep the right one",
            id="other_figure",
        ),
        pytest.param(
            ["Fuel", "AGE UK", 5, 8],
            "row 4 conflicts with an earlier row of the same key (scheme 'Fuel', recipient 'AGE UK'); "
            "keep the right one",
            id="capitals",
        ),
        pytest.param(
            ["Fuel", "Age\u00a0UK²", 5, 9],
            "row 4 repeats an earlier row of the same key (scheme 'Fuel', recipient 'Age UK'); keep one of them",
            id="footnote_and_no_break_space",
        ),
    ],
)
def test_key_that_stands_twice(again: list[Value], message: str, tmp_path: Path) -> None:
    reading = read(tmp_path, ["Fuel", "Age UK", 5, 9], ["Fuel", "B", 7, 7], again, reached=5 + 7 + 5)
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.rule) == ("Payments", "A4", "one row per key")
    assert finding.message == message


def test_conflicting_rows_of_a_workbook_supplied_under_two_names_are_no_repetition(tmp_path: Path) -> None:
    bad = sheets(["Fuel", "Age UK", 5, 9], ["Fuel", "Age UK", 7, 8], reached=12)
    readings = stage_workbooks(SOURCE, tmp_path, {NAME: bad, "Grants 2021-22 Q2 (1).xlsx": bad})
    assert ["conflicts with" in only_finding(reading).message for reading in readings] == [True, True]


def test_key_that_is_blank_where_it_may_be_stands_once(tmp_path: Path) -> None:
    assert read(tmp_path, ["Fuel", None, 5, 9], ["Food", None, 7, 7], reached=5).loads
    finding = only_finding(read(tmp_path, ["Fuel", None, 5, 9], ["Fuel", None, 7, 7], reached=12))
    assert finding.rule == "one row per key"


def test_what_was_blank_is_told_once(tmp_path: Path) -> None:
    finding = only_finding(read(tmp_path, ["Fuel", "Age UK", 12, 15], [None, "B", 0, 5], reached=12))
    assert (finding.cell, finding.rule) == ("A3", "nothing missing")


def test_warning_lets_the_workbook_load_and_is_kept_beside_its_rows(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(GOOD)))
    book["Payments"].row_dimensions[3].hidden = True
    content = io.BytesIO()
    book.save(content)
    file = supply(tmp_path, NAME, content.getvalue())
    (reading,) = stage_source(SOURCE, [file], tmp_path / "staged", "code")
    (again,) = stage_source(SOURCE, [file], tmp_path / "staged", "code")
    for each in (reading, again):
        assert each.loads
        assert (each.rows_loaded, each.rows_rejected, each.reason) == (3, 0, "")
        assert [(finding.cell, finding.severity) for finding in each.warnings] == [("A3", "warn")]
        assert each.failures == []
    assert len(list((tmp_path / "staged").glob("*.parquet"))) == 2
