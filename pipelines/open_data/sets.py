"""Which public tables are open data, and which of their rows belong to a quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from pipelines.publication.catalogue import PublicTable, public_tables
from pipelines.publication.quarter import Quarter

Scope = Literal["quarter", "known", "cut_off", "origins", "all"]
"""Rows of the quarter itself; of editions that counted at its cut-off; told as of its cut-off; behind those; or all."""

_ROWS: dict[Scope, str] = {
    "quarter": "where report_quarter = $quarter",
    "known": """where exists (
        select 1 from marts.reporting_quarter as quarters
        where quarters.report_quarter = $quarter
            and shown.as_at <= quarters.known_by and coalesce(quarters.known_by < shown.superseded_on, true)
    )""",
    "cut_off": """where restated_on <= (
        select known_by from marts.reporting_quarter where report_quarter = $quarter
    )""",
    "origins": """where origin_id in (
        select observation.origin_id from marts.observation
        inner join marts.reporting_quarter as quarters
            on quarters.report_quarter = $quarter and observation.as_at <= quarters.known_by
            and coalesce(quarters.known_by < observation.superseded_on, true)
    )""",
    "all": "",
}

SETS: tuple[tuple[str, str, Scope], ...] = (
    ("marts.measure", "Measures", "all"),
    ("marts.measure_status", "Ratings and trends of the quarter", "quarter"),
    ("marts.observation", "Observations: every figure", "known"),
    ("marts.observation_origin", "Origins: the cells behind every figure", "origins"),
    ("marts.target", "Targets", "known"),
    ("marts.forecast", "Forecasts of the year-end", "quarter"),
    ("marts.commentary", "Commentary of the services", "known"),
    ("marts.reconciliation_finding", "Findings: what does not fit together", "all"),
    ("marts.supply_failure", "Measures that stopped coming", "quarter"),
    ("marts.restatement", "Restatements", "cut_off"),
    ("marts.survey", "Survey: agreement with its statements", "known"),
    ("marts.survey_interval", "Survey: how sure its figures are", "known"),
    ("marts.sector", "Voluntary, community and social enterprise sector", "known"),
    ("marts.sector_event", "Collaboration events", "known"),
    ("marts.grants", "Grants by recipient", "known"),
    ("marts.grant_scheme", "Grants by scheme", "known"),
    ("marts.local_fund", "{authority} Local Fund", "known"),
    ("marts.local_fund_application", "Applications to the {authority} Local Fund", "known"),
    ("marts.programme_activity", "Programme activity", "known"),
    ("marts.recorded_crime", "Recorded crime", "known"),
    ("marts.cash_limit", "Cash limit", "known"),
    ("marts.cash_limit_bridge", "Cash limit step by step", "known"),
    ("marts.reserve", "Earmarked reserves", "known"),
    ("marts.saving", "Savings programme", "known"),
    ("marts.action", "Action plan", "known"),
    ("marts.action_owner", "Owners of actions", "known"),
    ("marts.action_indicator", "Indicators of actions", "known"),
    ("marts.period", "Periods", "all"),
    ("marts.area", "Areas", "all"),
    ("marts.suppression", "What is suppressed", "all"),
    ("audit.source", "Sources", "all"),
)
"""Tables with the title, in which the authority is to be named, and the rows of each."""


@dataclass(frozen=True)
class DataSet:
    """A table of open data: what it is called in files, its title, what it is, and its rows in the order of its key."""

    name: str
    title: str
    table: PublicTable
    arrow: Any

    @cached_property
    def rows(self) -> Sequence[tuple[Any, ...]]:
        """The rows as tuples of Python values, in the order of the table's columns."""
        return list(zip(*(column.to_pylist() for column in self.arrow.columns), strict=True))

    @property
    def key(self) -> tuple[str, ...]:
        """The table's key; nothing where a part of it is missing or it is not unique: no standard has such keys."""
        key = self.table.key
        if not key or any(self.arrow[name].null_count for name in key):
            return ()
        return key if self.arrow.group_by(list(key)).aggregate([]).num_rows == self.arrow.num_rows else ()


def data_sets(quarter: Quarter) -> list[DataSet]:
    """The data sets of a quarter, those without any rows too: an empty table says that there is nothing."""
    tables, area = public_tables(quarter.connection), quarter.publisher.area
    found = []
    for name, title, scope in SETS:
        table = tables[name]
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        order = ", ".join(table.key) or "all"
        sql = f"select {columns} from {name} as shown {_ROWS[scope]} order by {order}"
        given = {"quarter": quarter.label} if "$quarter" in sql else None
        arrow = quarter.connection.sql(sql, params=given).to_arrow_table()
        found.append(DataSet(name.split(".")[1], title.format(authority=area), table, arrow))
    return found
