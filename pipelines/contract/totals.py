"""Checks the totals that a workbook states against the rows that they add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipelines.contract.convert import NotAsPromised, Promise, convert
from pipelines.contract.model import Figure
from pipelines.contract.outcome import Finding, Piece
from pipelines.read.labels import normalise
from pipelines.read.sheet import NO_RESULT, Cell


@dataclass(frozen=True)
class Total:
    """A row of totals: the normalised values of the columns that it groups by, and its cells by staged column."""

    sheet: str
    group: Mapping[str, str]
    stated: Mapping[str, tuple[Promise, Cell]]


def check_totals(totals: Sequence[Total], piece: Piece) -> list[Finding]:
    """A finding for each stated total of a sheet that differs from the sum of its parts.

    A formula without a stored result states nothing and is passed over: the parts are there.
    """
    findings = []
    members: dict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = {}
    for total in totals:
        names = tuple(total.group)
        if names not in members:
            members[names] = _members(piece, names)
        parts = members[names].get(tuple(total.group.values()), [])
        for name, (promise, cell) in total.stated.items():
            if isinstance(promise.column, Figure) and cell.problem != NO_RESULT:
                values = piece.values(name)
                findings.extend(_compare(total, promise, cell, [values[part] for part in parts]))
    return findings


def _members(piece: Piece, names: tuple[str, ...]) -> dict[tuple[str, ...], list[int]]:
    """By the values of these columns, normalised, the rows that have them."""
    members: dict[tuple[str, ...], list[int]] = {}
    columns = [[normalise(str(value)) for value in piece.values(name)] for name in names]
    for index in range(piece.height):
        members.setdefault(tuple(column[index] for column in columns), []).append(index)
    return members


def _compare(total: Total, promise: Promise, cell: Cell, parts: Sequence[Decimal | int | None]) -> list[Finding]:
    def finding(rule: str, message: str) -> list[Finding]:
        return [Finding(total.sheet, cell.address, promise.name, cell.text, rule, message)]

    try:
        stated = convert(promise, cell)[promise.name]
    except NotAsPromised as error:
        return finding("as promised", f"'{promise.column.headings[0]}': {error}")
    summed = sum((Decimal(part) for part in parts if part is not None), Decimal(0))
    if stated is None or Decimal(stated) == summed:
        return []
    said, found = (f"{Decimal(number).normalize():f}" for number in (stated, summed))
    message = f"the total says {said}, but its {len(parts)} rows add up to {found}; mend the total or the rows"
    return finding("totals add up", message)
