"""The report of one quarter as an HTML page that stands alone: one table a priority, made by great-tables."""

from html import escape
from typing import Any

import polars as pl
from great_tables import GT, loc, style

from pipelines.report.contents import Contents, Row
from pipelines.report.wording import (
    NO_TREND_WORDS,
    POLARITY_WORDS,
    REASON_WORDS,
    STATUS_COLOURS,
    STATUS_WORDS,
    TARGET_WORDS,
    TREND_WORDS,
    figure_in_words,
    period_in_words,
)

LABELS = {
    "code": "PI code",
    "name": "Short name",
    "polarity": "Good performance",
    "before_that": "Two years before",
    "before": "Year before",
    "value": "Latest or forecast",
    "target": "Target",
    "status": "Status",
    "trend": "Trend",
}
"""Columns of the printed report, by the name that the page's style sheet counts them in."""

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff; margin: 0; }
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 1rem; }
header { border-bottom: 4px solid #0b3c5d; }
h1 { margin: .25rem 0; line-height: 1.2; color: #0b3c5d; } h2 { margin-top: 2.5rem; color: #0b3c5d; }
a { color: #0b3c5d; } a:focus { outline: 3px solid #b35c00; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; } .skip:focus { position: static; }
dl.key { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dl.key dt { font-weight: 600; }
dl.key dd { margin: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; list-style: none; }
.counts li { border: 1px solid #767676; border-radius: .25rem; padding: .35rem .8rem; }
main table.gt_table { width: 100% !important; margin: 0; font-size: .95rem; }
main table.gt_table td { vertical-align: top; } main table.gt_table th { vertical-align: bottom; }
main table.gt_table td:nth-child(8), main table.gt_table td:nth-child(9) { white-space: nowrap; }
main table.gt_table td small { display: block; white-space: normal; min-width: 9rem; color: #404040; }
@media (max-width: 52rem) {
  main table.gt_table, main table.gt_table tbody, main table.gt_table tr, main table.gt_table td { display: block; }
  main table.gt_table thead { position: absolute; left: -999rem; }
  main table.gt_table tr { border-top: 3px solid #0b3c5d; padding: .5rem 0; }
  main table.gt_table td { border: 0 !important; text-align: left !important; padding: .2rem .5rem !important; }
  main table.gt_table td::before { display: block; font-size: .85rem; color: #404040; }
  LABELS_ON_A_PHONE
  main table.gt_table td small { display: inline; }
}
@media print { h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def report_page(contents: Contents) -> str:
    """The whole page. Text from workbooks is escaped; equal contents give an equal page."""
    quarter = contents.quarter
    title = f"Inclusive Neighbourhoods: performance report, {_quarter_in_words(quarter)}"
    sections = "\n".join(_section(number, *priority) for number, priority in enumerate(contents.priorities, 1))
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE.replace("LABELS_ON_A_PHONE", _labels_on_a_phone())}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the measures</a>
<header>
<p>Stockport Metropolitan Borough Council</p>
<h1>{escape(title)}</h1>
<p>Every figure as it was known on {quarter["cut_off"]:%-d %B %Y}, the quarter's cut-off. Made on
{contents.run_date:%-d %B %Y}.</p>
</header>
<main id="main">
{_summary(contents)}
{_criteria()}
{sections}
{_notes(contents)}
</main>
<footer><p>Published under the Open Government Licence v3.0 where it says so. Every figure here can be traced to its
workbook, sheet and cell in <code>marts.observation_origin</code>.</p></footer>
</body>
</html>
"""


def _quarter_in_words(quarter: Row) -> str:
    last_month = quarter["quarter_end"].month - 1 or 12
    months = f"{quarter['quarter_start']:%B} to {quarter['quarter_start'].replace(month=last_month):%B %Y}"
    return f"{quarter['report_year'].replace('-', '/')} quarter {quarter['quarter_number']} ({months})"


def _labels_on_a_phone() -> str:
    rules = [
        f'main table.gt_table td:nth-child({place})::before {{ content: "{label}: "; }}'
        for place, label in enumerate(LABELS.values(), 1)
    ]
    return "\n  ".join(rules)


def _summary(contents: Contents) -> str:
    rows = [row for _, measures in contents.priorities for row in measures]
    counts = [(STATUS_WORDS[status], sum(row["status"] == status for row in rows)) for status in STATUS_WORDS]
    counts.append(("Not rated", sum(row["status"] is None for row in rows)))
    items = "".join(f"<li>{words}: <strong>{count}</strong></li>" for words, count in counts)
    return f'<h2>Summary</h2><p>{len(rows)} measures.</p><ul class="counts">{items}</ul>'


def _criteria() -> str:
    return f"""<h2>How ratings work</h2>
<dl class="key">
<dt>{STATUS_WORDS["R"]}</dt><dd>misses the target by more than 5% of it</dd>
<dt>{STATUS_WORDS["A"]}</dt><dd>misses the target by 5% of it or less</dd>
<dt>{STATUS_WORDS["G"]}</dt><dd>on target or better</dd>
<dt>{TREND_WORDS["better"]}</dt><dd>the year-end (or latest) figure is more favourable than the previous one</dd>
<dt>{TREND_WORDS["stable"]}</dt><dd>within 1% either side of the previous one</dd>
<dt>{TREND_WORDS["worse"]}</dt><dd>less favourable than the previous one</dd>
</dl>
<p>Figures in italics are forecast or provisional and are also marked in words.
Measures marked ★ are in the Greater Manchester Strategy or corporate headlines.</p>"""


def _section(number: int, title: str, measures: list[Row]) -> str:
    heading = f'<section aria-labelledby="priority-{number}"><h2 id="priority-{number}">Priority {escape(title)}</h2>'
    if not measures:
        return f"{heading}<p>The portfolio agreement sets no measures of its own for this priority.</p></section>"
    return f"{heading}{_table(number, title, measures)}</section>"


def _table(number: int, title: str, measures: list[Row]) -> str:
    data = pl.DataFrame([_cells(row) for row in measures])
    table = (
        GT(data, id=f"priority_{number}_measures")
        .cols_label(**LABELS)
        .tab_options(table_font_size="0.95rem", column_labels_font_weight="600", table_width="100%")
        .fmt(lambda text: text, columns=["name", "before_that", "before", "value", "status", "trend"])
    )
    for status, (background, text) in STATUS_COLOURS.items():
        rows = [index for index, row in enumerate(measures) if row["status"] == status]
        if rows:
            place = loc.body(columns="status", rows=rows)
            table = table.tab_style([style.fill(background), style.text(color=text, weight="600")], place)
    expected = [index for index, row in enumerate(measures) if row["value_kind"] in ("forecast", "provisional")]
    if expected:
        table = table.tab_style(style.text(style="italic"), loc.body(columns="value", rows=expected))
    caption = f'<caption style="position:absolute;left:-999rem">Measures of priority {escape(title)}</caption>'
    return table.as_raw_html().replace("<thead>", f"{caption}<thead>", 1)


def _cells(row: Row) -> dict[str, str]:
    """The texts of one measure's row, as safe HTML."""
    unit, year_type = row["unit"], row["year_type"]
    star = " ★" if row["headline"] else ""
    return {
        "code": row["measure_code"],
        "name": f"{escape(row['measure_name'])}{star}{_small(row['note'])}",
        "polarity": POLARITY_WORDS[row["polarity"]],
        "before_that": _figure(row["before_that_value"], unit, row["before_that_period"], year_type),
        "before": _figure(row["before_value"], unit, row["before_period"], year_type),
        "value": _figure(row["value"], unit, row["value_period"], year_type, row["value_kind"] or ""),
        "target": TARGET_WORDS.get(row["target_type"]) or figure_in_words(row["target_value"], unit),
        "status": _status(row),
        "trend": _trend(row),
    }


def _figure(value: Any, unit: str, period: str | None, year_type: str, kind: str = "") -> str:
    if value is None:
        return "–"
    when = period_in_words(period or "", year_type)
    said = f"{when}, {kind}" if kind and kind != "actual" else when
    return f"{figure_in_words(value, unit)}{_small(said)}"


def _status(row: Row) -> str:
    if row["status"] is None:
        return REASON_WORDS[row["status_reason"]]
    notes = []
    if row["status_reason"] == "year_to_date":
        notes.append("on the year to date")
    if not row["status_robust"]:
        notes.append("would change within rounding")
    if row["reading_sensitive"]:
        notes.append("would differ in percentage points")
    return f"{STATUS_WORDS[row['status']]}{_small('; '.join(notes))}"


def _trend(row: Row) -> str:
    if row["trend"] is None:
        return NO_TREND_WORDS[row["trend_reason"]]
    notes = []
    if "projected" in row["trend_reason"]:
        notes.append("projected year-end")
    if not row["trend_robust"]:
        notes.append("would change within rounding")
    return f"{TREND_WORDS[row['trend']]}{_small('; '.join(notes))}"


def _small(text: str | None) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def _notes(contents: Contents) -> str:
    findings = "".join(
        f"<li>{escape(row['subject'])}: {escape(row['explanation'])} ({escape(row['workbook'])}, sheet "
        f"{escape(row['sheet'])}, cell {escape(row['cell'])})</li>"
        for row in contents.findings
    )
    files = "".join(f"<li>{escape(row['workbook'])}: {escape(row['reason'])}</li>" for row in contents.files_not_loaded)
    illustrative = "".join(
        f"<li>{escape(row['title'])}: {escape(row['illustrative'])}</li>"
        for row in contents.sources
        if row["illustrative"]
    )
    return f"""<h2>Data quality</h2>
<p>What does not fit together in the figures supplied, as of this edition:</p>
<ul>{findings or "<li>nothing was found</li>"}</ul>
<p>Workbooks that were received and are not in these figures:</p>
<ul>{files or "<li>none</li>"}</ul>
<h2>Published and illustrative figures</h2>
<p>The figures rated above are published figures, or are computed from parts that add up to published ones. Of the detail
behind them, this is illustrative, made up so that it reproduces what is published:</p>
<ul>{illustrative}</ul>"""
