"""Which files stand on disk after they were made: those of the published version, and nothing of ours besides."""

from pathlib import Path

import duckdb
import pytest

from pipelines.publication.quarter import Quarter
from pipelines.publication.writing import reports_stamp, write_reports
from pipelines.settings import Paths
from pipelines.warehouse.publish import published_stamp
from tests.small_versions import publish_small

GONE, STANDS = "2020-21-Q4", "2021-22-Q1"


def two_files(quarter: Quarter) -> dict[str, bytes]:
    return {"report.html": f"report of {quarter.label}".encode(), "dashboard/measures/IN.1.html": b"a page"}


def one_file(quarter: Quarter) -> dict[str, bytes]:
    return {"report.html": f"report of {quarter.label}".encode()}


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A published version that reports one quarter, and on disk a report of another beside somebody's own files."""
    paths = Paths(tmp_path)
    publish_small(paths, 1)
    monkeypatch.setattr("pipelines.publication.writing.reported_quarters", lambda _connection: [STANDS])
    monkeypatch.setattr("pipelines.publication.outputs.MAKERS", (two_files,))
    for name in (f"{GONE}/report.html", "2019-20-Q1/report.html", "2019-20-Q1/notes.txt", "mine/report.html"):
        (paths.reports / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.reports / name).write_text("before")
    return paths


def on_disk(paths: Paths) -> set[str]:
    found = {path.relative_to(paths.reports).as_posix() for path in paths.reports.rglob("*") if path.is_file()}
    return found - {"build.json", f"{STANDS}/files.json"}


def test_reports_of_quarters_that_are_gone_are_removed_and_nobody_elses_files(paths: Paths) -> None:
    written = write_reports(paths)[STANDS]
    assert set(written.changed) == set(written.sizes) == {"report.html", "dashboard/measures/IN.1.html"}
    own = {f"{STANDS}/report.html", f"{STANDS}/dashboard/measures/IN.1.html"}
    assert on_disk(paths) == own | {"2019-20-Q1/notes.txt", "mine/report.html"}
    assert not (paths.reports / GONE).exists()
    assert not write_reports(paths)[STANDS].changed
    assert reports_stamp(paths) == published_stamp(paths)


def test_a_page_that_is_made_no_more_is_removed_with_its_folders(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    write_reports(paths)
    (paths.reports / STANDS / "notes.txt").write_text("somebody's own")
    monkeypatch.setattr("pipelines.publication.outputs.MAKERS", (one_file,))
    write_reports(paths)
    assert not (paths.reports / STANDS / "dashboard").exists()
    assert {f"{STANDS}/report.html", f"{STANDS}/notes.txt"} < on_disk(paths)


def test_nothing_outside_of_the_folder_is_removed_whatever_the_list_of_files_says(paths: Paths) -> None:
    write_reports(paths)
    (paths.reports / STANDS / "files.json").write_text('["../../raw.txt", "report.html", "/etc/nothing", 3]')
    (paths.warehouse / "raw.txt").write_text("supplied")
    write_reports(paths)
    assert (paths.warehouse / "raw.txt").exists()


def test_reports_are_left_when_another_version_was_published_meanwhile(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publishes(connection: duckdb.DuckDBPyConnection) -> list[str]:
        assert connection.execute("select number from audit.build").fetchall() == [(1,)]
        publish_small(paths, 2)
        return [STANDS]

    monkeypatch.setattr("pipelines.publication.writing.reported_quarters", publishes)
    write_reports(paths)
    assert f"{GONE}/report.html" in on_disk(paths)


def test_reports_are_left_when_somebody_has_written_to_the_published_file(paths: Paths) -> None:
    (paths.current / "inclusive_neighbourhoods.duckdb.wal").touch()
    write_reports(paths)
    assert f"{GONE}/report.html" in on_disk(paths)
