"""Converts the text of one cell as its column promises, or says what is wrong with it."""

from decimal import Decimal
from typing import Any

from pipelines.contract.model import Column, Day, EditionPeriod, Figure, Text
from pipelines.periods import Period, PeriodFinder
from pipelines.read.dates import NotADate, parse_date
from pipelines.read.figures import Figure as Parsed
from pipelines.read.figures import NotAFigure, parse_figure, tidy
from pipelines.read.workbook import Cell

TOO_LARGE = 10**15
"""Pounds or people; staged figures have room for it and six decimals."""


class NotAsPromised(ValueError):
    """The cell does not hold what its column promises; the message says what was expected."""


def empty_values(name: str, column: Column) -> dict[str, Any]:
    """What a blank cell gives: null, and for a figure also that it is not available."""
    if not isinstance(column, Figure):
        return {name: None}
    return _figure_values(name, column, Parsed(None, availability="not_available"), None)


def convert(name: str, column: Column, cell: Cell, period: Period, finder: PeriodFinder) -> dict[str, Any]:
    """The staged values of a cell, by staged column. Raises NotAsPromised when it breaks the column's promise."""
    if cell.problem:
        raise NotAsPromised(f"it holds {cell.problem}; enter the value itself, or calculate and save in Excel")
    match column:
        case Text():
            return {name: tidy(cell.text)}
        case Day():
            try:
                return {name: parse_date(cell.text)}
            except NotADate as error:
                raise NotAsPromised(f"{error}; write the day as 22/04/2021") from error
        case EditionPeriod():
            stated = finder(cell.text)
            if stated != period:
                raise NotAsPromised(f"it says '{cell.text}', but the file is of {period.label}; a row of another file?")
            return {name: period.label}
        case Figure():
            return _figure_values(name, column, _parse(column, cell), cell)
    raise TypeError(f"{type(column).__name__} has no rule of conversion")


def _parse(column: Figure, cell: Cell) -> Parsed:
    word = column.words.get(tidy(cell.text).casefold())
    if word is not None:
        return Parsed(None, availability=word)
    try:
        figure = parse_figure(cell.text, shown_as_percent=cell.percent)
    except NotAFigure as error:
        raise NotAsPromised(f"{error}; enter a number such as 1672, 36% or £486,557") from error
    if figure.value is None:
        return figure
    if abs(figure.value) >= TOO_LARGE:
        raise NotAsPromised(f"'{cell.text}' is larger than any figure of a council; is it a slip?")
    if figure.qualifier != "exact" and not column.approximate:
        raise NotAsPromised(
            f"'{cell.text}' is approximate, and the column holds exact figures; enter the figure itself"
        )
    if column.unit is None:
        return figure
    if figure.unit not in ("", column.unit):
        raise NotAsPromised(f"'{cell.text}' is in {figure.unit}, but the column is in {column.unit or 'numbers'}")
    value = _in_points(column, cell, figure.value) if column.unit == "%" and figure.unit == "" else figure.value
    if column.whole and value != value.to_integral_value():
        raise NotAsPromised(f"'{cell.text}' is not a whole number, and the column counts")
    return Parsed(value, column.unit, figure.qualifier, figure.availability)


def _in_points(column: Figure, cell: Cell, value: Decimal) -> Decimal:
    """A number without a percent sign in a column of percentages; one that could be either is refused."""
    if column.plain_is_fraction:
        if abs(value) > 1:
            raise NotAsPromised(f"'{cell.text}' is more than 1 in a column of proportions; is it a percentage?")
        return value * 100
    if abs(value) < 1 and value != 0:
        raise NotAsPromised(f"'{cell.text}' is less than 1 in a column of percentages; is it a proportion?")
    return value


def _figure_values(name: str, column: Figure, figure: Parsed, cell: Cell | None) -> dict[str, Any]:
    value = figure.value
    return {
        name: int(value) if column.whole and value is not None else value,
        f"{name}_unit": figure.unit,
        f"{name}_qualifier": figure.qualifier,
        f"{name}_availability": figure.availability,
        f"{name}_italic": cell is not None and cell.italic,
        f"{name}_cell": cell.address if cell else None,
        f"{name}_text": cell.as_supplied if cell else None,
    }
