"""Which quarters have a report, and writing all of them from the published file."""

import json
from dataclasses import asdict
from pathlib import Path

import duckdb

from pipelines.files import written_whole
from pipelines.settings import Paths
from pipelines.warehouse.publish import Stamp, published_stamp, read_stamp

_STAMP = "build.json"

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
    """Writes the report of every quarter that has one. Each file is replaced whole.

    Returns the paths, oldest first, each with whether its page is new or has changed.
    """
    from pipelines.report.contents import read_contents
    from pipelines.report.page import report_page

    stamp = published_stamp(paths)
    written = {}
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        for quarter in reported_quarters(connection):
            page = report_page(read_contents(connection, quarter))
            path = paths.reports / quarter / "report.html"
            written[path] = not path.exists() or path.read_text(encoding="utf-8") != page
            _write(path, page)
    if stamp is not None:
        _write(paths.reports / _STAMP, json.dumps(asdict(stamp)))
    return written


def _write(path: Path, text: str) -> None:
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8")
