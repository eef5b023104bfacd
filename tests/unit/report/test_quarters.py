"""Which reports stand on disk after they were cut: those of the published version, and nothing of ours besides."""

from pathlib import Path

import duckdb
import pytest

from pipelines.report.quarters import reports_stamp, write_reports
from pipelines.settings import Paths
from pipelines.warehouse.publish import published_stamp
from tests.small_versions import publish_small

GONE, STANDS = "2020-21-Q4", "2021-22-Q1"


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A published version that reports one quarter, and on disk a report of another beside somebody's own files."""
    paths = Paths(tmp_path)
    publish_small(paths, 1)
    monkeypatch.setattr("pipelines.report.quarters.reported_quarters", lambda _connection: [STANDS])
    monkeypatch.setattr("pipelines.report.contents.read_contents", lambda _connection, quarter: quarter)
    monkeypatch.setattr("pipelines.report.page.report_page", lambda contents: f"report of {contents}")
    for name in (f"{GONE}/report.html", "2019-20-Q1/report.html", "2019-20-Q1/notes.txt", "mine/report.html"):
        (paths.reports / name).parent.mkdir(parents=True, exist_ok=True)
        (paths.reports / name).write_text("before")
    return paths


def on_disk(paths: Paths) -> set[str]:
    return {path.relative_to(paths.reports).as_posix() for path in paths.reports.glob("*/*")}


def test_reports_of_quarters_that_are_gone_are_removed_and_nobody_elses_files(paths: Paths) -> None:
    assert write_reports(paths) == {paths.reports / STANDS / "report.html": True}
    assert on_disk(paths) == {f"{STANDS}/report.html", "2019-20-Q1/notes.txt", "mine/report.html"}
    assert not (paths.reports / GONE).exists()
    assert write_reports(paths) == {paths.reports / STANDS / "report.html": False}
    assert reports_stamp(paths) == published_stamp(paths)


def test_reports_are_left_when_another_version_was_published_meanwhile(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publishes(connection: duckdb.DuckDBPyConnection) -> list[str]:
        assert connection.execute("select number from audit.build").fetchall() == [(1,)]
        publish_small(paths, 2)
        return [STANDS]

    monkeypatch.setattr("pipelines.report.quarters.reported_quarters", publishes)
    write_reports(paths)
    assert f"{GONE}/report.html" in on_disk(paths)


def test_reports_are_left_when_somebody_has_written_to_the_published_file(paths: Paths) -> None:
    (paths.current / "inclusive_neighbourhoods.duckdb.wal").touch()
    write_reports(paths)
    assert f"{GONE}/report.html" in on_disk(paths)
