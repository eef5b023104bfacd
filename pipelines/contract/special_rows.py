"""Rows below the headings that are no records: which they are, by the label that they begin with."""

import re

import polars as pl

from pipelines.contract.columns import PLAIN_TEXT
from pipelines.contract.headings import Headings, headings_in
from pipelines.contract.model import Rows
from pipelines.periods import Period
from pipelines.read.labels import normalise
from pipelines.read.sheet import Cell, Sheet


class SpecialRows:
    """Knows the rows below the headings that are no records, by the label that they begin with."""

    def __init__(self, layout: Rows, headings: Headings, period: Period) -> None:
        self.headings = {
            column: {normalise(heading) for heading in headings_in(layout.columns[name], period)}
            for name, column in headings.columns.items()
        }
        self.reasons = dict.fromkeys(set().union(*self.headings.values()), "headings repeated")
        self.reasons |= dict.fromkeys(map(normalise, layout.derived), "derived from the rows above")
        self.totals = {normalise(label): groups for label, groups in layout.totals.items()}
        self.reasons |= dict.fromkeys(self.totals, "total")
        self.begins = {reason[0] for reason in self.reasons if reason}
        # a pattern such as `{subject} total` is only tried on labels that hold its longest piece of plain text
        self.patterns = [
            (max(re.split(r"\{\w+\}", label), key=len), _pattern(label), groups)
            for label, groups in self.totals.items()
            if "{" in label
        ]

    def reason(self, label: str) -> str:
        """Why a row that begins so is set aside; empty where it is a record."""
        if label.isascii() and not self.patterns and label[0].lower() not in self.begins and label[0] > " ":
            return ""
        compared = normalise(label)
        if any(piece in compared and pattern.fullmatch(compared) for piece, pattern, _ in self.patterns):
            return "total"
        return self.reasons.get(compared, "")

    def ordinary(self, sheet: Sheet) -> pl.Series:
        """Of each row of the texts, whether it is a record for certain, unless it holds a problem.

        It is one of several texts, the first of which is plain and none that `reason` knows.
        """
        label = pl.coalesce(pl.all())
        known = label.str.to_lowercase().is_in(list(self.reasons))
        for piece, _, _ in self.patterns:
            known |= label.str.to_lowercase().str.contains(piece, literal=True)
        several = pl.sum_horizontal(pl.all().is_not_null()) > 1
        return sheet.texts.select(several & label.str.contains(PLAIN_TEXT) & ~known).to_series()

    def group(self, label: str) -> dict[str, str]:
        """What a total is the total of: normalised values by column; none for the total of all."""
        for _, pattern, groups in self.patterns:
            if found := pattern.fullmatch(normalise(label)):
                return {name: found[name] for name in groups if name in found.groupdict()}
        return {}

    def is_heading(self, cell: Cell) -> bool:
        """Whether a cell repeats the heading of its column."""
        return normalise(cell.text) in self.headings.get(cell.column, ())


def _pattern(label: str) -> re.Pattern[str]:
    """Matches a total's label, with a group for each name in braces."""
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(label)))
