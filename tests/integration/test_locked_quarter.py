"""A quarter that is locked, through the job: nothing that comes later moves it, until an erratum is recorded."""

from collections.abc import Callable

import pytest

from pipelines.cli import main
from pipelines.publication.writing import reports_stamp
from pipelines.warehouse.publish import published_stamp
from tests.conftest import Installation

PUBLISHED = "select value, status, trend from marts.{} where report_quarter = '2021-22-Q2' and measure_code = '{}'"
BY = ("--who", "A. Officer", "--role", "Director of Place", "--why", "agreed at the meeting")


@pytest.fixture(scope="module")
def installation(published_copy: Callable[[], Installation]) -> Installation:
    """A copy of what is published, to which more happens."""
    return published_copy()


def test_a_locked_quarter_from_its_lock_to_an_erratum(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    paths, root = installation.paths, ("--root", str(installation.paths.root))
    before = {code: installation.rows(PUBLISHED.format("measure_status", code)) for code in ("IN.16", "IN.19")}
    assert main(["lock", "2021-22-Q2", *BY, *root]) == 0
    assert main(["sign-off", "2021-22-Q2", *BY, *root]) == 0

    receipts = paths.register.read_text(encoding="utf-8")
    assert receipts.count(",2021-10-22") == 1
    paths.register.write_text(receipts.replace(",2021-10-22", ",2021-12-01"), encoding="utf-8")
    (paths.locked / "notes.csv").write_text("a note")
    capsys.readouterr()
    assert installation.nightly() == 0
    assert "left alone: raw/locked/notes.csv: no line of raw/decisions.csv names it" in capsys.readouterr().out
    for code, figures in before.items():
        assert installation.rows(PUBLISHED.format("measure_status", code)) == figures
        assert installation.rows(PUBLISHED.format("computed_status", code)) == [(None, None, None)]
    capsys.readouterr()
    assert main(["status", *root]) == 0
    told = capsys.readouterr().out
    assert "2021-22-Q2, as published: locked on" in told
    assert "Amber (A) 2, Green (G) 3, Not rated 16, Red (R) 1" in told
    assert main(["status", "--as-at", "2021-11-12", *root]) == 0
    assert "Not rated 20" in capsys.readouterr().out
    assert main(["explain", "IN.16", *root]) == 0
    told = capsys.readouterr().out
    assert "CE forecast 2021-22 Q2.xlsx" in told
    assert "The locked figure against" in told
    findings = "select subject from marts.reconciliation_finding where check_name = 'locked_figure_differs'"
    differing = [("2021-22-Q2, IN.16",), ("2021-22-Q2, IN.17",), ("2021-22-Q2, IN.18",), ("2021-22-Q2, IN.19",)]
    assert installation.rows(f"{findings} order by all") == differing

    assert main(["erratum", "2021-22-Q2", "IN.16", *BY, *root]) == 0
    locked = {path.name: path.read_bytes() for path in paths.locked.iterdir()}
    assert installation.nightly() == 0
    assert installation.rows(PUBLISHED.format("measure_status", "IN.16")) == [(None, None, None)]
    assert installation.rows(PUBLISHED.format("measure_status", "IN.19")) == before["IN.19"]
    assert installation.rows("select old_figure, new_figure from marts.erratum where figure = 'value'") == [
        ("94", None)
    ]
    assert installation.rows("select action, errata_since from marts.sign_off") == [("lock", 1), ("sign_off", 1)]
    assert {path.name: path.read_bytes() for path in paths.locked.iterdir()} == locked
    page = (paths.reports / "2021-22-Q2" / "report.html").read_text(encoding="utf-8")
    assert "Signed off on" in page and "Restated since the quarter was locked" in page
    capsys.readouterr()
    assert main(["explain", "IN.16", *root]) == 0
    assert "agreed at the meeting" in capsys.readouterr().out


def test_after_a_rollback_readers_and_reports_are_of_the_version_before_and_a_nightly_leaves_it_so(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    report = installation.paths.reports / "2021-22-Q2" / "report.html"
    assert installation.rows(PUBLISHED.format("measure_status", "IN.16")) == [(None, None, None)]
    corrected = report.read_text(encoding="utf-8")
    assert main(["rollback", "--root", str(installation.paths.root)]) == 0
    assert installation.rows(PUBLISHED.format("measure_status", "IN.16")) != [(None, None, None)]
    assert report.read_text(encoding="utf-8") != corrected
    assert reports_stamp(installation.paths) == published_stamp(installation.paths)
    went_to = installation.paths.current.readlink()
    capsys.readouterr()
    assert installation.nightly() == 0
    assert "neither files nor code have changed" in capsys.readouterr().out
    assert installation.paths.current.readlink() == went_to


def test_figures_that_were_tampered_with_are_not_published(
    installation: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    path = installation.paths.locked / "2021-22-Q2.csv"
    version = installation.paths.published.resolve()
    path.write_text(path.read_text(encoding="utf-8").replace(",41,", ",46,"), encoding="utf-8", newline="")
    capsys.readouterr()
    assert installation.nightly() == 1
    assert "raw/locked/2021-22-Q2.csv has changed since A. Officer decided on it" in capsys.readouterr().out
    assert installation.paths.published.resolve() == version
