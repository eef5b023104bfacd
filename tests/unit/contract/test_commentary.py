"""The contract of commentary: kinds, codes, overrides with their reasons, and the cell at which a file is refused."""

from datetime import date
from pathlib import Path

import pytest

from assets.sources.commentary import source
from pipelines.contract.outcome import Reading
from tests.helpers import Value, only_finding, stage_workbooks

NAME = "Commentary 2021-22 Q2.xlsx"
HEADINGS: list[Value] = [
    "PI Code(s)",
    "Kind",
    "Commentary",
    "Status override",
    "Reason for override",
    "Author",
    "Approved on",
]
APPROVED = date(2021, 11, 12)


def text(
    codes: str = "IN.16; IN.17",
    kind: str = "Exception",
    said: str = "Enrolment is low.",
    override: Value = None,
    reason: Value = None,
    approved_on: Value = APPROVED,
) -> list[Value]:
    return [codes, kind, said, override, reason, "Policy", approved_on]


def read(folder: Path, *rows: list[Value]) -> Reading:
    [reading] = stage_workbooks(source, folder, {NAME: {"Commentary": [HEADINGS, *rows]}})
    return reading


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([text()], id="several_measures"),
        pytest.param([text("in.16,IN.17")], id="comma_and_small_letters"),
        pytest.param([text(override="A", reason="agreed")], id="override_with_its_reason"),
        pytest.param([text(), text(said="Retention holds.")], id="two_texts_of_one_measure"),
        pytest.param([text(override="A", reason="x"), text("IN.19", override="R", reason="y")], id="two_overrides"),
    ],
)
def test_what_is_taken(tmp_path: Path, rows: list[list[Value]]) -> None:
    reading = read(tmp_path, *rows)
    assert (reading.findings, reading.rows_loaded) == ([], len(rows))


def test_a_text_is_kept_as_it_is_written(tmp_path: Path) -> None:
    said = "August 2020 – July 2021: ‘−2%’"
    assert read(tmp_path, text(said=said)).tables["texts"].rows[0]["commentary"] == said


@pytest.mark.parametrize(
    ("row", "cell", "said"),
    [
        pytest.param(text(kind="Remark"), "B2", "must be one of ['Highlight', 'Exception', 'Note']", id="kind"),
        pytest.param(text(override="Red", reason="x"), "D2", "must be one of ['R', 'A', 'G']", id="status_in_words"),
        pytest.param(text(override="R"), "E2", "a status override needs its reason", id="override_without_reason"),
        pytest.param(text(reason="x"), "E2", "and a reason its override, but it is 'x'", id="reason_without_override"),
        pytest.param(text("IN.16 and IN.17"), "A2", "codes of measures with a semicolon", id="codes_in_words"),
        pytest.param(text("IN.16;"), "A2", "codes of measures with a semicolon", id="a_code_is_missing"),
        pytest.param(text(approved_on=None), "G2", "is blank in row 2", id="not_approved"),
        pytest.param(text(approved_on="31/02/2021"), "G2", "not a day that exists", id="no_such_day"),
    ],
)
def test_what_is_refused_at_its_cell(tmp_path: Path, row: list[Value], cell: str, said: str) -> None:
    finding = only_finding(read(tmp_path, row))
    assert (finding.sheet, finding.cell) == ("Commentary", cell)
    assert said in finding.message


def test_the_cell_is_found_where_the_columns_stand_in_another_order(tmp_path: Path) -> None:
    rows = [list(reversed(row)) for row in (HEADINGS, text(kind="Remark"))]
    [reading] = stage_workbooks(source, tmp_path, {NAME: {"Commentary": rows}})
    assert only_finding(reading).cell == "F2"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        pytest.param(text("IN.19, in.17", override="R", reason="y", said="z"), "one override", id="overridden_twice"),
        pytest.param(text(), "each text once", id="said_twice"),
    ],
)
def test_rows_that_do_not_go_together(tmp_path: Path, second: list[Value], said: str) -> None:
    first = text(override="A", reason="x") if said == "one override" else text()
    finding = only_finding(read(tmp_path, first, second))
    assert (finding.cell, finding.rule.startswith(said)) == ("A3", True)
