"""Finding the row of headings, and saying which heading is wrong."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.headings import Headings, find_headings, headings_in
from pipelines.contract.model import Column, Figure, Rows, Text
from pipelines.contract.outcome import Finding
from pipelines.periods import Period, academic_year, financial_quarter
from pipelines.read.labels import normalise
from tests.helpers import sheet_of

COLUMNS: dict[str, Column] = {
    "subject": Text("Subject", "Subject area"),
    "starts": Figure("Learners / Starts", "Enrolments"),
    "target": Figure("Target {year}"),
    "note": Text("Note", optional=True),
}


def test_headings_of_earlier_years_and_of_the_quarter_are_written_in() -> None:
    column = Figure("{year-2} Actual", "{year-1} Actual", "{year} {quarter} Interim")
    period = financial_quarter("2021-22 Q2")
    assert period is not None
    assert headings_in(column, period) == ["2019/20 Actual", "2020/21 Actual", "2021/22 Q2 Interim"]


def year() -> Period:
    found = academic_year("2020-21")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("period", "headings"),
    [
        (academic_year("2020-21"), ["Target 2020/21", "Target 2021/22"]),
        (academic_year("2098-99"), ["Target 2098/99", "Target 2099/00"]),
        (financial_quarter("2021-22 Q4"), ["Target 2021/22", "Target 2022/23"]),
    ],
)
def test_a_heading_may_name_the_editions_year_and_the_next(period: Period | None, headings: list[str]) -> None:
    assert period is not None
    assert headings_in(Figure("Target {year}", "Target {next_year}"), period) == headings


def find(
    rows: list[list[str | None]], columns: Mapping[str, Column] = COLUMNS, ignored: tuple[str, ...] = ()
) -> Headings | list[Finding]:
    return find_headings(sheet_of(rows, "Courses"), Rows(("Courses",), columns, ignored=ignored), year())


def only(rows: list[list[str | None]]) -> Finding:
    found = find(rows)
    assert isinstance(found, list)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("  subject   AREA ", id="capitals_and_spaces"),
        pytest.param("Subject\u00a0area", id="no_break_space"),
        pytest.param("Subject\u200b area", id="zero_width_space"),
        pytest.param("Subject\narea", id="line_break"),
    ],
)
def test_labels_alike_are_the_same(text: str) -> None:
    assert normalise(text) == "subject area"


def test_quotes_and_dashes_alike_are_the_same() -> None:
    assert normalise("Don’t know – “yes”") == 'don\'t know - "yes"'


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert normalise("Cafe\u0301") == normalise("Café")


@given(st.text(max_size=40))
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_headings_below_titles_and_in_any_order() -> None:
    found = find([["A title"], [], [None, "Target 2020/21", "Enrolments", "Subject area"], [None, "1", "2", "English"]])
    assert found == Headings(3, 3, {"target": 2, "starts": 3, "subject": 4})


def test_optional_column_is_found_when_there() -> None:
    found = find([["Subject", "Enrolments", "Target 2020/21", "Note"]])
    assert found == Headings(1, 1, {"subject": 1, "starts": 2, "target": 3, "note": 4})


def test_merged_heading_goes_with_each_column_below_it() -> None:
    found = find(
        [["Subject", "Learners", None, "Target 2020/21"], [None, "Starts", None, None], ["English", "5", None, "6"]]
    )
    assert found == Headings(1, 2, {"subject": 1, "starts": 2, "target": 4})


def test_renamed_column_names_its_cell_and_what_was_expected() -> None:
    finding = only([[], [None, "Subject", "Enrolled", "Target 2020/21"]])
    assert (finding.sheet, finding.cell, finding.column_name) == ("Courses", "C2", "Enrolled")
    assert "'Enrolled' is not known" in finding.message
    assert "'Learners / Starts' or 'Enrolments'" in finding.message


def test_missing_column_of_a_year_shows_the_year() -> None:
    finding = only([["Subject", "Enrolments"]])
    assert finding.message == "missing in the headings of row 1: 'Target 2020/21'; put it back, filled"


def test_unknown_extra_column_is_named_without_inventing_a_missing_one() -> None:
    finding = only([["Subject", "Enrolments", "Target 2020/21", "Comments"]])
    assert (finding.cell, finding.value) == ("D1", "Comments")
    assert "not found" not in finding.message


def test_missing_column_is_named_in_all_its_words() -> None:
    finding = only([["Subject", "Target 2020/21"]])
    assert finding.column_name == "starts"
    assert (
        finding.message == "missing in the headings of row 1: 'Learners / Starts' or 'Enrolments'; put it back, filled"
    )


def test_repeated_column_is_named_at_its_second_place() -> None:
    finding = only([["Subject", "Enrolments", "Target 2020/21", "Learners / Starts"]])
    assert (finding.cell, finding.rule) == ("D1", "one column each")
    assert "stands twice" in finding.message


def test_last_years_heading_is_not_this_years() -> None:
    finding = only([["Subject", "Enrolments", "Target 2019/20"]])
    assert finding.cell == "C1"
    assert "'Target 2020/21'" in finding.message


def test_sheet_without_headings_is_told_what_to_have() -> None:
    finding = only([["English", "5", "6"]])
    assert (finding.sheet, finding.cell, finding.rule) == ("Courses", "", "headings found")
    assert "'Subject', 'Learners / Starts', 'Target 2020/21'" in finding.message


def test_headings_beyond_the_searched_rows_are_not_found() -> None:
    rows: list[list[str | None]] = [[f"note {number}"] for number in range(40)]
    assert only([*rows, ["Subject", "Enrolments", "Target 2020/21"]]).rule == "headings found"


QUARTERS: dict[str, Column] = {
    "measure": Text("Measure"),
    "value": Figure("Value"),
    "last": Figure("Value #2"),
    "before": Figure("Value #3", optional=True),
}


def test_second_and_third_column_of_one_heading() -> None:
    assert find([["Value", "Measure", "VALUE ", "Value"]], QUARTERS) == Headings(
        1, 1, {"value": 1, "measure": 2, "last": 3, "before": 4}
    )


def test_second_column_of_one_heading_that_is_missing_is_named() -> None:
    found = find([["Measure", "Value"]], QUARTERS)
    assert isinstance(found, list)
    assert [finding.message for finding in found] == [
        "missing in the headings of row 1: 'Value #2'; put it back, filled"
    ]


def test_one_column_more_of_a_heading_than_is_known_stands_twice() -> None:
    found = find([["Measure", "Value", "Value", "Value", "Value"]], QUARTERS)
    assert isinstance(found, list)
    assert [(finding.cell, finding.rule) for finding in found] == [("E1", "one column each")]


THREE_ROWS: dict[str, Column] = {
    "ward": Text("Ward"),
    "started": Figure("2020/21 / Learners / Started"),
    "passed": Figure("2020/21 / Learners / Passed"),
    "staff": Figure("2020/21 / Staff"),
    "before": Figure("2019/20 / Learners / Started"),
}


def test_three_rows_of_headings_with_merged_ones_above() -> None:
    found = find(
        [
            ["A title"],
            ["Ward", "2020/21", None, None, "2019/20"],
            [None, "Learners", None, "Staff", "Learners"],
            [None, "Started", "Passed", None, "Started"],
            ["Brinnington", "5", "4", "2", "6"],
        ],
        THREE_ROWS,
    )
    assert found == Headings(2, 4, {"ward": 1, "started": 2, "passed": 3, "staff": 4, "before": 5})


def test_wrong_heading_in_the_third_row_is_named_at_its_cell() -> None:
    found = find(
        [
            ["Ward", "2020/21", None, None, "2019/20"],
            [None, "Learners", None, "Staff", "Learners"],
            [None, "Started", "Failed", None, "Started"],
        ],
        THREE_ROWS,
    )
    assert isinstance(found, list)
    assert [(finding.cell, finding.column_name) for finding in found] == [("C3", "2020/21 / Learners / Failed")]


def test_row_of_data_below_one_row_of_headings_is_no_heading() -> None:
    found = find([["Subject", "Enrolments", "Target 2020/21"], ["English", "5", "6"], ["Maths", "7", "8"]])
    assert found == Headings(1, 1, {"subject": 1, "starts": 2, "target": 3})


@pytest.mark.parametrize(
    ("pattern", "text", "ignored"),
    [
        pytest.param("Checked", " checked ", True, id="the_same"),
        pytest.param("Checked", "Checked by", False, id="more_behind"),
        pytest.param("Checked*", "Checked by M. Jones", True, id="begins"),
        pytest.param("Checked*", "Last checked", False, id="begins_otherwise"),
        pytest.param("*(internal)", "Comments (Internal)", True, id="ends"),
        pytest.param("*(internal)", "(internal) comments", False, id="ends_otherwise"),
    ],
)
def test_ignored_column(pattern: str, text: str, ignored: bool) -> None:
    found = find([["Subject", "Enrolments", text, "Target 2020/21"]], ignored=(pattern,))
    if ignored:
        assert found == Headings(1, 1, {"subject": 1, "starts": 2, "target": 4}, ignored=frozenset({3}))
    else:
        assert isinstance(found, list)
        assert [finding.cell for finding in found] == ["C1"]


def test_known_column_is_not_ignored_by_a_wildcard() -> None:
    found = find([["Subject", "Enrolments", "Target 2020/21", "Target met"]], ignored=("Target*",))
    assert found == Headings(1, 1, {"subject": 1, "starts": 2, "target": 3}, ignored=frozenset({4}))


@pytest.mark.parametrize(
    ("heading", "scales"),
    [
        pytest.param("spend (£000) ", {"spend": 1_000}, id="thousands"),
        pytest.param("£m", {"spend": 1_000_000}, id="millions"),
        pytest.param("Spend (£)", {}, id="pounds"),
    ],
)
def test_heading_says_what_its_column_is_in(heading: str, scales: dict[str, int]) -> None:
    spend = Figure("Spend (£)", thousands=("Spend (£000)",), millions=("£m",))
    columns: dict[str, Column] = {"ward": Text("Ward"), "spend": spend}
    assert find([["Ward", heading]], columns) == Headings(1, 1, {"ward": 1, "spend": 2}, scales=scales)


BALANCES: dict[str, Column] = {
    "line": Text("Line", ""),
    "before": Figure(thousands=("Reported (*) / £000",), millions=("Reported (*) / £m",)),
    "opening": Figure(thousands=("Balance {year} £000",)),
    "closing": Figure(thousands=("Balance {year} £000 #2",)),
}


def test_units_below_headings_and_a_column_without_a_heading() -> None:
    rows: list[list[str | None]] = [
        ["Reserves"],
        [None, "Reported (Q1.5)", "Balance 2020/21", "Balance 2020/21"],
        [None, "£m", "£000", "£000"],
        ["Fund", "0.5", "1", "2"],
    ]
    columns = {name: column for name, column in BALANCES.items() if name in ("line", "before")}
    columns |= {"opening": Figure(thousands=("Balance {year} / £000",))}
    columns |= {"closing": Figure(thousands=("Balance {year} / £000 #2",))}
    scales = {"before": 1_000_000, "opening": 1_000, "closing": 1_000}
    expected = Headings(2, 3, {"line": 1, "before": 2, "opening": 3, "closing": 4}, scales=scales)
    assert find(rows, columns) == expected


def test_the_second_column_of_a_name_keeps_its_unit() -> None:
    found = find([["Line", "Reported (Q2) / £000", "Balance 2020/21 £000", "Balance 2020/21 £000"]], BALANCES)
    assert isinstance(found, Headings)
    assert found.columns == {"line": 1, "before": 2, "opening": 3, "closing": 4}
    assert found.scales == {"before": 1_000, "opening": 1_000, "closing": 1_000}


def test_a_heading_that_leaves_out_its_unit_is_not_known() -> None:
    found = find([["Line", "Reported (Q2)", "Balance 2020/21 £000", "Balance 2020/21 £000"]], BALANCES)
    assert isinstance(found, list)
    assert [finding.cell for finding in found] == ["B1"]


def test_values_left_of_all_headings_are_only_taken_where_the_contract_says_so() -> None:
    found = find([[None, "Subject", "Enrolments", "Target 2020/21"], ["x", "Maths", "5", "6"]])
    assert isinstance(found, Headings)
    assert found.columns == {"subject": 2, "starts": 3, "target": 4}


@given(st.permutations(["Subject", "Enrolments", "Target 2020/21", "Note"]))
def test_order_of_columns_plays_no_part(order: list[str]) -> None:
    found = find([list(order)])
    assert isinstance(found, Headings)
    assert {order[column - 1]: name for name, column in found.columns.items()} == {
        "Subject": "subject",
        "Enrolments": "starts",
        "Target 2020/21": "target",
        "Note": "note",
    }
