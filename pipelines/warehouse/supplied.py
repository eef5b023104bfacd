"""What was supplied, as the ledger sees it: staged readings, editions, and what decisions and corrections came to."""

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from pipelines.authorities import read_authority
from pipelines.contract.corrections import apply_corrections
from pipelines.contract.model import Source
from pipelines.contract.outcome import Reading
from pipelines.contract.plausibility import Jump
from pipelines.contract.staging import Supplied, stage_source, staged_stem
from pipelines.files import alone, written_whole
from pipelines.ledger.archive import require_sound
from pipelines.ledger.corrections import Correction, correction_sets, read_corrections
from pipelines.ledger.decisions import OF_FILES, read_decisions
from pipelines.ledger.difference import CellDifference, Succession, differences, successions
from pipelines.ledger.editions import Variant, decide_editions
from pipelines.ledger.effects import CorrectionEffect, DecisionEffect, correction_effects, decision_effects
from pipelines.ledger.locks import Locks, read_locks
from pipelines.ledger.register import Receipt, Supply
from pipelines.ledger.timeline import Edition
from pipelines.read.isolation import read_isolated
from pipelines.settings import Paths
from pipelines.versions import bytes_sha256, reading_code_sha256
from pipelines.warehouse.history import jumps_among


@dataclass(frozen=True)
class Ledger:
    """The fate of each receipt, the effect of each decision and correction, and what each succession changed.

    jumps: by source, the figures of editions that count now that changed more than they ever did. locks: the quarters
    whose published figures are locked.
    """

    editions: list[Edition]
    decisions: list[DecisionEffect]
    corrections: list[CorrectionEffect]
    differences: list[tuple[Succession, list[CellDifference]]]
    jumps: dict[str, list[Jump]]
    locks: Locks


def corrections_of(source: Source, paths: Paths) -> list[Correction]:
    """The corrections of a source. Raises CorrectionError."""
    return read_corrections(paths.corrections / f"{source.name}.csv", source.name)


def stage(
    source: Source,
    supply: Supply,
    paths: Paths,
    code: Path,
    again: Callable[[Reading], bool] | None = None,
    say: Callable[[str], None] = print,
) -> list[Reading]:
    """Stages all workbooks ever received of one source, as supplied and as corrected from each day on.

    Those already staged by the same code are not read again, unless `again` says so. One process at a time stages a
    source; another waits, and finds what it staged. What is read has the bytes that were received: `say` is told of an
    archived file that had to be healed. Raises ArchiveError for one that cannot be, CorrectionError and AuthorityError.
    """
    corrections = corrections_of(source, paths)
    files = {
        Supplied(receipt.workbook, receipt.sha256, supply.bytes_at[receipt.sha256], each.cells): None
        for receipt in supply.receipts
        if receipt.source == source.name and receipt.sha256 in supply.bytes_at
        for each in correction_sets(receipt, corrections)
    }
    with alone(paths.staged / f".{source.name}.lock"):
        return stage_source(
            source,
            list(files),
            paths.staged / source.name,
            reading_sha256(paths, code),
            again,
            before_reading=lambda supplied: require_sound(supplied.workbook_sha256, supply, paths, say),
        )


def reading_sha256(paths: Paths, code: Path) -> str:
    """Hex SHA-256 of what decides how an installation's workbooks are read: the code, and the council's names."""
    return bytes_sha256(f"{reading_code_sha256(code)} {read_authority(paths).sha256}".encode())


def keep_ledger(sources: Sequence[Source], supply: Supply, paths: Paths, code: Path) -> Ledger:
    """The ledger, from workbooks staged already or staged now. Raises DecisionError, CorrectionError and LockError."""
    corrections = [correction for source in sources for correction in corrections_of(source, paths)]
    readings = {
        (reading.source, reading.workbook, reading.workbook_sha256, reading.corrections): reading
        for source in sources
        for reading in stage(source, supply, paths, code)
    }
    corrected = {
        receipt: [
            Variant(each.known_on, each.corrections, readings[*_key(receipt), each.cells])
            for each in correction_sets(receipt, corrections)
        ]
        for receipt in supply.receipts
        if receipt.sha256 in supply.bytes_at and any(correction.concerns(receipt) for correction in corrections)
    }
    decided = read_decisions(paths.decisions)
    decisions = [decision for decision in decided if decision.action in OF_FILES]
    locks = read_locks(paths.locked, decided)
    editions = decide_editions(
        supply.receipts,
        {
            (source, workbook, sha256): reading
            for (source, workbook, sha256, cells), reading in readings.items()
            if not cells
        },
        supply.withdrawn,
        [source.name for source in sources],
        decisions=decisions,
        corrected=corrected,
    )
    counting = [edition for edition in editions if edition.outcome == "loaded"]
    return Ledger(
        editions,
        [*decision_effects(decisions, editions), *locks.effects],
        correction_effects(corrections, corrected, editions),
        [(each, _differences(each, supply, paths, code)) for each in successions(editions)],
        {source.name: jumps_among(source, staged_stems(source, counting), paths) for source in sources},
        locks,
    )


def staged_file(edition: Edition, supply_path: Path) -> Supplied:
    """The workbook of an edition as it was staged, where its bytes are at `supply_path`."""
    corrections = edition.reading.corrections if edition.reading else ()
    return Supplied(edition.receipt.workbook, edition.receipt.sha256, supply_path, corrections)


def staged_stems(source: Source, editions: Sequence[Edition]) -> list[str]:
    """Names under which those of a source's editions that count are staged, in the order of their hashes."""
    counted = {
        staged_stem(staged_file(edition, Path()))
        for edition in editions
        if edition.receipt.source == source.name and edition.counts
    }
    return sorted(counted)


def _key(receipt: Receipt) -> tuple[str, str, str]:
    return receipt.source, receipt.workbook, receipt.sha256


def _differences(succession: Succession, supply: Supply, paths: Paths, code: Path) -> list[CellDifference]:
    """Cell by cell; read from the archived bytes once and kept, since neither they nor their corrections change."""
    pair = [
        staged_file(edition, supply.bytes_at[edition.receipt.sha256])
        for edition in (succession.previous, succession.edition)
    ]
    name = bytes_sha256(json.dumps([staged_stem(each) for each in pair] + [reading_code_sha256(code)]).encode())
    kept = paths.staged / succession.edition.receipt.source / f"{name}.difference.json"
    if kept.exists():
        return [CellDifference(*fields) for fields in json.loads(kept.read_text(encoding="utf-8"))]
    for each in pair:
        require_sound(each.workbook_sha256, supply, paths, print)
    before, after = (apply_corrections(read_isolated(each.path, each.workbook), each.corrections)[0] for each in pair)
    found = differences(before, after)
    with written_whole(kept) as partial:
        partial.write_text(json.dumps([astuple(each) for each in found]), encoding="utf-8")
    return found
