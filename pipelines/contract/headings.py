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

Texts = Mapping[int, tuple[int, str]]
"""By column, the row in which its own heading stands, and the text."""


def headings_in(column: Column, period: Period) -> list[str]:
    """The headings of a column in an edition of that period, its year (or one before) and quarter written in."""
    years = {f"{{year-{back}}}": period.year_before(back) for back in (1, 2)}
    words = {"{year}": period.year or period.label, **years, "{quarter}": period.label.rpartition("-")[2]}
    return [re.sub(r"\{[^}]*\}", lambda found: words[found[0]], heading) for heading in column.headings]


def matches(pattern: str, text: str) -> bool:
    """Whether a label is the one that a pattern names; `*` at its beginning or end stands for any text."""
    label, core = normalise(text), normalise(pattern.strip("*"))
    if pattern.startswith("*"):
        return label.endswith(core)
    return label.startswith(core) if pattern.endswith("*") else label == core


@dataclass(frozen=True)
class Headings:
    """Where the headings stand: their rows, and the sheet column (from 1) of each contract column that was found.

    ignored: sheet columns left out on purpose. thousands: contract columns whose cells are in thousands.
    """

    first_row: int
    last_row: int
    columns: dict[str, int]
    ignored: frozenset[int] = frozenset()
    thousands: frozenset[str] = frozenset()


@dataclass
class _Candidate:
    """One reading of some rows as headings."""

    first_row: int
    last_row: int
    texts: Texts
    matched: dict[str, int] = field(default_factory=dict)
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


def _match(candidate: _Candidate, known: Mapping[str, str], ignored: Sequence[str]) -> _Candidate:
    """Maps each heading: to a contract column, to those left out on purpose, or to what is wrong."""
    times: Counter[str] = Counter()
    for column, (_, text) in candidate.texts.items():
        label = normalise(text)
        times[label] += 1
        name = known.get(f"{label} #{times[label]}") or known.get(label)
        if name is None and any(matches(pattern, text) for pattern in ignored):
            candidate.ignored.add(column)
        elif name is None:
            candidate.unmapped.append(column)
        elif name in candidate.matched:
            candidate.repeated.append(column)
        else:
            candidate.matched[name] = column
    return candidate


def find_headings(sheet: Sheet, layout: Rows, period: Period) -> Headings | list[Finding]:
    """The headings of a table, or what is wrong with them: each unknown, repeated or missing one, by name and cell."""
    columns = layout.columns
    known = {normalise(text): name for name, column in columns.items() for text in headings_in(column, period)}
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
    thousands = {name for name, column in found.matched.items() if _in_thousands(columns[name], found.texts[column][1])}
    return Headings(found.first_row, found.last_row, found.matched, frozenset(found.ignored), frozenset(thousands))


def _in_thousands(column: Column, text: str) -> bool:
    return isinstance(column, Figure) and normalise(text) in {normalise(heading) for heading in column.thousands}
