"""Staged rows beside those of earlier periods: what of an edition is not plausible, before or after it is taken in."""

from collections.abc import Sequence

import duckdb
import polars as pl

from pipelines.contract.frames import staged_columns
from pipelines.contract.model import Source, Table
from pipelines.contract.outcome import Finding
from pipelines.contract.plausibility import Jump, find_jumps
from pipelines.contract.staging import stem_of
from pipelines.settings import Paths


def read_staged(source: Source, table: Table, stems: Sequence[str], paths: Paths) -> pl.DataFrame:
    """Rows of a staged table of the workbooks staged under these names, in their order."""
    files = [paths.staged / source.name / f"{stem}.{table.name}.parquet" for stem in stems]
    frames = [pl.read_parquet(path, glob=False) for path in files if path.exists()]
    return pl.concat([pl.DataFrame(schema=staged_columns(table)), *frames])


def jumps_among(source: Source, stems: Sequence[str], paths: Paths) -> list[Jump]:
    """The jumps of a source's figures among the workbooks that count, one per period."""
    return [
        jump
        for table in source.tables
        if table.plausible
        for jump in find_jumps(table, read_staged(source, table, stems, paths))
    ]


def jumps_beside_held(source: Source, table: Table, rows: pl.DataFrame, paths: Paths) -> list[Finding]:
    """The jumps of a workbook's rows beside the published editions of other periods."""
    if not table.plausible or not paths.published.exists() or rows.is_empty():
        return []
    period, sha256 = rows["period_label"][0], rows["workbook_sha256"][0]
    try:
        with duckdb.connect(str(paths.published), read_only=True) as connection:
            held = connection.execute(
                "select workbook_sha256, workbook, corrections from staging.edition"
                " where source = ? and period_label <> ? and superseded_on is null order by all",
                [source.name, period],
            ).fetchall()
    except (duckdb.BinderException, duckdb.CatalogException):
        message = "not compared with what is held, which an earlier version of this program published; run the nightly"
        return [Finding("", "", "", "", "plausible beside earlier periods", message, "warn")]
    stems = [stem_of(sha, workbook, corrections) for sha, workbook, corrections in held]
    together = pl.concat([read_staged(source, table, stems, paths), rows])
    return [jump.finding for jump in find_jumps(table, together) if jump.workbook_sha256 == sha256]
