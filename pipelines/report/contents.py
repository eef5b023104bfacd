"""What most sections of a quarter's report are about: the quarter, the one before it, and the measures as rated."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.publication.quarter import Quarter, Row

KNOWN = """
as_at <= (select known_by from marts.reporting_quarter where report_quarter = $quarter)
and coalesce(
    (select known_by from marts.reporting_quarter where report_quarter = $quarter) < superseded_on, true
)
"""
"""Of rows that come in editions: those that counted at the quarter's cut-off."""


@dataclass(frozen=True)
class Contents:
    """A quarter, its row of marts.reporting_quarter, that of the quarter before (None for the first), and its measures.

    measures: in the order of the agreement, each with its rating, definition and the figures of the two years before.
    """

    quarter: Quarter
    head: Row
    before: Row | None
    measures: Sequence[Row]


_HEADS = """
select * from marts.reporting_quarter
where cut_off <= (select cut_off from marts.reporting_quarter where report_quarter = $quarter)
order by cut_off desc
limit 2
"""

_IS_SUPPRESSED = """
{year}.value is null and exists (
    select 1 from marts.suppression as suppressed
    where
        suppressed.measure_code = {year}.measure_code
        and {year}.period_label in (
            suppressed.period_label,
            case suppressed.year_type when 'quarter' then left(suppressed.period_label, 7) end
        )
)
"""
"""Of a figure of marts.year_end: with a quarter its year is suppressed."""

_MEASURES = f"""
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
    {_IS_SUPPRESSED.format(year="before")} as before_is_suppressed,
    before_that.value as before_that_value,
    before_that.period_label as before_that_period,
    before_that_origin.numerator as before_that_numerator,
    before_that_origin.denominator as before_that_denominator,
    {_IS_SUPPRESSED.format(year="before_that")} as before_that_is_suppressed,
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


def read_contents(quarter: Quarter) -> Contents:
    """The contents of one quarter's report. Raises LookupError for a quarter that is not reported."""
    heads = quarter.rows(_HEADS)
    if not heads:
        raise LookupError(f"{quarter.label} is not a reporting quarter of this warehouse")
    return Contents(quarter, heads[0], heads[1] if len(heads) > 1 else None, quarter.rows(_MEASURES))
