"""Figures of a measure as series: what belongs on one line, what a period and a figure are called."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipelines.publication.quarter import Row
from pipelines.report.wording import figure_in_words, period_in_words

_SIGNS = {"about": "about ", "at_least": "at least ", "over": "over "}

BY_YEAR = ("financial", "academic")
"""Kinds of years whose labels sort by themselves."""


def main_series(figures: Sequence[Row], year_type: str) -> list[Row]:
    """The authority's own totals of whole periods of a kind, oldest first; the last edition of each that is known."""
    found = {
        row["period_label"]: row
        for row in figures
        if row["is_authority"] and row["component"] == "total" and row["year_type"] == year_type
    }
    return list(found.values())


def figure_said(figure: Mapping[str, Any], unit: str) -> str:
    """A figure in words, with what it is short of; where it is missing, why."""
    if figure["value"] is None:
        return str(figure["availability"]).replace("_", " ")
    return said_with_sign(figure["value"], figure["value_qualifier"], unit)


def said_with_sign(value: Decimal | None, qualifier: str, unit: str) -> str:
    """A figure in words after `about`, `at least` or `over`, where that was said of it."""
    return ("" if value is None else _SIGNS.get(qualifier, "")) + figure_in_words(value, unit)


def period_said(figure: Mapping[str, Any]) -> str:
    """The period of a figure in words."""
    kind = "financial" if figure["year_type"] == "quarter" else figure["year_type"]
    return period_in_words(figure["period_label"], kind)


def place_on_axis(figure: Mapping[str, Any]) -> str:
    """Where a figure stands on the axis of a chart: a year by its label, anything else by the last day of its period.

    A snapshot stands at the beginning of its month.
    """
    if figure["year_type"] in BY_YEAR:
        return period_said(figure)
    if figure["year_type"] == "snapshot":
        return str(figure["period_start"])
    last: date = figure["period_end"] - timedelta(days=1)
    return last.isoformat()
