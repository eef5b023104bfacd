"""What changed since the open data of the quarter before: what the one said against what the other says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.open_data.changes import COLUMNS, changes
from pipelines.open_data.files import open_data_files
from pipelines.publication.public import public_figures
from pipelines.publication.quarter import Quarter
from tests.small_published import write_small_published

BETWEEN = "date '2021-10-01'"
"""After the cut-off of the first quarter of 2021/22 and before that of the second."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_published(tmp_path_factory.mktemp("small"))


def found(published: Path, folder: Path, statements: Sequence[str], label: str = "2021-22-Q2") -> list[tuple[Any, ...]]:
    """The changes of measures and targets, after the statements changed a copy of the file."""
    copy = folder / "copy.duckdb"
    copy.write_bytes(published.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    with public_figures(copy) as connection:
        rows = changes(Quarter(connection, label))
    return [tuple(row[name] for name in COLUMNS[:-1]) for row in rows if row["change"] != "restated"]


def test_a_target_that_the_quarter_before_already_listed_has_not_changed(small_quarter: Quarter) -> None:
    rated = small_quarter.rows(
        "select report_quarter, target_type from marts.rating_definition "
        "where measure_code = 'IN.16' and report_quarter >= '2021-22-Q1' order by report_quarter"
    )
    # the first quarter lies in the academic year before, which has no target
    assert [row["target_type"] for row in rated] == ["none", "numeric"]
    assert {row["change"] for row in changes(small_quarter)} == {"restated"}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (
            [
                f"update marts.target set superseded_on = {BETWEEN} where superseded_on is not null",
                f"update marts.target set as_at = {BETWEEN} where as_at = date '2021-11-20'",
            ],
            [("changed", "IN.16", "target_value of 2021-22 academic", 97, 99)],
        ),
        (
            [f"update marts.target set as_at = {BETWEEN} where measure_code = 'IN.3' and superseded_on is not null"],
            [
                ("added", "IN.3", "target_type of 2021-22", None, "numeric"),
                ("added", "IN.3", "target_value of 2021-22", None, 100000),
            ],
        ),
        (
            [
                f"update marts.target set superseded_on = {BETWEEN} "
                "where measure_code = 'IN.14' and superseded_on is not null"
            ],
            [("removed", "IN.14", "target_type of 2021-22", "maximise", None)],
        ),
        (
            ["delete from marts.rating_definition where measure_code = 'IN.5' and report_quarter = '2021-22-Q1'"],
            [("added", "IN.5", "measure_name", None, "Measure IN.5")],
        ),
        (
            ["update marts.rating_definition set unit = '£' where measure_code = 'IN.5' and report_quarter like '%Q2'"],
            [("changed", "IN.5", "unit", "Number", "£")],
        ),
    ],
    ids=["target changed", "target added", "target removed", "measure added", "measure redefined"],
)
def test_what_is_not_as_it_was(
    published: Path, tmp_path: Path, statements: list[str], expected: list[tuple[Any, ...]]
) -> None:
    assert found(published, tmp_path, statements) == expected


def test_the_first_quarter_that_is_reported_is_compared_with_none(small_quarter: Quarter) -> None:
    first = Quarter(small_quarter.connection, "2021-22-Q1")
    assert changes(first) == []
    files, second = open_data_files(first), open_data_files(small_quarter)
    assert files["open_data/changes.csv"].decode().splitlines() == [",".join(COLUMNS)]
    assert "This is the first quarter that is reported" in files["open_data/index.html"].decode()
    assert "Compared with the open data of 2021-22-Q1" in second["open_data/index.html"].decode()
