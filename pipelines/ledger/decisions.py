"""Decisions that people record in raw/decisions.csv: which file counts in a conflict, and which no longer counts."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.ledger.lines import LineError, read_day, read_lines, require
from pipelines.ledger.register import Receipt

FIELDS = ("decided_on", "action", "source", "workbook", "sha256", "reason", "decided_by")
ACCEPT, RETRACT = "accept", "retract"
_ACTIONS = (ACCEPT, RETRACT)


class DecisionError(LineError):
    """The decisions cannot be read; the message names the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line. accept: the file ends a conflict and counts from that day. retract: it no longer counts from then."""

    decided_on: date
    action: str
    source: str
    workbook: str
    sha256: str
    reason: str
    decided_by: str
    line: int

    def is_about(self, receipt: Receipt) -> bool:
        """Whether it names these bytes under this name."""
        return (self.source, self.workbook, self.sha256) == (receipt.source, receipt.workbook, receipt.sha256)


def read_decisions(path: Path) -> list[Decision]:
    """All decisions, in the order of their lines; none when there is no such file.

    Raises DecisionError for a line that is not a decision: an unknown action, no reason or nobody who decided, a day or
    hash that is none.
    """
    decisions = []
    for number, row in read_lines(path, FIELDS, DecisionError):
        place = f"{path}, line {number}"
        require(row, FIELDS, place, DecisionError)
        action, sha256 = row["action"].lower(), row["sha256"].lower()
        if action not in _ACTIONS:
            raise DecisionError(f"{place}: action must be {' or '.join(_ACTIONS)}, not {row['action']!r}")
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise DecisionError(f"{place}: sha256 must have 64 hex digits, as in raw/received.csv")
        decided_on = read_day(row, "decided_on", place, DecisionError)
        decisions.append(
            Decision(
                decided_on, action, row["source"], row["workbook"], sha256, row["reason"], row["decided_by"], number
            )
        )
    return decisions
