"""Reads what a quarter's report says from the marts: nothing is computed here that a mart does not hold."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

Row = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """One quarter's report: its head, the priorities in order with their measures, and the notes below.

    components: the two answers behind each survey figure, by measure and period. signatures: locks and sign-offs of the
    quarter; errata: what has been restated since it was locked. awaited: measures whose next figure was due or overdue.
    """

    quarter: Row
    priorities: list[tuple[str, list[Row]]]
    components: dict[tuple[str, str], Row]
    signatures: list[Row]
    errata: list[Row]
    findings: list[Row]
    files_not_loaded: list[Row]
    awaited: list[Row]
    sources: list[Row]
    run_date: date


_MEASURES = """
select
    measure_status.*,
    rating_definition.polarity,
    rating_definition.is_contextual,
    rating_definition.unit,
    rating_definition.year_type,
    rating_definition.target_type,
    measure.headline,
    measure.note,
    before.value as before_value,
    before.period_label as before_period,
    before_origin.numerator as before_numerator,
    before_origin.denominator as before_denominator,
    before_that.value as before_that_value,
    before_that.period_label as before_that_period,
    before_that_origin.numerator as before_that_numerator,
    before_that_origin.denominator as before_that_denominator,
from marts.measure_status
inner join marts.rating_definition using (report_quarter, measure_code)
inner join marts.measure on measure_status.measure_code = measure.measure_code
left join marts.year_end as before
    on measure_status.report_quarter = before.report_quarter
    and measure_status.measure_code = before.measure_code and before.years_back = 1
left join marts.observation as before_origin on before.origin_id = before_origin.origin_id
left join marts.year_end as before_that
    on measure_status.report_quarter = before_that.report_quarter
    and measure_status.measure_code = before_that.measure_code and before_that.years_back = 2
left join marts.observation as before_that_origin on before_that.origin_id = before_that_origin.origin_id
where measure_status.report_quarter = $quarter
order by measure.sheet_row
"""

_SIGNATURES = "select * from marts.sign_off where report_quarter = $quarter order by decision_order"

_ERRATA = """
select
    measure_code,
    approved_on,
    role,
    reason,
    string_agg(
        figure || ' ' || coalesce(new_figure, 'nothing') || ' (was ' || coalesce(old_figure, 'nothing') || ')',
        '; ' order by figure
    ) as changes,
from marts.erratum
where report_quarter = $quarter and figure in ('value', 'target_value', 'status', 'trend', 'override_status')
group by measure_code, decision_order, approved_on, role, reason
order by decision_order
"""

_COMPONENTS = """
select survey.measure_code, survey.period_label, survey.strongly_agree_pct, survey.tend_to_agree_pct
from marts.survey
inner join marts.area on survey.area_code = area.area_code and area.is_authority
inner join marts.reporting_quarter
    on survey.as_at <= reporting_quarter.known_by
    and coalesce(reporting_quarter.known_by < survey.superseded_on, true)
where reporting_quarter.report_quarter = $quarter and not survey.is_illustrative
"""

_PRIORITIES = "select distinct priority from marts.priority order by priority"

_FINDINGS = """
select check_name, subject, explanation, workbook, sheet, cell
from marts.reconciliation_finding
where
    workbook is null
    or workbook in (
        select origin.workbook
        from marts.observation_origin as origin
        inner join marts.observation on origin.origin_id = observation.origin_id
        inner join marts.measure on observation.measure_code = measure.measure_code and measure.in_agreement
        union
        select workbook from marts.target
        union
        select workbook from marts.commentary
    )
order by check_name, subject
"""
"""What is wrong with the workbooks that the report is made of; a committee need not read of any other."""

_FILES_NOT_LOADED = """
select workbook, reason
from audit.workbook
where needs_action
order by workbook
"""


_AWAITED = """
select
    freshness.measure_code,
    freshness.frequency,
    freshness.is_sent_less_often,
    freshness.next_period,
    freshness.due_on,
    freshness.grace_until,
    freshness.state,
    freshness.note,
    freshness.source_sent_on,
    source.title as source_title,
from marts.freshness
inner join marts.reporting_quarter on reporting_quarter.report_quarter = $quarter
left join audit.source as source on freshness.source = source.source
where
    freshness.state in ('due', 'late', 'silent', 'never_received')
    and case
        when reporting_quarter.cut_off < (select run_date from audit.build) then freshness.report_quarter = $quarter
        else freshness.is_now
    end
order by freshness.sheet_row
"""
"""As the quarter's cut-off saw it; before that day, as the day of the build sees it."""


def read_contents(connection: duckdb.DuckDBPyConnection, quarter: str) -> Contents:
    """The contents of one quarter's report. Raises LookupError for a quarter that is not reported."""
    heads = _rows(connection, "select * from marts.reporting_quarter where report_quarter = $quarter", quarter=quarter)
    if not heads:
        raise LookupError(f"{quarter} is not a reporting quarter of this warehouse")
    measures = _rows(connection, _MEASURES, quarter=quarter)
    titles = [row["priority"] for row in _rows(connection, _PRIORITIES)]
    titles += sorted({row["priority"] for row in measures} - set(titles))
    return Contents(
        quarter=heads[0],
        priorities=[(title, [row for row in measures if row["priority"] == title]) for title in titles],
        components={
            (row["measure_code"], row["period_label"]): row for row in _rows(connection, _COMPONENTS, quarter=quarter)
        },
        signatures=_rows(connection, _SIGNATURES, quarter=quarter),
        errata=_rows(connection, _ERRATA, quarter=quarter),
        findings=_rows(connection, _FINDINGS),
        files_not_loaded=_rows(connection, _FILES_NOT_LOADED),
        awaited=awaited_figures(connection, quarter),
        sources=_rows(connection, "select * from audit.source order by title"),
        run_date=_rows(connection, "select run_date from audit.build")[0]["run_date"],
    )


def awaited_figures(connection: duckdb.DuckDBPyConnection, quarter: str) -> list[Row]:
    """Figures that were due or overdue when the quarter was cut off, for `wording.awaited_in_words`."""
    return _rows(connection, _AWAITED, quarter=quarter)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: Any) -> list[Row]:
    cursor = connection.execute(sql, parameters or None)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
