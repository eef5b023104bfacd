"""The survey page: how many agree, how sure that is, whether it changed, and how other areas answered."""

from collections.abc import Iterator, Sequence

from pipelines.charts.bars import INTERVALS
from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed, measure_file
from pipelines.dashboard.history import plain_id
from pipelines.dashboard.parts import nothing
from pipelines.document.model import Block, Cell, Chart, Column, Heading, Paragraph, Run, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import figure_in_words

_INTERVALS = """
select
    survey_interval.*,
    area.is_authority,
    survey.strongly_agree_pct,
    survey.tend_to_agree_pct,
    survey_change.compared_period,
    survey_change.compared_pct,
    survey_change.in_words,
from marts.survey_interval
inner join marts.reporting_quarter as quarter on quarter.report_quarter = $quarter
inner join marts.area on survey_interval.area_code = area.area_code
left join marts.survey
    on
        survey_interval.measure_code = survey.measure_code
        and survey_interval.area_code = survey.area_code
        and survey_interval.period_label = survey.period_label
        and survey_interval.edition = survey.edition
left join marts.survey_change
    on
        survey_interval.measure_code = survey_change.measure_code
        and survey_interval.area_code = survey_change.area_code
        and survey_interval.period_label = survey_change.period_label
        and survey_change.is_year_end_compared
        and survey_change.as_at <= quarter.known_by
        and coalesce(quarter.known_by < survey_change.superseded_on, true)
where
    survey_interval.wave_count > 1
    and survey_interval.as_at <= quarter.known_by
    and coalesce(quarter.known_by < survey_interval.superseded_on, true)
qualify
    survey_interval.period_end = max(survey_interval.period_end) over (partition by survey_interval.measure_code)
order by measure_code, agree_pct desc nulls last, survey_interval.area_name
"""
"""Of each question the latest mean of waves, in all areas that were asked."""

_COLUMNS = [
    Column("area", "Area", is_head=True),
    Column("agree", "Agree", numeric=True),
    Column("interval", "95% interval", numeric=True),
    Column("strongly", "Strongly agree", numeric=True),
    Column("tend", "Tend to agree", numeric=True),
    Column("asked", "Asked", numeric=True),
    Column("change", "Change since the year-end before", width=2),
]


def survey_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    rows = quarter.rows(_INTERVALS)
    blocks = list(survey_blocks(rows, {code: row["measure_name"] for code, row in contents.measures.items()}))
    return {"survey.html": framed(contents, "Survey", blocks, "survey.html")}


def survey_blocks(rows: Sequence[Row], names: dict[str, str]) -> Iterator[Block]:
    """What the page says, of the latest mean of each question in each area, the highest first."""
    if not rows:
        yield from nothing("survey")
        return
    yield Paragraph(
        "The share of people asked who agree, as the mean of the last four waves. The interval is where the share of"
        " all residents lies in 95 of 100 such surveys, if they are simple random samples; the ratings do not use it."
    )
    illustrative = sorted({row["area_name"] for row in rows if row["is_illustrative"]})
    if illustrative:
        yield Paragraph(f"Illustrative, not published: the figures of {', '.join(illustrative)}.")
    for code in dict.fromkeys(row["measure_code"] for row in rows):
        of_code = [row for row in rows if row["measure_code"] == code]
        yield Heading(2, names.get(code, code), plain_id(code))
        yield _chart(code, of_code)
        yield Paragraph([Run("History, waves and cells: "), Run(f"the page of {code}", link=measure_file(code))])


def _chart(code: str, rows: Sequence[Row]) -> Chart:
    drawn = [row for row in rows if row["agree_pct"] is not None and row["low_pct"] is not None]
    own = next((row for row in drawn if row["is_authority"]), None)
    period = rows[0]["period_label"]
    said = f"{own['area_name']} {_share(own['agree_pct'])}, interval {_interval(own)}. " if own else ""
    ends = f"Of {len(drawn)} areas the highest is {drawn[0]['area_name']} with {_share(drawn[0]['agree_pct'])}"
    last = f", the lowest {drawn[-1]['area_name']} with {_share(drawn[-1]['agree_pct'])}."
    return Chart(
        id=f"areas-{plain_id(code)}",
        title=f"Agree, {period}, per cent: point, and line for the 95% interval (the axis does not start at zero)",
        alt=f"{said}{ends}{last}",
        spec=INTERVALS,
        rows=[
            {
                "name": f"▶ {row['area_name']}" if row["is_authority"] else row["area_name"],
                "value": float(row["agree_pct"]),
                "low": float(row["low_pct"]),
                "high": float(row["high_pct"]),
                "colour": "chart-main" if row["is_authority"] else "chart-muted",
            }
            for row in drawn
        ],
        table=Table(f"areas-{plain_id(code)}-figures", f"Each area, {period}", _COLUMNS, [_shown(row) for row in rows]),
    )


def _shown(row: Row) -> dict[str, Cell | str]:
    change = row["in_words"] or "not compared"
    since = f"{_share(row['compared_pct'])} in {row['compared_period']}" if row["in_words"] else ""
    return {
        "area": row["area_name"],
        "agree": _share(row["agree_pct"]),
        "interval": _interval(row) if row["low_pct"] is not None else row["no_interval_reason"] or "–",
        "strongly": _share(row["strongly_agree_pct"]),
        "tend": _share(row["tend_to_agree_pct"]),
        "asked": f"{row['base_count']:,}" if row["base_count"] is not None else "not given",
        "change": Cell(change[0].upper() + change[1:], since),
    }


def _share(value: object) -> str:
    return figure_in_words(value, "%")  # type: ignore[arg-type]


def _interval(row: Row) -> str:
    return f"{row['low_pct']:.1f}% to {row['high_pct']:.1f}%"
