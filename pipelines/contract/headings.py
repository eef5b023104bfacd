"""Finds the row of headings of a table and which column each heading stands over."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from pipelines.contract.model import Column, Figure, Rows
from pipelines.contract.outcome import Finding
from pipelines.periods import Period
from pipelines.read.address import cell_address
from pipelines.read.labels import normalise
from pipelines.read.sheet import Cell, Sheet

SEARCHED_ROWS = 40
"""How many non-blank rows from the top may stand above the headings."""

HEADING_ROWS = 3
"""How many rows of headings a table may have."""

_YEARS_BESIDE = {"{next_year}": 1, "{year-1}": -1, "{year-2}": -2}
"""How many years the year that a heading may name is from the edition's."""

Texts = Mapping[int, tuple[int, str]]
"""By column, the row in which its own heading stands, and the text."""


def headings_in(column: Column, period: Period) -> list[str]:
    """The headings of a column in an edition of that period, its year written in."""
    return [with_year(heading, period) for heading in column.headings]


def with_year(label: str, period: Period) -> str:
    """A label of the contract with the year of an edition, the years beside it and its quarter written in."""
    words = {"{year}": period.year or period.label, "{quarter}": period.label.rpartition("-")[2]}
    words |= {name: period.year_from(years) for name, years in _YEARS_BESIDE.items()}
    return re.sub(r"\{[^}]*\}", lambda found: words[found[0]], label)


def matches(pattern: str, text: str) -> bool:
    """Whether a label is the one that a pattern names; `*` in it stands for any text."""
    pieces = [re.escape(normalise(piece)) for piece in pattern.split("*")]
    return re.fullmatch(".*".join(pieces), normalise(text)) is not None


@dataclass(frozen=True)
class Headings:
    """Where the headings stand: their rows, and the sheet column (from 1) of each contract column that was found.

    ignored: sheet columns left out on purpose. scales: what cells are multiplied by, of contract columns whose headings
    say that they are in thousands or millions.
    """

    first_row: int
    last_row: int
    columns: dict[str, int]
    ignored: frozenset[int] = frozenset()
    scales: dict[str, int] = field(default_factory=dict)


@dataclass
class _Candidate:
    """One reading of some rows as headings."""

    first_row: int
    last_row: int
    texts: Texts
    matched: dict[str, int] = field(default_factory=dict)
    scales: dict[str, int] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)
    unmapped: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)


def _composed(above: Texts, below: Mapping[int, Cell]) -> Texts:
    """Headings of several rows read as one: a heading merged over several columns goes with each one below it."""
    texts: dict[int, tuple[int, str]] = {}
    over = ""
    for column in range(1, max([*above, *below]) + 1):
        over = above[column][1] if column in above else over
        if column in below:
            text = below[column].text
            texts[column] = (below[column].row, f"{over} / {text}" if over else text)
        elif column in above:
            texts[column] = above[column]
    return texts


@dataclass(frozen=True)
class _Known:
    """The headings that a table may have: by label, the contract column and what its cells are multiplied by."""

    labels: Mapping[str, tuple[str, int]]

    def find(self, text: str, times: Counter[str]) -> tuple[str, int] | None:
        """What a heading stands over; `times` counts the headings so called."""
        label = normalise(text)
        times[label] += 1
        exact = self.labels.get(f"{label} #{times[label]}") or self.labels.get(label)
        return exact or next((self.labels[each] for each in self.labels if "*" in each and matches(each, text)), None)


def _known_headings(columns: Mapping[str, Column], period: Period) -> _Known:
    labels = {}
    for name, column in columns.items():
        for heading in column.headings:
            labels[normalise(with_year(heading, period))] = (name, _scale(column, heading))
    return _Known(labels)


def _scale(column: Column, heading: str) -> int:
    if not isinstance(column, Figure):
        return 1
    return 1_000 if heading in column.thousands else 1_000_000 if heading in column.millions else 1


def _match(candidate: _Candidate, known: _Known, ignored: Sequence[str]) -> None:
    """Maps each heading: to a contract column, to those left out on purpose, or to what is wrong."""
    times: Counter[str] = Counter()
    for column, (_, text) in candidate.texts.items():
        found = known.find(text, times)
        if found is None and any(matches(pattern, text) for pattern in ignored):
            candidate.ignored.add(column)
        elif found is None:
            candidate.unmapped.append(column)
        elif found[0] in candidate.matched:
            candidate.repeated.append(column)
        else:
            name, scale = found
            candidate.matched[name] = column
            candidate.scales |= {name: scale} if scale != 1 else {}
    nameless, first = known.labels.get(""), min(candidate.texts)
    if nameless and nameless[0] not in candidate.matched and candidate.matched and first > 1:
        candidate.matched[nameless[0]] = first - 1


def find_headings(sheet: Sheet, layout: Rows, period: Period) -> Headings | list[Finding]:
    """The headings of a table, or what is wrong with them: each unknown, repeated or missing one, by name and cell."""
    columns = layout.columns
    known = _known_headings(columns, period)
    best: _Candidate | None = None
    for row in sheet.row_numbers[:SEARCHED_ROWS]:
        texts: Texts = {column: (row, cell.text) for column, cell in sheet.line(row).items()}
        below = takewhile(bool, (sheet.line(row + more) for more in range(1, HEADING_ROWS)))
        candidates = [_Candidate(row, row, texts)]
        for more, cells in enumerate(below, start=1):
            texts = _composed(texts, cells)
            candidates.append(_Candidate(row, row + more, texts))
        for candidate in candidates:
            _match(candidate, known, layout.ignored)
            if best is None or _merit(candidate) > _merit(best):
                best = candidate
        if best is not None and not best.unmapped and not best.repeated and len(best.matched) == len(columns):
            break
    if best is None or not best.matched:
        expected = ", ".join(f"'{headings_in(column, period)[0]}'" for column in columns.values())
        message = f"no row of headings was found; expected the columns {expected}"
        return [Finding(sheet.name, "", "", "", "headings found", message)]
    return _judge(sheet, columns, best, period)


def _merit(candidate: _Candidate) -> tuple[int, int]:
    """More known headings are better; of as many, fewer unknown ones."""
    return len(candidate.matched), -len(candidate.unmapped) - len(candidate.repeated)


def _judge(sheet: Sheet, columns: Mapping[str, Column], found: _Candidate, period: Period) -> Headings | list[Finding]:
    def expected(name: str) -> str:
        return " or ".join(f"'{heading}'" for heading in headings_in(columns[name], period))

    def report(column: int, rule: str, message: str) -> None:
        row, text = found.texts[column]
        findings.append(Finding(sheet.name, cell_address(row, column), text, text, rule, message))

    missing = [name for name, column in columns.items() if name not in found.matched and not column.optional]
    meant = f" Expected here, and not found: {'; '.join(expected(name) for name in missing)}." if missing else ""
    findings: list[Finding] = []
    for column in found.unmapped:
        text = found.texts[column][1]
        known = f"the column '{text}' is not known.{meant}"
        report(column, "columns as expected", f"{known} Rename it as expected, or ask the data team to add the name")
    for column in found.repeated:
        report(column, "one column each", f"the column '{found.texts[column][1]}' stands twice; keep one of them")
    if missing and not found.unmapped:
        in_words = "; ".join(expected(name) for name in missing)
        message = f"missing in the headings of row {found.first_row}: {in_words}; put it back, filled"
        findings.append(Finding(sheet.name, "", missing[0], "", "columns as expected", message))
    if findings:
        return findings
    return Headings(found.first_row, found.last_row, found.matched, frozenset(found.ignored), found.scales)
