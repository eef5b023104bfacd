"""The page on how ratings work: the rules, with what the agreement of the quarter says."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed, measure_file
from pipelines.document.model import Block, Bullets, Cell, Column, Definitions, Heading, Paragraph, Run, Table
from pipelines.publication.quarter import Row
from pipelines.report.wording import NO_TREND_WORDS, REASON_WORDS, STATUS_WORDS, TREND_WORDS, target_in_words

_COLUMNS = [
    Column("measure", "Measure", is_head=True, width=3),
    Column("target", "Target", numeric=True),
    Column("tolerance", "Amber misses by at most", numeric=True),
    Column("rated_on", "Rated on"),
    Column("method", "Forecast by", width=1.5),
]


def ratings_files(contents: Contents) -> dict[str, bytes]:
    """The page."""
    here = "how-ratings-work.html"
    return {here: framed(contents, "How ratings work", list(rating_blocks(contents)), here)}


def rating_blocks(contents: Contents) -> Iterator[Block]:
    """What the page says."""
    ratings = contents.ratings
    yield Paragraph("Ratings follow rules that are the same for every measure; no one chooses a colour.")
    yield Heading(2, "Rating", "rating")
    yield Definitions(
        [
            (STATUS_WORDS["G"], "on target or better"),
            (STATUS_WORDS["A"], "misses the target by 5% of it or less, or by the tolerance that the agreement states"),
            (STATUS_WORDS["R"], "misses it by more"),
        ]
    )
    yield Paragraph(
        "In the report's own words Amber is ‘slightly (<5%) below target’ and Red ‘significantly (>5%) below’, which"
        " leave exactly 5% open: here it is Amber."
    )
    yield Paragraph("A target of zero that is missed is Red, unless the agreement states a tolerance in figures.")
    yield from _without("Why a measure has no rating", "no-rating", REASON_WORDS, _reasons(ratings, "status"))
    yield Heading(2, "Trend", "trend")
    yield Definitions(
        [
            (TREND_WORDS["better"], "more favourable than the figure before, by more than 1% of it"),
            (TREND_WORDS["stable"], "within 1% of the figure before, either way"),
            (TREND_WORDS["worse"], "less favourable, by more than 1% of it"),
        ]
    )
    yield from _without("Why a measure has no trend", "no-trend", NO_TREND_WORDS, _reasons(ratings, "trend"))
    yield Heading(2, "How sure a rating is", "sure")
    yield Bullets(
        [
            "‘Would change within rounding’: some value that rounds to the printed one would be rated otherwise.",
            "‘Would differ in percentage points’: 5 percentage points in the place of 5% of the target would differ.",
            "The interval of a survey figure is shown beside it and does not enter the rating.",
            "A status that a person put in the place of the computed one is shown with it and with the reason.",
        ]
    )
    yield Heading(2, "Which figure, and as known when", "which")
    yield Bullets(
        [
            "A quarter sees what was received by its cut-off, 42 days after its end; what came later is restated.",
            "Of a year not yet over the agreement says whether the forecast is rated or the year to date.",
            "Forecast, provisional and interim figures are marked in words.",
            "A figure that is missing is said to be missing, with the reason; it is never nought.",
        ]
    )
    yield Heading(2, "What the agreement sets for each measure", "agreement")
    yield Table(
        "agreed", "Targets, tolerances and what is rated", _COLUMNS, [_agreed(row, contents) for row in ratings]
    )


def _reasons(ratings: Sequence[Row], what: str) -> Counter[str]:
    return Counter(row[f"{what}_reason"] for row in ratings if row[what] is None)


def _without(heading: str, name: str, words: dict[str, str], counts: Counter[str]) -> Iterator[Block]:
    yield Heading(3, heading, name)
    yield Bullets([f"{said}: {counts[reason]} of this quarter" for reason, said in words.items() if counts[reason]])


def _agreed(row: Row, contents: Contents) -> dict[str, Cell | str]:
    rating = contents.reasons[row["measure_code"]].rating
    unit = "% of the target" if rating.tolerance_kind == "relative" else f" {row['unit']}"
    tolerance = f"{rating.tolerance_value:f}".rstrip("0").rstrip(".") if rating.target_value is not None else ""
    name = f"{row['measure_code']} {row['measure_name']}"
    return {
        "measure": Cell([Run(name, link=measure_file(row["measure_code"]))]),
        "target": target_in_words(row),
        "tolerance": f"{tolerance}{unit}" if tolerance else "–",
        "rated_on": row["rated_on"],
        "method": row["forecast_method"],
    }
