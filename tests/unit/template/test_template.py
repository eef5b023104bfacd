"""Templates: each source's passes once filled; names and periods; formats in which typed figures read right."""

from pathlib import Path

import openpyxl
import pandera.polars as pa
import pytest

from assets.sources import all_sources
from assets.sources.continuing_education import source as courses
from assets.sources.portfolio_agreement import source as agreement
from pipelines.contract.model import Fact, Figure, Rows, Source, Statement, Table, Text
from pipelines.periods import financial_year
from pipelines.supplied_check import check_file
from pipelines.template import NoTemplate, write_template
from pipelines.template.fields import number_format, words_around
from pipelines.template.plan import plan_templates
from tests.unit.template.filling import AREAS, FILLED_ROWS, fill

CROSSTAB_ROWS = 3 * 6 * len(AREAS)


def filled_rows(source: Source, table: Table) -> int:
    """How many rows the filled template has of a table."""
    if isinstance(table.layouts[0], Statement):
        return 1
    return CROSSTAB_ROWS if source.name == "community_safety_survey" else FILLED_ROWS


INTERNAL = [source for source in all_sources() if source.licence == "internal"]
"""What officers of the council fill in; published statistics come as their publishers make them."""


@pytest.mark.parametrize("source", INTERNAL, ids=lambda source: source.name)
def test_filled_template_passes_check(source: Source, tmp_path: Path) -> None:
    plans = plan_templates(source)
    assert {table.name for plan in plans for table in plan.tables} == {table.name for table in source.tables}
    for plan, path in zip(plans, write_template(source, tmp_path), strict=True):
        fill(source, path, plan.period)
        checked = check_file(source, path)
        # made-up labels and numbers leave open what their unit is, where that goes by row
        doubts = ("is new here", "shows none")
        told = [str(finding) for finding in checked.reading.findings if finding.rule != "as promised"]
        assert [str(finding) for finding in checked.reading.failures] == told == []
        assert all(any(doubt in finding.message for doubt in doubts) for finding in checked.reading.warnings)
        assert checked.rows == {table.name: filled_rows(source, table) for table in plan.tables}


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.name)
def test_template_that_is_not_filled_does_not_pass(source: Source, tmp_path: Path) -> None:
    for path in write_template(source, tmp_path):
        assert not check_file(source, path).reading.loads


def test_period_is_written_into_names_titles_and_headings(tmp_path: Path) -> None:
    [path] = write_template(agreement, tmp_path, "2022-23")
    assert path.name == "Portfolio Agreement 2022-23.xlsx"
    sheet = openpyxl.load_workbook(path)["Measures"]
    texts = [cell.value for row in sheet.iter_rows(max_row=5) for cell in row]
    assert "Portfolio Agreement 2022-23" in texts
    assert "Target 2022/23" in texts


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (None, ["CE classroom based 2020-21.xlsx", "CE forecast 2021-22 Q2.xlsx"]),
        ("2021-22", ["CE classroom based 2021-22.xlsx"]),
        ("2021-22 academic", ["CE classroom based 2021-22.xlsx"]),
        ("2021/22", ["CE classroom based 2021-22.xlsx"]),
        ("2022-23 Q1", ["CE forecast 2022-23 Q1.xlsx"]),
        ("2022-23-Q1", ["CE forecast 2022-23 Q1.xlsx"]),
    ],
)
def test_period_chooses_the_workbooks_of_its_calendar(period: str | None, names: list[str]) -> None:
    assert [plan.file_name for plan in plan_templates(courses, period)] == names


def test_table_chooses_its_workbook() -> None:
    assert [plan.file_name for plan in plan_templates(courses, table="forecast")] == ["CE forecast 2021-22 Q2.xlsx"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "next year"}, "'next year' is not a period of continuing_education"),
        ({"period": "2021-22 Q2", "table": "courses"}, "'2021-22 Q2' is not a period of courses"),
        ({"table": "visits"}, "has no table 'visits'; it has courses, forecast"),
    ],
)
def test_what_the_contract_does_not_know_is_refused(asked: dict[str, str], said: str) -> None:
    with pytest.raises(NoTemplate, match=said):
        plan_templates(courses, **asked)


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "CE forecast 2021-22 Q2.xlsx").write_bytes(b"filled by hand")
    with pytest.raises(FileExistsError, match="may have been filled"):
        write_template(courses, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["CE forecast 2021-22 Q2.xlsx"]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Figure("Rate", unit="%"), "0.0%"),
        (Figure("Rate", unit="%", plain_is_fraction=True), "0.0%"),
        (Figure("Starts", unit="", whole=True), "#,##0"),
        (Figure("Target"), "General"),
        (Text("PI Code"), "@"),
    ],
)
def test_format_lets_a_typed_figure_read_right(column: Figure | Text, expected: str) -> None:
    assert number_format(column) == expected


class Wards(pa.DataFrameModel):
    """One row per ward."""

    ward: str = pa.Field(isin=["Heatons North", "Brinnington, Central"], description="ward")
    kind: str = pa.Field(isin=["a", "b"], description="kind")


def test_words_that_excel_cannot_write_out_stand_in_the_notes(tmp_path: Path) -> None:
    layout = Rows(sheets=("Wards",), columns={"ward": Text("Ward"), "kind": Text("Kind")})
    source = Source(
        name="wards",
        title="Wards",
        owner="",
        licence="",
        expected="",
        period_in_words="Wards 2021-22.xlsx",
        tables=[Table("wards", Wards, key=("ward",), period=financial_year, layouts=[layout])],
    )
    [path] = write_template(source, tmp_path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Wards", "Notes"]
    long, short = (validation.formula1 for validation in book["Wards"].data_validations.dataValidation)
    assert short == '"a,b"'
    sheet, cells = long.replace("$", "").split("!")
    assert [cell.value for (cell,) in book[sheet.strip("'")][cells]] == ["Heatons North", "Brinnington, Central"]


@pytest.mark.parametrize(
    ("pattern", "around"),
    [
        ("agree or disagree: (.+)", ("agree or disagree: ", "", "")),
        (r"approved by Cabinet (\d{1,2} \w+ \d{4})", ("approved by Cabinet ", "", "")),
        ("(interim) count", ("", "interim", " count")),
        (r"no\. (\d+) of the year", ("no. ", "", " of the year")),
        (r"\d+ (a|b)", ("", "", "")),
    ],
)
def test_words_around_what_a_title_has_to_say(pattern: str, around: tuple[str, str, str]) -> None:
    assert words_around(Fact(pattern)) == around
