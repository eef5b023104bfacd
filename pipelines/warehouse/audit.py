"""The audit tables: the fate of every file, every refused cell, every row set aside, and what the build was made of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from pipelines.contract.model import Source
from pipelines.ledger.editions import Edition
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
    "as_at": (pl.Date, "day on which the file was received; null for a file left alone"),
    "superseded_on": (pl.Date, "first day on which a later edition counts in its place"),
    "outcome": (
        pl.String,
        "loaded, quarantined, superseded, conflict, duplicate, alias, retracted, ignored or missing_bytes",
    ),
    "reason": (pl.String, "why the outcome is not loaded, for the person who can mend it"),
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
    "inputs_sha256": (pl.String, "hash of the register and of all files in raw/"),
    "code_sha256": (pl.String, "hash of the code and SQL"),
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


def workbook_rows(editions: Iterable[Edition], ignored: Iterable[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Rows of `audit.workbook`: one per receipt, and one per file that was left alone."""
    rows = [_workbook_row(edition) for edition in editions]
    for source, workbook, reason in ignored:
        nothing = dict.fromkeys(WORKBOOK) | dict.fromkeys(
            ("rows_read", "rows_loaded", "rows_rejected", "rows_set_aside"), 0
        )
        nothing["needs_action"] = False
        rows.append(nothing | {"source": source, "workbook": workbook, "outcome": "ignored", "reason": reason})
    return sorted(rows, key=lambda row: (row["source"], row["as_at"] or date.max, row["workbook"]))


def _workbook_row(edition: Edition) -> dict[str, Any]:
    reading = edition.reading
    counted = reading if edition.outcome not in ("duplicate", "missing_bytes") else None
    refused = edition.outcome == "conflict"
    loaded = counted.rows_loaded if counted else 0
    return {
        "source": edition.receipt.source,
        "workbook": edition.receipt.workbook,
        "workbook_sha256": edition.receipt.sha256,
        "period_label": reading.period.label if reading and reading.period else None,
        "as_at": edition.as_at,
        "superseded_on": edition.superseded_on,
        "outcome": edition.outcome,
        "reason": edition.reason or None,
        "needs_action": edition.needs_action,
        "rows_read": counted.rows_read if counted else 0,
        "rows_loaded": 0 if refused else loaded,
        "rows_rejected": (counted.rows_rejected if counted else 0) + (loaded if refused else 0),
        "rows_set_aside": counted.rows_set_aside if counted else 0,
    }


def rejected_rows(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    """Rows of `audit.rejected_cell`: every finding of every quarantined file."""
    return [
        _origin(edition)
        | {
            "sheet": finding.sheet,
            "cell": finding.cell,
            "column_name": finding.column_name,
            "value": finding.value,
            "rule": finding.rule,
            "message": finding.message,
        }
        for edition in editions
        if edition.reading and edition.outcome == "quarantined"
        for finding in edition.reading.findings
    ]


def set_aside_rows(editions: Iterable[Edition]) -> list[dict[str, Any]]:
    """Rows of `audit.row_set_aside`, of every file whose rows were counted."""
    return [
        _origin(edition) | {"sheet": row.sheet, "row_number": row.row, "reason": row.reason, "text": row.text}
        for edition in editions
        if edition.reading and edition.outcome != "duplicate"
        for row in edition.reading.set_aside
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
