"""Corrections as data: reviewed files raw/corrections/<source>.csv, and what each receipt is read with from when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.contract.corrections import CellCorrection
from pipelines.ledger.lines import LineError, read_day, read_lines, require
from pipelines.ledger.register import Receipt
from pipelines.read.address import cell_position

FIELDS = ("workbook", "sheet", "cell", "expected", "corrected", "reason", "confirmed_by", "confirmed_on")
ENDED_ON = "ended_on"
"""Optional last column: files received on this day or later are not corrected, since the source has been mended."""


class CorrectionError(LineError):
    """A file of corrections cannot be read; the message names the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One line: what a cell holds wrongly and what it should hold, why, and who confirmed it on which day."""

    source: str
    workbook: str
    cell: CellCorrection
    reason: str
    confirmed_by: str
    confirmed_on: date
    ended_on: date | None
    line: int

    def concerns(self, receipt: Receipt) -> bool:
        """Whether the receipt is one that it corrects: of that name, and received before the source was mended."""
        named = (self.source, self.workbook) == (receipt.source, receipt.workbook)
        return named and (self.ended_on is None or receipt.received_on < self.ended_on)


@dataclass(frozen=True, slots=True)
class CorrectionSet:
    """What a receipt is read with from a day on, until the next set's day."""

    known_on: date
    corrections: tuple[Correction, ...]

    @property
    def cells(self) -> tuple[CellCorrection, ...]:
        """The corrections of its cells, sorted."""
        return tuple(sorted(correction.cell for correction in self.corrections))


def read_corrections(path: Path, source: str) -> list[Correction]:
    """All corrections of a source, in the order of their lines; none when there is no such file.

    Raises CorrectionError for a line that is not a correction, and for two of one cell confirmed on one day.
    """
    corrections: list[Correction] = []
    places: dict[tuple[str, str, str, date], int] = {}
    for number, row in read_lines(path, FIELDS, CorrectionError, optional=(ENDED_ON,)):
        correction = _correction(row, source, f"{path}, line {number}", number)
        cell = correction.cell
        key = (correction.workbook, cell.sheet, cell.cell, correction.confirmed_on)
        if key in places:
            raise CorrectionError(
                f"{path}, line {number}: line {places[key]} corrects the same cell on the same day; keep one of them"
            )
        places[key] = number
        corrections.append(correction)
    return corrections


def _correction(row: dict[str, str], source: str, place: str, number: int) -> Correction:
    require(row, ("workbook", "sheet", "cell", "reason", "confirmed_by", "confirmed_on"), place, CorrectionError)
    address = row["cell"].upper().replace("$", "")
    try:
        cell_position(address)
    except ValueError as error:
        raise CorrectionError(f"{place}: cell must be an address such as B4, not {row['cell']!r}") from error
    if row["expected"] == row["corrected"]:
        raise CorrectionError(f"{place}: expected and corrected are the same, {row['expected']!r}")
    ended_on = read_day(row, ENDED_ON, place, CorrectionError) if row.get(ENDED_ON) else None
    return Correction(
        source,
        row["workbook"],
        CellCorrection(row["sheet"], address, row["expected"], row["corrected"]),
        row["reason"],
        row["confirmed_by"],
        read_day(row, "confirmed_on", place, CorrectionError),
        ended_on,
        number,
    )


def correction_sets(receipt: Receipt, corrections: Iterable[Correction]) -> list[CorrectionSet]:
    """What the receipt is read with, from the day of its receipt and then from each day that confirmed another.

    What was confirmed by the day of receipt applies from the receipt on. Of several corrections of one cell the one
    confirmed last applies; each states what the cell holds as supplied.
    """
    concerned = [correction for correction in corrections if correction.concerns(receipt)]
    later = {correction.confirmed_on for correction in concerned if correction.confirmed_on > receipt.received_on}
    return [CorrectionSet(day, _known_by(day, concerned)) for day in (receipt.received_on, *sorted(later))]


def _known_by(day: date, corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    known: dict[tuple[str, str], Correction] = {}
    for correction in sorted(corrections, key=lambda correction: correction.confirmed_on):
        if correction.confirmed_on <= day:
            known[correction.cell.sheet, correction.cell.cell] = correction
    return tuple(known[place] for place in sorted(known))
