"""What came of every decision and correction: its effect, or why it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.contract.outcome import Reading
from pipelines.ledger.corrections import Correction
from pipelines.ledger.decisions import ACCEPT, Decision
from pipelines.ledger.editions import Variant
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition


@dataclass(frozen=True)
class DecisionEffect:
    """A decision and what came of it; `has_effect` is false for one that fits nothing, and `effect` says why."""

    decision: Decision
    has_effect: bool
    effect: str


@dataclass(frozen=True)
class CorrectionEffect:
    """A correction and what came of it with one workbook's bytes.

    state: applied; stale, when the cell does not hold the expected value; without_effect, when what it corrects did not
    count any more once it was confirmed; workbook_not_received. `message` says what to do; empty for applied.
    """

    correction: Correction
    workbook_sha256: str | None
    state: str
    message: str


def decision_effects(decisions: Sequence[Decision], editions: Sequence[Edition]) -> list[DecisionEffect]:
    """What came of each decision, in the order of the lines."""
    return [_decision_effect(decision, editions) for decision in decisions]


def _decision_effect(decision: Decision, editions: Sequence[Edition]) -> DecisionEffect:
    if any(decision in edition.decisions for edition in editions):
        verb = "counts from" if decision.action == ACCEPT else "no longer counts from"
        return DecisionEffect(decision, True, f"{verb} {decision.decided_on:%d/%m/%Y} on")
    found = [edition for edition in editions if decision.is_about(edition.receipt)]
    if not found:
        why = "no line of raw/received.csv has this source, workbook and sha256"
    elif all(edition.receipt.received_on > decision.decided_on for edition in found):
        why = f"the file came later, on {min(edition.receipt.received_on for edition in found):%d/%m/%Y}"
    elif decision.action == ACCEPT:
        why = f"it was in no open conflict on that day (it is {_fate(found[0])})"
    else:
        why = f"it did not count (it is {_fate(found[0])})"
    return DecisionEffect(decision, False, f"{why}; mend or remove the line")


def _fate(edition: Edition) -> str:
    return f"{edition.outcome}: {edition.reason}" if edition.reason else edition.outcome


def correction_effects(
    corrections: Sequence[Correction], variants: Mapping[Receipt, Sequence[Variant]], editions: Sequence[Edition]
) -> list[CorrectionEffect]:
    """What came of each correction, in the order of the lines, with each of the bytes that it concerns.

    `variants`: every reading of each receipt that a correction concerns, by the day of each.
    """
    return [effect for correction in corrections for effect in _correction_effects(correction, variants, editions)]


def _correction_effects(
    correction: Correction, variants: Mapping[Receipt, Sequence[Variant]], editions: Sequence[Edition]
) -> list[CorrectionEffect]:
    readings = {
        receipt: next(variant.reading for variant in read if correction in variant.corrections)
        for receipt, read in variants.items()
        if any(correction in variant.corrections for variant in read)
    }
    if not readings:
        message = f"no file '{correction.workbook}' was received; give the workbook's name as in raw/received.csv"
        return [CorrectionEffect(correction, None, "workbook_not_received", message)]
    due = {receipt: reading for receipt, reading in readings.items() if _is_due(correction, receipt, editions)}
    if not due:
        message = "no edition of the file counted on the day of confirmation or later; remove the line"
        return [CorrectionEffect(correction, next(iter(readings)).sha256, "without_effect", message)]
    by_bytes = {receipt.sha256: reading for receipt, reading in due.items()}
    return [_fit(correction, sha256, reading) for sha256, reading in by_bytes.items()]


def _is_due(correction: Correction, receipt: Receipt, editions: Sequence[Edition]) -> bool:
    """Whether the receipt counted once the correction was confirmed, or would have, had it kept its contract."""
    return any(
        edition.receipt == receipt
        and (edition.needs_action or any(end is None or end > correction.confirmed_on for _, end in edition.intervals))
        for edition in editions
    )


def _fit(correction: Correction, sha256: str, reading: Reading) -> CorrectionEffect:
    cell = correction.cell
    stale = next((each for each in reading.stale if (each.sheet, each.cell) == (cell.sheet, cell.cell)), None)
    if stale is None:
        return CorrectionEffect(correction, sha256, "applied", "")
    place = f"sheet '{cell.sheet}', cell {cell.cell}"
    if stale.held is None:
        found = f"there is no sheet '{cell.sheet}'"
    elif stale.held == cell.corrected:
        found = f"{place} holds {cell.corrected!r} already: the source has been mended"
    else:
        found = f"{place} holds {stale.held!r}, not {cell.expected!r}"
    message = f"{found}; mend the line, or end it with the day of that file's receipt in the column ended_on"
    return CorrectionEffect(correction, sha256, "stale", message)
