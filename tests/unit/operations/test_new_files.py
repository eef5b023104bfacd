"""What the sensor's look at raw/ finds: files new, changed, gone and put back, once they stand still."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from pipelines.ledger.register import take_in
from pipelines.operations import new_files
from pipelines.operations.new_files import Cursor, Look, look, read_cursor, sources_of
from pipelines.settings import Paths

SOURCES = ["dwp_grants", "sector_support"]
BOOK = "dwp_grants/Grants 2021-22 Q2.xlsx"


@dataclass
class Raw:
    """A folder raw/ and a cursor that goes through text from one look to the next, as Dagster keeps it."""

    paths: Paths
    cursor: str = ""
    clock: int = 1_600_000_000

    def put(self, name: str, content: bytes, *, at: int | None = None) -> None:
        self.clock += 10
        path = self.paths.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (at or self.clock, at or self.clock))

    def look(self, *, put_off: bool = False) -> Look:
        found = look(self.paths, SOURCES, read_cursor(self.cursor))
        self.cursor = (found.put_off if put_off else found.acted).text
        return found

    def looks(self, number: int = 2) -> list[list[str]]:
        return [self.look().changed for _ in range(number)]


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    (tmp_path / "raw").mkdir()
    return Raw(Paths(tmp_path))


def test_a_new_file_counts_once_it_has_stood_still_between_two_looks(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    assert raw.looks(4) == [[], [BOOK], [], []]


def test_a_file_whose_name_is_not_in_utf_8_is_no_change(raw: Raw) -> None:
    raw.put("dwp_grants/" + os.fsdecode(b"Grants \xa3.xlsx"), b"a")
    raw.put("corrections/" + os.fsdecode(b"dwp_grants\xa3.csv"), b"b")
    assert raw.looks(3) == [[], [], []]


def test_a_file_that_grows_is_waited_for(raw: Raw) -> None:
    for size in range(1, 5):
        raw.put(BOOK, b"a" * size)
        found = raw.look()
        assert (found.changed, list(found.acted.waiting)) == ([], [BOOK])
    assert raw.looks() == [[BOOK], []]


def test_a_file_of_equal_size_but_newer_time_is_waited_for(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    raw.look()
    raw.put(BOOK, b"b")
    assert raw.looks(3) == [[], [BOOK], []]


def test_a_file_touched_but_not_changed_is_no_change(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    raw.looks()
    raw.put(BOOK, b"a")
    assert raw.looks(3) == [[], [], []]


def test_hashed_only_when_it_moved(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    raw.put(BOOK, b"a")
    raw.looks()
    monkeypatch.setattr(new_files, "file_sha256", lambda path: pytest.fail(f"{path} was read"))
    assert raw.looks() == [[], []]


def test_changed_and_put_back_runs_each_time_under_a_name_of_its_own(raw: Raw) -> None:
    keys = []
    for content in (b"a", b"b", b"a", b"b"):
        raw.put(BOOK, content, at=1_500_000_000 + content[0])  # copied with its time, as a supplier's tool may
        raw.look()
        found = raw.look()
        assert found.changed == [BOOK]
        keys.append(found.run_key)
    assert len(set(keys)) == 4


def test_looking_twice_from_one_cursor_names_one_run(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    raw.look()
    held = raw.cursor
    first = raw.look().run_key
    raw.cursor = held
    assert raw.look().run_key == first


def test_what_the_nightly_took_in_is_no_change_but_what_replaces_it_is(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    take_in(raw.paths, SOURCES, date(2021, 10, 15))
    assert raw.looks() == [[], []]
    raw.put(BOOK, b"b")
    assert raw.looks() == [[], [BOOK]]


def test_a_file_removed_and_put_back_is_a_change_both_times(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    take_in(raw.paths, SOURCES, date(2021, 10, 15))
    raw.looks()
    (raw.paths.raw / BOOK).unlink()
    assert raw.looks(3) == [[], [BOOK], []]
    raw.put(BOOK, b"a")
    assert raw.looks(3) == [[], [BOOK], []]


def test_what_was_put_off_is_found_again_until_it_is_acted_on(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    raw.looks()
    raw.put(BOOK, b"b")
    raw.look()
    assert raw.look(put_off=True).changed == [BOOK]
    assert raw.look(put_off=True).changed == [BOOK]
    assert raw.looks() == [[BOOK], []]


def test_what_was_put_off_and_then_taken_in_by_that_run_is_no_change(raw: Raw) -> None:
    raw.put(BOOK, b"a")
    raw.look()
    assert raw.look(put_off=True).changed == [BOOK]
    take_in(raw.paths, SOURCES, date(2021, 10, 15))
    assert raw.looks() == [[], []]


@pytest.mark.parametrize(
    "name",
    ["dwp_grants/~$Grants 2021-22 Q2.xlsx", "dwp_grants/Grants.xlsx.part", "unknown/Grants.xlsx", "Grants.xlsx"],
)
def test_what_the_nightly_leaves_alone_starts_nothing(raw: Raw, name: str) -> None:
    raw.put(name, b"a")
    assert raw.looks(3) == [[], [], []]


@pytest.mark.parametrize("name", ["decisions.csv", "corrections/dwp_grants.csv", "locked/2021-22-Q2.csv"])
def test_what_people_write_beside_the_workbooks_counts_too(raw: Raw, name: str) -> None:
    raw.put(name, b"a")
    assert raw.looks() == [[], [name]]
    raw.put(name, b"b")
    assert raw.looks() == [[], [name]]


def test_no_file_is_opened_as_a_workbook_so_that_none_can_harm(raw: Raw) -> None:
    raw.put(BOOK, b"PK\x03\x04 no archive at all")
    assert raw.looks() == [[], [BOOK]]


def test_sources_touched_are_those_of_workbooks_and_corrections() -> None:
    changed = [BOOK, "corrections/sector_support.csv", "decisions.csv", "locked/2021-22-Q2.csv"]
    assert sources_of(changed, SOURCES) == ["dwp_grants", "sector_support"]
    assert sources_of(["decisions.csv"], SOURCES) == []


def test_cursor_is_read_back_as_it_was() -> None:
    cursor = Cursor({"a": (1, 2, "x"), "b": (0, 0, "")}, {"c": (3, 4)}, 5)
    assert read_cursor(cursor.text) == cursor
    assert read_cursor(None) == Cursor()
