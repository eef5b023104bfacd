"""What becomes of one file of the corpus, by the way that every supplied file goes: register, reading, staging."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract.outcome import Reading
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from pipelines.ledger.editions import decide_editions
from pipelines.ledger.register import Receipt, Supply, read_supply, take_in
from pipelines.settings import Paths
from tests.corpus.case import Case
from tests.corpus.contract import NAMES, source_named

DAY_BEFORE, DAY = date(2021, 10, 14), date(2021, 10, 15)
OUTCOMES = {
    "loaded": "load",
    "quarantined": "quarantine",
    "conflict": "quarantine",
    "duplicate": "ignore",
    "alias": "ignore",
}
"""What the words of the audit mean to the one who sent the file."""


@dataclass(frozen=True)
class Verdict:
    """What became of a file, what was said of it, the rows that were staged, and its reading where it was read."""

    outcome: str
    messages: Sequence[str]
    rows: Sequence[dict[str, Any]] | None = None
    reading: Reading | None = None
    seconds: float = 0


def judge(case: Case, root: Path) -> Verdict:
    """Puts the case's file into an installation of its own in `root`, takes it in, and stages it."""
    paths = Paths(root)
    folder = paths.raw / case.source
    folder.mkdir(parents=True)
    for name, make in case.held:
        (folder / name).write_bytes(make())
    if case.held:
        take_in(paths, NAMES, DAY_BEFORE)
    case.put(folder / case.file, case.make())
    _make_old(folder)
    started = time.monotonic()
    verdict = _judge_supplied(case, paths)
    return replace(verdict, seconds=time.monotonic() - started)


def _make_old(folder: Path) -> None:
    """Files that changed a moment ago would be waited for."""
    for path in folder.iterdir():
        if path.is_file() and not path.is_symlink():
            os.utime(path, (0, 0))


def _judge_supplied(case: Case, paths: Paths) -> Verdict:
    take_in(paths, NAMES, DAY)
    supply = read_supply(paths, NAMES)
    ignored = [reason for source, name, reason in supply.ignored if (source, name) == (case.source, case.file)]
    if ignored:
        return Verdict("ignore", ignored)
    return _judge_staged(case, supply, paths.root / "staged")


def _judge_staged(case: Case, supply: Supply, staged: Path) -> Verdict:
    files = [Supplied(receipt.workbook, receipt.sha256, supply.bytes_at[receipt.sha256]) for receipt in supply.receipts]
    readings = stage_source(source_named(case.source), files, staged, "corpus")
    by_key = {(one.source, one.workbook, one.workbook_sha256): one for one in readings}
    edition = [one for one in decide_editions(supply.receipts, by_key) if one.receipt.workbook == case.file][-1]
    reading = edition.reading
    assert reading is not None
    warnings = [str(warning) for warning in reading.warnings]
    outcome = OUTCOMES[edition.outcome]
    if outcome == "load":
        return Verdict("warn" if warnings else "load", warnings, _rows(case, edition.receipt, staged), reading)
    refused = [str(finding) for finding in reading.findings]
    return Verdict(outcome, [*refused, edition.reason], None, reading)


def _rows(case: Case, receipt: Receipt, staged: Path) -> list[dict[str, Any]]:
    """Rows of the table that the case is about, as they stand in the staged Parquet."""
    supplied = Supplied(receipt.workbook, receipt.sha256, staged)
    table = case.table or source_named(case.source).tables[0].name
    path = staged / f"{staged_stem(supplied)}.{table}.parquet"
    return pl.read_parquet(path, glob=False).to_dicts()
