"""Tables with a row per record: fill-down, totals, footnotes and everything that must be reported."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from assets.sources.continuing_education import source as courses
from assets.sources.dwp_grants import source as grants
from pipelines.contract.outcome import Reading
from tests.helpers import Value, only_finding, read_and_account

Row = Sequence[Value]

FLAT: Row = ["Subject area", "Course title", "Priority area learners", "Enrolments", "Completers", "Achievers"]
ENGLISH: Row = ["English", "GCSE", 30, 76, 72, 66]
MATHS: Row = ["Maths", "Entry Level 1", 18, 43, 40, 36]
FORECAST: Row = ["PI Code", "Forecast 2021/22", "Basis"]
MERGED: list[Row] = [
    ["Subject", "Course", "Learners", None, None, "Learners from priority areas"],
    [None, None, "Starts", "Completed", "Achieved"],
]


def flat(*rows: Row) -> Reading:
    """The reading of a workbook whose headings stand in row 1 and these rows from row 2."""
    return read_and_account(courses, "CE classroom based 2020-21.xlsx", {"CBL": [FLAT, *rows]})


def merged(*rows: Row) -> Reading:
    """The reading of a workbook whose two rows of headings stand in rows 1 and 2 and these rows from row 3."""
    ranges = {"Classroom based": ["C1:E1", "F1:F2"]}
    sheets = {"Classroom based": [*MERGED, *rows]}
    return read_and_account(courses, "CE classroom based 2020-21.xlsx", sheets, merged=ranges)


def spend(*rows: Row) -> Reading:
    """The reading of a workbook of grants with these payments from row 2 of the sheet Spend."""
    sheets: dict[str, list[Row]] = {
        "Allocations": [
            ["Scheme", "Funder", "Period", "Allocation", "National total"],
            ["Household Support Fund", "DWP", "Oct 2021 - Mar 2022", "£2.163m", "£500m"],
        ],
        "Spend": [
            ["Date paid", "Scheme", "Strand", "Recipient", "Amount (£)", "Households", "Residents supported"],
            *rows,
        ],
        "Outcomes": [["Recipient", "Outcome", "Value"], ["Citizens Advice", "Debt cleared", "£141.5k"]],
    }
    return read_and_account(grants, "DWP grant spend 2021-22 Q2.xlsx", sheets)


def loaded(reading: Reading, *names: str, table: str = "courses") -> list[tuple[object, ...]]:
    assert reading.findings == []
    return [tuple(row[name] for name in names) for row in reading.tables[table].rows]


def set_aside(reading: Reading) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in reading.set_aside]


def test_flat_table_loads_with_the_place_of_each_row() -> None:
    assert loaded(flat(ENGLISH, MATHS), "sheet", "row_number", "subject", "course", "starts", "starts_cell") == [
        ("CBL", 2, "English", "GCSE", 76, "D2"),
        ("CBL", 3, "Maths", "Entry Level 1", 43, "D3"),
    ]


def test_two_row_merged_headings_with_fill_down() -> None:
    reading = merged(
        ["English", "Entry Level 1", 132, 126, 123, 54],
        [None, "Entry Level 2", 147, 140, 138, 62],
        ["English total", None, 279, 266, 261, 116],
        ["Maths", "GCSE", 79, 75, 73, 33],
        [None, "Entry Level 1", 82, 77, 76, 35],
        ["Maths total", None, 161, 152, 149, 68],
        ["Total", None, 440, 418, 410, 184],
        [],
        ["Pass rate", None, None, None, 0.98],
    )
    assert loaded(reading, "row_number", "subject", "course", "achieved") == [
        (3, "English", "Entry Level 1", 123),
        (4, "English", "Entry Level 2", 138),
        (6, "Maths", "GCSE", 73),
        (7, "Maths", "Entry Level 1", 76),
    ]
    assert set_aside(reading) == [
        (1, "headings"),
        (2, "headings"),
        (5, "total"),
        (8, "total"),
        (9, "total"),
        (11, "derived from the rows above"),
    ]


def test_nothing_above_to_fill_down_from() -> None:
    finding = only_finding(merged([None, "GCSE", 79, 75, 73, 33]))
    assert (finding.sheet, finding.cell) == ("Classroom based", "A3")
    assert finding.message == "'Subject' is blank in row 3; enter it, or remove the row"


def test_subtotal_that_disagrees_names_its_cell_only() -> None:
    finding = only_finding(
        merged(
            ["English", "GCSE", 10, 9, 8, 7],
            ["English total", None, 10, 9, 9, 7],
            ["Maths", "GCSE", 5, 4, 3, 2],
            ["Maths total", None, 5, 4, 3, 2],
        )
    )
    assert (finding.sheet, finding.cell, finding.column_name) == ("Classroom based", "E4", "achieved")
    assert "the total says 9, but its 1 rows add up to 8" in finding.message


def test_total_that_disagrees_is_reported() -> None:
    finding = only_finding(flat(ENGLISH, MATHS, ["Total", None, 48, 120, 112, 102]))
    assert (finding.sheet, finding.cell) == ("CBL", "D4")
    assert "the total says 120, but its 2 rows add up to 119" in finding.message


def test_total_of_one_sheet_counts_no_rows_of_another() -> None:
    total: Row = ["Total", None, 30, 76, 72, 66]
    sheets: dict[str, list[Row]] = {"Classroom based": [FLAT, ENGLISH, total], "CBL": [FLAT, MATHS]}
    reading = read_and_account(courses, "CE classroom based 2020-21.xlsx", sheets)
    assert loaded(reading, "sheet", "course") == [("Classroom based", "GCSE"), ("CBL", "Entry Level 1")]


def test_two_totals_of_one_subject_are_each_checked() -> None:
    reading = flat(ENGLISH, ["English total", None, 30, 76, 72, 66], MATHS, ["english TOTAL", None, 30, 76, 72, 67])
    assert only_finding(reading).cell == "F5"


def test_subtotal_of_an_unknown_subject_is_reported() -> None:
    reading = flat(ENGLISH, ["Englsh total", None, 30, 76, 72, 66])
    assert [finding.cell for finding in reading.findings] == ["C3", "D3", "E3", "F3"]


def test_total_as_formula_without_result_is_passed_over() -> None:
    payment: Row = [date(2021, 4, 6), "COVID Local Support Grant", "Vouchers", "Schools", 123193.91, 209, 417]
    reading = spend(payment, ["Total", None, None, None, "=SUM(E2:E2)", None, "=SUM(G2:G2)"])
    assert loaded(reading, "amount", "paid_on", table="spend") == [(Decimal("123193.91"), date(2021, 4, 6))]


def test_figure_as_formula_without_result_is_reported() -> None:
    finding = only_finding(flat(["English", "GCSE", 30, "=70+6", 72, 66]))
    assert finding.cell == "D2"
    assert "a formula without a stored result" in finding.message


def test_error_in_a_cell_is_reported() -> None:
    finding = only_finding(flat(["English", "GCSE", 30, "#REF!", 72, 66]))
    assert (finding.cell, finding.value) == ("D2", "#REF!")
    assert "the error #REF!" in finding.message


def test_typed_date_and_pounds_beside_real_ones() -> None:
    reading = spend(
        [date(2021, 4, 6), "CLSG", "Vouchers", "Schools", 123193.91, 209, 417],
        ["22/04/2021", "CLSG", "Vouchers", "Schools", "£79,877.86", None, "1,500"],
    )
    names = ("paid_on", "amount", "households", "residents", "residents_text")
    assert loaded(reading, *names, table="spend") == [
        (date(2021, 4, 6), Decimal("123193.91"), 209, 417, "417"),
        (date(2021, 4, 22), Decimal("79877.86"), None, 1500, "1,500"),
    ]


def test_formula_without_result_below_thousands_of_rows_is_reported_at_its_cell() -> None:
    payments: list[Row] = [[date(2021, 4, 6), "CLSG", "Vouchers", "Schools", n, None, 1] for n in range(1, 2_101)]
    last: Row = ["=A2", "=B2", "=C2", "=D2", "=E2", None, "=G2"]
    reading = spend(*payments, last)
    assert {(finding.cell, finding.rule) for finding in reading.findings} == {
        (f"{letter}2102", "as promised") for letter in "ABCDEG"
    }


def test_thousands_of_rows_load_with_their_places() -> None:
    payments: list[Row] = [[date(2021, 4, 6), "CLSG", "Vouchers", f"School {n}", n, None, "1"] for n in range(2_100)]
    total: Row = ["Total", None, None, None, sum(range(2_100)), None, "2,100"]
    rows = loaded(spend(*payments, total), "recipient", "amount", "amount_cell", "residents", table="spend")
    assert rows == [(f"School {n}", Decimal(n), f"E{n + 2}", 1) for n in range(2_100)]


def test_impossible_date_is_reported_at_its_cell() -> None:
    finding = only_finding(spend(["31/04/2021", "CLSG", "Vouchers", "Schools", 1, 2, 3]))
    assert (finding.sheet, finding.cell, finding.value) == ("Spend", "A2", "31/04/2021")
    assert "write the day as 22/04/2021" in finding.message


def test_blank_required_figure_is_reported() -> None:
    finding = only_finding(flat(["English", "GCSE", 30, None, 72, 66]))
    assert (finding.sheet, finding.cell, finding.column_name) == ("CBL", "D2", "starts")
    assert "is blank in row 2" in finding.message


def test_stray_value_without_heading_is_reported_at_its_cell() -> None:
    finding = only_finding(flat(ENGLISH, [*MATHS, None, "check this"]))
    assert (finding.cell, finding.value, finding.rule) == ("H3", "check this", "no stray values")


def test_footnote_below_the_table_is_set_aside_with_its_text() -> None:
    reading = flat(ENGLISH, [], ["Source: the service"], ["* provisional"])
    assert loaded(reading, "course") == [("GCSE",)]
    assert [(row.row, row.reason, row.text) for row in reading.set_aside if row.row > 1] == [
        (4, "footnote", "Source: the service"),
        (5, "footnote", "* provisional"),
    ]


def test_lone_text_between_rows_of_data_is_reported() -> None:
    finding = only_finding(flat(ENGLISH, ["Digital"], MATHS))
    assert (finding.sheet, finding.cell, finding.value) == ("CBL", "A3", "Digital")
    assert "stands alone between rows of data" in finding.message


def test_titles_above_are_set_aside() -> None:
    sheets: dict[str, list[Row]] = {
        "CBL": [["Classroom based learning 2020/21"], ["Excludes subcontractors."], [], FLAT, ENGLISH]
    }
    reading = read_and_account(courses, "CE classroom based 2020-21.xlsx", sheets)
    assert loaded(reading, "row_number") == [(5,)]
    assert set_aside(reading) == [(1, "title"), (2, "title"), (4, "headings")]


def test_headings_repeated_on_a_new_page_are_set_aside() -> None:
    reading = flat(ENGLISH, FLAT, MATHS)
    assert loaded(reading, "row_number") == [(2,), (4,)]
    assert (3, "headings repeated") in set_aside(reading)


def test_renamed_column_refuses_the_sheet_once() -> None:
    sheets: dict[str, list[Row]] = {"CBL": [[*FLAT[:3], "Enrolled", *FLAT[4:]], ENGLISH, MATHS]}
    finding = only_finding(read_and_account(courses, "CE classroom based 2020-21.xlsx", sheets))
    assert (finding.sheet, finding.cell, finding.column_name) == ("CBL", "D1", "Enrolled")
    assert "'Learners / Starts' or 'Enrolments'" in finding.message
    assert str(finding).startswith("sheet 'CBL', cell D1: ")


def test_renamed_heading_in_the_second_row_names_its_own_cell() -> None:
    rows: list[Row] = [MERGED[0], [None, None, "Starts", "Finished", "Achieved"], ["English", "GCSE", 76, 72, 66, 30]]
    reading = read_and_account(courses, "CE classroom based 2020-21.xlsx", {"Classroom based": [["A title"], *rows]})
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.column_name) == ("Classroom based", "D3", "Learners / Finished")
    assert "'Learners / Completed' or 'Completers'" in finding.message


def test_every_fault_of_a_sheet_is_told_at_once() -> None:
    reading = flat(["English", "GCSE", "many", 76, None, 66], ["Maths", "GCSE", 1, 2.5, 2, 1, "?"])
    assert {(finding.cell, finding.rule) for finding in reading.findings} == {
        ("C2", "as promised"),
        ("E2", "nothing missing"),
        ("D3", "as promised"),
        ("G3", "no stray values"),
    }


@pytest.mark.parametrize("label", ["Total", "TOTAL", " total "])
def test_total_is_known_however_it_is_written(label: str) -> None:
    reading = flat(ENGLISH, [label, None, 30, 76, 72, 66])
    assert loaded(reading, "course") == [("GCSE",)]
    assert set_aside(reading) == [(1, "headings"), (3, "total")]


@pytest.mark.parametrize("below", [[], [["Source: the service"]], [FLAT]], ids=["nothing", "footnote", "headings"])
def test_headings_without_rows_are_refused(below: list[Row]) -> None:
    finding = only_finding(flat(*below))
    assert (finding.sheet, finding.rule) == ("CBL", "rows below the headings")


def forecast(*rows: Row) -> Reading:
    """The reading of a workbook of forecasts with these rows from row 2."""
    sheets: dict[str, list[Row]] = {"Forecast": [FORECAST, *rows]}
    return read_and_account(courses, "CE forecast 2021-22 Q2.xlsx", sheets)


@pytest.mark.parametrize(("value", "said"), [(None, "is blank in row 2"), ("soon", "'soon' is not a figure")])
def test_message_about_a_column_of_a_year_shows_the_year(value: Value, said: str) -> None:
    message = only_finding(forecast(["IN.16", value, "Service estimate"])).message
    assert message.startswith("'Forecast 2021/22'")
    assert said in message


def test_repeated_headings_of_a_year_are_set_aside() -> None:
    reading = forecast(["IN.16", "93.19%", None], FORECAST, ["IN.17", "88%", None])
    assert loaded(reading, "measure_code", table="forecast") == [("IN.16",), ("IN.17",)]
    assert set_aside(reading) == [(1, "headings"), (3, "headings repeated")]
