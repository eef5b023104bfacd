"""The overview: every measure of the quarter with its rating, trend, figure, target and owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipelines.charts.sparkline import sparkline
from pipelines.dashboard.contents import Contents, known_figures, ratings_as_at, restated_days
from pipelines.dashboard.frame import FILTERS, framed, measure_file
from pipelines.dashboard.series import figure_said, main_series, period_said
from pipelines.document.inline import words_html
from pipelines.document.model import Run, Words
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import (
    STATUS_WORDS,
    TREND_WORDS,
    figure_in_words,
    no_value_in_words,
    period_in_words,
    shown_status,
    status_in_words,
    target_in_words,
    trend_in_words,
)

TEMPLATES = Path(__file__).parent / "templates"

_NOT_RATED, _NO_TREND, _NO_OWNER = "Not rated", "No trend", "No owner stated"


def overview_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The overview as it was reported, and as it was known on each day on which it was restated since."""
    days = restated_days(quarter)
    cut_off = contents.quarter["cut_off"]
    addresses = {cut_off: "index.html"} | {day: f"as-at/{day.isoformat()}.html" for day in days}
    files = {}
    for day, here in addresses.items():
        restated = day != cut_off
        ratings = ratings_as_at(quarter, day) if restated else contents.ratings
        figures = known_figures(quarter, day) if restated else contents.figures
        said = f"as it was known on {day:%-d %B %Y}" + ("" if restated else ", the quarter's cut-off")
        files[here] = framed(
            contents,
            "Dashboard as known later" if restated else "Dashboard",
            [],
            here,
            lines=[f"Every figure {said}.", *([_days(addresses, here)] if days else [])],
            extra=overview_html(contents, ratings, figures, here),
        )
    return files


def overview_html(
    contents: Contents, ratings: Sequence[Row], figures: Mapping[str, Sequence[Row]], here: str
) -> Markup:
    """Filters, a table for each priority, and the measures outside the agreement, as safe HTML."""
    up = "../" * here.count("/")
    rows = [_shown(row, figures.get(row["measure_code"], []), up) for row in ratings]
    priorities = sorted({str(row["priority"]) for row in rows} | set(contents.priorities))
    counts = Counter(str(row["rating"]) for row in rows)
    in_order = [*STATUS_WORDS.values(), _NOT_RATED]
    rated = {row["measure_code"] for row in ratings}
    return Markup(
        _environment()
        .get_template("overview.html.jinja")
        .render(
            counts=[(words, counts[words]) for words in in_order],
            priorities=[(title, [row for row in rows if row["priority"] == title]) for title in priorities],
            choices=[
                ("priority", "Priority", sorted({str(row["priority"]) for row in rows})),
                ("rating", "Rating", [words for words in in_order if counts[words]]),
                ("trend", "Trend", _present(rows, "trend", [*TREND_WORDS.values(), _NO_TREND])),
                ("owner", "Owner", sorted({str(row["owner"]) for row in rows})),
            ],
            script=up + FILTERS,
            total=len(rows),
            others=[
                _other(row, figures[code], up)
                for code, row in contents.measures.items()
                if code not in rated and code in figures
            ],
        )
    )


def _days(addresses: Mapping[object, str], here: str) -> Words:
    """The ways to the same overview as it was known on other days."""
    up = "../" * here.count("/")
    said = [Run("As known on: ")]
    for place, (day, address) in enumerate(addresses.items()):
        said += [Run(", ")] if place else []
        words = f"{day:%-d %B %Y}" + ("" if place else " (as reported)")
        said.append(Run(f"{words}, shown here", "strong") if address == here else Run(words, link=up + address))
    return said


def _present(rows: Sequence[Row], name: str, in_order: Sequence[str]) -> list[str]:
    found = {row[name] for row in rows}
    return [words for words in in_order if words in found]


def _shown(row: Row, figures: Sequence[Row], up: str) -> Row:
    """One measure as the template shows it."""
    status, status_note = status_in_words(row)
    trend, trend_note = trend_in_words(row)
    tone = shown_status(row)
    period = period_in_words(row["value_period"], row["year_type"]) if row["value_period"] else ""
    kind = "" if row["value_kind"] in ("actual", None) else row["value_kind"]
    series = main_series(figures, row["year_type"])
    return {
        "code": row["measure_code"],
        "name": row["measure_name"],
        "headline": row["headline"],
        "link": up + measure_file(row["measure_code"]),
        "priority": row["priority"],
        "owner": row["owner"] or _NO_OWNER,
        "rating": STATUS_WORDS[tone] if tone else _NOT_RATED,
        "tone": tone or "",
        "status": status,
        "status_note": status_note,
        "trend": TREND_WORDS[row["trend"]] if row["trend"] else _NO_TREND,
        "trend_said": trend,
        "trend_note": trend_note,
        "spark": Markup(sparkline([figure["value"] for figure in series])),
        "value": figure_in_words(row["value"], row["unit"]) if row["value"] is not None else no_value_in_words(row),
        "value_note": "; ".join(filter(None, [period, kind])),
        "is_expected": bool(kind),
        "target": target_in_words(row),
    }


def _other(row: Row, figures: Sequence[Row], up: str) -> Row:
    """A measure outside the agreement: its latest figure of the authority, or of whichever area has one."""
    of_authority = [figure for figure in figures if figure["is_authority"]] or list(figures)
    latest = max(of_authority, key=lambda figure: (figure["period_end"], figure["component"] == "total"))
    area = "" if latest["is_authority"] else f", {latest['area_name']}"
    return {
        "code": row["measure_code"],
        "name": row["measure_name"],
        "link": up + measure_file(row["measure_code"]),
        "value": figure_said(latest, row["unit"]),
        "value_note": period_said(latest) + area,
        "owner": row["owner"] or _NO_OWNER,
    }


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["words"] = words_html
    return environment
