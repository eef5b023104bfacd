"""The public schema `marts` changes only together with its version and its changelog."""

import re

import pytest

from pipelines.warehouse.tables import MARTS_VERSION
from tests.conftest import Installation
from tests.marts_schema import CHANGELOG, changes, is_enough, least_version, schema_of, what_to_do, written_down

BEFORE = {("measure", "measure_code"): "VARCHAR", ("measure", "value"): "DECIMAL(28,6)"}
VALUE = ("measure", "value")


def test_names_and_types_are_those_written_down_for_this_version(published: Installation) -> None:
    version, before = written_down()
    differences = changes(before, schema_of(published.paths.published))
    assert not differences, what_to_do(version, differences)


def test_version_is_the_same_in_code_file_changelog_and_snapshot(published: Installation) -> None:
    [top, *_] = re.findall(r"^## (\d+\.\d+\.\d+)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert published.rows("select schema_version from audit.build") == [(MARTS_VERSION,)]
    assert (top, written_down()[0]) == (MARTS_VERSION, MARTS_VERSION)


@pytest.mark.parametrize(
    ("after", "least"),
    [
        pytest.param(BEFORE, "1.2.3", id="unchanged"),
        pytest.param(BEFORE | {("measure", "owner"): "VARCHAR"}, "1.3.0", id="column_added"),
        pytest.param({("measure", "measure_code"): "VARCHAR"}, "2.0.0", id="column_removed"),
        pytest.param(
            {("measure", "code"): "VARCHAR", VALUE: "DECIMAL(28,6)"}, "2.0.0", id="column_renamed"
        ),
        pytest.param(BEFORE | {VALUE: "DOUBLE"}, "2.0.0", id="type_changed"),
        pytest.param(BEFORE | {VALUE: "DOUBLE", ("a", "b"): "VARCHAR"}, "2.0.0", id="changed_and_added"),
    ],
)  # fmt: skip
def test_what_changed_says_which_version_it_asks_for(after: dict[tuple[str, str], str], least: str) -> None:
    assert least_version("1.2.3", changes(BEFORE, after)) == least


def test_who_changes_it_is_told_what_changed_and_what_to_do() -> None:
    told = what_to_do("1.2.3", changes(BEFORE, {VALUE: "DOUBLE", ("measure", "owner"): "VARCHAR"}))
    assert "removed: measure.measure_code" in told
    assert "changed: measure.value is DOUBLE, was DECIMAL(28,6)" in told
    assert "added: measure.owner" in told
    assert "at least 2.0.0, write the changelog" in told


def test_versions_are_compared_as_numbers() -> None:
    assert is_enough("1.10.0", "1.9.3")
    assert not is_enough("1.9.3", "1.10.0")
