"""What is staged and compared has the bytes that were received: a damaged archive is healed or refused, never read."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assets.sources.continuing_education import source as courses
from pipelines.contract.outcome import Reading
from pipelines.ledger.archive import ArchiveError
from pipelines.ledger.register import read_supply, take_in
from pipelines.settings import Paths, code_root
from pipelines.warehouse.supplied import keep_ledger, stage
from tests.helpers import SheetRows, Value, workbook_bytes

WORKBOOK = "CE classroom based 2020-21.xlsx"
HEADING: list[Value] = ["Subject", "Course", "Priority area learners", "Enrolments", "Completers", "Achievers"]
ENGLISH: list[Value] = ["English", "GCSE", 30, 76, 72, 66]


def rows(*taken: list[Value]) -> bytes:
    sheets: dict[str, SheetRows] = {"CBL": [HEADING, *taken]}
    return workbook_bytes(sheets)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path)
    workbook = paths.raw / courses.name / WORKBOOK
    workbook.parent.mkdir(parents=True)
    workbook.write_bytes(rows(ENGLISH))
    take_in(paths, [courses.name], date(2021, 10, 15))
    return paths


def staged(paths: Paths, said: list[str]) -> list[Reading]:
    return stage(courses, read_supply(paths, [courses.name]), paths, code_root(), say=said.append)


def damage(paths: Paths, content: bytes) -> Path:
    [archived] = paths.archive.iterdir()
    archived.write_bytes(content)
    return archived


ALTERED = rows(["English", "GCSE", 30, 99, 72, 66])
"""A workbook that loads as well as the one that was received, with another figure."""


@pytest.mark.parametrize("content", [ALTERED, rows(ENGLISH)[:-9], b""], ids=["altered", "truncated", "empty"])
def test_damaged_archive_is_healed_from_raw_and_that_is_said(paths: Paths, content: bytes) -> None:
    said: list[str] = []
    archived = damage(paths, content)
    [reading] = staged(paths, said)
    assert reading.loads
    [parquet] = paths.staged.rglob("*.parquet")
    assert pl.read_parquet(parquet, glob=False)["starts"].to_list() == [76]
    copy = paths.raw / courses.name / WORKBOOK
    assert said == [f"{archived} was damaged, and was healed from {copy}: is the disk sound?"]
    assert archived.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize("raw_too", ["replaced", "removed"])
def test_damaged_archive_without_a_sound_copy_is_refused_and_not_read(paths: Paths, raw_too: str) -> None:
    archived, copy = damage(paths, ALTERED), paths.raw / courses.name / WORKBOOK
    copy.unlink() if raw_too == "removed" else copy.write_bytes(ALTERED)
    with pytest.raises(ArchiveError, match=r"is damaged: its bytes, received as .*/CE classroom") as refused:
        staged(paths, [])
    assert "`neighbourhoods restore`" in str(refused.value)
    assert archived.stem in str(refused.value)
    assert not list(paths.staged.rglob("*.parquet"))


def test_what_is_staged_already_is_not_hashed_again(paths: Paths) -> None:
    [first] = staged(paths, [])
    damage(paths, ALTERED)
    said: list[str] = []
    [again] = staged(paths, said)
    assert (again.rows_loaded, said) == (first.rows_loaded, [])


def test_damaged_archive_is_not_compared_with_the_edition_after_it(paths: Paths) -> None:
    [first] = paths.archive.iterdir()
    (paths.raw / courses.name / WORKBOOK).write_bytes(ALTERED)
    take_in(paths, [courses.name], date(2021, 11, 15))
    staged(paths, [])
    first.write_bytes(rows(["English", "GCSE", 30, 88, 72, 66]))
    with pytest.raises(ArchiveError, match=first.stem):
        keep_ledger([courses], read_supply(paths, [courses.name]), paths, code_root())
