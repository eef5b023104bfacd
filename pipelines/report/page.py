"""The report of one quarter as an HTML page that stands alone: one table a priority, made by great-tables."""

from html import escape

import polars as pl
from great_tables import GT, loc, style

from pipelines.publication.quarter import Quarter
from pipelines.report.contents import Contents, Row, read_contents
from pipelines.report.wording import (
    ORGANISATION,
    POLARITY_WORDS,
    STATUS_COLOURS,
    STATUS_WORDS,
    TREND_WORDS,
    awaited_in_words,
    figure_in_words,
    period_in_words,
    quarter_in_words,
    shown_status,
    status_in_words,
    target_in_words,
    trend_in_words,
)

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
main table.gt_table td { vertical-align: top !important; } main table.gt_table th { vertical-align: bottom !important; }
main table.gt_table td:nth-child(2) { min-width: 14rem; } main table.gt_table td:nth-child(8) { min-width: 8rem; }
main table.gt_table td small { display: block; color: #404040; }
@media (max-width: 52rem) {
  main table.gt_table, main table.gt_table tbody, main table.gt_table tr, main table.gt_table td { display: block; }
  main table.gt_table thead { position: absolute; left: -999rem; }
  main table.gt_table tr { border-top: 3px solid #0b3c5d; padding: .5rem 0; }
  main table.gt_table td { display: grid; grid-template-columns: 8rem 1fr; column-gap: .75rem; min-width: 0 !important;
    border: 0 !important; text-align: left !important; padding: .2rem .5rem !important; }
  main table.gt_table td::before { grid-row: span 3; font-size: .85rem; color: #404040; }
  LABELS_ON_A_PHONE
}
@media print { h2 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def report_files(quarter: Quarter) -> dict[str, bytes]:
    """The report of a quarter."""
    return {"report.html": report_page(read_contents(quarter.connection, quarter.label)).encode()}


def report_page(contents: Contents) -> str:
    """The whole page. Text from workbooks is escaped; equal contents give an equal page."""
    quarter = contents.quarter
    title = f"Inclusive Neighbourhoods: performance report, {quarter_in_words(quarter)}"
    sections = "\n".join(_section(contents, number, *each) for number, each in enumerate(contents.priorities, 1))
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{STYLE.replace("LABELS_ON_A_PHONE", _labels_on_a_phone(_labels(quarter)))}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the measures</a>
<header>
<p>{ORGANISATION}</p>
<h1>{escape(title)}</h1>
<p>Every figure as it was known on {quarter["cut_off"]:%-d %B %Y}, the quarter's cut-off. Made on
{contents.run_date:%-d %B %Y}.</p>{_signatures(contents)}
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


def _signatures(contents: Contents) -> str:
    """Who locked and signed off the quarter; nothing where nobody has."""
    verbs = {"lock": "Locked", "sign_off": "Signed off"}
    said = [
        f"{verbs[row['action']]} on {row['decided_on']:%-d %B %Y} by the {escape(row['role'])}"
        + (" (restated since)" if row["errata_since"] else "")
        for row in contents.signatures
    ]
    return f"<p>{'. '.join(said)}.</p>" if said else ""


def _labels(quarter: Row) -> dict[str, str]:
    """Headings of the printed report's columns, with the years of this quarter."""
    first = int(quarter["report_year"][:4])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in (first - 2, first - 1, first)]
    return {
        "code": "PI code",
        "name": "Short name",
        "polarity": "Good performance",
        "before_that": f"{years[0]} actual",
        "before": f"{years[1]} actual",
        "value": f"{years[2]} latest or forecast",
        "target": f"{years[2]} target",
        "status": "Status",
        "trend": "Trend",
    }


def _labels_on_a_phone(labels: dict[str, str]) -> str:
    """Rules that put each column's heading before its cells, where the rows become cards."""
    rules = [
        f'main table.gt_table td:nth-child({place})::before {{ content: "{label}"; }}'
        for place, label in enumerate(labels.values(), 1)
    ]
    return "\n  ".join(rules)


def _summary(contents: Contents) -> str:
    rows = [row for _, measures in contents.priorities for row in measures]
    shown = [shown_status(row) for row in rows]
    counts = [(words, shown.count(status)) for status, words in STATUS_WORDS.items()]
    counts.append(("Not rated", shown.count(None)))
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


def _section(contents: Contents, number: int, title: str, measures: list[Row]) -> str:
    heading = f'<section aria-labelledby="priority-{number}"><h2 id="priority-{number}">Priority {escape(title)}</h2>'
    if not measures:
        return f"{heading}<p>The portfolio agreement sets no measures of its own for this priority.</p></section>"
    return f"{heading}{_table(contents, number, title, measures)}{_commentary(measures)}</section>"


def _commentary(measures: list[Row]) -> str:
    """What the services say of the measures of a priority, measures of the same text together."""
    codes: dict[str, list[str]] = {}
    for row in measures:
        for text in filter(None, (row["commentary"] or "").split("\n")):
            codes.setdefault(text, []).append(row["measure_code"])
    said = "".join(f"<li><strong>{', '.join(about)}</strong>: {escape(text)}</li>" for text, about in codes.items())
    return f"<h3>Commentary</h3><ul>{said}</ul>" if said else ""


def _table(contents: Contents, number: int, title: str, measures: list[Row]) -> str:
    data = pl.DataFrame([_cells(row, contents.components) for row in measures])
    table = (
        GT(data, id=f"priority_{number}_measures")
        .cols_label(cases=dict(_labels(contents.quarter)))
        .tab_options(table_font_size="0.95rem", column_labels_font_weight="bold", table_width="100%")
        .fmt(lambda text: text, columns=["name", "before_that", "before", "value", "status", "trend"])
    )
    for status, (background, text) in STATUS_COLOURS.items():
        rows = [index for index, row in enumerate(measures) if shown_status(row) == status]
        if rows:
            place = loc.body(columns="status", rows=rows)
            table = table.tab_style([style.fill(background), style.text(color=text, weight="bold")], place)
    expected = [index for index, row in enumerate(measures) if row["value_kind"] in ("forecast", "provisional")]
    if expected:
        table = table.tab_style(style.text(style="italic"), loc.body(columns="value", rows=expected))
    caption = f'<caption style="position:absolute;left:-999rem">Measures of priority {escape(title)}</caption>'
    return table.as_raw_html().replace("<thead>", f"{caption}<thead>", 1)


def _cells(row: Row, components: dict[tuple[str, str], Row]) -> dict[str, str]:
    """The texts of one measure's row, as safe HTML."""
    star = " ★" if row["headline"] else ""
    polarity = "Contextual" if row["is_contextual"] and row["polarity"] == "none" else POLARITY_WORDS[row["polarity"]]
    return {
        "code": row["measure_code"],
        "name": f"{escape(row['measure_name'])}{star}{_small(row['note'])}",
        "polarity": polarity,
        "before_that": _figure(row, "before_that_", components),
        "before": _figure(row, "before_", components),
        "value": _figure(row, "value_", components),
        "target": target_in_words(row),
        "status": _noted(*status_in_words(row)),
        "trend": _noted(*trend_in_words(row)),
    }


def _figure(row: Row, which: str, components: dict[tuple[str, str], Row]) -> str:
    """A figure with what it is of, how it is made up, and in words that it is not an actual one."""
    value = row["value"] if which == "value_" else row[f"{which}value"]
    if value is None:
        return "–"
    period = row[f"{which}period"]
    said = [period_in_words(period, row["year_type"])]
    if which == "value_" and row["value_kind"] != "actual":
        said.append(row["value_kind"])
    if row.get(f"{which}denominator") is not None:
        said.append(f"{row[f'{which}numerator']:,.0f} of {row[f'{which}denominator']:,.0f}")
    answers = components.get((row["measure_code"], period))
    if answers is not None:
        strongly, tend = answers["strongly_agree_pct"], answers["tend_to_agree_pct"]
        said.append(f"strongly agree {figure_in_words(strongly, '%')}, tend to agree {figure_in_words(tend, '%')}")
    return f"{figure_in_words(value, row['unit'])}{_small('; '.join(said))}"


def _noted(words: str, note: str) -> str:
    return f"{words}{_small(note)}"


def _small(text: str | None) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def _place(row: Row) -> str:
    """Where a finding stands, as far as it has a place."""
    named = {"": row["workbook"], "sheet ": row["sheet"], "cell ": row["cell"]}
    parts = [f"{what}{escape(where)}" for what, where in named.items() if where]
    return f" ({', '.join(parts)})" if parts else ""


def _awaited(contents: Contents) -> str:
    """Figures that had not come though they were due, measures of the same words together."""
    codes: dict[str, list[str]] = {}
    for row in contents.awaited:
        codes.setdefault(awaited_in_words(row), []).append(row["measure_code"])
    lines = "".join(f"<li><strong>{', '.join(of)}</strong>: {escape(said)}</li>" for said, of in codes.items())
    seen_on = min(contents.quarter["cut_off"], contents.run_date)
    return f"""<h2>Figures that had not come</h2>
<p>Figures that were due by {seen_on:%-d %B %Y} and had not been received:</p>
<ul>{lines or "<li>none</li>"}</ul>"""


def _notes(contents: Contents) -> str:
    findings = "".join(
        f"<li>{escape(row['subject'])}: {escape(row['explanation'])}{_place(row)}</li>" for row in contents.findings
    )
    errata = "".join(
        f"<li>{escape(row['measure_code'])}, restated on {row['approved_on']:%-d %B %Y}: {escape(row['changes'])}. "
        f"{escape(row['reason'])} (approved by the {escape(row['role'])})</li>"
        for row in contents.errata
    )
    restated = f"<h2>Restated since the quarter was locked</h2><ul>{errata}</ul>" if errata else ""
    files = "".join(f"<li>{escape(row['workbook'])}: {escape(row['reason'])}</li>" for row in contents.files_not_loaded)
    illustrative = "".join(
        f"<li>{escape(row['title'])}: {escape(row['illustrative'])}</li>"
        for row in contents.sources
        if row["illustrative"]
    )
    return f"""{restated}{_awaited(contents)}<h2>Data quality</h2>
<p>What does not fit together in the workbooks that this report is made of, as of this edition:</p>
<ul>{findings or "<li>nothing was found</li>"}</ul>
<p>Workbooks that were received and are not in these figures:</p>
<ul>{files or "<li>none</li>"}</ul>
<h2>Published and illustrative figures</h2>
<p>The figures rated above are published figures, or are computed from parts that add up to published ones.
Of the detail behind them, this is illustrative, made up so that it reproduces what is published:</p>
<ul>{illustrative}</ul>"""
