"""Converts the text of one cell as its column promises, or says what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.contract.model import Column, Day, EditionPeriod, Figure, Printed, TargetDate, Text
from pipelines.periods import Period, PeriodFinder
from pipelines.read.dates import NotADate, parse_date
from pipelines.read.figures import MARKERS, NotAFigure, parse_figure, parse_parts, tidy
from pipelines.read.figures import Figure as Parsed
from pipelines.read.labels import parse_label, plain_key
from pipelines.read.notes import is_provisional
from pipelines.read.printed import as_words, parse_printed
from pipelines.read.sheet import Cell
from pipelines.read.target_dates import parse_target_date

TOO_LARGE = 10**15
"""Pounds or people; staged figures have room for it and six decimals."""

IN_PARTS = "in_parts"
"""What `_availability` says of a figure of which only parts are stated; they are never added up."""


IN_WORDS = {1_000: "thousands", 1_000_000: "millions"}
"""What figures are in that are multiplied by so much."""

_MAGNITUDE = re.compile(r"\d\s?(?:k|thousand|m|million|bn|billion)\b", re.IGNORECASE)


class NotAsPromised(ValueError):
    """The cell does not hold what its column promises; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a column promises in one workbook: beside the contract's word, what the workbook's headings and period say.

    key: it names what the row is about, so that footnotes and typographic quotes must not make another name of it.
    scale: what a figure is multiplied by, because its heading says that it is in thousands or millions.
    subject: what makes the promise, in messages.
    """

    name: str
    column: Column
    period: Period
    finder: PeriodFinder
    key: bool = False
    scale: int = 1
    subject: str = "the column"


def part_columns(name: str, column: Figure) -> dict[str, str]:
    """Staged columns of the parts that the cells of a figure may state, by label."""
    return {part: f"{name}_{part.lower().replace(' ', '_')}" for part in column.parts}


def empty_values(name: str, column: Column) -> dict[str, Any]:
    """What a blank cell gives: null, and for a figure also that it is not available."""
    if isinstance(column, TargetDate):
        return _target_date(name, None)
    if isinstance(column, Printed):
        return dict.fromkeys((name, f"{name}_cell", f"{name}_figures"))
    if not isinstance(column, Figure):
        return {name: None}
    return figure_values(name, column, Parsed(None, availability="not_available"), None, {})


def convert(promise: Promise, cell: Cell) -> dict[str, Any]:
    """The staged values of a cell, by staged column. Raises NotAsPromised when it breaks the column's promise."""
    if cell.problem:
        raise NotAsPromised(f"it holds {cell.problem}; enter the value itself, or calculate and save in Excel")
    column = promise.column
    match column:
        case Text():
            text = plain_key(parse_label(cell.text)[0]) if promise.key else tidy(cell.text)
            return {promise.name: unicodedata.normalize("NFC", text)}
        case Printed():
            return _printed(promise.name, cell)
        case Day():
            try:
                return {promise.name: parse_date(cell.text)}
            except NotADate as error:
                raise NotAsPromised(f"{error}; write the day as 22/04/2021") from error
        case TargetDate():
            return _target_date(promise.name, tidy(cell.text))
        case EditionPeriod():
            stated = promise.finder(cell.text)
            if stated != promise.period:
                wanted = promise.period.label
                raise NotAsPromised(f"it says '{cell.text}', but the file is of {wanted}; a row of another file?")
            return {promise.name: promise.period.label}
        case Figure():
            parts = _parts(column, cell)
            figure = Parsed(None, availability=IN_PARTS) if parts else _figure(promise, column, cell)
            return figure_values(promise.name, column, figure, cell, parts)
    raise TypeError(f"{type(column).__name__} has no rule of conversion")


def _target_date(name: str, text: str | None) -> dict[str, Any]:
    """The text as supplied, and what it says; a text that names no day or season is undated, never refused."""
    target = parse_target_date(text or "")
    return {name: text, f"{name}_kind": target.kind, f"{name}_start": target.start, f"{name}_end": target.end}


def _printed(name: str, cell: Cell) -> dict[str, Any]:
    """A printed cell as it stands; a number that a format shows as a percentage is printed as one."""
    shown = f"{(Decimal(cell.text) * 100).normalize():f}%" if cell.percent else cell.text
    figures = [figure._asdict() for figure in parse_printed(shown)]
    return {name: as_words(shown), f"{name}_cell": cell.address, f"{name}_figures": figures}


def _parts(column: Figure, cell: Cell) -> dict[str, Parsed]:
    """The parts that a cell states, where its column allows for them and it does."""
    if not column.parts or not any(sign in cell.text for sign in "=:"):
        return {}
    try:
        parts = parse_parts(cell.text)
    except NotAFigure as error:
        raise NotAsPromised(str(error)) from error
    known = {part.casefold(): part for part in column.parts}
    unknown = [part for part in parts if part.casefold() not in known]
    if unknown:
        raise NotAsPromised(f"'{unknown[0]}' is no part that is known here; expected {', '.join(column.parts)}")
    return {known[part.casefold()]: figure for part, figure in parts.items()}


def _figure(promise: Promise, column: Figure, cell: Cell) -> Parsed:
    word = column.words.get(tidy(cell.text).casefold())
    if word is not None:
        return Parsed(None, availability=word)
    markers = MARKERS if column.markers is None else {mark: MARKERS[mark] for mark in column.markers}
    try:
        figure = parse_figure(cell.text, shown_as_percent=cell.percent, markers=markers)
    except NotAFigure as error:
        raise NotAsPromised(f"{error}; enter a number such as 1672, 36% or £486,557") from error
    if figure.value is None:
        return figure
    if figure.numerator is not None and not column.counts:
        raise NotAsPromised(f"'{cell.text}' holds a percentage and counts; enter the figure alone")
    if figure.qualifier != "exact" and not column.approximate:
        message = f"'{cell.text}' is approximate, and the column holds exact figures; enter the figure itself"
        raise NotAsPromised(message)
    return _in_unit(promise, column, cell, figure, figure.value)


def _in_unit(promise: Promise, column: Figure, cell: Cell, figure: Parsed, value: Decimal) -> Parsed:
    """The figure in the column's unit and whole where the column counts."""
    if column.unit is not None and figure.unit not in ("", column.unit):
        raise NotAsPromised(
            f"'{cell.text}' is in {figure.unit}, but {promise.subject} is in {column.unit or 'numbers'}"
        )
    if column.unit == "%" and figure.unit == "":
        value = _in_points(column, cell, value)
    if promise.scale != 1:
        if _MAGNITUDE.search(cell.text):
            in_words = IN_WORDS[promise.scale]
            raise NotAsPromised(f"'{cell.text}' says k or m itself, but the column is in {in_words}; leave it out")
        value *= promise.scale
    if abs(value) >= TOO_LARGE:
        raise NotAsPromised(f"'{cell.text}' is larger than any figure of a council; is it a slip?")
    if column.whole and value != value.to_integral_value():
        raise NotAsPromised(f"'{cell.text}' is not a whole number, and {promise.subject} counts")
    return figure._replace(value=value, unit=figure.unit if column.unit is None else column.unit)


def _in_points(column: Figure, cell: Cell, value: Decimal) -> Decimal:
    """A number without a percent sign in a column of percentages; one that could be either is refused."""
    if column.plain_is_fraction:
        if abs(value) > 1:
            raise NotAsPromised(f"'{cell.text}' is more than 1 in a column of proportions; is it a percentage?")
        return value * 100
    if abs(value) < 1 and value != 0:
        raise NotAsPromised(
            f"'{cell.text}' is less than 1 in a column of percentages; is it a proportion? Write 94% for 0.94"
        )
    return value


def figure_values(
    name: str, column: Figure, figure: Parsed, cell: Cell | None, parts: dict[str, Parsed]
) -> dict[str, Any]:
    """The staged values of a figure: what `staging.FIGURE_COLUMNS` names, its counts and its parts."""
    value = figure.value
    note = "; ".join(filter(None, (figure.note, cell.note if cell else "")))
    values = {
        name: int(value) if column.whole and value is not None else value,
        f"{name}_unit": figure.unit,
        f"{name}_qualifier": figure.qualifier,
        f"{name}_availability": figure.availability,
        f"{name}_italic": cell is not None and (cell.italic or is_provisional(note)),
        f"{name}_note": note or None,
        f"{name}_cell": cell.address if cell else None,
        f"{name}_text": cell.as_supplied if cell else None,
    }
    if column.counts:
        values |= {f"{name}_numerator": figure.numerator, f"{name}_denominator": figure.denominator}
    for part, staged in part_columns(name, column).items():
        values[staged] = parts[part].value if part in parts else None
    return values
