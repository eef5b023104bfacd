"""Gathers the way of a figure from the published tables alone: nothing is computed here that a table does not hold."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from pipelines.explain import queries
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


@dataclass(frozen=True)
class Reasoning:
    """How a measure's rating and trend came about in a quarter, without the figures behind them."""

    unit: str
    rating: Rating
    trend: Trend
    survey: SurveySureness | None


def reasonings(connection: duckdb.DuckDBPyConnection, quarter: str) -> dict[str, Reasoning]:
    """How the ratings of a reporting quarter came about, by code of the measure."""
    surveys = _surveys(connection, quarter, None)
    return {
        row["measure_code"]: Reasoning(
            row["unit"], _made(Rating, row), _made(Trend, row), surveys.get(row["measure_code"])
        )
        for row in _rows(connection, queries.MEASURE, measure=None, quarter=quarter)
        if row["is_rated"]
    }


def _surveys(connection: duckdb.DuckDBPyConnection, quarter: str, measure: str | None) -> dict[str, SurveySureness]:
    rows = _rows(connection, queries.SURVEY, measure=measure, quarter=quarter)
    return {row["measure_code"]: _made(SurveySureness, row) for row in rows}


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
    code = _one_of("measure", measure, [code for (code,) in connection.execute(queries.CODES).fetchall()])
    quarters = [label for (label,) in connection.execute(queries.QUARTERS).fetchall()]
    latest = max(reported_quarters(connection), default=max(quarters, default=""))
    label = _one_of("reporting quarter", quarter or latest, quarters)
    [row] = _rows(connection, queries.MEASURE, measure=code, quarter=label)
    row |= _rows(connection, queries.KNOWN, measure=code, known_by=row["known_by"])[0]
    known = _rows(connection, queries.OBSERVATIONS, measure=code, quarter=label, whenever_known=False)
    behind = observations_behind(row, known)
    if row["is_computed_otherwise"]:
        ever = _rows(connection, queries.OBSERVATIONS, measure=code, quarter=label, whenever_known=True)
        behind = _with_locked(row, behind, ever)
    chosen = [(use, found) for use, rows in behind.items() for found in rows]
    origins = origins_of(connection, [found["origin_id"] for _, found in chosen], row["known_by"])
    return _made(
        Explanation,
        row,
        rating=_made(Rating, row) if row["is_rated"] else None,
        trend=_made(Trend, row) if row["is_rated"] else None,
        survey=_surveys(connection, label, code).get(code),
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
