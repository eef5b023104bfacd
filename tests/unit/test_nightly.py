"""What the summary of a nightly says: of what it published, of what stands, of what was refused."""

from pathlib import Path

import duckdb

from pipelines import nightly
from pipelines.moments import london_time, moment_of
from pipelines.nightly import Outcome, summary
from pipelines.settings import Paths
from tests.small_versions import publish_small

REFUSED = ("centres", "Return.xlsx", "does not fit")


def outcome(*findings: str) -> Outcome:
    return Outcome({"quarantined": 1}, [], [(*REFUSED, list(findings))], "", {}, 0, [], [], [], [], {})


def test_of_a_refused_file_five_findings_are_printed_and_the_others_counted(tmp_path: Path) -> None:
    said = summary(Paths(tmp_path), outcome(*(f"finding {number}" for number in range(1, 7))), published=True)
    assert "finding 5\n    and 1 more, see audit.rejected_cell\n" in said
    assert "finding 6" not in said
    said = summary(Paths(tmp_path), outcome(*(f"finding {number}" for number in range(1, 6))), published=True)
    assert "finding 5" in said
    assert "more" not in said


def test_findings_are_in_the_order_of_the_sheets_rows() -> None:
    cells = ["A100", "AA2", "A10", "", "B2", "A2"]
    with duckdb.connect(":memory:") as connection:
        connection.execute("create schema audit")
        connection.execute(
            "create table audit.rejected_cell as select 'Return.xlsx' as workbook, 'bytes' as workbook_sha256,"
            " 'Sheet' as sheet, unnest(?) as cell, 'wrong' as message",
            [cells],
        )
        found = nightly._findings(connection, "Return.xlsx", "bytes")
    assert found == [
        "Sheet: wrong",
        *(f"Sheet, {cell}: wrong" for cell in ("A2", "B2", "AA2", "A10", "A100")),
    ]


def test_a_failed_run_says_that_the_summary_is_of_what_was_published_before(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    made = moment_of(publish_small(paths, 1))
    assert made
    said = summary(paths, outcome(), published=False)
    assert said.strip().startswith(f"What is published, of {london_time(made)}, still stands:\nFiles: 1 seen")
    assert "still stands" not in summary(paths, outcome(), published=True)
