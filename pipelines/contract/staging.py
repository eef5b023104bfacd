"""Stages a source's workbooks: reads those not yet read, validates their rows together, writes Parquet by hash."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.contract.corrections import CellCorrection, corrections_key
from pipelines.contract.frames import table_frames
from pipelines.contract.kept import keep_reading, kept_reading
from pipelines.contract.model import Source
from pipelines.contract.outcome import Reading
from pipelines.contract.reading import read_source_workbook
from pipelines.contract.validation import Frames, validate_rules, validate_table
from pipelines.files import written_whole
from pipelines.read.isolation import Wanted, shared_reader


@dataclass(frozen=True)
class Supplied:
    """A workbook to be staged: its name, the hash of its bytes, where the bytes are, and what is corrected in it."""

    workbook: str
    workbook_sha256: str
    path: Path
    corrections: tuple[CellCorrection, ...] = ()


def staged_stem(supplied: Supplied) -> str:
    """File name, without suffix, of what is staged of a workbook."""
    return stem_of(supplied.workbook_sha256, supplied.workbook, corrections_key(supplied.corrections))


def stem_of(workbook_sha256: str, workbook: str, corrections: str | None) -> str:
    """The same, of a workbook read with the corrections of that key. Its name is in it: the period comes from there."""
    stem = f"{workbook_sha256}-{zlib.crc32(workbook.encode()):08x}"
    return stem if corrections is None else f"{stem}-{corrections}"


def stage_source(
    source: Source,
    files: Sequence[Supplied],
    folder: Path,
    code_sha256: str,
    again: Callable[[Reading], bool] | None = None,
    before_reading: Callable[[Supplied], None] | None = None,
) -> list[Reading]:
    """Readings of all files, in their order; `folder` then holds a Parquet file per table of each that loads.

    A file already read by the same code is not read again, unless `again` says so of its reading. `before_reading` is
    called of each that is, and may raise. Parquet and readings are written whole or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stems = [staged_stem(supplied) for supplied in files]
    readings = {stem: kept_reading(folder / f"{stem}.json", code_sha256) for stem in stems}
    # of what loads there are rows: where somebody removed them, it is read again
    loading = [stem for stem, kept in readings.items() if kept and kept.loads]
    readings |= {stem: None for stem in loading if not any(folder.glob(f"{stem}.*.parquet"))}
    if again is not None:
        readings = {stem: None if kept and again(kept) else kept for stem, kept in readings.items()}
    fresh = {stem: supplied for stem, supplied in zip(stems, files, strict=True) if readings[stem] is None}
    if before_reading is not None:
        for supplied in fresh.values():
            before_reading(supplied)
    found, frames = read_source(source, list(fresh.values()))
    for place, (stem, reading) in enumerate(zip(fresh, found, strict=True)):
        readings[stem] = reading
        for table, by_place in frames.items():
            if reading.loads and place in by_place:
                with written_whole(folder / f"{stem}.{table}.parquet") as partial:
                    by_place[place].write_parquet(partial)
        keep_reading(folder / f"{stem}.json", reading, code_sha256)
    return [kept for stem in stems if (kept := readings[stem]) is not None]


def read_source(source: Source, files: Sequence[Supplied]) -> tuple[list[Reading], dict[str, Frames]]:
    """Readings of workbooks of one source, validated together, and by table the rows of each, by its place."""
    sheets = shared_reader().read(Wanted(supplied.path, supplied.workbook) for supplied in files)
    readings = [
        read_source_workbook(source, supplied.workbook, supplied.workbook_sha256, found, supplied.corrections)
        for supplied, found in zip(files, sheets, strict=True)
    ]
    frames = {table.name: table_frames(table, readings) for table in source.tables} if readings else {}
    for table in source.tables:
        validate_table(table, frames.get(table.name, {}), readings)
    validate_rules(source, frames, readings)
    return readings, frames
