"""Which quarters have a report, and writing all of them from the published file."""

import json
import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import duckdb

from pipelines.files import written_whole
from pipelines.settings import Paths
from pipelines.warehouse.publish import Stamp, published_stamp, read_stamp

_STAMP, _REPORT = "build.json", "report.html"
_QUARTER = re.compile(r"\d{4}-\d{2}-Q[1-4]")
"""How the folder of a report is named."""

_QUARTERS = """
select distinct reporting_quarter.report_quarter
from marts.reporting_quarter
inner join marts.target
    on target.period_label in (reporting_quarter.report_year, reporting_quarter.report_year || ' academic')
order by reporting_quarter.report_quarter
"""
"""Quarters of the years for which an agreement sets targets."""


def reports_stamp(paths: Paths) -> Stamp | None:
    """What the reports on disk were made from; None when they were not all written."""
    return read_stamp(paths.reports / _STAMP)


def reported_quarters(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The quarters that have a report, oldest first."""
    return [quarter for (quarter,) in connection.execute(_QUARTERS).fetchall()]


def write_reports(paths: Paths) -> dict[Path, bool]:
    """Writes the report of every quarter that has one, each file whole, and removes those of quarters that are gone.

    Returns the paths, oldest first, each with whether its page is new or has changed.
    """
    from pipelines.report.contents import read_contents
    from pipelines.report.page import report_page

    stamp, version = published_stamp(paths), paths.published.resolve()
    written = {}
    with duckdb.connect(str(version), read_only=True) as connection:
        for quarter in reported_quarters(connection):
            page = report_page(read_contents(connection, quarter))
            path = paths.reports / quarter / _REPORT
            written[path] = not path.exists() or path.read_text(encoding="utf-8") != page
            _write(path, page)
    if stamp is not None:
        _write(paths.reports / _STAMP, json.dumps(asdict(stamp)))
        # when another version was published meanwhile, the reports are cut from that one next
        if paths.published.resolve() == version:
            _remove_all_but(paths, written)
    return written


def _remove_all_but(paths: Paths, written: Collection[Path]) -> None:
    """Removes the reports of other quarters, and of their folders those that hold nothing else."""
    for path in paths.reports.glob(f"*/{_REPORT}"):
        if path not in written and _QUARTER.fullmatch(path.parent.name):
            path.unlink()
            with suppress(OSError):  # somebody keeps something of their own there
                path.parent.rmdir()


def _write(path: Path, text: str) -> None:
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8")
