"""The printed report beside this one: both stand in every cell, and every difference has what explains it."""

from pipelines.document.model import plain
from pipelines.report.sections.printed import claims_table, difference_blocks, side_by_side
from tests.unit.report.rows import cells, measure, said


def cell(column: str, text: str, outcome: str, place: str, code: str = "IN.16") -> dict[str, str]:
    row = {"measure_code": code, "printed_column": column, "printed_text": text, "outcome": outcome}
    return row | {"sheet": "Measures", "cell": place}


def finding(place: str, explanation: str, subject: str = "IN.16") -> dict[str, str]:
    row = {
        "subject": subject,
        "explanation": explanation,
        "workbook": "Printed.xlsx",
        "sheet": "Measures",
        "cell": place,
    }
    return row | {"check_name": "any", "place": place}


def test_both_reports_stand_in_every_cell() -> None:
    printed = [cell("status", "A", "differs", "H4"), cell("target", "97%", "agrees", "G4")]
    table = side_by_side([measure()], printed)
    [row] = cells(table)
    assert row["status"] == "A | here: ■ Red; differs"
    assert row["target"] == "97% | here: 97%"
    assert row["current"] == "(blank) | here: 90% (2021/22; forecast)"
    tones = {column.key: table.cell(table.rows[0], column).tone for column in table.columns}
    assert {key for key, tone in tones.items() if tone} == {"status"}


def test_every_difference_is_said_with_all_that_explains_it() -> None:
    printed = [
        cell("status", "A", "differs", "H4"),
        cell("trend", "illegible", "illegible", "I4"),
        cell("target", "97%", "agrees", "G4"),
    ]
    findings = [
        finding("H4", "By the rules it is R."),
        finding("H4", "And more."),
        finding("C8", "No such change.", "61"),
    ]
    assert said(difference_blocks(printed, findings)) == [
        "IN.16, status: printed A. By the rules it is R. And more. (cell H4)",
        "IN.16, trend: printed illegible. Cannot be read in the copy at hand. (cell I4)",
        "What else does not fit together in print:",
        "61: No such change. (Printed.xlsx, sheet Measures, cell C8)",
    ]


def test_a_report_that_agrees_is_said_to() -> None:
    assert said(difference_blocks([cell("target", "97%", "agrees", "G4")], [])) == ["Nothing that is printed differs."]


def test_claims_say_what_the_workbooks_give_or_why_nothing() -> None:
    claim = {
        "section": "Summary",
        "claim": "Residents",
        "printed_text": "24,000",
        "outcome": "confirmed",
        "basis": "24,000",
    }
    unchecked = claim | {"outcome": "not_checked", "basis": None, "not_checked_because": "no source"}
    first, second = cells(claims_table([claim | {"not_checked_because": None}, unchecked]))
    assert (first["outcome"], first["basis"]) == ("Confirmed", "24,000")
    assert (second["outcome"], second["basis"]) == ("Not checked", "no source")
    assert plain(first["claim"]) == "Residents"
