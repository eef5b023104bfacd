"""Gathers what a build is made of: the editions that count and the staged rows of their workbooks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.contract.frames import staged_columns
from pipelines.contract.model import Source, Table
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from pipelines.ledger.editions import Edition, decide_editions
from pipelines.ledger.register import Supply, read_supply
from pipelines.settings import Paths
from pipelines.versions import all_code_sha256, bytes_sha256, reading_code_sha256
from pipelines.warehouse.publish import Stamp

RECEIPT_COLUMNS = {
    "source": pl.String,
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "period_label": pl.String,
    "as_at": pl.Date,
    "superseded_on": pl.Date,
    "outcome": pl.String,
}


@dataclass(frozen=True)
class Inputs:
    """Everything that a build reads: the fate of each receipt, the staged tables by name, and files left alone."""

    editions: list[Edition]
    staged: dict[str, pl.DataFrame]
    ignored: list[tuple[str, str, str]]


def staged_name(source: Source, table: Table) -> str:
    """Name of a staged table, under the schema `staged`."""
    return f"{source.name}_{table.name}"


def inputs_stamp(paths: Paths, supply: Supply, code: Path) -> Stamp:
    """What tells whether anything has changed since a version was published."""
    register = paths.register.read_bytes() if paths.register.exists() else b""
    rest = json.dumps([supply.ignored, supply.missing, supply.withdrawn])
    return Stamp(bytes_sha256(register + rest.encode()), all_code_sha256(code))


def stage(source: Source, supply: Supply, paths: Paths, code: Path) -> list[Reading]:
    """Stages all workbooks ever received of one source; those already staged by the same code are not read again."""
    received = {
        (receipt.workbook, receipt.sha256): Supplied(receipt.workbook, receipt.sha256, supply.bytes_at[receipt.sha256])
        for receipt in supply.receipts
        if receipt.source == source.name and receipt.sha256 in supply.bytes_at
    }
    return stage_source(source, list(received.values()), paths.staged / source.name, reading_code_sha256(code))


def gather(sources: Sequence[Source], paths: Paths, code: Path) -> Inputs:
    """The inputs of a build, staged already or staged now."""
    names = [source.name for source in sources]
    supply = read_supply(paths, names)
    readings = {
        (reading.source, reading.workbook, reading.workbook_sha256): reading
        for source in sources
        for reading in stage(source, supply, paths, code)
    }
    editions = decide_editions(supply.receipts, readings, supply.withdrawn, names)
    staged = {"receipt": _receipts(editions)}
    for source in sources:
        for table in source.tables:
            staged[staged_name(source, table)] = staged_rows(source, table, editions, paths)
    return Inputs(editions, staged, supply.ignored)


def staged_rows(source: Source, table: Table, editions: Sequence[Edition], paths: Paths) -> pl.DataFrame:
    """Rows of one staged table of all workbooks that count, each workbook once, in the order of their hashes."""
    schema = staged_columns(table)
    counted = {
        staged_stem(Supplied(edition.receipt.workbook, edition.receipt.sha256, paths.raw))
        for edition in editions
        if edition.receipt.source == source.name and edition.counts
    }
    files = [paths.staged / source.name / f"{stem}.{table.name}.parquet" for stem in sorted(counted)]
    frames = [pl.read_parquet(path, glob=False) for path in files if path.exists()]
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _receipts(editions: Sequence[Edition]) -> pl.DataFrame:
    rows = [
        {
            "source": edition.receipt.source,
            "workbook": edition.receipt.workbook,
            "workbook_sha256": edition.receipt.sha256,
            "period_label": edition.reading.period.label if edition.reading and edition.reading.period else None,
            "as_at": edition.as_at,
            "superseded_on": edition.superseded_on,
            "outcome": edition.outcome,
        }
        for edition in editions
    ]
    return pl.DataFrame(rows, schema=RECEIPT_COLUMNS)
