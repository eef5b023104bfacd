"""What a person decides of a quarter, written into raw/: a lock, a sign-off, or an erratum.

The figures are written before the line that names them, so that a crash between the two leaves a file without effect.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import written_whole
from pipelines.ledger.decisions import (
    ERRATUM,
    FIELDS,
    LOCK,
    LOCKED,
    ROLE,
    SIGN_OFF,
    Decision,
    read_decisions,
    written_name,
)
from pipelines.ledger.locks import FIGURES, Locks, locked_text, read_locks
from pipelines.settings import Paths
from pipelines.versions import bytes_sha256

Row = dict[str, Any]


class NotDecided(Exception):
    """The decision cannot be recorded; the message says why, and what can be done."""


@dataclass(frozen=True)
class Signature:
    """Who decides, in which role, why, and on which day."""

    who: str
    role: str
    why: str
    day: date


@dataclass(frozen=True)
class Change:
    """A figure of `marts.measure_status` that an erratum changes."""

    figure: str
    old: Any
    new: Any


def lock_quarter(paths: Paths, quarter: str, signature: Signature) -> Decision:
    """Writes the figures of a quarter as they are published now to raw/locked/, and the line that locks them.

    Raises NotDecided when the quarter is locked already or nothing is published of it; DecisionError and LockError.
    """
    before = _locks(paths).lock_of(quarter)
    if before is not None:
        day = f"{before.decided_on:%d/%m/%Y}"
        raise NotDecided(f"{quarter} is locked already, since {day}; an erratum changes a figure of it")
    rows = _published(paths, quarter, "marts.measure_status")
    if not rows:
        raise NotDecided(f"'{quarter}' is not a reporting quarter of what is published. Known are: {_quarters(paths)}")
    return _record(paths, LOCK, written_name(quarter), locked_text(rows), signature)


def sign_off(paths: Paths, quarter: str, signature: Signature) -> Decision:
    """Writes the line that signs off a locked quarter.

    Raises NotDecided when it is not locked; DecisionError and LockError.
    """
    lock = _locked(_locks(paths), quarter)
    decision = _decision(SIGN_OFF, lock.workbook, lock.sha256, signature)
    _append(paths.decisions, decision)
    return decision


def record_erratum(
    paths: Paths, quarter: str, measure: str, signature: Signature, known_on: date | None = None
) -> tuple[Decision, list[Change]]:
    """Lets a locked measure's new figures through, and says what they change.

    The new figures are those that would be published were the quarter not locked; with `known_on` those known on that
    day, after the quarter's cut-off. Raises NotDecided when there is nothing to change; DecisionError and LockError.
    """
    locks = _locks(paths)
    _locked(locks, quarter)
    published = {code.casefold(): row for code, row in locks.figures[quarter].items()}
    old = published.get(measure.casefold())
    if old is None:
        raise NotDecided(f"'{measure}' is not among the figures that were locked: {', '.join(locks.figures[quarter])}")
    code = old["measure_code"]
    new = _new_figures(paths, quarter, code, known_on, signature.day)
    changes = [Change(name, old[name], new[name]) for name in FIGURES if old[name] != new[name]]
    if not changes:
        advice = "" if known_on else "; --as-at takes those that became known on a later day"
        raise NotDecided(f"the new figures of {code} are those that are published{advice}")
    names = (written_name(quarter, code, number) for number in count(1))
    workbook = next(name for name in names if not (paths.locked / name).exists())
    return _record(paths, ERRATUM, workbook, locked_text([new]), signature), changes


def _locks(paths: Paths) -> Locks:
    return read_locks(paths.locked, read_decisions(paths.decisions))


def _locked(locks: Locks, quarter: str) -> Decision:
    lock = locks.lock_of(quarter)
    if lock is None:
        raise NotDecided(f"{quarter} is not locked; `neighbourhoods lock {quarter}` locks it")
    return lock


def _new_figures(paths: Paths, quarter: str, code: str, known_on: date | None, today: date) -> Row:
    if known_on is None:
        rows = _published(paths, quarter, "marts.computed_status")
    else:
        rows = _published(paths, quarter, f"marts.status_as_at(date '{known_on.isoformat()}')")
        [cut_off] = {row["known_by"] for row in rows}
        if not cut_off < known_on <= today:
            raise NotDecided(f"--as-at must be a day after the quarter's cut-off, {cut_off:%d/%m/%Y}, and not to come")
        rows = [row | {"known_by": known_on} for row in rows]
    found = [row for row in rows if row["measure_code"] == code]
    if not found:
        raise NotDecided(f"nothing is computed for {code} in {quarter} any more, so there are no new figures")
    return found[0]


def _published(paths: Paths, quarter: str, table: str) -> list[Row]:
    """Rows of a status table with the day as of which they were known, in the order of their codes."""
    if not paths.published.exists():
        raise NotDecided(f"nothing is published in {paths.warehouse} yet: run `neighbourhoods nightly` first")
    columns = ", ".join(f"status.{name}" for name in ("measure_code", *FIGURES))
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        cursor = connection.execute(
            f"select report_quarter, reporting_quarter.known_by, {columns} from {table} as status"
            " inner join marts.reporting_quarter using (report_quarter) where report_quarter = ? order by measure_code",
            [quarter],
        )
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _quarters(paths: Paths) -> str:
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        found = connection.execute("select report_quarter from marts.reporting_quarter order by 1").fetchall()
    return ", ".join(quarter for (quarter,) in found)


def _record(paths: Paths, action: str, workbook: str, text: str, signature: Signature) -> Decision:
    content = text.encode()
    decision = _decision(action, workbook, bytes_sha256(content), signature)
    with written_whole(paths.locked / workbook) as partial:
        partial.write_bytes(content)
    _append(paths.decisions, decision)
    return decision


def _decision(action: str, workbook: str, sha256: str, signature: Signature) -> Decision:
    return Decision(
        signature.day, action, LOCKED, workbook, sha256, signature.why, signature.who, line=0, role=signature.role
    )


def _append(path: Path, decision: Decision) -> None:
    """Writes the decisions anew with one line more, beside the file and then in its place."""
    before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    line_end = "\r\n" if "\r\n" in before else "\n"
    _, _, lines = before.partition("\n")
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=line_end)
    # lines from before there was a role need none
    writer.writerow([*FIELDS, ROLE])
    text.write(lines if not lines or lines.endswith("\n") else lines + line_end)
    writer.writerow([getattr(decision, name) for name in (*FIELDS, ROLE)])
    with written_whole(path) as partial:
        partial.write_bytes(text.getvalue().encode())
