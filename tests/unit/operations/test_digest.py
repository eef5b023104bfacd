"""What is told of a published file: refused files by the places in them, overdue figures by their source."""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from pipelines.operations.digest import OVERDUE, REFUSED, Item, compose, open_items
from pipelines.settings import Paths
from pipelines.warehouse import audit
from pipelines.warehouse.build import write_table
from tests.sql.harness import Row, column_types, create_table, day

FILE: Row = {"source": "centres", "workbook": "Centres\nBcc: x.xlsx", "workbook_sha256": "abc"}
REFUSAL: Row = FILE | {"outcome": "quarantined", "needs_action": True}
CENTRES: Row = {"source": "centres", "title": "Centres", "owner": "Leisure", "is_now": True, "state": "silent"}
CENTRES |= {"last_received_on": day("2021-10-11"), "due_on": day("2022-01-15"), "next_period": "2021-22-Q3"}
VISITS: Row = {"source": "centres", "state": "silent", "due_on": day("2022-01-15"), "next_period": "2021-22-Q3"}


def published(
    root: Path,
    files: Sequence[Row] = (),
    cells: Sequence[Row] = (),
    overdue: Sequence[Row] = (),
    sources: Sequence[Row] = (),
) -> Paths:
    paths = Paths(root)
    paths.published.parent.mkdir(parents=True)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("create schema audit; create schema marts")
        write_table(connection, "audit.workbook", "", audit.WORKBOOK, files)
        write_table(connection, "audit.rejected_cell", "", audit.REJECTED_CELL, cells)
        create_table(connection, "marts.overdue", column_types()["marts.overdue"], overdue)
        create_table(connection, "marts.source_freshness", column_types()["marts.source_freshness"], sources)
    return paths


def test_a_refused_file_is_told_with_the_places_and_never_with_what_stands_there(tmp_path: Path) -> None:
    found = {"rule": "a number", "message": "'Jo Bloggs' is not a number", "value": "Jo Bloggs", "sheet": "Visits"}
    cells = [FILE | found | {"cell": f"B{row}"} for row in range(2, 7)]
    [item] = open_items(published(tmp_path, [REFUSAL], cells), {})
    assert item.kind == REFUSED
    assert item.text == (
        "raw/centres/Centres Bcc: x.xlsx was refused: 5 to mend (Visits, B2; Visits, B3; Visits, B4; and 2 more); "
        "see warehouse/acknowledgements/centres/"
    )


@pytest.mark.parametrize(
    ("outcome", "said"), [("conflict", "is in conflict with another file"), ("missing_bytes", "its bytes are nowhere")]
)
def test_a_file_that_was_not_read_says_why(tmp_path: Path, outcome: str, said: str) -> None:
    [item] = open_items(published(tmp_path, [REFUSAL | {"outcome": outcome}]), {})
    assert said in item.text


def test_a_file_that_needs_nobody_is_not_told(tmp_path: Path) -> None:
    assert open_items(published(tmp_path, [REFUSAL | {"needs_action": False}]), {}) == []


def test_a_source_is_told_once_with_its_measures(tmp_path: Path) -> None:
    measures = [VISITS | {"measure_code": code} for code in ("IN.2", "IN.1")]
    [item] = open_items(published(tmp_path, overdue=measures, sources=[CENTRES, CENTRES | {"is_now": False}]), {})
    assert item.kind == OVERDUE
    assert item.text == (
        "Centres (Leisure) has fallen silent: last file 11 October 2021, 2021-22-Q3 was due on 15 January 2022. "
        "Measures: IN.1, IN.2."
    )


def test_a_source_that_brings_no_measure_is_told_too(tmp_path: Path) -> None:
    [item] = open_items(published(tmp_path, sources=[CENTRES | {"state": "late"}]), {})
    assert item.text == "Centres (Leisure) is late: 2021-22-Q3 was due on 15 January 2022; last file 11 October 2021."


def test_late_and_silent_are_different_matters_and_the_same_one_is_the_same_next_night(tmp_path: Path) -> None:
    late = open_items(published(tmp_path / "late", sources=[CENTRES | {"state": "late"}]), {})
    silent = open_items(published(tmp_path / "silent", sources=[CENTRES]), {})
    later = open_items(published(tmp_path / "later", sources=[CENTRES]), {})
    assert late[0].key != silent[0].key == later[0].key


def test_a_measure_of_no_known_source_is_told(tmp_path: Path) -> None:
    never = VISITS | {"source": None, "state": "never_received", "measure_code": "IN.9"}
    [item] = open_items(published(tmp_path, overdue=[never]), {})
    assert item.text.endswith("2021-22-Q3 was due on 15 January 2022. Measures: IN.9.")


def test_a_source_that_is_not_overdue_is_not_told(tmp_path: Path) -> None:
    sources = [CENTRES | {"state": state} for state in ("due", "not_yet_due", "never_received", "not_expected")]
    assert open_items(published(tmp_path, sources=sources), {}) == []


def test_failures_are_told_though_nothing_is_published(tmp_path: Path) -> None:
    [item] = open_items(Paths(tmp_path), {"nightly": "no disk\nleft"})
    assert item.text == "The run 'nightly' failed: no disk left"


def test_a_published_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    paths = published(tmp_path)
    with duckdb.connect(str(paths.published)) as connection:
        connection.execute("drop table marts.overdue")
    [item] = open_items(paths, {})
    assert "cannot be read" in item.text


def test_the_subject_counts_and_holds_no_text_of_a_file() -> None:
    digest = compose(
        [Item(REFUSED, "a", "x\r\nBcc: y"), Item(REFUSED, "b", "z")], [Item(OVERDUE, "c", "w")], [], "/srv"
    )
    assert digest.subject == "Inclusive Neighbourhoods: 2 files not loaded, 1 source overdue"
