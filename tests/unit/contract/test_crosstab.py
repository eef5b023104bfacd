"""Tables with a column per area."""

from decimal import Decimal

import pytest

from assets.sources.community_safety_survey import source as survey
from pipelines.contract.outcome import Reading
from tests.helpers import Value, only_finding, read_and_account

WAVE = "GM Community Safety Survey Jul-Sep 2020.xlsx"
Question = list[list[Value]]


def question(statement: str) -> Question:
    return [
        ["GM Community Safety Survey – Jul-Sep 2020"],
        [f"To what extent do you agree or disagree: {statement}"],
        [],
        ["%", "Bolton", "Stockport"],
        ["Strongly agree", 26, 31],
        ["Tend to agree", 44, "43%"],
        ["Unweighted base", 325, "1,335"],
    ]


def read(q5a: Question) -> Reading:
    """The reading of a wave whose first question stands in these rows, beside two questions in order."""
    return read_and_account(survey, WAVE, {"Q5a": q5a, "Q5b": question("second"), "Q5c": question("third")})


def with_cell(row: int, column: int, value: Value) -> Question:
    """The first question with one cell, counted from 1, changed."""
    rows = question("first")
    rows[row - 1] = [*rows[row - 1], *[None] * (column - len(rows[row - 1]))]
    rows[row - 1][column - 1] = value
    return rows


def test_each_cell_is_a_row_with_its_area_answer_base_and_place() -> None:
    reading = read(question("first"))
    assert reading.findings == []
    names = ("row_number", "question", "area", "response", "respondents", "respondents_cell", "base", "base_cell")
    rows = [tuple(row[name] for name in names) for row in reading.tables["responses"].rows if row["sheet"] == "Q5a"]
    assert rows == [
        (5, "first", "Bolton", "Strongly agree", Decimal(26), "B5", 325, "B7"),
        (5, "first", "Stockport", "Strongly agree", Decimal(31), "C5", 1335, "C7"),
        (6, "first", "Bolton", "Tend to agree", Decimal(44), "B6", 325, "B7"),
        (6, "first", "Stockport", "Tend to agree", Decimal(43), "C6", 1335, "C7"),
    ]


def test_titles_headings_and_footnotes_are_set_aside() -> None:
    reading = read([*question("first"), [], ["Figures in italics are provisional."]])
    aside = [(row.row, row.reason) for row in reading.set_aside if row.sheet == "Q5a"]
    assert aside == [(1, "title"), (2, "title"), (4, "headings"), (9, "footnote")]


def test_table_that_does_not_begin_in_column_a() -> None:
    moved: Question = [[None, *row] if row else [] for row in question("first")]
    reading = read(moved)
    assert reading.findings == []
    assert reading.tables["responses"].rows[0]["respondents_cell"] == "C5"


def test_sheet_without_its_corner_is_reported() -> None:
    finding = only_finding(read(with_cell(4, 1, "Per cent")))
    assert (finding.sheet, finding.rule) == ("Q5a", "headings found")
    assert "no row begins with '%'" in finding.message


def test_value_in_a_column_without_heading_is_reported() -> None:
    finding = only_finding(read(with_cell(5, 4, 12)))
    assert (finding.sheet, finding.cell, finding.value) == ("Q5a", "D5", "12")
    assert "a column without a heading" in finding.message


def test_blank_cell_is_reported_at_its_address() -> None:
    finding = only_finding(read(with_cell(5, 2, None)))
    assert (finding.sheet, finding.cell, finding.column_name) == ("Q5a", "B5", "respondents")
    assert "enter it, or '..' where it is not available" in finding.message


def test_values_without_a_label_are_reported() -> None:
    finding = only_finding(read(with_cell(6, 1, None)))
    assert finding.sheet == "Q5a"
    assert "row 6 has values but no label in the column '%'" in finding.message


@pytest.mark.parametrize(
    ("value", "said"),
    [
        pytest.param(0.26, "is it a proportion?", id="proportion_among_percentages"),
        pytest.param("£26", "is in £", id="pounds"),
        pytest.param("many", "is not a figure", id="words"),
        pytest.param("#DIV/0!", "the error #DIV/0!", id="error"),
        pytest.param("=20+6", "a formula without a stored result", id="formula_without_result"),
    ],
)
def test_cell_that_breaks_the_promise_is_reported(value: Value, said: str) -> None:
    finding = only_finding(read(with_cell(5, 2, value)))
    assert (finding.sheet, finding.cell) == ("Q5a", "B5")
    assert said in finding.message


def test_marker_in_a_cell_gives_no_value_and_says_why() -> None:
    reading = read(with_cell(5, 2, ".."))
    first = reading.tables["responses"].rows[0]
    assert reading.findings == []
    assert (first["respondents"], first["respondents_availability"], first["respondents_text"]) == (
        None,
        "not_available",
        "..",
    )


def test_label_is_matched_without_capitals_and_curly_quotes() -> None:
    reading = read(with_cell(7, 1, "unweighted  BASE"))
    assert reading.findings == []
    assert reading.tables["responses"].rows[0]["base"] == 325


def test_label_without_values_between_rows_of_data_refuses_the_file() -> None:
    rows = question("first")
    reading = read([*rows[:5], ["Neither agree nor disagree"], *rows[5:]])
    assert not reading.loads
    assert [(finding.sheet, finding.cell, finding.rule) for finding in reading.findings] == [
        ("Q5a", "B6", "nothing missing"),
        ("Q5a", "C6", "nothing missing"),
    ]


def test_error_in_a_heading_is_reported_at_its_cell() -> None:
    finding = only_finding(read(with_cell(4, 3, "#REF!")))
    assert (finding.sheet, finding.cell, finding.rule) == ("Q5a", "C4", "headings found")
    assert "the heading holds the error #REF!" in finding.message


def test_stray_value_beside_the_base_is_reported_at_its_cell() -> None:
    finding = only_finding(read(with_cell(7, 5, "weighted: 1,660")))
    assert (finding.sheet, finding.cell, finding.value) == ("Q5a", "E7", "weighted: 1,660")
    assert finding.rule == "no stray values"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        pytest.param(None, "nothing missing", id="blank"),
        pytest.param("many", "as promised", id="words"),
        pytest.param(324.5, "as promised", id="half_a_respondent"),
        pytest.param("#REF!", "as promised", id="error"),
    ],
)
def test_bad_base_is_reported_once_at_its_own_cell(value: Value, rule: str) -> None:
    finding = only_finding(read(with_cell(7, 3, value)))
    assert (finding.sheet, finding.cell, finding.column_name, finding.rule) == ("Q5a", "C7", "base", rule)
