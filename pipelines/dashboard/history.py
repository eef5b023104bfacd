"""The charts of a measure: how it went, beside its target, its interval and others, and quarter by quarter."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipelines.charts.bars import BARS
from pipelines.charts.history import history_spec
from pipelines.dashboard.series import BY_YEAR, figure_said, main_series, period_said, place_on_axis
from pipelines.document.model import Cell, Chart, Column, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import figure_in_words, period_in_words

_INTERVALS = """
select measure_code, period_label, period_end, low_pct, high_pct
from marts.survey_interval
inner join marts.area on survey_interval.area_code = area.area_code and area.is_authority
where
    low_pct is not null
    and survey_interval.as_at <= $known_by
    and coalesce($known_by < survey_interval.superseded_on, true)
"""

_COMPARED = """
select
    measure_code, period_label, period_start, period_end, neighbours_mean, england_value, region, region_value,
from marts.comparison
inner join marts.area on comparison.area_code = area.area_code and area.is_authority
order by measure_code, period_end
"""

_FEW = 3
"""So many others are told apart by colour and name."""

_KINDS = {"financial": "By financial year", "academic": "By academic year", "rolling": "Years to each wave"}

_SHARES = ("%", "per 1,000")
"""Units in which areas of any size can be set beside each other on one axis."""


@dataclass(frozen=True)
class Beside:
    """What stands beside the authority's own figures: intervals by code and period, comparators by code."""

    intervals: Mapping[tuple[str, str], Row]
    compared: Mapping[str, Sequence[Row]]


def read_beside(quarter: Quarter, known_by: date) -> Beside:
    """Both for all measures, as they were known on a day."""
    compared: defaultdict[str, list[Row]] = defaultdict(list)
    for row in quarter.rows(_COMPARED):
        compared[row["measure_code"]].append(row)
    intervals = quarter.rows(_INTERVALS, known_by=known_by)
    return Beside({(row["measure_code"], row["period_label"]): row for row in intervals}, compared)


def comparators(row: Row) -> list[tuple[str, Decimal]]:
    """Names and values of what a row of marts.comparison sets beside the authority, as far as there are any."""
    named = (
        ("Neighbours' mean", row["neighbours_mean"]),
        (row["region"] or "Region", row["region_value"]),
        ("England", row["england_value"]),
    )
    return [(name, value) for name, value in named if value is not None]


def charts_of(measure: Row, figures: Sequence[Row], beside: Beside, forecast: Row | None) -> list[Chart]:
    """The charts of a measure, none where there are fewer than two figures to draw.

    measure: with measure_code, measure_name, unit, year_type, and target_value where it has one. forecast: of
    marts.forecast, where it says something that the figures do not.
    """
    charts = []
    own = main_series(figures, measure["year_type"])
    if sum(row["value"] is not None for row in own) + bool(forecast) > 1:
        charts.append(_history(measure, own, figures, beside, forecast))
    quarters = main_series(figures, "quarter") if measure["year_type"] != "quarter" else []
    if sum(row["value"] is not None for row in quarters) > 1:
        charts.append(_by_quarter(measure, quarters))
    return charts


def _history(measure: Row, own: Sequence[Row], figures: Sequence[Row], beside: Beside, forecast: Row | None) -> Chart:
    unit, code = measure["unit"], measure["measure_code"]
    drawn = [_point(row, unit, is_last=row is own[-1], many=len(own) > 6) for row in own]
    others = _others(measure, own, figures, beside)
    intervals = {
        row["period_label"]: beside.intervals[code, row["period_label"]]
        for row in own
        if (code, row["period_label"]) in beside.intervals
    }
    bands = [
        {
            "series": "interval",
            "x": place_on_axis(row),
            "low": float(found["low_pct"]),
            "high": float(found["high_pct"]),
        }
        for row in own
        if (found := intervals.get(row["period_label"]))
    ]
    expected = [_expected(forecast, unit)] if forecast else []
    target = _target(measure)
    return Chart(
        id=f"history-{plain_id(code)}",
        title=_title(measure, drawn, bool(bands), others, forecast),
        alt=_alt(measure, own, others, bool(bands), forecast),
        spec=history_spec(by_year=measure["year_type"] in BY_YEAR),
        rows=[*drawn, *expected, *bands, *_drawn_others(others), *target],
        table=_table(measure, own, others, intervals, forecast),
    )


def _title(
    measure: Row, drawn: Sequence[Row], has_bands: bool, others: Mapping[str, object], forecast: Row | None
) -> str:
    key = ["band: 95% interval"] if has_bands else []
    key += [f"grey: {len(others)} other areas"] if len(others) > _FEW else []
    key += ["hollow: forecast or provisional"] if forecast or any(row["series"] == "expected" for row in drawn) else []
    words = f"{_KINDS.get(measure['year_type'], 'Over time')}, {unit_said(measure['unit'])}"
    return f"{words} ({'; '.join([*key, 'axis may not start at zero'])})"


def unit_said(unit: str) -> str:
    """A unit as it is said of a chart."""
    return {"%": "per cent", "£": "pounds", "Number": "number", "": "number"}.get(unit, unit)


def plain_id(text: str) -> str:
    """A text as the id of a place in a page."""
    return "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text)


def _point(row: Row, unit: str, *, is_last: bool, many: bool) -> Row:
    """A figure as it is drawn; only the last of many says its value, else each does."""
    is_actual = row["value_kind"] == "actual"
    return {
        "series": "figure" if is_actual else "expected",
        "x": place_on_axis(row),
        "y": None if row["value"] is None else float(row["value"]),
        "label": "" if row["value"] is None or (many and not is_last) else figure_in_words(row["value"], unit),
    }


def _expected(forecast: Row, unit: str) -> Row:
    value = forecast["forecast_value"]
    place = place_on_axis(
        forecast | {"period_label": forecast["forecast_period"], "period_end": forecast["forecast_end"]}
    )
    return {"series": "expected", "x": place, "y": float(value), "label": figure_in_words(value, unit)}


def _target(measure: Row) -> list[Row]:
    value = measure.get("target_value")
    if value is None:
        return []
    return [{"series": "target", "y": float(value), "label": f"Target {figure_in_words(value, measure['unit'])}"}]


def _others(
    measure: Row, own: Sequence[Row], figures: Sequence[Row], beside: Beside
) -> dict[str, dict[str, tuple[str, Row]]]:
    """Comparators by their names: for each period its place on the axis and a row with the value.

    Only of shares and rates: counts of areas of different size have no axis in common.
    """
    found: dict[str, dict[str, tuple[str, Row]]] = {}
    if measure["unit"] not in _SHARES:
        return found
    for row in beside.compared.get(measure["measure_code"], []):
        place = place_on_axis(row | {"year_type": measure["year_type"]})
        for name, value in comparators(row):
            found.setdefault(name, {})[row["period_label"]] = (place, {"value": value})
    periods = {row["period_label"] for row in own}
    for row in figures:
        is_other = not row["is_authority"] and row["component"] == "total" and row["period_label"] in periods
        if is_other and row["value"] is not None:
            found.setdefault(row["area_name"], {})[row["period_label"]] = (place_on_axis(row), row)
    return found


def _drawn_others(others: dict[str, dict[str, tuple[str, Row]]]) -> list[Row]:
    """Lines to compare with. Up to three are told apart by colour, dash and name; more are one grey crowd."""
    rows = []
    are_few = len(others) <= _FEW
    for number, (name, points) in enumerate(others.items()):
        colour = ("chart-second", "chart-third", "chart-muted")[number] if are_few else "chart-muted"
        last = list(points)[-1]
        for period, (place, row) in points.items():
            label = name if period == last and are_few else ""
            y = float(row["value"])
            rows.append({"series": "other", "name": name, "x": place, "y": y, "label": label, "colour": colour})
    return rows


def _alt(
    measure: Row,
    own: Sequence[Row],
    others: dict[str, dict[str, tuple[str, Row]]],
    has_bands: bool,
    forecast: Row | None,
) -> str:
    unit = measure["unit"]
    known = [row for row in own if row["value"] is not None]
    said = [f"Line chart of {measure['measure_name']}"]
    ends = [known[0], known[-1]] if len(known) > 1 else known
    figures = [f"{figure_said(row, unit)} in {period_said(row)}{_kind(row)}" for row in ends]
    said[0] += f": {', then '.join(figures)}" if figures else ""
    if forecast:
        said.append(f"{figure_in_words(forecast['forecast_value'], unit)} is forecast for {_forecast_period(forecast)}")
    if measure.get("target_value") is not None:
        said.append(f"The target is {figure_in_words(measure['target_value'], unit)}")
    if has_bands:
        said.append("A band shows the 95% interval of each figure")
    if len(others) > _FEW:
        said.append(f"Grey lines are {len(others)} other areas, which the table names")
    elif others:
        said.append(f"Beside it: {', '.join(others)}")
    return ". ".join(said) + "."


def _kind(row: Row) -> str:
    return "" if row["value_kind"] == "actual" else f" ({row['value_kind']})"


def _forecast_period(forecast: Row) -> str:
    return period_in_words(forecast["forecast_period"], forecast["year_type"])


def _table(
    measure: Row,
    own: Sequence[Row],
    others: dict[str, dict[str, tuple[str, Row]]],
    intervals: dict[str, Row],
    forecast: Row | None,
) -> Table:
    unit = measure["unit"]
    columns = [Column("period", "Period", is_head=True), Column("value", "Figure", numeric=True)]
    columns += [Column("interval", "95% interval", numeric=True)] if intervals else []
    columns += [Column(f"other {name}", name, numeric=True) for name in others]
    rows: list[dict[str, Cell | str]] = []
    for row in own:
        found = intervals.get(row["period_label"])
        cells: dict[str, Cell | str] = {
            "period": period_said(row),
            "value": Cell(figure_said(row, unit), _kind(row).strip(" ()"), emphasis=row["value_kind"] != "actual"),
            "interval": f"{found['low_pct']:.1f}% to {found['high_pct']:.1f}%" if found else "–",
        }
        for name, points in others.items():
            point = points.get(row["period_label"])
            cells[f"other {name}"] = figure_in_words(point[1]["value"], unit) if point else "–"
        rows.append(cells)
    if forecast:
        value = Cell(figure_in_words(forecast["forecast_value"], unit), "forecast", emphasis=True)
        empty = {column.key: "–" for column in columns[2:]}
        rows.append({"period": _forecast_period(forecast), "value": value, **empty})
    return Table(f"figures-{plain_id(measure['measure_code'])}", "The figures of the chart", columns, rows)


def _by_quarter(measure: Row, quarters: Sequence[Row]) -> Chart:
    unit, code = measure["unit"], plain_id(measure["measure_code"])
    said = [(period_said(row), figure_said(row, unit), row) for row in quarters]
    columns = [Column("period", "Quarter", is_head=True), Column("value", "Figure", numeric=True)]
    return Chart(
        id=f"quarters-{code}",
        title=f"Quarter by quarter ({unit_said(unit)})",
        alt="Bar chart: " + ", ".join(f"{figure} in {period}" for period, figure, _ in said) + ".",
        spec=BARS,
        rows=[
            {"name": period, "value": float(row["value"]), "label": figure}
            for period, figure, row in said
            if row["value"] is not None
        ],
        table=Table(
            f"by-quarter-{code}",
            "The figures of the chart",
            columns,
            [{"period": period, "value": figure} for period, figure, _ in said],
        ),
    )
