"""Decisions that people record in raw/decisions.csv: about files, and about the published figures of a quarter."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.ledger.lines import LineError, read_day, read_lines, require
from pipelines.ledger.register import Receipt
from pipelines.periods import financial_quarter

FIELDS = ("decided_on", "action", "source", "workbook", "sha256", "reason", "decided_by")
ROLE = "role"
"""Optional last column: the role in which a quarter was locked, signed off or restated."""

ACCEPT, RETRACT = "accept", "retract"
LOCK, SIGN_OFF, ERRATUM = "lock", "sign_off", "erratum"
OF_FILES, OF_QUARTERS = (ACCEPT, RETRACT), (LOCK, SIGN_OFF, ERRATUM)
LOCKED = "locked"
"""What stands as the source of decisions of quarters: the folder of raw/ that holds the figures they are about."""

_LOCKED_FILE = re.compile(r"(\d{4}-\d{2}-Q[1-4])(?: (\S+) erratum [1-9]\d*)?\.csv")


class DecisionError(LineError):
    """The decisions cannot be read; the message names the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. accept: the file ends a conflict and counts from that day. retract: it no longer counts from then.

    lock: the figures in the file are the published ones of their quarter. sign_off: they are signed off. erratum: those
    of one measure in the file take their place.
    """

    decided_on: date
    action: str
    source: str
    workbook: str
    sha256: str
    reason: str
    decided_by: str
    line: int
    role: str = ""

    def is_about(self, receipt: Receipt) -> bool:
        """Whether it names these bytes under this name."""
        return (self.source, self.workbook, self.sha256) == (receipt.source, receipt.workbook, receipt.sha256)

    @property
    def quarter(self) -> str:
        """The quarter that a locked file is of, from its name; empty for a decision of a file."""
        return _quarter_and_measure(self.workbook)[0] if self.action in OF_QUARTERS else ""

    @property
    def measure(self) -> str:
        """The measure that an erratum restates, from the name of its file; empty for other decisions."""
        return _quarter_and_measure(self.workbook)[1] if self.action == ERRATUM else ""


def read_decisions(path: Path) -> list[Decision]:
    """All decisions, in the order of their lines; none when there is no such file.

    Raises DecisionError for a line that is not a decision: an unknown action, no reason or nobody who decided, a day or
    hash that is none, a decision of a quarter without a role or that names no locked file.
    """
    return [
        _decision(row, f"{path}, line {number}", number)
        for number, row in read_lines(path, FIELDS, DecisionError, optional=(ROLE,))
    ]


def _decision(row: dict[str, str], place: str, number: int) -> Decision:
    require(row, FIELDS, place, DecisionError)
    action, sha256, role = row["action"].lower(), row["sha256"].lower(), row.get(ROLE, "")
    if action not in (*OF_FILES, *OF_QUARTERS):
        known = f"{', '.join((*OF_FILES, *OF_QUARTERS[:-1]))} or {OF_QUARTERS[-1]}"
        raise DecisionError(f"{place}: action must be {known}, not {row['action']!r}")
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise DecisionError(f"{place}: sha256 must have 64 hex digits, as in raw/received.csv")
    if (action in OF_QUARTERS) != bool(role):
        must = "be filled" if action in OF_QUARTERS else "be blank; put quotes around a text that has a comma in it"
        raise DecisionError(f"{place}: for {action} the column {ROLE} must {must}")
    decided_on = read_day(row, "decided_on", place, DecisionError)
    decision = Decision(
        decided_on, action, row["source"], row["workbook"], sha256, row["reason"], row["decided_by"], number, role
    )
    if action in OF_QUARTERS:
        _require_locked_file(decision, place)
    return decision


def _require_locked_file(decision: Decision, place: str) -> None:
    quarter, measure = _quarter_and_measure(decision.workbook)
    if decision.source != LOCKED or not quarter or (decision.action == ERRATUM) != bool(measure):
        named = "2021-22-Q2 IN.16 erratum 1.csv" if decision.action == ERRATUM else "2021-22-Q2.csv"
        raise DecisionError(
            f"{place}: {decision.action} needs the source {LOCKED} and the name of a file in raw/{LOCKED} such as "
            f"'{named}', not {decision.source} and '{decision.workbook}'"
        )


def _quarter_and_measure(workbook: str) -> tuple[str, str]:
    """What the name of a locked file says; both empty where it is none, or names a quarter that is none."""
    found = _LOCKED_FILE.fullmatch(workbook)
    if found is None or financial_quarter(found[1].replace("-Q", " Q")) is None:
        return "", ""
    return found[1], found[2] or ""


def written_name(quarter: str, measure: str = "", number: int = 1) -> str:
    """Name of the file in raw/locked with the figures of a quarter, or of one measure's erratum of that number."""
    return f"{quarter} {measure} erratum {number}.csv" if measure else f"{quarter}.csv"
