"""Staging: rows validated by schema and key, Parquet by hash, nothing read twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from assets.sources import all_sources
from assets.sources.community_safety_survey import source as survey
from assets.sources.continuing_education import source as courses
from pipelines.contract.frames import staged_columns
from pipelines.contract.model import Source
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from pipelines.ledger.editions import decide_editions
from pipelines.ledger.register import Receipt
from tests.helpers import (
    REPOSITORY,
    SheetRows,
    Value,
    assert_every_row_accounted_for,
    only_finding,
    stage_workbooks,
    supplied_rows,
    supply,
    workbook_bytes,
)

FLAT: list[Value] = ["Subject", "Course", "Priority area learners", "Enrolments", "Completers", "Achievers"]
ENGLISH: list[Value] = ["English", "GCSE", 30, 76, 72, 66]
MATHS: list[Value] = ["Maths", "Entry Level 1", 18, 43, 40, 36]
THIS_YEAR = "CE classroom based 2020-21.xlsx"
LAST_YEAR = "CE classroom based 2019-20.xlsx"
GOOD: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, MATHS]}


def parquets(folder: Path) -> list[Path]:
    return sorted((folder / "staged").glob("*.parquet"))


SUPPLIED = [source for source in all_sources() if (REPOSITORY / "raw" / source.name).is_dir()]
"""Sources whose workbooks the project holds; published editions are read elsewhere."""


@pytest.mark.parametrize("source", SUPPLIED, ids=lambda source: source.name)
def test_every_supplied_workbook_is_staged(source: Source, tmp_path: Path) -> None:
    paths = sorted((REPOSITORY / "raw" / source.name).glob("*.xlsx"))
    files = [Supplied(path.name, f"{number:064}", path) for number, path in enumerate(paths)]
    readings = stage_source(source, files, tmp_path, "code")
    assert [str(finding) for reading in readings for finding in reading.failures] == []
    assert [reading.workbook for reading in readings] == [path.name for path in paths]
    assert {path.name.split(".")[0] for path in tmp_path.glob("*.parquet")} == {staged_stem(file) for file in files}
    staged = sum(pl.read_parquet(path, glob=False).height for path in tmp_path.glob("*.parquet"))
    joined = sum(finding.rule == "cut by a page break" for reading in readings for finding in reading.warnings)
    assert staged + joined >= sum(reading.rows_loaded for reading in readings) > 0


def test_rows_that_somebody_removed_are_read_again(tmp_path: Path) -> None:
    stage_workbooks(courses, tmp_path, {THIS_YEAR: GOOD})
    [staged] = parquets(tmp_path)
    before = pl.read_parquet(staged)
    staged.unlink()
    stage_workbooks(courses, tmp_path, {THIS_YEAR: GOOD})
    assert pl.read_parquet(staged).equals(before)


def test_staged_row_holds_its_values_and_its_origin(tmp_path: Path) -> None:
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: {"CBL": [["2020/21"], FLAT, ENGLISH]}})
    (path,) = parquets(tmp_path)
    (row,) = pl.read_parquet(path, glob=False).to_dicts()
    expected = {
        "workbook": THIS_YEAR,
        "workbook_sha256": reading.workbook_sha256,
        "sheet": "CBL",
        "row_number": 3,
        "period_label": "2020-21 academic",
        "period_start": date(2020, 8, 1),
        "period_end": date(2021, 8, 1),
        "subject": "English",
        "course": "GCSE",
        "starts": 76,
        "starts_cell": "D3",
        "starts_text": "76",
        "achieved": 66,
    }
    assert {name: row[name] for name in expected} == expected


def test_percentages_are_staged_as_exact_decimals(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"Forecast": [["PI Code", "Forecast 2021/22", "Basis"], ["IN.16", "93.19%", None]]}
    (reading,) = stage_workbooks(courses, tmp_path, {"CE forecast 2021-22 Q2.xlsx": sheets})
    assert reading.findings == []
    (path,) = parquets(tmp_path)
    frame = pl.read_parquet(path, glob=False)
    assert frame.schema["forecast"] == pl.Decimal(28, 6)
    assert frame["forecast"].to_list() == [Decimal("93.190000")]


def test_more_achieved_than_completed_names_sheet_and_row(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, ["Maths", "GCSE", 18, 43, 36, 40]]}
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.rule) == ("CBL", "each_stage_within_the_one_before")
    assert finding.message.startswith("row 3: no more may achieve than complete")


def test_value_out_of_range_names_its_cell(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, ["Maths", "GCSE", "(18)", 43, 40, 36]]}
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.column_name) == ("CBL", "C3", "priority_area_learners")
    assert finding.value == "-18"


@pytest.mark.parametrize("value", ["9" * 20, "9" * 24, 10**20, 1e300], ids=["count", "digits", "number", "float"])
def test_count_beyond_all_measure_is_a_finding_at_its_cell(value: Value, tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, ["Maths", "GCSE", 18, value, 40, 36]]}
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.column_name, finding.rule) == ("CBL", "D3", "starts", "as promised")


def test_percentage_beyond_all_measure_is_a_finding_at_its_cell(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"Forecast": [["PI Code", "Forecast 2021/22", "Basis"], ["IN.16", "9" * 24, None]]}
    (reading,) = stage_workbooks(courses, tmp_path, {"CE forecast 2021-22 Q2.xlsx": sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.cell, finding.column_name) == ("Forecast", "B2", "forecast")


def test_blank_required_figure_is_found_once_and_only_in_its_own_workbook(tmp_path: Path) -> None:
    blank: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, ["Maths", "GCSE", 18, None, 40, 36]]}
    good, refused = stage_workbooks(courses, tmp_path, {LAST_YEAR: GOOD, THIS_YEAR: blank})
    finding = only_finding(refused)
    assert (finding.cell, finding.column_name, finding.rule) == ("D3", "starts", "nothing missing")
    assert good.findings == []


def test_row_that_stands_twice_names_the_later_one(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, MATHS, ENGLISH]}
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.rule) == ("CBL", "one row per key")
    assert finding.message == (
        "row 4 repeats an earlier row of the same key (subject 'English', course 'GCSE'); keep one of them"
    )


def test_other_figures_of_one_key_name_the_later_row(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, MATHS, ["English", "GCSE", 1, 2, 2, 2]]}
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: sheets})
    finding = only_finding(reading)
    assert (finding.sheet, finding.rule) == ("CBL", "one row per key")
    assert finding.message == (
        "row 4 conflicts with an earlier row of the same key (subject 'English', course 'GCSE'); keep the right one"
    )


def test_same_key_in_another_years_workbook_is_no_repetition(tmp_path: Path) -> None:
    readings = stage_workbooks(courses, tmp_path, {THIS_YEAR: GOOD, LAST_YEAR: {"CBL": [FLAT, ENGLISH]}})
    assert [reading.findings for reading in readings] == [[], []]
    assert len(parquets(tmp_path)) == 2


def test_bad_workbook_is_refused_whole_and_its_neighbour_loads(tmp_path: Path) -> None:
    bad: dict[str, SheetRows] = {"CBL": [FLAT, ENGLISH, ["Maths", "GCSE", 18, 43, 36, 40]]}
    good, refused = stage_workbooks(courses, tmp_path, {LAST_YEAR: GOOD, THIS_YEAR: bad})
    assert (good.rows_loaded, good.rows_rejected, good.rows_set_aside) == (2, 0, 1)
    assert (refused.rows_loaded, refused.rows_rejected, refused.rows_set_aside) == (0, 2, 1)
    (path,) = parquets(tmp_path)
    assert path.name.startswith(good.workbook_sha256)


def test_refused_by_the_reading_is_not_staged(tmp_path: Path) -> None:
    (reading,) = stage_workbooks(courses, tmp_path, {THIS_YEAR: {"CBL": [FLAT, ENGLISH, [*MATHS, None, "stray"]]}})
    assert only_finding(reading).rule == "no stray values"
    assert parquets(tmp_path) == []


def test_workbook_is_not_read_again_by_the_same_code(tmp_path: Path) -> None:
    file = supply(tmp_path, THIS_YEAR, workbook_bytes(GOOD))
    (first,) = stage_source(courses, [file], tmp_path / "staged", "code")
    file.path.unlink()
    (again,) = stage_source(courses, [file], tmp_path / "staged", "code")
    kept = ("source", "workbook", "workbook_sha256", "period", "rows_read", "set_aside", "findings")
    assert {name: getattr(again, name) for name in kept} == {name: getattr(first, name) for name in kept}
    assert again.rows_loaded == 2


def test_kept_findings_come_back_whole(tmp_path: Path) -> None:
    file = supply(tmp_path, THIS_YEAR, workbook_bytes({"CBL": [FLAT, [*ENGLISH, None, "stray"]]}))
    (first,) = stage_source(courses, [file], tmp_path / "staged", "code")
    (again,) = stage_source(courses, [file], tmp_path / "staged", "code")
    assert first.findings
    assert again.findings == first.findings


def test_workbook_is_read_again_by_other_code(tmp_path: Path) -> None:
    file = supply(tmp_path, THIS_YEAR, workbook_bytes(GOOD))
    stage_source(courses, [file], tmp_path / "staged", "code")
    file.path.write_bytes(workbook_bytes({"CBL": [FLAT, ENGLISH]}))
    (again,) = stage_source(courses, [file], tmp_path / "staged", "other code")
    assert_every_row_accounted_for(again, supplied_rows({"CBL": [FLAT, ENGLISH]}))


def test_staging_leaves_no_partial_file(tmp_path: Path) -> None:
    stage_workbooks(courses, tmp_path, {THIS_YEAR: GOOD})
    assert {path.suffix for path in (tmp_path / "staged").iterdir()} == {".json", ".parquet"}


def test_same_bytes_under_another_name_are_staged_apart(tmp_path: Path) -> None:
    one, other = Supplied("a.xlsx", "0" * 64, tmp_path), Supplied("b.xlsx", "0" * 64, tmp_path)
    assert staged_stem(one) != staged_stem(other)


def test_same_bytes_under_two_names_of_one_period_both_load_and_the_second_is_a_duplicate(tmp_path: Path) -> None:
    names = (THIS_YEAR, "CE classroom based 2020-21 (1).xlsx")
    readings = stage_workbooks(courses, tmp_path, dict.fromkeys(names, GOOD))
    assert len({reading.workbook_sha256 for reading in readings}) == 1
    assert [(reading.workbook, reading.loads) for reading in readings] == [(name, True) for name in names]
    assert len(parquets(tmp_path)) == 2
    receipts = [Receipt(courses.name, name, readings[0].workbook_sha256, date(2021, 10, 15)) for name in names]
    by_key = {(reading.source, reading.workbook, reading.workbook_sha256): reading for reading in readings}
    assert [edition.outcome for edition in decide_editions(receipts, by_key)] == ["loaded", "duplicate"]


def test_columns_of_a_table_are_those_of_all_its_layouts() -> None:
    responses = staged_columns(survey.tables[0])
    assert list(responses)[:5] == ["workbook", "workbook_sha256", "corrections", "sheet", "row_number"]
    assert {
        "wave",
        "area",
        "question",
        "response",
        "respondents_cell",
        "respondents_note",
        "base_text",
    } <= responses.keys()
    assert responses["base"] == pl.Int64
    assert responses["respondents"] == pl.Decimal(28, 6)
