"""Figures that had not come though they were due, as a quarter's cut-off saw it."""

from collections.abc import Sequence

from pipelines.document.model import Run, Words
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import awaited_in_words

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


def awaited_figures(quarter: Quarter) -> list[Row]:
    """Figures that were due or overdue when the quarter was cut off, for `awaited_items`."""
    return quarter.rows(_AWAITED)


def awaited_items(awaited: Sequence[Row]) -> list[Words]:
    """Figures that had not come though they were due, measures of the same words together."""
    codes: dict[str, list[str]] = {}
    for row in awaited:
        codes.setdefault(awaited_in_words(row), []).append(row["measure_code"])
    return [[Run(", ".join(of), "strong"), Run(f": {said}")] for said, of in codes.items()]
