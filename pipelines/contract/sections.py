"""Rows of one cell that say something of all rows below them."""

import re
from collections.abc import Mapping

from pipelines.contract.model import Fact
from pipelines.read.figures import tidy

Said = tuple[str, str]
"""The column that a section row fills, and its text."""


class Sections:
    """What the section rows read so far say of the next record, outermost first; a new one ends those within it.

    Of section rows of one level right below one another, each holds: the first heads no rows of its own.
    """

    def __init__(self, sections: Mapping[str, Fact]) -> None:
        self.facts = sections
        self.patterns = {name: re.compile(fact.pattern, re.IGNORECASE) for name, fact in sections.items()}
        self.current: dict[str, str | None] = dict.fromkeys(sections)
        self.of_records: list[dict[str, str | None]] = []
        self._above = ""

    def said(self, text: str) -> Said | None:
        """What a row that begins with this text says of the rows below; None where it is no section row."""
        for name, pattern in self.patterns.items():
            if found := pattern.fullmatch(tidy(text)):
                return name, found[1]
        return None

    def begin(self, said: Said) -> bool:
        """Begins a section; answers whether it holds beside the one right above it."""
        name, text = said
        beside = self._above == name
        levels = list(self.current)
        self.current |= dict.fromkeys(levels[levels.index(name) + 1 :])
        self.current[name] = f"{self.current[name]} | {text}" if beside else text
        self._above = name
        return beside

    def add_record(self) -> None:
        """Notes that a record stands here."""
        self.of_records.append(dict(self.current))
        self._above = ""

    def columns(self) -> dict[str, list[str | None]]:
        """By column, what the sections say of each record."""
        return {name: [held[name] for held in self.of_records] for name in self.facts}

    def missing(self) -> list[tuple[int, str]]:
        """The required sections that some record does not stand under: the place of the first one, and the column."""
        columns = self.columns()
        required = [name for name, fact in self.facts.items() if fact.required]
        return [(columns[name].index(None), name) for name in required if None in columns[name]]
