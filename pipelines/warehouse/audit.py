"""The audit tables: the fate of every file, every refused cell, every row set aside, and what the build was made of."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding
from pipelines.contract.plausibility import Jump
from pipelines.ledger.difference import CellDifference, Succession
from pipelines.ledger.effects import CorrectionEffect, DecisionEffect
from pipelines.ledger.timeline import Edition
from pipelines.warehouse.lineage import ColumnLink

Columns = Mapping[str, tuple[Any, str]]

_ORIGIN: dict[str, tuple[Any, str]] = {
    "source": (pl.String, "source that supplied the file"),
    "workbook": (pl.String, "file name"),
    "workbook_sha256": (pl.String, "SHA-256 of the file's bytes; null where it was never read"),
}

WORKBOOK: Columns = {
    **_ORIGIN,
    "period_label": (pl.String, "period that the edition is of"),
    "as_at": (pl.Date, "first day on which it counted, else the day of its receipt; null for a file left alone"),
    "superseded_on": (pl.Date, "first day on which it no longer counts"),
    "outcome": (
        pl.String,
        "loaded, quarantined, superseded, conflict, duplicate, alias, retracted, ignored or missing_bytes",
    ),
    "reason": (pl.String, "why the outcome is not loaded, for the person who can mend it"),
    "is_corrected": (
        pl.Boolean,
        "of bytes that an earlier row tells of, with cells corrected since; see audit.correction",
    ),
    "is_withdrawn": (pl.Boolean, "no longer in raw/; its figures stay until a decision retracts it"),
    "needs_action": (pl.Boolean, "refused, and nothing that came later counts in its place: someone has to mend it"),
    "rows_read": (pl.Int64, "non-blank rows of all sheets; loaded + rejected + set aside"),
    "rows_loaded": (pl.Int64, "rows whose figures are in the warehouse"),
    "rows_rejected": (pl.Int64, "rows refused; a file with anything wrong is refused whole"),
    "rows_set_aside": (pl.Int64, "titles, headings, totals, footnotes and notes; see audit.row_set_aside"),
}

REJECTED_CELL: Columns = {
    **_ORIGIN,
    "sheet": (pl.String, "sheet; empty where the whole file is meant"),
    "cell": (pl.String, "address of the cell; empty where a row or sheet is meant"),
    "column_name": (pl.String, "column"),
    "value": (pl.String, "text as supplied"),
    "rule": (pl.String, "rule that it breaks"),
    "message": (pl.String, "what is wrong and what to do"),
}

ROW_SET_ASIDE: Columns = {
    **_ORIGIN,
    "sheet": (pl.String, "sheet"),
    "row_number": (pl.Int64, "row of the sheet"),
    "reason": (pl.String, "title, headings, total, footnote, or what the contract says of the sheet"),
    "text": (pl.String, "text of the row's cells, divided by |"),
}

EDITION_DIFFERENCE: Columns = {
    "source": (pl.String, "source that supplied the files"),
    "period_label": (pl.String, "period that both editions are of"),
    "workbook": (pl.String, "file name of the edition that counts from as_at on"),
    "workbook_sha256": (pl.String, "SHA-256 of its bytes"),
    "as_at": (pl.Date, "day from which it counts in the place of the previous one"),
    "previous_workbook": (pl.String, "file name of the edition that counted until then"),
    "previous_sha256": (pl.String, "SHA-256 of its bytes; the same where only a correction lies between them"),
    "sheet": (pl.String, "sheet"),
    "cell": (pl.String, "address of the cell"),
    "previous_text": (pl.String, "text until then; null for an empty cell"),
    "text": (pl.String, "text from then on; null for an empty cell"),
}

DECISION: Columns = {
    "decided_on": (pl.Date, "day from which it has effect"),
    "action": (
        pl.String,
        "accept: the file ends a conflict and counts; retract: it no longer counts; lock, sign_off, erratum: see marts",
    ),
    **_ORIGIN,
    "reason": (pl.String, "why"),
    "decided_by": (pl.String, "who decided"),
    "role": (pl.String, "role in which it was decided; null for a decision of a file"),
    "has_effect": (pl.Boolean, "whether it fits a file; one that fits nothing has to be mended or removed"),
    "effect": (pl.String, "what came of it, or why nothing did"),
}

CORRECTION: Columns = {
    **_ORIGIN,
    "sheet": (pl.String, "sheet"),
    "cell": (pl.String, "address of the cell"),
    "expected": (pl.String, "wrong value, as the workbook holds it"),
    "corrected": (pl.String, "right value"),
    "reason": (pl.String, "why"),
    "confirmed_by": (pl.String, "who confirmed it"),
    "confirmed_on": (pl.Date, "day of confirmation"),
    "state": (pl.String, "applied, stale, without_effect or workbook_not_received"),
    "message": (pl.String, "where it is not applied: why, and what to do"),
}

SOURCE: Columns = {
    "source": (pl.String, "name of the source and of its folder in raw/"),
    "title": (pl.String, "title"),
    "owner": (pl.String, "who supplies it"),
    "licence": (pl.String, "licence of the workbooks"),
    "expected": (pl.String, "when the next edition is due"),
    "illustrative": (pl.String, "what of it is illustrative detail behind published figures; empty where nothing is"),
}

BUILD: Columns = {
    "run_date": (pl.Date, "day of the build, Europe/London; what depends on today takes it from here"),
    "inputs_sha256": (pl.String, "hash of the register, the decisions, the corrections and what else lies in raw/"),
    "code_sha256": (pl.String, "hash of the code and SQL"),
    "schema_version": (pl.String, "version of the public schema marts; docs/marts-changelog.md says what changed"),
    "project_version": (pl.String, "version of this project"),
    "duckdb_version": (pl.String, "version of DuckDB that wrote the file"),
    "polars_version": (pl.String, "version of Polars that staged the rows"),
}

COLUMN_LINEAGE: Columns = {
    "table_name": (pl.String, "table"),
    "column_name": (pl.String, "column of it"),
    "upstream_table": (pl.String, "table that the column is made from; staged tables are the workbooks' rows"),
    "upstream_column": (pl.String, "column of that table"),
}


def workbook_rows(
    editions: Iterable[Edition], ignored: Iterable[tuple[str, str, str]], withdrawn: Container[tuple[str, str]] = ()
) -> list[dict[str, Any]]:
    """Rows of `audit.workbook`: one per receipt, one per later correction of it, and one per file left alone."""
    rows = [_workbook_row(edition, withdrawn) for edition in editions]
    for source, workbook, reason in ignored:
        nothing = dict.fromkeys(WORKBOOK) | dict.fromkeys(
            ("rows_read", "rows_loaded", "rows_rejected", "rows_set_aside"), 0
        )
        nothing |= dict.fromkeys(("is_corrected", "is_withdrawn", "needs_action"), False)
        rows.append(nothing | {"source": source, "workbook": workbook, "outcome": "ignored", "reason": reason})
    return sorted(rows, key=lambda row: (row["source"], row["as_at"] or date.max, row["workbook"]))


def row_counts(edition: Edition) -> dict[str, int]:
    """Rows of an edition that were read, loaded, rejected and set aside; a file that is there twice is counted once."""
    counted = edition.reading if edition.outcome not in ("duplicate", "alias", "missing_bytes") else None
    refused = edition.outcome in ("conflict", "quarantined")
    loaded = counted.rows_loaded if counted else 0
    return {
        "rows_read": counted.rows_read if counted else 0,
        "rows_loaded": 0 if refused else loaded,
        "rows_rejected": (counted.rows_rejected if counted else 0) + (loaded if refused else 0),
        "rows_set_aside": counted.rows_set_aside if counted else 0,
    }


def _workbook_row(edition: Edition, withdrawn: Container[tuple[str, str]]) -> dict[str, Any]:
    reading = edition.reading
    return {
        "source": edition.receipt.source,
        "workbook": edition.receipt.workbook,
        "workbook_sha256": edition.receipt.sha256,
        "period_label": reading.period.label if reading and reading.period else None,
        "as_at": edition.as_at,
        "superseded_on": edition.superseded_on,
        "outcome": edition.outcome,
        "reason": edition.reason or None,
        "is_corrected": edition.is_corrected_later,
        "is_withdrawn": (edition.receipt.source, edition.receipt.workbook) in withdrawn,
        "needs_action": edition.needs_action,
        **row_counts(edition),
    }


def rejected_rows(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    """Rows of `audit.rejected_cell`: everything that keeps a quarantined file out."""
    return [
        _origin(edition) | _finding(finding)
        for edition in editions
        if edition.reading and edition.outcome == "quarantined"
        for finding in edition.reading.failures
    ]


def warning_rows(editions: Iterable[Edition], jumps: Mapping[str, Sequence[Jump]]) -> list[dict[str, Any]]:
    """Rows of `audit.warning`: what is to be looked at in files, and the figures that changed more than ever."""
    said = [
        _origin(edition) | _finding(finding)
        for edition in editions
        if edition.reading and edition.outcome != "duplicate"
        for finding in edition.reading.warnings
    ]
    changed = [
        {"source": source, "workbook": jump.workbook, "workbook_sha256": jump.workbook_sha256} | _finding(jump.finding)
        for source, found in jumps.items()
        for jump in found
    ]
    return said + changed


def _finding(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in ("sheet", "cell", "column_name", "value", "rule", "message")}


def set_aside_rows(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    """Rows of `audit.row_set_aside`, of every file whose rows were counted, as first supplied."""
    first = {
        (edition.receipt.source, edition.receipt.workbook, edition.receipt.sha256): edition
        for edition in reversed(list(editions))
        if edition.reading and edition.outcome not in ("duplicate", "alias")
    }
    return [
        _origin(edition) | {"sheet": row.sheet, "row_number": row.row, "reason": row.reason, "text": row.text}
        for edition in reversed(first.values())
        if edition.reading
        for row in edition.reading.set_aside
    ]


def difference_rows(differences: Iterable[tuple[Succession, list[CellDifference]]]) -> list[dict[str, Any]]:
    """Rows of `audit.edition_difference`."""
    return [
        {
            "source": new.receipt.source,
            "period_label": new.reading.period.label if new.reading and new.reading.period else None,
            "workbook": new.receipt.workbook,
            "workbook_sha256": new.receipt.sha256,
            "as_at": succession.day,
            "previous_workbook": succession.previous.receipt.workbook,
            "previous_sha256": succession.previous.receipt.sha256,
            "sheet": cell.sheet,
            "cell": cell.cell,
            "previous_text": cell.previous_text,
            "text": cell.text,
        }
        for succession, cells in differences
        for new in [succession.edition]
        for cell in cells
    ]


def decision_rows(effects: Iterable[DecisionEffect]) -> list[dict[str, Any]]:
    """Rows of `audit.decision`."""
    return [
        {
            "decided_on": decision.decided_on,
            "action": decision.action,
            "source": decision.source,
            "workbook": decision.workbook,
            "workbook_sha256": decision.sha256,
            "reason": decision.reason,
            "decided_by": decision.decided_by,
            "role": decision.role or None,
            "has_effect": each.has_effect,
            "effect": each.effect,
        }
        for each in effects
        for decision in [each.decision]
    ]


def correction_rows(effects: Iterable[CorrectionEffect]) -> list[dict[str, Any]]:
    """Rows of `audit.correction`: one per correction and each of the bytes that it concerns."""
    return [
        {
            "source": correction.source,
            "workbook": correction.workbook,
            "workbook_sha256": each.workbook_sha256,
            "sheet": correction.cell.sheet,
            "cell": correction.cell.cell,
            "expected": correction.cell.expected,
            "corrected": correction.cell.corrected,
            "reason": correction.reason,
            "confirmed_by": correction.confirmed_by,
            "confirmed_on": correction.confirmed_on,
            "state": each.state,
            "message": each.message or None,
        }
        for each in effects
        for correction in [each.correction]
    ]


def source_rows(sources: Sequence[Source]) -> list[dict[str, Any]]:
    """Rows of `audit.source`."""
    return [{name: getattr(source, "name" if name == "source" else name) for name in SOURCE} for source in sources]


def lineage_rows(links: Iterable[ColumnLink]) -> list[dict[str, Any]]:
    """Rows of `audit.column_lineage`."""
    return [{name: getattr(link, name) for name in COLUMN_LINEAGE} for link in links]


def _origin(edition: Edition) -> dict[str, Any]:
    receipt = edition.receipt
    return {"source": receipt.source, "workbook": receipt.workbook, "workbook_sha256": receipt.sha256}
