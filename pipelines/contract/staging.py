"""Stages a source's workbooks: reads those not yet read, validates their rows together, writes Parquet by hash."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import polars as pl
from pandera.errors import SchemaErrors

from pipelines.contract.corrections import CellCorrection, Stale, corrections_key
from pipelines.contract.model import Column, Crosstab, Day, Figure, Source, Table
from pipelines.contract.outcome import Finding, Reading, SetAside
from pipelines.contract.reading import read_source_workbook
from pipelines.files import written_whole
from pipelines.periods import Period

DECIMAL = pl.Decimal(28, 6)
_SIX_PLACES = Decimal("0.000001")

ORIGIN_COLUMNS: dict[str, Any] = {
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "corrections": pl.String,
    "sheet": pl.String,
    "row_number": pl.Int64,
    "period_label": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
}
"""Columns that every staged table begins with: where its row stands, as corrected by what, and the edition's period."""

FIGURE_COLUMNS: dict[str, tuple[Any, str]] = {
    "unit": (pl.String, "unit that the cell shows or its column promises: %, £ or empty for a number"),
    "qualifier": (pl.String, "exact, about, at_least or over"),
    "availability": (pl.String, "value, or why there is none"),
    "italic": (pl.Boolean, "whether the cell is in italics, the supplier's mark for provisional or forecast"),
    "cell": (pl.String, "address of the cell"),
    "text": (pl.String, "text of the cell as supplied"),
}
"""What stands beside every staged figure, as `<figure>_<suffix>`, with its type and meaning."""


@dataclass(frozen=True)
class Supplied:
    """A workbook to be staged: its name, the hash of its bytes, where the bytes are, and what is corrected in it."""

    workbook: str
    workbook_sha256: str
    path: Path
    corrections: tuple[CellCorrection, ...] = ()


def staged_columns(table: Table) -> dict[str, Any]:
    """Polars types of a staged table's columns, in order, over all its layouts."""
    columns: dict[str, Any] = dict(ORIGIN_COLUMNS)
    for layout in table.layouts:
        if isinstance(layout, Crosstab):
            columns |= {**dict.fromkeys(layout.facts, pl.String), layout.down: pl.String, layout.across: pl.String}
            for name, figure in (layout.value, *layout.beside.values()):
                columns |= _column_types(name, figure)
        else:
            columns |= dict.fromkeys(layout.facts, pl.String)
            for name, column in layout.columns.items():
                columns |= _column_types(name, column)
    return columns


def _column_types(name: str, column: Column) -> dict[str, Any]:
    if isinstance(column, Figure):
        beside = {f"{name}_{suffix}": kind for suffix, (kind, _) in FIGURE_COLUMNS.items()}
        return {name: pl.Int64 if column.whole else DECIMAL, **beside}
    return {name: pl.Date if isinstance(column, Day) else pl.String}


def staged_stem(supplied: Supplied) -> str:
    """File name, without suffix, of what is staged of a workbook. The period comes from its name: the name is in it."""
    key = corrections_key(supplied.corrections)
    stem = f"{supplied.workbook_sha256}-{zlib.crc32(supplied.workbook.encode()):08x}"
    return stem if key is None else f"{stem}-{key}"


def stage_source(source: Source, files: Sequence[Supplied], folder: Path, code_sha256: str) -> list[Reading]:
    """Readings of all files, in their order; `folder` then holds a Parquet file per table of each that loads.

    A file already read by the same code is not read again. Parquet and readings are written whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    readings: dict[str, Reading] = {}
    fresh: dict[str, Reading] = {}
    for supplied in files:
        stem = staged_stem(supplied)
        kept = _kept_reading(folder / f"{stem}.json", code_sha256)
        if kept is None:
            content = supplied.path.read_bytes()
            fresh[stem] = read_source_workbook(
                source, supplied.workbook, supplied.workbook_sha256, content, supplied.corrections
            )
        readings[stem] = kept or fresh[stem]
    for table in source.tables:
        _stage_table(table, folder, fresh)
    for stem, reading in fresh.items():
        with written_whole(folder / f"{stem}.json") as partial:
            partial.write_text(_as_json(reading, code_sha256), encoding="utf-8")
    return list(readings.values())


def _stage_table(table: Table, folder: Path, fresh: dict[str, Reading]) -> None:
    frames = {
        stem: _frame(table, reading)
        for stem, reading in fresh.items()
        if table.name in reading.tables and reading.period is not None
    }
    if not frames:
        return
    _validate(table, list(frames.values()), [fresh[stem] for stem in frames])
    for stem, frame in frames.items():
        if fresh[stem].loads:
            with written_whole(folder / f"{stem}.{table.name}.parquet") as partial:
                frame.write_parquet(partial)


def _frame(table: Table, reading: Reading) -> pl.DataFrame:
    period = reading.period
    if period is None:
        raise ValueError(f"{reading.workbook} has no period, so its rows cannot be staged")
    origin = {
        "workbook": reading.workbook,
        "workbook_sha256": reading.workbook_sha256,
        "corrections": corrections_key(reading.corrections),
        "period_label": period.label,
        "period_start": period.start,
        "period_end": period.end,
    }
    schema = staged_columns(table)
    rows = [{**origin, **row} for row in reading.tables[table.name].rows]
    data = {name: [_fitting(row.get(name)) for row in rows] for name in schema}
    return pl.DataFrame(data, schema=schema, strict=True)


def _fitting(value: Any) -> Any:
    return value.quantize(_SIX_PLACES, ROUND_HALF_UP) if isinstance(value, Decimal) else value


def _validate(table: Table, frames: Sequence[pl.DataFrame], readings: Sequence[Reading]) -> None:
    """Adds to each reading what the schema and the key find wrong in its rows; all workbooks in one validation."""
    together = pl.concat(frames)
    owner = [reading for frame, reading in zip(frames, readings, strict=True) for _ in range(frame.height)]
    try:
        table.schema.validate(together, lazy=True)
    except SchemaErrors as errors:
        for case in errors.failure_cases.to_dicts():
            index = case["index"]
            affected = [owner[index]] if index is not None else readings
            for reading in affected:
                # what is blank was reported when it was read
                if case["check"] != "not_nullable" or reading.loads:
                    reading.findings.append(_schema_finding(table, together, case))
    repeated = together.with_row_index("index").filter(
        pl.struct("workbook", "workbook_sha256", "corrections", *table.key).is_first_distinct().not_()
    )
    for row in repeated.to_dicts():
        key = ", ".join(f"{name} '{row[name]}'" for name in table.key)
        message = f"row {row['row_number']} repeats the key of an earlier row ({key}); keep one of them"
        owner[row["index"]].findings.append(
            Finding(row["sheet"], f"A{row['row_number']}", "", key, "one row per key", message)
        )


def _schema_finding(table: Table, rows: pl.DataFrame, case: dict[str, Any]) -> Finding:
    if case["index"] is None:
        return Finding(
            "", "", str(case["column"]), str(case["failure_case"]), str(case["check"]), f"breaks {case['check']}"
        )
    row = rows.row(case["index"], named=True)
    name = str(case["column"]) if case["schema_context"] == "Column" else ""
    rule = str(case["check"])
    checks = {str(check.name): check for check in table.schema.to_schema().checks}
    said = (checks[rule].description or rule) if rule in checks else rule.replace("_", " ")
    value = str(case["failure_case"]) if name else ""
    message = f"row {row['row_number']}{f', {name}' if name else ''}: {said}{f', but it is {value!r}' if name else ''}"
    return Finding(row["sheet"], row.get(f"{name}_cell") or f"A{row['row_number']}", name, value, rule, message)


def _as_json(reading: Reading, code_sha256: str) -> str:
    kept = {
        "code_sha256": code_sha256,
        "source": reading.source,
        "workbook": reading.workbook,
        "workbook_sha256": reading.workbook_sha256,
        "period": asdict(reading.period) if reading.period else None,
        "rows_read": reading.rows_read,
        "rows_recorded": reading.rows_recorded,
        "set_aside": [asdict(row) for row in reading.set_aside],
        "findings": [asdict(finding) for finding in reading.findings],
        "cells_sha256": reading.cells_sha256,
        "sheet_rows": reading.sheet_rows,
        "corrections": [asdict(correction) for correction in reading.corrections],
        "stale": [asdict(stale) for stale in reading.stale],
    }
    return json.dumps(kept, default=str, ensure_ascii=False)


def _kept_reading(path: Path, code_sha256: str) -> Reading | None:
    """The reading kept from an earlier run, when the same code made it."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["code_sha256"] != code_sha256:
        return None
    period = kept["period"]
    return Reading(
        kept["source"],
        kept["workbook"],
        kept["workbook_sha256"],
        period=Period(
            period["label"],
            date.fromisoformat(period["start"]),
            date.fromisoformat(period["end"]),
            period["year_type"],
        )
        if period
        else None,
        rows_read=kept["rows_read"],
        rows_recorded=kept["rows_recorded"],
        set_aside=[SetAside(**row) for row in kept["set_aside"]],
        findings=[Finding(**finding) for finding in kept["findings"]],
        cells_sha256=kept["cells_sha256"],
        sheet_rows=kept["sheet_rows"],
        corrections=tuple(CellCorrection(**correction) for correction in kept["corrections"]),
        stale=[Stale(**stale) for stale in kept["stale"]],
    )
