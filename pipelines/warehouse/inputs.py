"""Gathers what a build is made of: the editions that count and the staged rows of their workbooks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.authorities import Authority, read_authority
from pipelines.contract.corrections import corrections_key
from pipelines.contract.model import Source, Table
from pipelines.contract.outcome import FOOTNOTE, WHY_EMPTY
from pipelines.ledger.locks import LOCKED_FIGURE_COLUMNS, QUARTER_DECISION_COLUMNS
from pipelines.ledger.register import Supply, comes_and_goes, read_supply, today
from pipelines.ledger.timeline import Edition
from pipelines.settings import Paths
from pipelines.versions import all_code_sha256, bytes_sha256
from pipelines.warehouse.audit import row_counts
from pipelines.warehouse.history import read_staged
from pipelines.warehouse.publish import Stamp
from pipelines.warehouse.supplied import Ledger, keep_ledger, staged_stems

RECEIPT_COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "corrections": pl.String,
    "period_label": pl.String,
    "period_end": pl.Date,
    "received_on": pl.Date,
    "as_at": pl.Date,
    "superseded_on": pl.Date,
    "outcome": pl.String,
    "reason": pl.String,
    "rows_read": pl.Int64,
    "rows_loaded": pl.Int64,
}
"""Columns of `staged.receipt`, a row per edition and interval in which it counts, or one where it never did."""

CORRECTION_COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "as_at": pl.Date,
    "superseded_on": pl.Date,
    "sheet": pl.String,
    "cell": pl.String,
    "reason": pl.String,
}
"""Columns of `staged.correction`, a row per corrected cell of an edition and interval in which it counts."""


NOTE_COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "corrections": pl.String,
    "period_label": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
    "sheet": pl.String,
    "row_number": pl.Int64,
    "cell": pl.String,
    "note": pl.String,
    "says_why_empty": pl.Boolean,
}
"""Columns of `staged.note`, a row per note below a table of a workbook that counts."""

SOURCE_COLUMNS: dict[str, Any] = {
    "source": pl.String,
    "title": pl.String,
    "owner": pl.String,
    "expected": pl.String,
    "months": pl.Int64,
    "year_ends": pl.Int64,
    "due_days": pl.Int64,
    "grace_days": pl.Int64,
}
"""Columns of `staged.source`, a row per source with its rhythm, null where no day can be told."""

AUTHORITY_COLUMNS: dict[str, Any] = {
    "area_code": pl.String,
    "authority_name": pl.String,
    "organisation": pl.String,
    "area_alias": pl.String,
}
"""Columns of `staged.authority`: the council whose measures are rated, a row per name that workbooks use for it."""

BUILD_COLUMNS: dict[str, Any] = {"run_date": pl.Date}
"""Columns of `staged.build`, one row: what in the models depends on today takes it from there."""


@dataclass(frozen=True)
class Inputs:
    """Everything that a build reads: the ledger, the staged tables by name, files left alone and files withdrawn.

    withdrawn: (source, workbook) of what was received and no longer lies in raw/. run_date: the day in Europe/London.
    """

    ledger: Ledger
    staged: dict[str, pl.DataFrame]
    ignored: list[tuple[str, str, str]]
    withdrawn: list[tuple[str, str]]
    run_date: date


def staged_name(source: Source, table: Table) -> str:
    """Name of a staged table, under the schema `staged`."""
    return f"{source.name}_{table.name}"


def inputs_stamp(paths: Paths, supply: Supply, code: Path) -> Stamp:
    """What tells whether anything has changed since a version was published."""
    folders = [path for folder in (paths.corrections, paths.locked) for path in sorted(folder.glob("*.csv"))]
    written = [paths.register, paths.decisions, paths.authority, *folders]
    by_hand = {path.name: bytes_sha256(path.read_bytes()) for path in written if path.is_file()}
    # a lock file of Excel's is no reason to build anew
    ignored = [each for each in supply.ignored if not comes_and_goes(each[1])]
    if paths.shared and paths.shared.register.is_file():
        by_hand["shared"] = bytes_sha256(paths.shared.register.read_bytes())
    rest = json.dumps([by_hand, ignored, supply.missing, supply.withdrawn])
    return Stamp(bytes_sha256(rest.encode()), all_code_sha256(code))


def gather(sources: Sequence[Source], paths: Paths, code: Path) -> Inputs:
    """The inputs of a build, staged already or staged now. Raises DecisionError, CorrectionError and LockError."""
    run_date = today()
    supply = read_supply(paths, [source.name for source in sources])
    ledger = keep_ledger(sources, supply, paths, code)
    staged = {
        "receipt": _receipts(ledger.editions),
        "correction": _corrections(ledger.editions),
        "note": _notes(ledger.editions),
        "source": _sources(sources),
        "build": pl.DataFrame({"run_date": [run_date]}, schema=BUILD_COLUMNS),
        "authority": authority_rows(read_authority(paths)),
    }
    for source in sources:
        for table in source.tables:
            staged[staged_name(source, table)] = staged_rows(source, table, ledger.editions, paths)
    locks = ledger.locks
    staged["locked_figure"] = pl.DataFrame(locks.rows, schema=LOCKED_FIGURE_COLUMNS)
    staged["quarter_decision"] = pl.DataFrame(locks.decision_rows, schema=QUARTER_DECISION_COLUMNS)
    strays = [("locked", name, "no line of raw/decisions.csv names it; it has no effect") for name in locks.strays]
    return Inputs(ledger, staged, supply.ignored + strays, supply.withdrawn, run_date)


def staged_rows(source: Source, table: Table, editions: Sequence[Edition], paths: Paths) -> pl.DataFrame:
    """Rows of one staged table of all workbooks that count, each workbook once, in the order of their hashes."""
    return read_staged(source, table, staged_stems(source, editions), paths)


def authority_rows(authority: Authority) -> pl.DataFrame:
    """The rows of `staged.authority`."""
    rows = [(authority.area_code, authority.name, authority.organisation, name) for name in authority.names]
    return pl.DataFrame(rows, schema=AUTHORITY_COLUMNS, orient="row")


def _sources(sources: Sequence[Source]) -> pl.DataFrame:
    said, counted = ("title", "owner", "expected"), ("months", "year_ends", "due_days", "grace_days")
    rows = [
        {"source": source.name}
        | {name: getattr(source, name) for name in said}
        | {name: getattr(source.rhythm, name) for name in counted if source.rhythm}
        for source in sources
    ]
    return pl.DataFrame(rows, schema=SOURCE_COLUMNS).sort("source")


def _receipts(editions: Sequence[Edition]) -> pl.DataFrame:
    rows = [
        {
            "source": edition.receipt.source,
            "workbook": edition.receipt.workbook,
            "workbook_sha256": edition.receipt.sha256,
            "corrections": corrections_key(edition.reading.corrections) if edition.reading else None,
            "period_label": edition.reading.period.label if edition.reading and edition.reading.period else None,
            "period_end": edition.reading.period.end if edition.reading and edition.reading.period else None,
            "received_on": edition.receipt.received_on,
            "as_at": as_at,
            "superseded_on": superseded_on,
            "outcome": edition.outcome,
            "reason": edition.reason or None,
            "rows_read": counts["rows_read"],
            "rows_loaded": counts["rows_loaded"],
        }
        for edition in editions
        for counts in [row_counts(edition)]
        for as_at, superseded_on in edition.intervals or [(edition.as_at, edition.superseded_on)]
    ]
    # sorted, so that the order of the register's lines plays no part in anything built from it
    return pl.DataFrame(rows, schema=RECEIPT_COLUMNS).sort("source", "as_at", "workbook", "workbook_sha256", "outcome")


def _corrections(editions: Sequence[Edition]) -> pl.DataFrame:
    rows = [
        {
            "source": edition.receipt.source,
            "workbook": edition.receipt.workbook,
            "workbook_sha256": edition.receipt.sha256,
            "as_at": as_at,
            "superseded_on": superseded_on,
            "sheet": correction.cell.sheet,
            "cell": correction.cell.cell,
            "reason": correction.reason,
        }
        for edition in editions
        for as_at, superseded_on in edition.intervals
        for correction in edition.corrections
    ]
    return pl.DataFrame(rows, schema=CORRECTION_COLUMNS).sort(*CORRECTION_COLUMNS)


def _notes(editions: Sequence[Edition]) -> pl.DataFrame:
    """The notes below the tables of all workbooks that count, each workbook once as it was read."""
    readings = {
        (reading.source, reading.workbook, reading.workbook_sha256, corrections_key(reading.corrections)): reading
        for edition in editions
        if edition.counts and (reading := edition.reading)
    }
    rows = [
        dict(zip(("source", "workbook", "workbook_sha256", "corrections"), key, strict=True))
        | {
            "period_label": reading.period.label,
            "period_start": reading.period.start,
            "period_end": reading.period.end,
            "sheet": row.sheet,
            "row_number": row.row,
            "cell": row.cell,
            "note": row.text,
            "says_why_empty": row.reason == WHY_EMPTY,
        }
        for key, reading in readings.items()
        for row in reading.set_aside
        if reading.period and row.reason in (FOOTNOTE, WHY_EMPTY)
    ]
    keys = ("source", "workbook", "workbook_sha256", "corrections", "sheet", "row_number")
    return pl.DataFrame(rows, schema=NOTE_COLUMNS).sort(*keys)
