"""What the dashboard of a quarter shows, read once from the marts: every page picks from it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.explain.answer import Reasoning, reasonings
from pipelines.publication.quarter import Publisher, Quarter, Row
from pipelines.publication.quarters import reported_quarters


@dataclass(frozen=True)
class Contents:
    """One quarter's dashboard.

    quarter: its row of marts.reporting_quarter. quarters: labels of all that are reported. run_date: day of the build.
    ratings: rows of marts.measure_status with what the measure is, in the agreement's order. measures: rows of every
    measure that has a page, by code; those outside the agreement have no status. figures: by code, what was known by
    the cut-off, of all areas, oldest first; origins: cells by origin_id. reasons: how each rating came about, by code.
    priorities: of the agreement, also those without a measure.
    """

    quarter: Row
    quarters: Sequence[str]
    run_date: date
    publisher: Publisher
    ratings: Sequence[Row]
    measures: Mapping[str, Row]
    figures: Mapping[str, Sequence[Row]]
    origins: Mapping[str, Sequence[Row]]
    reasons: Mapping[str, Reasoning]
    priorities: Sequence[str]


_QUARTER = "select * from marts.reporting_quarter where report_quarter = $quarter"

_RATINGS = """
select
    status.*,
    definition.polarity,
    definition.is_contextual,
    definition.unit,
    definition.year_type,
    definition.frequency,
    definition.rated_on,
    definition.forecast_method,
    definition.target_type,
    measure.owner,
    measure.category,
    measure.headline,
    measure.note,
from {statuses} as status
inner join marts.rating_definition as definition using (report_quarter, measure_code)
inner join marts.measure on status.measure_code = measure.measure_code
where status.report_quarter = $quarter
order by measure.sheet_row, status.measure_code
"""

_OTHERS = """
select measure_code, measure_name, polarity, true as is_contextual, unit, year_type, frequency, owner, category, note
from marts.measure
where measure_code not in (select measure_code from marts.measure_status where report_quarter = $quarter)
order by measure_code
"""

_FIGURES = """
select observation.*, area.area_name, area.area_type, area.is_authority
from marts.observation
inner join marts.area on observation.area_code = area.area_code
where
    observation.as_at <= $known_by
    and coalesce($known_by < observation.superseded_on, true)
    and (
        area.is_authority
        or observation.measure_code in (
            select measure_code from marts.observation group by measure_code having count(distinct area_code) <= 20
        )
    )
order by
    observation.measure_code, observation.period_end, observation.period_start, observation.period_label,
    area.is_authority desc, area.area_name, observation.component = 'total' desc, observation.component
"""
"""Of a measure that areas all over the country have, the authority's own; marts.comparison has means of others."""

_ORIGINS = """
select origin_id, role, amount, factor, workbook, sheet, cell, cell_text, workbook_sha256
from marts.observation_origin
where origin_id in (select unnest($ids))
order by
    origin_id, role = 'denominator', role, workbook, workbook_sha256, sheet,
    regexp_extract(cell, '[A-Z]+'), try_cast(regexp_extract(cell, '\\d+') as bigint), cell
"""


def read_contents(quarter: Quarter) -> Contents:
    """The contents of a quarter's dashboard."""
    [head] = quarter.rows(_QUARTER)
    ratings = quarter.rows(_RATINGS.format(statuses="marts.measure_status"))
    figures = known_figures(quarter, head["known_by"])
    ids = {row["origin_id"] for rows in figures.values() for row in rows}
    others = [row for row in quarter.rows(_OTHERS) if row["measure_code"] in figures]
    return Contents(
        quarter=head,
        quarters=reported_quarters(quarter.connection),
        run_date=quarter.rows("select run_date from audit.build")[0]["run_date"],
        publisher=quarter.publisher,
        ratings=ratings,
        measures={row["measure_code"]: row for row in [*ratings, *others]},
        figures=figures,
        origins=_grouped(quarter.rows(_ORIGINS, ids=sorted(ids)), "origin_id"),
        reasons=reasonings(quarter.connection, quarter.label),
        priorities=[row["priority"] for row in quarter.rows("select distinct priority from marts.priority")],
    )


def known_figures(quarter: Quarter, known_by: date) -> dict[str, list[Row]]:
    """Figures that were known on a day, by code of measure, oldest first."""
    return _grouped(quarter.rows(_FIGURES, known_by=known_by), "measure_code")


def restated_days(quarter: Quarter) -> list[date]:
    """Days on which something of the quarter was restated after its cut-off, oldest first."""
    rows = quarter.rows("select distinct restated_on from marts.restated_quarter where report_quarter = $quarter")
    return sorted(row["restated_on"] for row in rows)


def ratings_as_at(quarter: Quarter, day: date) -> list[Row]:
    """The ratings of the quarter as they were known on such a day."""
    return quarter.rows(_RATINGS.format(statuses="marts.status_as_at($day)"), day=day)


def _grouped(rows: Sequence[Row], name: str) -> dict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return dict(groups)
