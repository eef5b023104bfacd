"""Which edition counts from when to when: the register and the readings in, editions and the fate of each file out."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.contract.outcome import Reading
from pipelines.ledger.corrections import Correction
from pipelines.ledger.decisions import RETRACT, Decision
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import TAKEN, Edition, Held, Timeline
from pipelines.periods import Period

REFUSED = ("quarantined", "conflict", "missing_bytes")
"""Outcomes of files that were received and do not count."""

ReadingKey = tuple[str, str, str]
"""(source, workbook, sha256) of a reading."""


@dataclass(frozen=True)
class Variant:
    """A receipt as read with what had been corrected by a day."""

    known_on: date
    corrections: tuple[Correction, ...]
    reading: Reading


def decide_editions(
    receipts: Sequence[Receipt],
    readings: Mapping[ReadingKey, Reading],
    withdrawn: Container[tuple[str, str]] = (),
    sources: Container[str] | None = None,
    *,
    decisions: Sequence[Decision] = (),
    corrected: Mapping[Receipt, Sequence[Variant]] | None = None,
) -> list[Edition]:
    """One edition per receipt, in the register's order, and after it those of its later corrections that ever counted.

    Of one source and period, a later receipt supersedes, and so does a later line of the same name on the same day. The
    same bytes again are a duplicate, the same cells an alias. Two names with different cells on one day are a conflict,
    in which neither counts and what counted before goes on, until a decision accepts one or something comes later. A
    decision to retract ends an edition; what counted before it counts again.

    `withdrawn` are the (source, workbook) that no longer lie in raw/: one that was refused needs no more action then.
    Receipts of what is not in `sources` are left alone. `corrected` gives the readings of receipts with corrections, by
    the day of each; all others are in `readings`. No other order of arrival than the register's days plays a part.
    """
    by_receipt = [_first_look(receipt, readings, (corrected or {}).get(receipt), sources) for receipt in receipts]
    _refuse_other_periods(by_receipt, decisions)
    slots: dict[tuple[str, Period | None], list[Held]] = {}
    for editions in by_receipt:
        loading = [edition for edition in editions if edition.outcome == "loaded"]
        if loading:
            reading = loading[0].reading
            slot = (loading[0].receipt.source, reading.period if reading else None)
            slots.setdefault(slot, []).append(Held(loading[0].receipt, loading))
    for held in slots.values():
        Timeline(held, decisions).settle()
    kept = [edition for editions in by_receipt for edition in _worth_telling(editions)]
    for place, edition in enumerate(kept):
        if edition.outcome in ("quarantined", "missing_bytes"):
            gone = edition.outcome == "quarantined" and (edition.receipt.source, edition.receipt.workbook) in withdrawn
            edition.needs_action = not gone and not _is_mended(edition, kept[:place], kept[place + 1 :])
    return kept


def _refuse_other_periods(by_receipt: Sequence[Sequence[Edition]], decisions: Sequence[Decision]) -> None:
    """Last year's file under this year's name: of files with the very same cells, only one period's can be right.

    It is that of the file received first, of one day that of the earlier period, unless it was retracted.
    """
    first: dict[tuple[str, str], Edition] = {}
    loading = [editions for editions in by_receipt if editions[0].outcome == "loaded"]
    for editions in sorted(loading, key=lambda editions: (editions[0].receipt.received_on, _period_start(editions[0]))):
        receipt, reading = editions[0].receipt, editions[0].reading
        retracted = any(each.action == RETRACT and each.is_about(receipt) for each in decisions)
        if reading is None or not reading.cells_sha256 or retracted:
            continue
        held = first.setdefault((receipt.source, reading.cells_sha256), editions[0])
        if held.reading is None or held.reading.period == reading.period:
            continue
        was = f"'{held.receipt.workbook}', which is of {held.reading.period.label if held.reading.period else ''}"
        for edition in editions:
            edition.outcome = "quarantined"
            edition.reason = (
                f"its cells are those of {was}; send the file of its own period, or have that one retracted"
            )


def _period_start(edition: Edition) -> date:
    period = edition.reading.period if edition.reading else None
    return period.start if period else date.min


def _first_look(
    receipt: Receipt,
    readings: Mapping[ReadingKey, Reading],
    variants: Sequence[Variant] | None,
    sources: Container[str] | None,
) -> list[Edition]:
    """An edition per variant of the receipt, as loaded or quarantined as its reading says."""
    if sources is not None and receipt.source not in sources:
        return [Edition(receipt, "ignored", f"no source is called '{receipt.source}' any more")]
    if variants is None:
        reading = readings.get((receipt.source, receipt.workbook, receipt.sha256))
        variants = [Variant(receipt.received_on, (), reading)] if reading else []
    if not variants:
        reason = "the register lists it, but its bytes are neither in raw/ nor in the archive; supply it again"
        return [Edition(receipt, "missing_bytes", reason)]
    editions = [
        Edition(
            receipt,
            "loaded" if variant.reading.loads else "quarantined",
            variant.reading.reason,
            variant.reading,
            known_on=variant.known_on,
            corrections=tuple(each for each in variant.corrections if each.cell in variant.reading.applied),
        )
        for before, variant in zip([None, *variants], variants, strict=False)
        if before is None or before.reading.applied != variant.reading.applied
    ]
    return list(_without_steps(editions))


def _without_steps(editions: Sequence[Edition]) -> Iterator[Edition]:
    """Of corrections that, one after the other, have not made a file fit to load, only the last is told."""
    for edition, after in zip(editions, [*editions[1:], None], strict=True):
        if after is not None and edition.outcome == after.outcome == "quarantined":
            after.known_on = edition.known_on
        else:
            yield edition


def _worth_telling(editions: Sequence[Edition]) -> Iterator[Edition]:
    """The receipt itself; of later corrections, those that counted, or would have had they kept the contract."""
    counted = [interval for edition in editions for interval in edition.intervals]
    for edition in editions:
        due = any(start <= edition.known_on and (end is None or edition.known_on < end) for start, end in counted)
        if edition is editions[0] or edition.intervals or (edition.outcome == "quarantined" and due):
            yield edition


def _is_mended(refused: Edition, before: Sequence[Edition], after: Sequence[Edition]) -> bool:
    """Whether what came later, or on the same day in a later line of the same name, was taken in its place."""
    period = refused.reading.period if refused.reading else None

    def replaces(edition: Edition, *, in_later_line: bool) -> bool:
        if edition.outcome not in (*TAKEN, "duplicate", "alias") or edition.receipt.source != refused.receipt.source:
            return False
        if edition.receipt.workbook == refused.receipt.workbook:
            return edition.as_at > refused.as_at or (in_later_line and edition.as_at == refused.as_at)
        same_period = period is not None and edition.reading is not None and edition.reading.period == period
        return same_period and edition.as_at > refused.as_at

    earlier_lines = any(replaces(edition, in_later_line=False) for edition in before)
    return earlier_lines or any(replaces(edition, in_later_line=True) for edition in after)
