"""The community safety survey with how sure each figure is: intervals, and which changes are more than chance."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.document.model import Block, Cell, Chart, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import figure_in_words

_INTERVALS = f"""
select
    interval.measure_code, interval.period_label, interval.period_end, interval.agree_pct, interval.base_count,
    interval.low_pct, interval.high_pct, interval.no_interval_reason, measure.measure_name, measure.sheet_row
from (select * from marts.survey_interval where {KNOWN}) as interval
inner join marts.area on interval.area_code = area.area_code and area.is_authority
inner join marts.measure on interval.measure_code = measure.measure_code
where not interval.is_illustrative
order by measure.sheet_row, interval.period_end
"""

_CHANGES = f"""
select measure_code, period_label, compared_period, change_points, in_words
from (select * from marts.survey_change where {KNOWN})
inner join marts.area using (area_code)
where is_authority and is_year_end_compared
qualify row_number() over (partition by measure_code, period_label order by compared_period desc) = 1
"""

_SPEC: Mapping[str, Any] = {
    "facet": {
        "row": {"field": "measure", "type": "nominal", "title": None, "header": {"labelFontSize": 12, "labelAngle": 0}}
    },
    "spec": {
        "width": 250,
        "height": 110,
        "encoding": {
            "x": {"field": "period", "type": "ordinal", "sort": None, "title": "Year to", "axis": {"labelAngle": -45}}
        },
        "layer": [
            {
                "mark": {"type": "area", "color": "chart-band"},
                "encoding": {
                    "y": {"field": "low", "type": "quantitative", "title": "Agree, %", "scale": {"zero": False}},
                    "y2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "line", "color": "chart-main", "point": {"color": "chart-main"}},
                "encoding": {"y": {"field": "agree", "type": "quantitative"}},
            },
        ],
    },
}


def survey_blocks(contents: Contents) -> list[Block]:
    """The published rolling years of the authority as known; single waves are illustrative and left out."""
    rows = contents.quarter.rows(_INTERVALS)
    heading = Heading(3, "Community safety survey, and how sure its figures are", "survey")
    if not rows:
        return [heading, Paragraph("No edition of the survey was received by the cut-off.")]
    changes = {(row["measure_code"], row["period_label"]): row for row in contents.quarter.rows(_CHANGES)}
    latest = list({row["measure_code"]: row for row in rows}.values())
    said = Paragraph(
        "Who agrees, of those asked in the four quarterly waves of a year. The interval is how far the share among all "
        "residents may well lie from that among those asked: intervals made so hold it 19 times out of 20. A change "
        "that is no more than chance alone may give should not be read as one, whatever the trend says."
    )
    return [heading, said, latest_table(latest, changes), survey_chart(rows)]


def latest_table(rows: Sequence[Row], changes: Mapping[tuple[str, str], Row]) -> Table:
    """The latest year of each question with its interval, and how it compares with the year-end before."""
    columns = [
        Column("code", "PI code", is_head=True, width=0.8),
        Column("name", "Question", width=2.8),
        Column("period", "Year to"),
        Column("agree", "Agree", numeric=True, width=0.8),
        Column("interval", "95% interval", numeric=True, width=1.3),
        Column("base", "People asked", numeric=True, width=0.9),
        Column("change", "Change since the year-end before", width=2),
    ]
    cells: list[dict[str, Cell | str]] = [
        {
            "code": row["measure_code"],
            "name": row["measure_name"],
            "period": _year_to(row),
            "agree": figure_in_words(row["agree_pct"], "%"),
            "interval": _interval(row),
            "base": "Not given" if row["base_count"] is None else f"{row['base_count']:,}",
            "change": _change(changes.get((row["measure_code"], row["period_label"]))),
        }
        for row in rows
    ]
    return Table("survey-latest", "The latest year of each question", columns, cells)


def _change(row: Row | None) -> Cell:
    if row is None:
        return Cell("No earlier year-end")
    change = row["change_points"]
    points = ("+" if change > 0 else "") + figure_in_words(change, "%").removesuffix("%")
    return Cell(f"{points} percentage points", f"since the {row['compared_period']}: {row['in_words']}")


def survey_chart(rows: Sequence[Row]) -> Chart:
    """All years that were known, one panel a question, with bands for the intervals."""
    data = [
        {
            "measure": row["measure_code"],
            "period": _year_to(row),
            "agree": float(row["agree_pct"]),
            "low": None if row["low_pct"] is None else float(row["low_pct"]),
            "high": None if row["high_pct"] is None else float(row["high_pct"]),
        }
        for row in rows
        if row["agree_pct"] is not None
    ]
    columns = [
        Column("code", "PI code", is_head=True),
        Column("period", "Year to"),
        Column("agree", "Agree", numeric=True),
        Column("interval", "95% interval", numeric=True),
        Column("base", "People asked", numeric=True),
    ]
    cells: list[dict[str, Cell | str]] = [
        {
            "code": row["measure_code"],
            "period": _year_to(row),
            "agree": figure_in_words(row["agree_pct"], "%"),
            "interval": _interval(row),
            "base": "Not given" if row["base_count"] is None else f"{row['base_count']:,}",
        }
        for row in rows
    ]
    table = Table("survey-years", "The survey year by year", columns, cells)
    return Chart(
        "survey-chart", "Who agrees, year by year, with the 95% interval as a band", _alt(rows), _SPEC, data, table
    )


def _alt(rows: Sequence[Row]) -> str:
    """What the chart shows: where each line begins and ends."""
    lines: dict[str, list[Row]] = {}
    for row in rows:
        if row["agree_pct"] is not None:
            lines.setdefault(row["measure_code"], []).append(row)
    said = [
        f"{code} goes from {figure_in_words(line[0]['agree_pct'], '%')} in the {line[0]['period_label']} "
        f"to {figure_in_words(line[-1]['agree_pct'], '%')} in the {line[-1]['period_label']}"
        for code, line in lines.items()
    ]
    return f"Line chart with bands. {'; '.join(said)}."


def _year_to(row: Row) -> str:
    return str(row["period_label"]).removeprefix("year to ")


def _interval(row: Row) -> str:
    if row["low_pct"] is None:
        return f"None: {str(row['no_interval_reason']).replace('_', ' ')}"
    return f"{figure_in_words(row['low_pct'], '%')} to {figure_in_words(row['high_pct'], '%')}"
