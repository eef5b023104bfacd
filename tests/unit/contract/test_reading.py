"""Whole workbooks against their contracts: kinds of file, sheets, periods, titles."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources import all_sources, source_of
from assets.sources.community_safety_survey import source as survey
from assets.sources.continuing_education import source as courses
from assets.sources.dwp_grants import source as grants
from pipelines.contract.model import Source
from pipelines.contract.outcome import WHY_EMPTY
from pipelines.contract.reading import read_source_workbook
from tests.helpers import (
    REPOSITORY,
    SheetRows,
    Value,
    only_finding,
    read_and_account,
    recorded_places,
    sheets_of,
    workbook_bytes,
)

FLAT: list[Value] = ["Subject", "Course", "Priority area learners", "Enrolments", "Completers", "Achievers"]
COURSES: SheetRows = [FLAT, ["English", "GCSE", 30, 76, 72, 66]]
sector = source_of("state_of_the_sector")

NAME = "CE classroom based 2020-21.xlsx"
SUPPLIED = [
    pytest.param(source, path, id=path.stem.replace(" ", "_"))
    for source in all_sources()
    for path in sorted((REPOSITORY / "raw" / source.name).glob("*.xlsx"))
]

WARNED = {"action_plan": {"cut by a page break": 4, "one section at a time": 1}}
"""What is to be looked at in supplied workbooks, by source: how many times which rule."""


def wave_rows(wave: str = "Jul-Sep 2020", proportion: Value = 0.35) -> SheetRows:
    return [
        ["Wave", "Local authority", "Question", "Response", "Proportion", "Base (n)"],
        ["Jul-Sep 2020", "Bolton", "Q", "Strongly agree", 0.65, 332],
        [wave, "Bolton", "Q", "Tend to agree", proportion, 332],
    ]


def test_every_source_is_found_by_its_module() -> None:
    assert [source.name for source in all_sources()] == [
        "action_plan",
        "commentary",
        "community_safety_survey",
        "continuing_education",
        "dwp_grants",
        "fe_learners",
        "finance",
        "lait",
        "local_fund",
        "national_indicators",
        "police_force_areas",
        "population",
        "portfolio_agreement",
        "programme_activity",
        "published_report",
        "recorded_crime",
        "sector_support",
        "state_of_the_sector",
    ]


@pytest.mark.parametrize(("source", "path"), SUPPLIED)
def test_supplied_workbook_keeps_its_contract(source: Source, path: Path) -> None:
    reading = read_source_workbook(source, path.name, "0" * 64, sheets_of(path.name, path.read_bytes()))
    assert [str(finding) for finding in reading.failures] == []
    assert Counter(finding.rule for finding in reading.warnings) == WARNED.get(source.name, {})
    assert reading.rows_loaded > 0 or WHY_EMPTY in {row.reason for row in reading.set_aside}
    assert reading.rows_rejected == 0
    loaded = recorded_places(reading)
    aside = {(row.sheet, row.row) for row in reading.set_aside}
    assert loaded.isdisjoint(aside)
    assert len(loaded) + len(aside) == reading.rows_read


def test_workbook_that_keeps_its_contract_loads_whole() -> None:
    reading = read_and_account(courses, NAME, {"CBL": COURSES, "Notes": [["Totals are published."], ["So there."]]})
    assert reading.loads
    assert reading.reason == ""
    assert reading.period is not None
    assert reading.period.label == "2020-21 academic"
    assert (reading.rows_read, reading.rows_loaded, reading.rows_set_aside) == (4, 1, 3)
    assert [(row.sheet, row.row, row.reason) for row in reading.set_aside if row.sheet == "Notes"] == [
        ("Notes", 1, "notes of the supplier"),
        ("Notes", 2, "notes of the supplier"),
    ]


@pytest.mark.parametrize("name", ["CE 2020-21.csv", "CE 2020-21.xls", "CE 2020-21", "CE 2020-21.xlsx.pdf"])
def test_other_kind_of_file_is_refused_before_it_is_read(name: str) -> None:
    content = workbook_bytes({"CBL": COURSES})
    reading = read_source_workbook(courses, name, "0" * 64, sheets_of(name, content))
    finding = only_finding(reading)
    assert finding.rule == "readable"
    assert finding.message.startswith("It is an Excel workbook (.xlsx), but its name")
    assert (reading.rows_read, reading.rows_rejected) == (0, 0)


def test_damaged_workbook_is_refused_in_words() -> None:
    reading = read_source_workbook(courses, NAME, "0" * 64, sheets_of(NAME, workbook_bytes({"CBL": COURSES})[:-100]))
    assert only_finding(reading).rule == "readable"
    assert reading.reason == "It is cut short or damaged. Send it again."


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_never_raise(content: bytes) -> None:
    reading = read_source_workbook(courses, NAME, "0" * 64, sheets_of(NAME, content))
    assert only_finding(reading).rule == "readable"


def test_capital_suffix_is_a_workbook() -> None:
    assert read_and_account(courses, "CE classroom based 2020-21.XLSX", {"CBL": COURSES}).loads


def test_unknown_sheet_is_reported_beside_the_known_one() -> None:
    finding = only_finding(read_and_account(courses, NAME, {"CBL": COURSES, "Sheet2": [["x", 1]]}))
    assert (finding.sheet, finding.rule) == ("Sheet2", "sheets as expected")
    assert "expected 'Classroom based', 'CBL', 'Forecast'" in finding.message


def test_sheets_set_aside_by_the_beginning_of_their_name_give_way_to_those_named_in_full() -> None:
    aside = {"Pivot*": "workings of the supplier", "Pivot notes": "notes of the supplier", "*old": "last year's"}
    source = replace(courses, set_aside_sheets=aside)
    sheets: dict[str, SheetRows] = {
        name: [[name]] for name in ("pivot 1", "Pivot notes", "CBL old", "Pivot", "Table of pivots")
    }
    reading = read_and_account(source, NAME, {"CBL": COURSES, **sheets})
    assert {row.sheet: row.reason for row in reading.set_aside if row.sheet != "CBL"} == {
        "pivot 1": "workings of the supplier",
        "Pivot notes": "notes of the supplier",
        "CBL old": "last year's",
        "Pivot": "workings of the supplier",
    }
    assert only_finding(reading).sheet == "Table of pivots"


def test_empty_unknown_sheet_does_no_harm() -> None:
    assert read_and_account(courses, NAME, {"CBL": COURSES, "Sheet2": []}).loads


def test_renamed_sheet_is_reported() -> None:
    finding = only_finding(read_and_account(courses, NAME, {"Classroom": COURSES}))
    assert finding.sheet == "Classroom"


@pytest.mark.parametrize("sheets", [{"Notes": [["only notes"]]}, {"CBL": []}])
def test_workbook_without_figures_is_reported(sheets: dict[str, SheetRows]) -> None:
    assert only_finding(read_and_account(courses, NAME, sheets)).message == "it holds no sheet with figures"


def test_tables_of_different_calendars_in_one_workbook_are_refused() -> None:
    forecast: SheetRows = [["PI Code", "Forecast 2021/22", "Basis"], ["IN.16", "93.19%", None]]
    name = "CE classroom based 2021-22 Q2.xlsx"
    finding = only_finding(read_and_account(courses, name, {"CBL": COURSES, "Forecast": forecast}))
    assert finding.rule == "one period"
    assert "the tables 'courses' and 'forecast', which are of different periods" in finding.message


def test_sheet_of_the_same_quarter_that_is_missing_is_named() -> None:
    sheets: dict[str, SheetRows] = {
        "Allocations": [
            ["Scheme", "Funder", "Period", "Allocation", "National total"],
            ["Household Support Fund", "DWP", "Oct 2021 - Mar 2022", "£2.163m", "£500m"],
        ],
        "Outcomes": [["Recipient", "Outcome", "Value"], ["Citizens Advice", "Debt cleared", "£141.5k"]],
    }
    finding = only_finding(read_and_account(grants, "DWP grant spend 2021-22 Q2.xlsx", sheets))
    assert finding.message == "the sheet 'Spend' is missing; the table 'spend' comes from it"


def test_question_of_a_survey_that_is_missing_is_named() -> None:
    sheet: SheetRows = [
        ["To what extent do you agree or disagree: Q"],
        ["%", "Bolton"],
        ["Strongly agree", 100],
        ["Unweighted base", 300],
    ]
    reading = read_and_account(survey, "Survey Jul-Sep 2020.xlsx", {"Q5a": sheet, "Q5c": sheet})
    assert only_finding(reading).sheet == "Q5b"


@pytest.mark.parametrize("name", ["CE classroom based.xlsx", "CE classroom based 2020-22.xlsx", "CE 2020.xlsx"])
def test_name_without_its_period_is_refused_with_an_example(name: str) -> None:
    finding = only_finding(read_and_account(courses, name, {"CBL": COURSES}))
    assert finding.rule == "period in the name"
    assert "name it like 'CE classroom based 2020-21.xlsx" in finding.message


def test_title_of_another_year_than_the_name_is_reported_at_its_cell() -> None:
    sheets: dict[str, SheetRows] = {"CBL": [["Classroom based learning"], [None, "Year 2019/20"], *COURSES]}
    finding = only_finding(read_and_account(courses, NAME, sheets))
    assert (finding.sheet, finding.cell, finding.rule) == ("CBL", "B2", "one period")
    assert "speaks of 2019-20 academic, the file's name of 2020-21 academic" in finding.message


def test_title_of_the_same_year_in_other_words_agrees() -> None:
    assert read_and_account(courses, NAME, {"CBL": [["Classroom based 2020/21"], *COURSES]}).loads


def test_row_of_another_wave_is_reported_at_its_cell() -> None:
    reading = read_and_account(survey, "Survey Jul-Sep 2020.xlsx", {"Data": wave_rows(wave="Apr-Jun 2020")})
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.value) == ("Data", "A3", "Apr-Jun 2020")
    assert "the file is of Jul-Sep 2020" in finding.message


def test_percentage_in_a_column_of_proportions_is_reported() -> None:
    finding = only_finding(read_and_account(survey, "Survey Jul-Sep 2020.xlsx", {"Data": wave_rows(proportion=35)}))
    assert (finding.cell, finding.value) == ("E3", "35")
    assert "is it a percentage?" in finding.message


def test_proportion_in_a_column_of_percentages_is_reported_unless_formatted() -> None:
    sheets: dict[str, SheetRows] = {
        "Forecast": [["PI Code", "Forecast 2021/22", "Basis"], ["IN.16", 0.94, "Service estimate"]]
    }
    name = "CE forecast 2021-22 Q2.xlsx"
    finding = only_finding(read_and_account(courses, name, sheets))
    assert (finding.sheet, finding.cell) == ("Forecast", "B2")
    assert "is it a proportion?" in finding.message
    assert read_and_account(courses, name, sheets, formats={"Forecast": {"B2": "0%"}}).loads


@pytest.mark.parametrize(
    ("title", "interim"),
    [
        pytest.param("State of the Sector – interim count, May 2021", "interim", id="said"),
        pytest.param("State of the Sector, May 2021", None, id="not_said"),
    ],
)
def test_fact_in_a_title_stands_on_each_row(title: str, interim: str | None) -> None:
    sheets = {"Summary": [[title], ["Measure", "Stockport"], ["Number of VCSE groups", "1,672"]]}
    reading = read_and_account(sector, "State of the Sector May 2021.xlsx", sheets)
    assert reading.findings == []
    assert [row.get("interim") for row in reading.tables["summary"].rows] == [interim]


def test_required_fact_that_no_title_says_is_reported() -> None:
    sheet: SheetRows = [["%", "Bolton"], ["Strongly agree", 100], ["Unweighted base", 300]]
    sheets = dict.fromkeys(("Q5a", "Q5b", "Q5c"), sheet)
    reading = read_and_account(survey, "Survey Jul-Sep 2020.xlsx", sheets)
    assert {(finding.sheet, finding.message) for finding in reading.findings} == {
        (name, "no title above the table says its question") for name in sheets
    }


def test_reason_gives_the_first_finding_and_how_many_more() -> None:
    sheets = {"CBL": COURSES, "Sheet2": [["x"]], "Sheet3": [["y"]], "Sheet4": [["z"]]}
    reason = read_and_account(courses, NAME, sheets).reason
    assert reason.startswith("sheet 'Sheet2': the sheet is not known")
    assert reason.endswith("(and 2 more)")
