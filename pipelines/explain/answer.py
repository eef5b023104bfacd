"""Gathers the way of a figure from the published tables alone: nothing is computed here that a table does not hold."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from pipelines.explain.cells import Origin, origins_of
from pipelines.publication.quarters import reported_quarters

Row = dict[str, Any]
_Part = TypeVar("_Part")


class NotKnown(LookupError):
    """The warehouse has no such measure or quarter; the message lists those that it has."""


@dataclass(frozen=True)
class Rating:
    """How a measure is rated in a quarter, and by which rule. `status` is null with a reason.

    shortfall: how far the value misses the target, in the measure's unit; below zero where it is better.
    target_*: where the agreement sets the target; null where it sets none. locked_on: day from which the quarter's
    figures stay as they were published. restated_*: of the measure's last erratum. is_computed_otherwise: whether its
    value, status or trend would be others without the lock.
    """

    status: str | None
    status_reason: str
    polarity: str
    rated_on: str
    forecast_method: str
    value: Decimal | None
    value_kind: str | None
    value_period: str | None
    target_type: str
    target_value: Decimal | None
    tolerance_value: Decimal
    tolerance_kind: str
    shortfall: Decimal | None
    shortfall_pct: Decimal | None
    status_robust: bool | None
    reading_sensitive: bool | None
    override_status: str | None
    override_reason: str | None
    commentary: str | None
    locked_on: date | None
    restated_on: date | None
    restated_why: str | None
    is_computed_otherwise: bool
    target_workbook: str | None
    target_sheet: str | None
    target_cell: str | None
    target_text: str | None
    approved_on: date | None


@dataclass(frozen=True)
class Trend:
    """The direction of travel, and the two figures that it compares. `trend` is null with a reason."""

    trend: str | None
    trend_reason: str
    trend_value: Decimal | None
    trend_basis: str | None
    previous_value: Decimal | None
    previous_period: str | None
    change_pct: Decimal | None
    trend_robust: bool | None


@dataclass(frozen=True)
class SurveySureness:
    """How sure a survey figure is: its 95% interval in per cent, of how many asked, and whether its change is chance.

    change_in_words: None where the trend has nothing before it to compare with.
    """

    low_pct: Decimal
    high_pct: Decimal
    base_count: int
    change_in_words: str | None


@dataclass(frozen=True)
class Observation:
    """One figure behind the rating or the trend, with every cell that it rests on.

    use: what it is for: rated, trend, previous, or known where nothing is rated.
    """

    use: str
    period_label: str
    year_type: str
    value_kind: str
    component: str
    value: Decimal | None
    value_qualifier: str
    availability: str
    numerator: Decimal | None
    denominator: Decimal | None
    note: str | None
    as_at: date
    superseded_on: date | None
    edition: str
    origin_id: str
    origins: tuple[Origin, ...]


@dataclass(frozen=True)
class Explanation:
    """The way of a measure's figure in a reporting quarter. `rating` and `trend` are None outside the agreement.

    survey: None where the rated value is not of the survey, or its base is not given.
    known_from: day on which the first figure of the authority became known, also after the quarter; None without any.
    other_areas: number of other areas for which figures were known by then.
    """

    measure_code: str
    measure_name: str
    priority: str | None
    owner: str | None
    unit: str
    report_quarter: str
    known_by: date
    known_from: date | None
    other_areas: int
    rating: Rating | None
    trend: Trend | None
    survey: SurveySureness | None
    observations: tuple[Observation, ...]


_QUARTERS = "select report_quarter from marts.reporting_quarter order by report_quarter"

_CODES = "select measure_code from marts.measure order by in_agreement desc, sheet_row, measure_code"

_MEASURE = """
with
errata as (
    select
        report_quarter,
        measure_code,
        max(approved_on) as restated_on,
        max_by(reason, decision_order) as restated_why,
    from marts.erratum
    group by report_quarter, measure_code
)

select
    measure.measure_code,
    coalesce(definition.measure_name, measure.measure_name) as measure_name,
    coalesce(definition.priority, measure.priority) as priority,
    measure.owner,
    coalesce(definition.unit, measure.unit) as unit,
    quarter.report_quarter,
    quarter.known_by,
    quarter.report_year,
    quarter.previous_report_year,
    quarter.academic_year,
    quarter.quarter_end,
    status.*,
    definition.polarity,
    definition.rated_on,
    definition.forecast_method,
    definition.target_type,
    definition.tolerance_value,
    definition.tolerance_kind,
    rated.trend_value,
    rated.trend_basis,
    case definition.polarity
        when 'high' then status.target_value - status.value when 'low' then status.value - status.target_value
    end as shortfall,
    target.workbook as target_workbook,
    target.sheet as target_sheet,
    target.cell as target_cell,
    target.cell_text as target_text,
    target.approved_on,
    lock.decided_on as locked_on,
    errata.restated_on,
    errata.restated_why,
    computed.value is distinct from status.value or computed.status is distinct from status.status
        or computed.trend is distinct from status.trend as is_computed_otherwise,
    status.measure_code is not null as is_rated,
from marts.measure
cross join marts.reporting_quarter as quarter
left join marts.measure_status as status
    on measure.measure_code = status.measure_code and quarter.report_quarter = status.report_quarter
left join marts.rating_definition as definition
    on measure.measure_code = definition.measure_code and quarter.report_quarter = definition.report_quarter
left join marts.rated_value as rated
    on measure.measure_code = rated.measure_code and quarter.report_quarter = rated.report_quarter
left join marts.target
    on
        measure.measure_code = target.measure_code
        and target.period_label
        = case when definition.year_type = 'academic' then quarter.academic_year else quarter.report_year end
        and target.as_at <= quarter.known_by
        and coalesce(quarter.known_by < target.superseded_on, true)
left join marts.sign_off as lock on quarter.report_quarter = lock.report_quarter and lock.action = 'lock'
left join marts.computed_status as computed
    on measure.measure_code = computed.measure_code and quarter.report_quarter = computed.report_quarter
left join errata on measure.measure_code = errata.measure_code and quarter.report_quarter = errata.report_quarter
where measure.measure_code = $measure and quarter.report_quarter = $quarter
"""

_OBSERVATIONS = """
select observation.*, known.origin_id is not null or $whenever_known as counts
from marts.observation
inner join marts.area on observation.area_code = area.area_code and area.is_authority
inner join marts.reporting_quarter as quarter
    on
        (
            $whenever_known
            or observation.as_at <= quarter.known_by and coalesce(quarter.known_by < observation.superseded_on, true)
        )
        and observation.period_start <= quarter.cut_off
left join marts.known_observation as known
    on
        observation.origin_id = known.origin_id
        and quarter.report_quarter = known.report_quarter
        and known.measure_code = $measure
where (observation.measure_code = $measure or known.origin_id is not null) and quarter.report_quarter = $quarter
order by observation.period_end desc, observation.component = 'total' desc, observation.component, observation.as_at
"""
"""Figures of the authority that were known by the quarter's cut-off, or on any day."""

_KNOWN = """
select
    min(observation.as_at) filter (where area.is_authority) as known_from,
    count(distinct observation.area_code) filter (
        where not area.is_authority and observation.as_at <= $known_by
    ) as other_areas,
from marts.observation
inner join marts.area on observation.area_code = area.area_code
where observation.measure_code = $measure
"""


_SURVEY = """
select
    survey_interval.low_pct,
    survey_interval.high_pct,
    survey_interval.base_count,
    survey_change.in_words as change_in_words,
from marts.survey_interval
inner join marts.area on survey_interval.area_code = area.area_code and area.is_authority
left join marts.survey_change
    on
        survey_interval.measure_code = survey_change.measure_code
        and survey_interval.area_code = survey_change.area_code
        and survey_interval.period_label = survey_change.period_label
        and survey_change.compared_period = $previous_period
        and survey_change.as_at <= $known_by
        and coalesce($known_by < survey_change.superseded_on, true)
where
    survey_interval.measure_code = $measure
    and survey_interval.period_label = $value_period
    and survey_interval.as_at <= $known_by
    and coalesce($known_by < survey_interval.superseded_on, true)
    and survey_interval.low_pct is not null
"""


def explain(warehouse: duckdb.DuckDBPyConnection | Path | str, measure: str, quarter: str | None = None) -> Explanation:
    """The way of a measure's figure in a quarter, the last reported one unless named, as it was known by its cut-off.

    `warehouse` is the published file, opened read-only, or a connection to it. Raises NotKnown for a measure or
    quarter that it does not have.
    """
    if isinstance(warehouse, duckdb.DuckDBPyConnection):
        return _explain(warehouse, measure, quarter)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return _explain(connection, measure, quarter)


def _explain(connection: duckdb.DuckDBPyConnection, measure: str, quarter: str | None) -> Explanation:
    code = _one_of("measure", measure, [code for (code,) in connection.execute(_CODES).fetchall()])
    quarters = [label for (label,) in connection.execute(_QUARTERS).fetchall()]
    latest = max(reported_quarters(connection), default=max(quarters, default=""))
    label = _one_of("reporting quarter", quarter or latest, quarters)
    [row] = _rows(connection, _MEASURE, measure=code, quarter=label)
    row |= _rows(connection, _KNOWN, measure=code, known_by=row["known_by"])[0]
    known = _rows(connection, _OBSERVATIONS, measure=code, quarter=label, whenever_known=False)
    places = {name: row[name] for name in ("known_by", "value_period", "previous_period")}
    survey = _rows(connection, _SURVEY, measure=code, **places)
    behind = observations_behind(row, known)
    if row["is_computed_otherwise"]:
        ever = _rows(connection, _OBSERVATIONS, measure=code, quarter=label, whenever_known=True)
        behind = _with_locked(row, behind, ever)
    chosen = [(use, found) for use, rows in behind.items() for found in rows]
    origins = origins_of(connection, [found["origin_id"] for _, found in chosen], row["known_by"])
    return _made(
        Explanation,
        row,
        rating=_made(Rating, row) if row["is_rated"] else None,
        trend=_made(Trend, row) if row["is_rated"] else None,
        survey=_made(SurveySureness, survey[0]) if survey else None,
        observations=tuple(
            _made(Observation, found, use=use, origins=origins.get(found["origin_id"], ())) for use, found in chosen
        ),
    )


def _one_of(kind: str, wanted: str, known: list[str]) -> str:
    for name in known:
        if name.casefold() == wanted.strip().casefold():
            return name
    listed = ", ".join(known) or f"none, since no {kind} is in the warehouse yet"
    raise NotKnown(f"'{wanted}' is not a {kind} of this warehouse. Known are: {listed}")


def observations_behind(row: Row, known: list[Row]) -> dict[str, list[Row]]:
    """Observations behind the rated value, the other value that the trend compares, and the previous one.

    A year so far, or a projection, rests on the quarters of its year. Where nothing is rated, the latest period known.
    """
    counting = [found for found in known if found["counts"]]
    behind = {
        "rated": _resting_on(counting, row["value"], row["value_period"], row["report_year"], row["quarter_end"]),
        "previous": _resting_on(
            counting, row["previous_value"], row["previous_period"], row["previous_report_year"], row["quarter_end"]
        ),
    }
    if row["trend_value"] != row["value"]:
        years = (row["academic_year"], row["report_year"])
        behind["trend"] = [
            found for found in counting if found["period_label"] in years and found["value"] == row["trend_value"]
        ]
    if not behind["rated"]:
        ended = [found for found in known if found["period_end"] == known[0]["period_end"]]
        behind["known"] = ended
    return behind


def _with_locked(row: Row, behind: dict[str, list[Row]], ever: list[Row]) -> dict[str, list[Row]]:
    """The same with the figures of a locked value that are no longer known by the cut-off, as they were then."""
    for use, value, period in (("rated", "value", "value_period"), ("previous", "previous_value", "previous_period")):
        equal = [found for found in ever if (found["period_label"], found["value"]) == (row[period], row[value])]
        if equal and not behind[use]:
            behind[use] = equal[:1]
    return {use: rows for use, rows in behind.items() if use != "known" or not behind["rated"]}


def _resting_on(
    counting: list[Row], value: Decimal | None, period: str | None, year: str, quarter_end: date
) -> list[Row]:
    if value is None:
        return []
    whole = [found for found in counting if found["period_label"] == period and found["value"] == value]
    return whole[:1] or [
        found
        for found in reversed(counting)
        if found["year_type"] == "quarter"
        and found["period_label"].startswith(f"{year}-Q")
        and found["period_end"] <= quarter_end
    ]


def _made(kind: type[_Part], row: Row, **given: Any) -> _Part:
    """A dataclass made of the columns of its fields' names, and of what is given apart."""
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: row[name] for name in names if name not in given}, **given)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **parameters: Any) -> list[Row]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description or []]
    # a name that stands twice keeps its first value: the joined tables repeat their keys
    return [dict(reversed(list(zip(names, values, strict=True)))) for values in cursor.fetchall()]
