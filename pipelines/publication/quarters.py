"""Which quarters are reported."""

import duckdb

_QUARTERS = """
select distinct reporting_quarter.report_quarter
from marts.reporting_quarter
inner join marts.target
    on target.period_label in (reporting_quarter.report_year, reporting_quarter.report_year || ' academic')
order by reporting_quarter.report_quarter
"""
"""Quarters of the years for which an agreement sets targets."""


def reported_quarters(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The quarters that are reported, oldest first."""
    return [quarter for (quarter,) in connection.execute(_QUARTERS).fetchall()]
