"""Rows that a page break has cut in two: which they are, and the sheet with each of them whole."""

import re
from collections.abc import Mapping, Sequence

from pipelines.contract.model import Rows
from pipelines.contract.outcome import Finding
from pipelines.read.figures import tidy
from pipelines.read.sheet import Sheet

_OPEN = re.compile(
    r"(?:[,;:/&(–-]|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|per|than|that|the|their|through|to|which|with))$",
    re.IGNORECASE,
)
"""The end of a text that cannot be the end of a sentence."""


class PageBreaks:
    """Follows the rows of a sheet and says which go on with the record above, by the rule of `Rows.page_breaks`.

    continued: by the first row of a record, the rows in which it goes on.
    """

    def __init__(self, sheet: Sheet, layout: Rows, names: Mapping[int, str]) -> None:
        self.sheet, self.layout, self.names = sheet, layout, names
        self.continued: dict[int, list[int]] = {}
        self._latest: int | None = None
        self._cut: int | None = None

    def begin(self, record: int | None) -> None:
        """Notes a record, or (None) a row that ends what stands above it."""
        self._latest, self._cut = record, None

    def repeat_headings(self) -> None:
        """Notes headings that stand again: the record above them may go on below."""
        self._cut = self._latest if self.layout.page_breaks else None

    def join(self, row: int) -> Finding | None:
        """Joins a row to the record that the page break cut, and the warning that says so; None where it is no rest."""
        record, self._cut = self._cut, None
        if record is None:
            return None
        above = self.continued.get(record, [record])[-1]
        why = self._why(above, row)
        if not why:
            return None
        self.continued.setdefault(record, []).append(row)
        cell = next(iter(self.sheet.line(row).values()))
        message = (
            f"row {row} was read as the rest of row {record}, which a page break cuts in two, because {why}; "
            "if it is a row of its own, remove the headings above it, and fill it"
        )
        return Finding(self.sheet.name, cell.address, "", cell.text, "cut by a page break", message, "warn")

    def _why(self, above: int, row: int) -> str:
        """Why a row is the rest of the one above; empty for one that is whole: it begins with a capital, has all that
        each row must have, and follows one that ends.
        """
        cells = {self.names[column]: cell for column, cell in self.sheet.line(row).items() if column in self.names}
        for name, column in self.layout.columns.items():
            if column.required and name not in cells:
                return f"it has no '{column.headings[0]}'"
        if next(iter(cells.values())).text[:1].islower():
            return "it begins in lower case"
        first = next(iter(self.sheet.line(above).values()))
        return "the row above ends in the middle of a sentence" if _OPEN.search(tidy(first.text)) else ""

    def rows_of(self, record: int) -> list[int]:
        """The sheet rows of a record."""
        return [record, *self.continued.get(record, ())]

    def rows_of_all(self, records: Sequence[int]) -> Sequence[int]:
        """The sheet rows of several records; the records themselves where none goes on below a page break."""
        return [row for record in records for row in self.rows_of(record)] if self.continued else records

    def whole(self) -> Sheet:
        """The sheet with the text of every such record in its first row, column by column."""
        texts = {
            (record, column): " ".join(filter(None, (self.sheet.text(row, column) for row in self.rows_of(record))))
            for record in self.continued
            for column in self.names
        }
        return self.sheet.with_texts({position: text or None for position, text in texts.items()})
