"""Figures, ratings and trends of a measure as cells of a table: the same words wherever the report shows them."""

from collections.abc import Mapping

from pipelines.document.model import Cell, Tone
from pipelines.publication.quarter import Row
from pipelines.report.wording import (
    NO_TREND_WORDS,
    SUPPRESSED,
    figure_in_words,
    period_in_words,
    shown_status,
    status_in_words,
    trend_in_words,
)

Answers = Mapping[tuple[str, str], Row]
"""The two answers behind each survey figure, by measure and period."""

_TONES: Mapping[str | None, Tone] = {"R": "R", "A": "A", "G": "G"}


def status_cell(row: Row) -> Cell:
    """The status, with what must be known of it below."""
    return Cell(*status_in_words(row), tone=_TONES.get(shown_status(row), ""))


def trend_cell(row: Row) -> Cell:
    """The trend, with what must be known of it below."""
    return Cell(*trend_in_words(row))


def figure_cell(row: Row, which: str, answers: Answers) -> Cell:
    """A figure with what it is of, how it is made up, and in words that it is not an actual one.

    which: `` for the quarter's own, `before_` or `before_that_` for the years before.
    """
    value, period = row[f"{which}value"], row[f"{which or 'value_'}period"]
    if value is None:
        if row[f"{which}is_suppressed"] if which else row["status_reason"] == "suppressed":
            return Cell(SUPPRESSED)
        return Cell("No figure" if which else NO_TREND_WORDS[row["trend_reason"]])
    said = [period_in_words(period, row["year_type"])]
    is_expected = not which and row["value_kind"] in ("forecast", "provisional")
    if not which and row["value_kind"] != "actual":
        said.append(row["value_kind"])
    if row.get(f"{which}denominator") is not None:
        said.append(f"{row[f'{which}numerator']:,.0f} of {row[f'{which}denominator']:,.0f}")
    answer = answers.get((row["measure_code"], period))
    if answer is not None:
        strongly, tend = answer["strongly_agree_pct"], answer["tend_to_agree_pct"]
        said.append(f"strongly agree {figure_in_words(strongly, '%')}, tend to agree {figure_in_words(tend, '%')}")
    return Cell(figure_in_words(value, row["unit"]), "; ".join(said), emphasis=is_expected)
