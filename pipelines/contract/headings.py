"""Finds the row of headings of a table and which column each heading stands over."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contract.model import Column
from pipelines.contract.outcome import Finding
from pipelines.periods import Period
from pipelines.read.address import cell_address
from pipelines.read.figures import tidy
from pipelines.read.workbook import Cell, Sheet

SEARCHED_ROWS = 40
"""How many non-blank rows from the top may stand above the headings."""

_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})


def normalise(text: str) -> str:
    """A label as it is compared: composed letters, single spaces, straight quotes, plain dashes, no capitals."""
    return tidy(unicodedata.normalize("NFKC", text)).translate(_ALIKE).casefold()


def headings_in(column: Column, period: Period) -> list[str]:
    """The headings of a column in an edition of that period, its year written in."""
    return [heading.replace("{year}", period.year or period.label) for heading in column.headings]


@dataclass(frozen=True)
class Headings:
    """Where the headings stand: their rows, and the sheet column (from 1) of each contract column that was found."""

    first_row: int
    last_row: int
    columns: dict[str, int]
    ignored: frozenset[int] = frozenset()


def _composed(top: Mapping[int, Cell], below: Mapping[int, Cell]) -> dict[int, tuple[int, str]]:
    """Headings of two rows read as one: a heading merged over several columns goes with each one below it.

    By column, the row in which its own heading stands, and the text.
    """
    texts: dict[int, tuple[int, str]] = {}
    over = ""
    for column in range(1, max([*top, *below]) + 1):
        over = top[column].text if column in top else over
        if column in below:
            text = below[column].text
            texts[column] = (below[column].row, f"{over} / {text}" if over else text)
        elif column in top:
            texts[column] = (top[column].row, top[column].text)
    return texts


@dataclass(frozen=True)
class _Candidate:
    first_row: int
    last_row: int
    rows: dict[int, int]
    matched: dict[str, int]
    unmapped: dict[int, str]
    repeated: dict[int, str]
    ignored: frozenset[int] = frozenset()


def matches(pattern: str, text: str) -> bool:
    """Whether a label is the one that a pattern names; `*` at its beginning or end stands for any text."""
    label, core = normalise(text), normalise(pattern.strip("*"))
    if pattern.startswith("*"):
        return label.endswith(core)
    return label.startswith(core) if pattern.endswith("*") else label == core


def _match(
    first: int,
    last: int,
    texts: Mapping[int, tuple[int, str]],
    known: Mapping[str, str],
    ignored: Sequence[str],
) -> _Candidate:
    matched: dict[str, int] = {}
    unmapped: dict[int, str] = {}
    repeated: dict[int, str] = {}
    passed: set[int] = set()
    times: Counter[str] = Counter()
    for column, (_, text) in texts.items():
        label = normalise(text)
        times[label] += 1
        name = known.get(f"{label} #{times[label]}") or known.get(label)
        if name is None and any(matches(pattern, text) for pattern in ignored):
            passed.add(column)
            continue
        if name is None:
            unmapped[column] = text
        elif name in matched:
            repeated[column] = text
        else:
            matched[name] = column
    return _Candidate(first, last, {column: row for column, (row, _) in texts.items()}, matched, unmapped, repeated, frozenset(passed))


def find_headings(
    sheet: Sheet, columns: Mapping[str, Column], period: Period, ignored: Sequence[str] = ()
) -> Headings | list[Finding]:
    """The headings of a table, or what is wrong with them: each unknown, repeated or missing one, by name and cell."""
    known = {normalise(text): name for name, column in columns.items() for text in headings_in(column, period)}
    best: _Candidate | None = None
    top_rows = sorted(sheet.rows)[:SEARCHED_ROWS]
    for row in top_rows:
        candidates = [_match(row, row, {c: (row, cell.text) for c, cell in sheet.rows[row].items()}, known, ignored)]
        if row + 1 in sheet.rows:
            candidates.append(_match(row, row + 1, _composed(sheet.rows[row], sheet.rows[row + 1]), known, ignored))
        for candidate in candidates:
            if best is None or len(candidate.matched) > len(best.matched):
                best = candidate
    if best is None or not best.matched:
        expected = ", ".join(f"'{headings_in(column, period)[0]}'" for column in columns.values())
        message = f"no row of headings was found; expected the columns {expected}"
        return [Finding(sheet.name, "", "", "", "headings found", message)]
    return _judge(sheet, columns, best, period)


def _judge(sheet: Sheet, columns: Mapping[str, Column], found: _Candidate, period: Period) -> Headings | list[Finding]:
    def expected(name: str) -> str:
        return " or ".join(f"'{heading}'" for heading in headings_in(columns[name], period))

    missing = [name for name, column in columns.items() if name not in found.matched and not column.optional]
    missing_in_words = "; ".join(expected(name) for name in missing)
    findings = []
    for column, text in found.unmapped.items():
        meant = f" Expected here, and not found: {missing_in_words}." if missing else ""
        message = (
            f"the column '{text}' is not known.{meant} Rename it as expected, or ask the data team to add the name"
        )
        findings.append(
            Finding(sheet.name, cell_address(found.rows[column], column), text, text, "columns as expected", message)
        )
    for column, text in found.repeated.items():
        message = f"the column '{text}' stands twice; keep one of them"
        findings.append(
            Finding(sheet.name, cell_address(found.rows[column], column), text, text, "one column each", message)
        )
    if missing and not found.unmapped:
        message = f"missing in the headings of row {found.first_row}: {missing_in_words}; put it back, filled"
        findings.append(Finding(sheet.name, "", missing[0], "", "columns as expected", message))
    return findings or Headings(found.first_row, found.last_row, found.matched, found.ignored)
