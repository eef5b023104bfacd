"""What must hold of a table as a whole: its schema, its key, and the rules between the tables of a workbook."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

import polars as pl
from pandera.api.checks import Check
from pandera.errors import SchemaErrors

from pipelines.contract.frames import FIGURE_COLUMNS, ORIGIN_COLUMNS, workbook_tables
from pipelines.contract.model import Source, Table
from pipelines.contract.outcome import Finding, Reading
from pipelines.read.address import column_letters

Frames = dict[int, pl.DataFrame]

_FILE = ("workbook", "workbook_sha256", "corrections")
"""Columns that tell the rows of one reading from those of another."""


def validate_table(table: Table, frames: Frames, readings: Sequence[Reading]) -> None:
    """Adds to each reading what the schema and the key find wrong in its rows; all workbooks in one validation."""
    if not frames:
        return
    together = pl.concat(frames.values())
    owner = _Owners(frames)
    try:
        table.schema.validate(together, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.to_dicts():
            index = case["index"]
            affected = [readings[owner.of(index)]] if index is not None else [readings[place] for place in frames]
            for reading in affected:
                # what is blank was reported when it was read
                if case["check"] != "not_nullable" or reading.loads:
                    reading.findings.append(_schema_finding(table, reading, together, case))
    _validate_key(table, together, owner, readings)


class _Owners:
    """Tells of the rows of all frames, one after the other, which reading each is of, by its place."""

    def __init__(self, frames: Frames) -> None:
        self.places, self.ends = list(frames), list(accumulate(frame.height for frame in frames.values()))

    def of(self, index: int) -> int:
        """The place of the reading that the row is of."""
        return self.places[bisect(self.ends, index)]


def validate_rules(source: Source, frames: Mapping[str, Frames], readings: Sequence[Reading]) -> None:
    """Adds to each reading the rows that break a rule between the tables of its workbook."""
    for rule in source.rules:
        for place in frames.get(rule.of, {}):
            # of a workbook that is refused already, not all tables may be there
            broken = rule.broken(workbook_tables(dict(frames), place)) if readings[place].loads else pl.DataFrame()
            for row in broken.to_dicts():
                message = f"row {row['row_number']}: {rule.description}"
                cell = row.get("cell") or f"A{row['row_number']}"
                readings[place].findings.append(Finding(row["sheet"], cell, "", "", rule.name, message, rule.severity))


def _validate_key(table: Table, together: pl.DataFrame, owner: "_Owners", readings: Sequence[Reading]) -> None:
    """Reports rows that repeat an earlier row's key, or conflict with it; capitals make no other key."""
    compared = [
        pl.col(name).str.to_lowercase() if together.schema[name] == pl.String else pl.col(name) for name in table.key
    ]
    if len(owner.places) > 1:
        compared.append(pl.struct(_FILE))
    is_first = together.select(is_first=(pl.struct(compared) if len(compared) > 1 else compared[0]).is_first_distinct())
    if is_first.to_series().all():
        return
    numbered = together.with_row_index("index")
    again = numbered.filter(~is_first.to_series())
    about = (*ORIGIN_COLUMNS, "index")
    values = [name for name in together.columns if name not in about and not name.endswith(("_cell", "_text"))]
    same = set(
        again.filter(numbered.select(pl.struct(*_FILE, *values).is_duplicated()).to_series().gather(again["index"]))[
            "index"
        ]
    )
    for row in again.to_dicts():
        key = ", ".join(f"{name} '{row[name]}'" for name in table.key)
        verb, advice = (
            ("repeats", "keep one of them") if row["index"] in same else ("conflicts with", "keep the right one")
        )
        message = f"row {row['row_number']} {verb} an earlier row of the same key ({key}); {advice}"
        finding = Finding(row["sheet"], f"A{row['row_number']}", "", key, "one row per key", message)
        readings[owner.of(row["index"])].findings.append(finding)


def _schema_finding(table: Table, reading: Reading, rows: pl.DataFrame, case: dict[str, Any]) -> Finding:
    if case["index"] is None:
        failed = str(case["failure_case"])
        return Finding("", "", str(case["column"]), failed, str(case["check"]), f"breaks {case['check']}")
    row = rows.row(case["index"], named=True)
    name = str(case["column"]) if case["schema_context"] == "Column" else ""
    rule = str(case["check"])
    schema = table.schema.to_schema()
    checks = {str(check.name): check for check in (schema.columns[name].checks if name else schema.checks)}
    said = (checks[rule].description or rule) if rule in checks else _in_words(rule)
    held = case["failure_case"]
    value = ("" if held is None else str(held)) if name else _held(table, reading, rows, row, checks[rule])
    wrong = f", but it is {repr(value) if value else 'blank'}" if name else f"; the row holds {value}"
    message = f"row {row['row_number']}{f', {name}' if name else ''}: {said}{wrong}"
    return Finding(row["sheet"], _cell(table, reading, row, name), name, value if name else "", rule, message)


def _cell(table: Table, reading: Reading, row: Mapping[str, Any], name: str) -> str:
    """Address of a row's value of a column; the first cell of the row where a rule is about the whole row."""
    pieces = reading.tables[table.name].pieces
    position = next((piece.positions.get(name, 1) for piece in pieces if piece.same["sheet"] == row["sheet"]), 1)
    address = str(row.get(f"{name}_cell") or f"{column_letters(position)}{row['row_number']}")
    return address.partition(",")[0]


_IN_WORDS = {
    "greater_than_or_equal_to": "must be at least",
    "less_than_or_equal_to": "must be at most",
    "greater_than": "must be more than",
    "less_than": "must be less than",
    "isin": "must be one of",
    "str_matches": "must be written like the pattern",
}
"""Checks of a schema, as Pandera names them, for people."""


def _in_words(rule: str) -> str:
    name, _, argument = rule.partition("(")
    return f"{_IN_WORDS[name]} {argument.removesuffix(')')}" if name in _IN_WORDS else rule.replace("_", " ")


def _held(table: Table, reading: Reading, rows: pl.DataFrame, row: Mapping[str, Any], check: Check) -> str:
    """What a row holds in the cells that a rule about several of them reads, by column and cell."""
    suffixes = tuple(f"_{suffix}" for suffix in FIGURE_COLUMNS)
    held: dict[str, str] = {}
    for column in _columns_read(check, rows.head(1)):
        figure = next((column.removesuffix(end) for end in suffixes if column.endswith(end)), column)
        name = figure if f"{figure}_text" in row else column
        value = row.get(f"{name}_text", row[name])
        if value is not None and name not in ORIGIN_COLUMNS:
            said = f"{value:%d/%m/%Y}" if isinstance(value, date) else value
            held[name] = f"{name} {said} ({_cell(table, reading, row, name)})"
    return ", ".join(held.values())


def _columns_read(check: Check, rows: pl.DataFrame) -> list[str]:
    """The columns that a rule cannot do without, in their order: it is tried without each."""
    read = []
    for name in rows.columns:
        try:
            check(rows.drop(name).lazy())
        except pl.exceptions.ColumnNotFoundError:
            read.append(name)
    return read
