"""Which edition counts from when to when: the register and the readings in, editions and the fate of each file out."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pipelines.contract.outcome import Reading
from pipelines.ledger.register import Receipt
from pipelines.periods import Period

REFUSED = ("quarantined", "conflict", "missing_bytes")
"""Outcomes of files that were received and do not count."""

ReadingKey = tuple[str, str, str]
"""(source, workbook, sha256) of a reading."""


@dataclass
class Edition:
    """The fate of one receipt. A loaded or superseded edition counts from `as_at` until `superseded_on`, exclusive.

    `outcome` is in the words of `audit.workbook`; `reading` is None where nothing was read. `needs_action` says
    that the receipt was refused and nothing that came later under its name, or for its period, counts in its place.
    """

    receipt: Receipt
    outcome: str
    reason: str = ""
    superseded_on: date | None = None
    reading: Reading | None = None
    needs_action: bool = False

    @property
    def as_at(self) -> date:
        """The day on which the edition became known."""
        return self.receipt.received_on

    @property
    def counts(self) -> bool:
        """Whether its rows are in the warehouse."""
        return self.outcome in ("loaded", "superseded")


def decide_editions(
    receipts: Sequence[Receipt],
    readings: Mapping[ReadingKey, Reading],
    withdrawn: Container[tuple[str, str]] = (),
    sources: Container[str] | None = None,
) -> list[Edition]:
    """One edition per receipt, in the register's order. The order in which files arrived on disk plays no part.

    Of one source and period, a later receipt supersedes, and so does a later line of the same name on the same day; two
    names on one day are a conflict, in which neither counts and what counted before goes on. `withdrawn` are the
    (source, workbook) that no longer lie in raw/: one that was refused needs no more action then. Receipts of what is
    not in `sources` are left alone.
    """
    editions = [_first_look(receipt, readings, sources) for receipt in receipts]
    for period in {_slot(edition) for edition in editions if edition.reading and edition.outcome == "loaded"}:
        _settle([edition for edition in editions if edition.outcome == "loaded" and _slot(edition) == period])
    by_day = sorted(editions, key=lambda edition: edition.as_at)
    for place, edition in enumerate(by_day):
        gone = edition.outcome == "quarantined" and (edition.receipt.source, edition.receipt.workbook) in withdrawn
        edition.needs_action = edition.outcome in REFUSED and not gone and not _mended(edition, by_day[place + 1 :])
    return editions


def _mended(refused: Edition, later: Sequence[Edition]) -> bool:
    """Whether a later receipt counts in its place."""
    period = refused.reading.period if refused.reading else None
    return any(
        edition.outcome in ("loaded", "superseded", "duplicate")
        and edition.receipt.source == refused.receipt.source
        and (
            edition.receipt.workbook == refused.receipt.workbook
            or (period is not None and edition.reading is not None and edition.reading.period == period)
        )
        for edition in later
    )


def _first_look(receipt: Receipt, readings: Mapping[ReadingKey, Reading], sources: Container[str] | None) -> Edition:
    if sources is not None and receipt.source not in sources:
        return Edition(receipt, "ignored", f"no source is called '{receipt.source}' any more")
    reading = readings.get((receipt.source, receipt.workbook, receipt.sha256))
    if reading is None:
        reason = "the register lists it, but its bytes are neither in raw/ nor in the archive; supply it again"
        return Edition(receipt, "missing_bytes", reason)
    if not reading.loads:
        return Edition(receipt, "quarantined", reading.reason, reading=reading)
    return Edition(receipt, "loaded", reading=reading)


def _slot(edition: Edition) -> tuple[str, Period | None]:
    return edition.receipt.source, edition.reading.period if edition.reading else None


def _settle(rivals: list[Edition]) -> None:
    """Editions of one source and period, in the register's order: closes each when the next one begins to count."""
    current: Edition | None = None
    for day in _by_day(rivals):
        latest = {edition.receipt.workbook: edition for edition in day}
        contenders = list(latest.values())
        if len({edition.receipt.sha256 for edition in contenders}) > 1:
            names = " and ".join(f"'{edition.receipt.workbook}'" for edition in contenders)
            for edition in day:
                edition.outcome = "conflict"
                edition.reason = (
                    f"{names} came on one day for one period, so neither counts; save the right one anew and supply it "
                    "on another day"
                )
            continue
        for edition in day:
            current = _follow(current, edition)


def _by_day(rivals: Sequence[Edition]) -> Iterator[list[Edition]]:
    for _, day in groupby(sorted(rivals, key=lambda edition: edition.as_at), key=lambda edition: edition.as_at):
        yield list(day)


def _follow(current: Edition | None, edition: Edition) -> Edition:
    if current is None:
        return edition
    if current.receipt.sha256 == edition.receipt.sha256:
        edition.outcome = "duplicate"
        edition.reason = f"the same bytes as '{current.receipt.workbook}', received {current.as_at:%d/%m/%Y}"
        return current
    current.outcome = "superseded"
    current.superseded_on = edition.as_at
    current.reason = f"superseded by '{edition.receipt.workbook}', received {edition.as_at:%d/%m/%Y}"
    return edition
