"""Locked quarters: the figures that raw/locked/ keeps as they were published, and what decisions say of them.

Once a quarter is locked, its published figures are read from its file and from those of its errata, never computed. The
files are written by a person's command; the pipeline only reads them.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.files import printable
from pipelines.ledger.decisions import ERRATUM, LOCK, LOCKED, OF_QUARTERS, Decision
from pipelines.ledger.effects import DecisionEffect
from pipelines.ledger.lines import LineError, read_lines
from pipelines.versions import bytes_sha256

_FIGURE = pl.Decimal(28, 6)

FIGURES: Mapping[str, Any] = {
    "measure_name": pl.String,
    "priority": pl.String,
    "value": _FIGURE,
    "value_kind": pl.String,
    "value_period": pl.String,
    "previous_value": _FIGURE,
    "previous_period": pl.String,
    "target_value": _FIGURE,
    "shortfall_pct": _FIGURE,
    "status": pl.String,
    "status_reason": pl.String,
    "change_pct": _FIGURE,
    "trend": pl.String,
    "trend_reason": pl.String,
    "status_robust": pl.Boolean,
    "trend_robust": pl.Boolean,
    "reading_sensitive": pl.Boolean,
    "override_status": pl.String,
    "override_reason": pl.String,
    "commentary": pl.String,
}
"""Columns of `marts.measure_status` that a lock keeps, with their types."""

FIELDS = ("report_quarter", "measure_code", "known_by", *FIGURES)
"""Columns of a locked file. known_by: the day as of which the figures were known."""

LOCKED_FIGURE_COLUMNS: dict[str, Any] = {
    "decision_order": pl.Int64,
    "measure_code": pl.String,
    "known_by": pl.Date,
    "line_number": pl.Int64,
    **FIGURES,
}
"""Columns of `staged.locked_figure`, a row per lock or erratum and measure."""

QUARTER_DECISION_COLUMNS: dict[str, Any] = {
    "decision_order": pl.Int64,
    "action": pl.String,
    "report_quarter": pl.String,
    "decided_on": pl.Date,
    "role": pl.String,
    "decided_by": pl.String,
    "reason": pl.String,
    "workbook": pl.String,
    "workbook_sha256": pl.String,
}
"""Columns of `staged.quarter_decision`, a row per lock, sign-off and erratum that has an effect."""


class LockError(LineError):
    """A locked file is not there, not the one that was locked, or cannot be read; the message says what to do."""


@dataclass
class Locks:
    """What is locked. `figures` by quarter and measure are those published now; `rows` are of all locks and errata.

    decisions: those that have an effect, in their order. effects: of every decision of a quarter. strays: files of
    raw/locked/ that no decision names.
    """

    decisions: list[Decision] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    effects: list[DecisionEffect] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)

    @property
    def decision_rows(self) -> list[dict[str, Any]]:
        """Rows of `staged.quarter_decision`."""
        return [
            {
                "decision_order": order,
                "action": decision.action,
                "report_quarter": decision.quarter,
                "decided_on": decision.decided_on,
                "role": decision.role,
                "decided_by": decision.decided_by,
                "reason": decision.reason,
                "workbook": decision.workbook,
                "workbook_sha256": decision.sha256,
            }
            for order, decision in enumerate(self.decisions, 1)
        ]

    def lock_of(self, quarter: str) -> Decision | None:
        """The decision that locked a quarter; None while it is not locked."""
        return next((each for each in self.decisions if (each.action, each.quarter) == (LOCK, quarter)), None)


def read_locks(folder: Path, decisions: Iterable[Decision]) -> Locks:
    """What the decisions lock, sign off and restate, in the order of their days, those of a day by their lines.

    Raises LockError for a locked file that a decision rests on and that is missing, changed or unreadable: what was
    published could then move without anyone having decided so.
    """
    locks = Locks()
    concerned = [decision for decision in decisions if decision.action in OF_QUARTERS]
    for decision in sorted(concerned, key=lambda decision: (decision.decided_on, decision.line)):
        why_not = _why_without_effect(decision, locks)
        if why_not:
            locks.effects.append(DecisionEffect(decision, False, f"{why_not}; mend or remove the line"))
            continue
        locks.decisions.append(decision)
        if decision.action in (LOCK, ERRATUM):
            _keep(decision, folder, locks)
        locks.effects.append(DecisionEffect(decision, True, _effect(decision, locks)))
    named = {decision.workbook for decision in concerned}
    locks.strays = sorted(printable(path.name) for path in folder.glob("[!.~]*") if path.name not in named)
    return locks


def _why_without_effect(decision: Decision, locks: Locks) -> str:
    lock = locks.lock_of(decision.quarter)
    if decision.action == LOCK:
        by = lock and f"{decision.quarter} was locked already, on {lock.decided_on:%d/%m/%Y} by {lock.decided_by}"
        return by or ""
    if lock is None:
        return f"{decision.quarter} was not locked by {decision.decided_on:%d/%m/%Y}"
    if decision.action == ERRATUM:
        if any(each.workbook == decision.workbook for each in locks.decisions):
            return f"an earlier line records '{decision.workbook}' already"
        unknown = decision.measure not in locks.figures[decision.quarter]
        return f"{decision.measure} is not among the figures that were locked" if unknown else ""
    other = decision.sha256 != lock.sha256
    return f"its sha256 is not that of the figures that were locked, {lock.sha256}" if other else ""


def _keep(decision: Decision, folder: Path, locks: Locks) -> None:
    rows = _read_locked(folder / decision.workbook, decision)
    order = len(locks.decisions)
    locks.rows += [{"decision_order": order, **row} for row in rows]
    locks.figures.setdefault(decision.quarter, {}).update({row["measure_code"]: row for row in rows})


def _effect(decision: Decision, locks: Locks) -> str:
    if decision.action == LOCK:
        return f"the figures of {len(locks.figures[decision.quarter])} measures stay as they are in the file"
    verb = "restates" if decision.action == ERRATUM else "signs off"
    return f"{verb} {decision.measure or decision.quarter} from {decision.decided_on:%d/%m/%Y} on"


def _read_locked(path: Path, decision: Decision) -> list[dict[str, Any]]:
    place = f"raw/{LOCKED}/{path.name}"
    if not path.is_file():
        raise LockError(f"{place} is missing, and raw/decisions.csv rests on it; put it back from a copy of raw/")
    if bytes_sha256(path.read_bytes()) != decision.sha256:
        raise LockError(
            f"{place} has changed since {decision.decided_by} decided on it, in line {decision.line} of "
            "raw/decisions.csv; put it back from a copy of raw/, and record an erratum for what should change"
        )
    # a text may run over several lines, so rows are counted as a spreadsheet does
    lines = enumerate(read_lines(path, FIELDS, LockError), 2)
    rows = [_row(number, text, f"{place}, line {line}") for number, (line, text) in lines]
    codes = [row["measure_code"] for row in rows]
    quarters = {row.pop("report_quarter") for row in rows}
    whole = codes == [decision.measure] if decision.measure else len(set(codes)) == len(codes)
    if quarters != {decision.quarter} or not whole:
        what = f"of {decision.measure} alone" if decision.measure else "once for each measure"
        raise LockError(f"{place} must hold figures of {decision.quarter}, {what}")
    return rows


def _row(number: int, text: Mapping[str, str], place: str) -> dict[str, Any]:
    try:
        known_by = date.fromisoformat(text["known_by"])
        figures = {name: _parsed(text[name], kind) for name, kind in FIGURES.items()}
    except ValueError as error:
        raise LockError(f"{place}: {error}; it is not as the command wrote it") from error
    own = {"report_quarter": text["report_quarter"], "measure_code": text["measure_code"]}
    return {**own, "known_by": known_by, "line_number": number, **figures}


def _parsed(text: str, kind: Any) -> Any:
    if not text:
        return None
    if kind == _FIGURE:
        if not re.fullmatch(r"-?\d+(\.\d+)?", text):
            raise ValueError(f"{text!r} is not a figure")
        return Decimal(text)
    if kind == pl.Boolean:
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text == "true"
    return text


def locked_text(rows: Sequence[Mapping[str, Any]]) -> str:
    """The text of a locked file that holds these rows, a value for each of FIELDS; nothing is written as blank."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([_written(row[name]) for name in FIELDS] for row in rows)
    return out.getvalue()


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return re.sub(r"\.?0+$", "", f"{value:f}") if "." in f"{value:f}" else f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
