"""The page of a measure: what it is, how it went, how its rating came about, and where every figure stands."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from pipelines.charts.drawing import draw_ahead
from pipelines.dashboard.contents import Contents
from pipelines.dashboard.download import figures_csv
from pipelines.dashboard.figures_table import figures_table
from pipelines.dashboard.frame import framed, measure_file
from pipelines.dashboard.history import Beside, charts_of, comparators, read_beside, unit_said
from pipelines.dashboard.series import figure_said, main_series, period_said
from pipelines.document.model import Block, Bullets, Cell, Column, Definitions, Heading, Paragraph, Run, Table, Words
from pipelines.explain.answer import Reasoning
from pipelines.explain.wording import rating_sentences, survey_sentences, trend_sentences
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import (
    POLARITY_WORDS,
    figure_in_words,
    no_value_in_words,
    period_in_words,
    shown_status,
    status_in_words,
    target_in_words,
    trend_in_words,
)

_DEFINITIONS = """
select measure_history.measure_code, numerator, denominator, workbook, sheet, cell
from marts.measure_history
inner join marts.reporting_quarter on reporting_quarter.report_quarter = $quarter
where
    measure_history.as_at <= reporting_quarter.known_by
    and coalesce(reporting_quarter.known_by < measure_history.superseded_on, true)
    and coalesce(reporting_quarter.quarter_start < measure_history.valid_to, true)
order by measure_history.agreement_year desc
"""

_FORECASTS = "select * from marts.forecast where report_quarter = $quarter and forecast_value is not null"

_ACCURACY = "select * from marts.forecast_accuracy where outturn_basis = 'known now'"

_RESTATED = """
select *
from marts.restatement
where area_code in (select area_code from marts.area where is_authority)
order by restated_on desc, period_label, component
"""

_MOVED = "select * from marts.restated_quarter where report_quarter = $quarter order by restated_on"

_FINDINGS = "select subject, explanation, workbook, sheet, cell from marts.reconciliation_finding order by all"

_ILLUSTRATIVE = """
select distinct workbook.workbook_sha256, source.illustrative
from audit.workbook
inner join audit.source on workbook.source = source.source
where source.illustrative <> ''
"""


_NONE = "not_available"


@dataclass(frozen=True)
class Notes:
    """What is said of measures in other marts, read once for all of them.

    definitions, forecasts: by code; accuracy: by code and method; illustrative: by hash of the workbook, what in it is.
    """

    definitions: Mapping[str, Row]
    forecasts: Mapping[str, Row]
    accuracy: Mapping[tuple[str, str], Row]
    restated: Sequence[Row]
    moved: Sequence[Row]
    findings: Sequence[Row]
    illustrative: Mapping[str, str]

    def findings_on(self, code: str) -> list[Row]:
        """Findings whose subject or explanation names a measure."""
        named = re.compile(rf"(?<![\w.]){re.escape(code)}(?!\w|\.\w)")
        return [row for row in self.findings if named.search(f"{row['subject']}\n{row['explanation']}")]


def read_notes(quarter: Quarter) -> Notes:
    """What is said of the measures of a quarter."""
    return Notes(
        definitions={row["measure_code"]: row for row in reversed(quarter.rows(_DEFINITIONS))},
        forecasts={row["measure_code"]: row for row in quarter.rows(_FORECASTS)},
        accuracy={(row["measure_code"], row["method"]): row for row in quarter.rows(_ACCURACY)},
        restated=quarter.rows(_RESTATED),
        moved=quarter.rows(_MOVED),
        findings=quarter.rows(_FINDINGS),
        illustrative={row["workbook_sha256"]: row["illustrative"] for row in quarter.rows(_ILLUSTRATIVE)},
    )


def measure_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """A page and a CSV for every measure."""
    notes, beside = read_notes(quarter), read_beside(quarter, contents.quarter["known_by"])
    files = {}
    blocks = {
        code: list(measure_blocks(measure, contents.figures.get(code, []), contents, notes, beside))
        for code, measure in contents.measures.items()
    }
    draw_ahead(chain.from_iterable(blocks.values()))
    for code, measure in contents.measures.items():
        here = measure_file(code)
        lines: list[Words] = [_line(measure, contents)]
        files[here] = framed(contents, f"{code} {measure['measure_name']}", blocks[code], here, lines=lines)
        files[measure_file(code, "csv")] = figures_csv(measure, contents.figures.get(code, []), contents.origins)
    return files


def measure_blocks(
    measure: Row, figures: Sequence[Row], contents: Contents, notes: Notes, beside: Beside
) -> Iterator[Block]:
    """What the page of a measure says, in order."""
    code = measure["measure_code"]
    reasoning = contents.reasons.get(code)
    yield from _now(measure)
    forecast = notes.forecasts.get(code)
    charts = charts_of(measure, figures, beside, _to_draw(forecast, measure, figures))
    if charts:
        yield Heading(2, "History", "history")
        yield from charts
    yield from _others(measure, figures, beside.compared.get(code, []))
    if reasoning:
        yield from _reasons(reasoning)
    if measure.get("commentary"):
        yield Heading(2, "Commentary", "commentary")
        yield from (Paragraph(text) for text in measure["commentary"].split("\n") if text.strip())
    yield from _definition(measure, notes.definitions.get(code))
    yield from _forecast(forecast, notes.accuracy, measure["unit"])
    yield from _findings(notes.findings_on(code))
    yield from _restatements(measure, notes)
    yield from _figures(measure, figures, contents, notes)


def _line(measure: Row, contents: Contents) -> str:
    day = f"{contents.quarter['cut_off']:%-d %B %Y}"
    parts = [f"Priority {measure['priority']}"] if measure.get("priority") else ["Not in the portfolio agreement"]
    parts += [f"owner: {measure['owner']}"] if measure["owner"] else []
    return f"{'; '.join(parts)}. Every figure as it was known on {day}, the quarter's cut-off."


def _now(measure: Row) -> Iterator[Block]:
    if "status" not in measure:
        return
    status, status_note = status_in_words(measure)
    trend, trend_note = trend_in_words(measure)
    value: Cell | str = no_value_in_words(measure)
    if measure["value"] is not None:
        period = period_in_words(measure["value_period"], measure["year_type"])
        kind = "" if measure["value_kind"] == "actual" else f"; {measure['value_kind']}"
        value = Cell(figure_in_words(measure["value"], measure["unit"]), f"{period}{kind}", emphasis=bool(kind))
    columns = [
        Column("status", "Rating", is_head=True),
        Column("trend", "Trend"),
        Column("value", "Latest", numeric=True),
        Column("target", "Target", numeric=True),
    ]
    row = {
        "status": Cell(status, status_note, tone=shown_status(measure) or ""),  # type: ignore[arg-type]
        "trend": Cell(trend, trend_note),
        "value": value,
        "target": target_in_words(measure),
    }
    yield Heading(2, "Now", "now")
    yield Table("rating", "Rating, trend, latest figure and target", columns, [row], hides_caption=True)


def _to_draw(forecast: Row | None, measure: Row, figures: Sequence[Row]) -> Row | None:
    """The forecast, where it is of the kind of period that is drawn, and no figure of its period is there."""
    if forecast is None or forecast["year_type"] != measure["year_type"]:
        return None
    known = {row["period_label"] for row in main_series(figures, measure["year_type"]) if row["value"] is not None}
    if forecast["forecast_period"] in known:
        return None
    return forecast | {"period_start": forecast["forecast_end"]}


_OTHERS = [Column("area", "Area", is_head=True), Column("value", "Figure", numeric=True)]


def _others(measure: Row, figures: Sequence[Row], compared: Sequence[Row]) -> Iterator[Block]:
    """Other areas and their means in the latest period of which there are any."""
    unit = measure["unit"]
    whole = [row for row in figures if row["component"] == "total" and not row["is_authority"]]
    if compared:
        latest = compared[-1]
        period = period_said(latest | {"year_type": measure["year_type"]})
        said = [(name, figure_in_words(value, unit)) for name, value in comparators(latest)]
    elif whole:
        period = period_said(whole[-1])
        of_period = [row for row in whole if row["period_label"] == whole[-1]["period_label"]]
        said = [(row["area_name"], figure_said(row, unit)) for row in of_period]
    else:
        return
    rows: list[dict[str, Cell | str]] = [{"area": area, "value": value} for area, value in said]
    yield Heading(2, "Beside other areas", "others")
    yield Table("other-areas", f"Other areas, {period}", _OTHERS, rows)


def _reasons(reasoning: Reasoning) -> Iterator[Block]:
    yield Heading(2, "How this rating came about", "reasons")
    parts = {
        "rating-reason": rating_sentences(reasoning.rating, reasoning.unit),
        "trend-reason": trend_sentences(reasoning.trend, reasoning.rating.polarity, reasoning.unit),
        "sureness": survey_sentences(reasoning.survey) if reasoning.survey else [],
    }
    for place, sentences in parts.items():
        said = [sentence for sentence in sentences if sentence]
        if said:
            yield Heading(3, said[0], place)
            yield Bullets(said[1:])
    yield Paragraph([Run("The rules in full: "), Run("how ratings work", link="../how-ratings-work.html")])


def _definition(measure: Row, defined: Row | None) -> Iterator[Block]:
    polarity = measure["polarity"]
    items: list[tuple[Words, Words]] = [("Measure", measure["measure_name"])]
    if defined:
        items += [("Numerator", defined["numerator"] or "not given"), ("Denominator", defined["denominator"] or "none")]
    items += [
        ("Good performance", POLARITY_WORDS[polarity]),
        ("Unit", unit_said(measure["unit"])),
        ("Frequency", measure["frequency"] or "not stated"),
        ("Owner", measure["owner"] or "not stated"),
        ("Category", measure["category"] or "not stated"),
    ]
    if "rated_on" in measure:
        items += [("Rated on", measure["rated_on"]), ("Forecast by", measure["forecast_method"])]
    items += [("Note", measure["note"])] if measure["note"] else []
    if defined:
        items.append(("Defined in", f"{defined['workbook']}, sheet {defined['sheet']}, cell {defined['cell']}"))
    yield Heading(2, "Definition", "definition")
    yield Definitions(items)


def _forecast(forecast: Row | None, accuracy: Mapping[tuple[str, str], Row], unit: str) -> Iterator[Block]:
    if forecast is None:
        return
    value = figure_in_words(forecast["forecast_value"], unit)
    period = period_in_words(forecast["forecast_period"], forecast["year_type"])
    made = f"by the method ‘{forecast['method']}’, made on {forecast['made_on']:%-d %B %Y}"
    yield Heading(2, "Forecast", "forecast")
    yield Paragraph(f"Forecast for {period}: {value}, {made}.")
    found = accuracy.get((forecast["measure_code"], forecast["method"]))
    if found and found["mean_absolute_error"] is not None:
        off = figure_in_words(found["mean_absolute_error"], unit)
        times = "forecast" if found["forecasts"] == 1 else "forecasts"
        yield Paragraph(f"{found['forecasts']} earlier {times} by this method were off by {off} on average.")


def _findings(findings: Sequence[Row]) -> Iterator[Block]:
    if findings:
        yield Heading(2, "What does not fit", "findings")
        yield Bullets([f"{row['subject']}: {row['explanation']}{place_said(row)}" for row in findings])


def place_said(row: Row) -> str:
    """Where something stands, in brackets, as far as it has a place."""
    named = {"": row["workbook"], "sheet ": row["sheet"], "cell ": row["cell"]}
    parts = [f"{what}{where}" for what, where in named.items() if where]
    return f" ({', '.join(parts)})" if parts else ""


def _restatements(measure: Row, notes: Notes) -> Iterator[Block]:
    code, unit = measure["measure_code"], measure["unit"]
    said = [
        f"{row['restated_on']:%-d %B %Y}: {row['period_label']}, {row['component']}, was "
        f"{_or_missing(row['old_value'], row['old_availability'], unit)} and is "
        f"{_or_missing(row['new_value'], row['new_availability'], unit)}"
        f"{place_said({name: row[f'new_{name}'] for name in ('workbook', 'sheet', 'cell')})}"
        for row in notes.restated
        if row["measure_code"] == code
    ]
    said += [
        f"{row['restated_on']:%-d %B %Y}: what this quarter says moved from "
        f"{_or_missing(row['value_before'], _NONE, unit)} to {_or_missing(row['value'], _NONE, unit)}"
        for row in notes.moved
        if row["measure_code"] == code
    ]
    if said:
        yield Heading(2, "Restated since", "restated")
        yield Bullets(said)


def _or_missing(value: Decimal | None, availability: str | None, unit: str) -> str:
    """A figure, or why there is none; a figure that an edition does not have at all has no reason either."""
    return (availability or "not given").replace("_", " ") if value is None else figure_in_words(value, unit)


def _figures(measure: Row, figures: Sequence[Row], contents: Contents, notes: Notes) -> Iterator[Block]:
    yield Heading(2, "Where every figure stands", "figures")
    own = [row for row in figures if row["is_authority"]] or list(figures)
    if not own:
        yield Paragraph("No figure of it was known by the cut-off: no workbook received by then holds one.")
        return
    name = measure_file(measure["measure_code"], "csv").removeprefix("measures/")
    yield Paragraph([Run("Download them with every cell: "), Run(name, link=name)])
    hashes = {origin["workbook_sha256"] for row in own for origin in contents.origins.get(row["origin_id"], [])}
    said = sorted({notes.illustrative[sha] for sha in hashes if sha in notes.illustrative})
    yield from (Paragraph([Run("Note: ", "strong"), Run(text)]) for text in said)
    waves = [row for row in own if row["year_type"] == "wave"]
    for rows in ([row for row in own if row["year_type"] != "wave"], waves):
        if rows:
            yield figures_table(rows, measure["unit"], contents.origins)
