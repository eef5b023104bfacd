"""The checks of the warehouse: each a SQL file whose rows are what is wrong."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

SAMPLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Check:
    """One check. A blocking one guards an invariant of the warehouse: while it fails nothing is published."""

    name: str
    sql: str
    purpose: str
    table: str
    blocking: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Number of rows that are wrong, and the first of them as dicts of text."""

    check: Check
    wrong: int
    sample: list[dict[str, str]]


def read_checks(folder: Path) -> list[Check]:
    """All checks of `sql/checks`, by name. The head of each states purpose, `-- on:` and `-- blocking:`."""
    return [
        parse_check(path.stem, path.read_text(encoding="utf-8")) for path in sorted((folder / "checks").glob("*.sql"))
    ]


def parse_check(name: str, sql: str) -> Check:
    """A check from the text of its file. Raises ValueError when the head lacks what it must state."""
    head = [line[2:].strip() for line in sql.splitlines() if line.startswith("--")]
    stated = {label.strip(): rest.strip() for label, _, rest in (line.partition(":") for line in head) if rest}
    if "on" not in stated or stated.get("blocking") not in ("yes", "no"):
        raise ValueError(f"check {name}: its head must state '-- on: schema.table' and '-- blocking: yes' or 'no'")
    purpose = " ".join(line for line in head if not line.startswith(("on:", "blocking:")))
    return Check(name, sql, purpose, stated["on"], stated["blocking"] == "yes")


def run_check(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckResult:
    """Runs a check; reads only."""
    cursor = connection.execute(check.sql)
    names = [column[0] for column in cursor.description or []]
    rows = cursor.fetchall()
    sample = [{name: str(value) for name, value in zip(names, row, strict=True)} for row in rows[:SAMPLE_ROWS]]
    return CheckResult(check, len(rows), sample)
