"""Hashes that say whether anything has changed."""

from pathlib import Path

import pytest

from pipelines.versions import all_code_sha256, bytes_sha256, files_sha256, reading_code_sha256

CODE = (
    "pipelines/read/figures.py",
    "pipelines/contract/rows.py",
    "pipelines/periods.py",
    "pipelines/ledger/difference.py",
    "pipelines/report/report.py",
    "pipelines/document/templates/page.css",
    "assets/sources/dwp_grants.py",
    "assets/staged.py",
    "sql/marts/measure.sql",
    "README.md",
)


@pytest.fixture
def code(tmp_path: Path) -> Path:
    for name in CODE:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first\n")
    return tmp_path


def test_hash_of_no_bytes_is_the_published_one() -> None:
    assert bytes_sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_order_of_files_plays_no_part(code: Path) -> None:
    paths = [code / name for name in CODE]
    assert files_sha256(code, paths) == files_sha256(code, reversed(paths))


def test_name_of_a_file_counts(code: Path) -> None:
    before = files_sha256(code, [code / "README.md"])
    (code / "README.md").rename(code / "READ.md")
    assert files_sha256(code, [code / "READ.md"]) != before


@pytest.mark.parametrize(
    ("name", "of_reading", "of_all"),
    [
        pytest.param("pipelines/read/figures.py", True, True, id="reader"),
        pytest.param("pipelines/contract/rows.py", True, True, id="contract"),
        pytest.param("pipelines/periods.py", True, True, id="periods"),
        pytest.param("pipelines/ledger/difference.py", True, True, id="differences"),
        pytest.param("assets/sources/dwp_grants.py", True, True, id="source"),
        pytest.param("pipelines/report/report.py", False, True, id="report"),
        pytest.param("pipelines/document/templates/page.css", False, True, id="style"),
        pytest.param("assets/staged.py", False, True, id="asset"),
        pytest.param("sql/marts/measure.sql", False, True, id="sql"),
        pytest.param("README.md", False, False, id="readme"),
    ],
)
def test_what_a_change_of_a_file_changes(name: str, of_reading: bool, of_all: bool, code: Path) -> None:
    reading, everything = reading_code_sha256(code), all_code_sha256(code)
    (code / name).write_text("second\n")
    assert (reading_code_sha256(code) != reading) == of_reading
    assert (all_code_sha256(code) != everything) == of_all
