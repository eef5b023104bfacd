"""Checking a file before it is sent: the source it is of, what would load, and which edition it would supersede."""

import shutil
from pathlib import Path

import pytest

from assets.sources import all_sources
from assets.sources.continuing_education import source as courses
from pipelines.contract.model import Source
from pipelines.settings import Paths
from pipelines.supplied_check import check_file, likeliest, read_sheets, what_it_would_do
from tests.helpers import REPOSITORY, SheetRows, workbook_bytes

HEADINGS = ["Subject", "Course", "Priority area learners", "Enrolments", "Completers", "Achievers"]
NAME = "CE classroom based 2020-21.xlsx"


def written(folder: Path, name: str, sheets: dict[str, SheetRows]) -> Path:
    path = folder / name
    path.write_bytes(workbook_bytes(sheets))
    return path


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.name)
def test_source_of_each_supplied_workbook_is_told_by_its_contents(source: Source, tmp_path: Path) -> None:
    for path in sorted((REPOSITORY / "raw" / source.name).glob("*.xlsx")):
        copied = Path(shutil.copy(path, tmp_path))
        assert [checked.source.name for checked in likeliest(all_sources(), copied, Paths(tmp_path))] == [source.name]


def test_many_wrong_cells_of_the_right_source_weigh_less_than_another_sources_sheets(tmp_path: Path) -> None:
    rows = [["English", f"course {number}", "many", "few", "all", "none"] for number in range(30)]
    path = written(tmp_path, NAME, {"CBL": [HEADINGS, *rows]})
    [checked] = likeliest(all_sources(), path, Paths(tmp_path))
    assert checked.source is courses
    assert len(checked.reading.failures) == 30 * 4


def test_file_that_is_no_workbook_tells_no_source(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"Dear all")
    assert len(likeliest(all_sources(), path, Paths(tmp_path))) == len(all_sources())
    assert read_sheets(path) is None


def test_validation_of_the_schema_is_part_of_the_check(tmp_path: Path) -> None:
    path = written(tmp_path, NAME, {"CBL": [HEADINGS, ["English", "GCSE", 1, 2, 3, 4]]})
    [finding] = check_file(courses, path, Paths(tmp_path)).reading.findings
    assert finding.rule == "each_stage_within_the_one_before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_would_load_is_counted(tmp_path: Path) -> None:
    rows: SheetRows = [["2020/21"], HEADINGS, ["English", "GCSE", 1, 4, 3, 2], ["Maths", "GCSE", 1, 4, 3, 2]]
    paths = Paths(tmp_path)
    checked = check_file(courses, written(tmp_path, NAME, {"CBL": rows, "Notes": [["a"], ["b"]]}), paths)
    assert what_it_would_do(checked, paths) == [
        "It would load as Continuing Education: classroom-based learning of 2020-21 academic; rows: 2 in 'courses'.",
        "Set aside: 2 notes of the supplier, 1 title, 1 headings.",
    ]


def test_bytes_that_came_already_are_named_with_their_day(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    path = written(tmp_path, NAME, {"CBL": [HEADINGS, ["English", "GCSE", 1, 4, 3, 2]]})
    checked = check_file(courses, path, paths)
    paths.raw.mkdir()
    paths.register.write_text(
        "source,workbook,sha256,received_on\n"
        f"continuing_education,other 2020-21.xlsx,{checked.reading.workbook_sha256},2021-10-15\n"
    )
    assert what_it_would_do(checked, paths)[-1] == "These bytes came already, on 15/10/2021 as 'other 2020-21.xlsx'."
