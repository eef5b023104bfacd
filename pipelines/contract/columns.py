"""Converts a column of cells: one by one, and where there are many, the plain numbers among them all at once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from pipelines.contract.convert import NotAsPromised, Promise, convert, empty_values, part_columns
from pipelines.contract.model import Figure, Text
from pipelines.contract.outcome import Values
from pipelines.read.address import column_letters
from pipelines.read.sheet import MANY, Cell, Sheet

DECIMAL = pl.Decimal(28, 6)
"""Staged figures: room for a thousand million million, and six decimals."""

EXACT = pl.Decimal(38, 15)
"""Figures of more decimals until they are staged: totals are compared with the sum of what the cells hold."""

PLAIN_TEXT = r"^[!-)+-\\^-~]+(?: [!-)+-\\^-~]+)*$"
"""Visible ASCII without asterisks and brackets, in words with one space between them."""

_PLACES = {DECIMAL: Decimal("0.000001"), EXACT: Decimal("1e-15")}
_SIX_DECIMALS = len("0.000001")
_MORE_DECIMALS = r"\.[0-9]{7}"

Report = Callable[[Cell, str], None]
"""Takes a cell and what is wrong with it."""


@dataclass(frozen=True)
class Cells:
    """The cells of one column of a table: its sheet column, and the sheet row of each; None where it is blank.

    A row stands twice where a value holds for the rows below it.
    """

    sheet: Sheet
    column: int
    rows: Sequence[int | None]


def fitting(kind: Any, values: Iterable[Any]) -> list[Any]:
    """The values as a column of that type takes them: figures rounded to its decimals, halves away from nought."""
    if kind not in _PLACES:
        return list(values)
    return [value.quantize(_PLACES[kind], ROUND_HALF_UP) if value is not None else None for value in values]


def as_staged(values: pl.Series, kind: Any) -> pl.Series:
    """A column as it is staged: figures rounded to its decimals, halves away from nought."""
    return (values.round(6, mode="half_away_from_zero") if values.dtype == EXACT else values).cast(kind)


def convert_column(promise: Promise, cells: Cells, report: Report) -> dict[str, Values]:
    """The staged columns of a contract column, a value per row of `cells`; what breaks the promise is reported."""
    if not isinstance(promise.column, Figure | Text):
        return _one_by_one(promise, cells, report)
    if len(cells.rows) >= MANY:
        return _all_at_once(promise, cells, report)
    return _plain_first(promise, cells, report)


def _one_by_one(promise: Promise, cells: Cells, report: Report) -> dict[str, Values]:
    columns: dict[str, list[Any]] = {name: [] for name in empty_values(promise.name, promise.column)}
    appends = [(name, values.append) for name, values in columns.items()]
    for row in cells.rows:
        cell = cells.sheet.cell(row, cells.column) if row is not None else None
        values = _values(promise, cell, report)
        for name, append in appends:
            append(values[name])
    return dict(columns)


def _plain_first(promise: Promise, cells: Cells, report: Report) -> dict[str, Values]:
    """Cells one by one, with little ado for plain numbers and texts: `_all_at_once` for columns that are short."""
    name, column, sheet = promise.name, promise.column, cells.sheet
    marked = sheet.marked_rows.get(cells.column, set())
    letters, texts, first = column_letters(cells.column), sheet.columns.get(cells.column, []), sheet.first_row
    made: dict[str, list[Any]] = {staged: [value] * len(cells.rows) for staged, value in _plain_facts(promise).items()}
    is_plain, number = _plain_test(promise), int if isinstance(column, Figure) and column.whole else Decimal
    scale = _scale(promise)
    for index, row in enumerate(cells.rows):
        text = None if row is None or row in marked else texts[row - first]
        if text is None or not is_plain(text):
            cell = sheet.cell(row, cells.column) if row is not None else None
            for staged, value in _values(promise, cell, report).items():
                made[staged][index] = value
        elif isinstance(column, Figure):
            made[name][index] = number(text) * scale if scale != 1 else number(text)
            made[f"{name}_cell"][index] = f"{letters}{row}"
            made[f"{name}_text"][index] = text
        else:
            made[name][index] = text
    return dict(made)


def _plain_test(promise: Promise) -> Callable[[str], object]:
    """Whether a text is plain, as `_plain` finds it for many."""
    column = promise.column
    if not isinstance(column, Figure):
        return re.compile(PLAIN_TEXT).fullmatch
    matches = re.compile(_plain_number(column, promise)).fullmatch
    if column.unit != "%":
        return matches
    if column.plain_is_fraction:
        return lambda text: matches(text) and abs(float(text)) <= 1
    return lambda text: matches(text) and (abs(float(text)) >= 1 or float(text) == 0)


def _plain_number(column: Figure, promise: Promise) -> str:
    """Pattern of numbers that mean one thing; those of more digits are for `convert` to refuse."""
    digits = 15 - len(str(promise.scale))
    return rf"^-?(?:0|[1-9][0-9]{{0,{digits}}})" + ("$" if column.whole else r"(?:\.[0-9]{1,15})?$")


def _plain_facts(promise: Promise) -> dict[str, Any]:
    """What is staged beside a plain number, or nothing but the text itself; null where each has its own."""
    name, column = promise.name, promise.column
    nothing: dict[str, Any] = dict.fromkeys(empty_values(name, column))
    if not isinstance(column, Figure):
        return nothing
    facts = {"unit": column.unit or "", "qualifier": "exact", "availability": "value", "italic": False}
    return nothing | {f"{name}_{fact}": value for fact, value in facts.items()}


def _scale(promise: Promise) -> int:
    """What a plain number is multiplied by: to points from a proportion, to pounds from thousands or millions."""
    column = promise.column
    is_proportion = isinstance(column, Figure) and column.unit == "%" and column.plain_is_fraction
    return (100 if is_proportion else 1) * promise.scale


def _values(promise: Promise, cell: Cell | None, report: Report) -> dict[str, Any]:
    if cell is not None:
        try:
            return convert(promise, cell)
        except NotAsPromised as error:
            report(cell, str(error))
    return empty_values(promise.name, promise.column)


def _all_at_once(promise: Promise, cells: Cells, report: Report) -> dict[str, Values]:
    """Plain numbers and texts by column; whatever is not plain, or of which the sheet says more, one by one."""
    sheet = cells.sheet
    texts = texts_of(cells)
    is_plain = _plain(promise, texts)
    if marked := _marked(cells):
        is_plain = is_plain.scatter(marked, values=False)
    values = _plain_values(promise, cells, texts, is_plain)
    odd = is_plain.not_().arg_true().to_list()
    if not odd:
        return dict(values)
    slow = _one_by_one(promise, Cells(sheet, cells.column, [cells.rows[index] for index in odd]), report)
    return {name: _filled(column, odd, slow[name]) for name, column in values.items()}


def _filled(column: pl.Series, places: Sequence[int], values: Values) -> pl.Series:
    """The column with these values in those places."""
    if column.dtype == DECIMAL and fitting(DECIMAL, values) != list(values):
        column = column.cast(EXACT)
    return column.clone().scatter(places, pl.Series(fitting(column.dtype, values), dtype=column.dtype))


def _marked(cells: Cells) -> list[int]:
    """The places of the cells of which something is said beside their text."""
    marked = cells.sheet.marked_rows.get(cells.column, set())
    if isinstance(cells.rows, range):
        return [row - cells.rows.start for row in sorted(marked) if row in cells.rows]
    return [index for index, row in enumerate(cells.rows) if row in marked] if marked else []


def texts_of(cells: Cells) -> pl.Series:
    """The text of each cell; null where it is blank or a problem, which may stand beside or below all texts."""
    texts, first, rows = cells.sheet.texts, cells.sheet.first_row, cells.rows
    index, height = cells.column - cells.sheet.first_column, texts.height
    if not 0 <= index < texts.width:
        return pl.repeat(None, len(rows), dtype=pl.String, eager=True)
    if isinstance(rows, range) and first <= rows.start and rows.stop <= first + height:
        return texts.to_series(index).slice(rows.start - first, len(rows))
    places = pl.Series(rows, dtype=pl.Int64) - first
    within = pl.select(pl.when((places >= 0) & (places < height)).then(places)).to_series()
    return texts.to_series(index).gather(within)


def _plain(promise: Promise, texts: pl.Series) -> pl.Series:
    """Which texts are what they seem: nothing in them can mean anything but the number or the words written."""
    column = promise.column
    if isinstance(column, Text):
        return texts.str.contains(PLAIN_TEXT).fill_null(value=False)
    if not isinstance(column, Figure):
        raise TypeError(f"{type(column).__name__} is not converted all at once")
    is_plain = texts.str.contains(_plain_number(column, promise))
    if column.unit == "%":
        # a proportion among percentages, or the reverse, is for `convert` to judge
        size = texts.cast(pl.Float64, strict=False).abs()
        is_plain &= (size <= 1) if column.plain_is_fraction else (size >= 1) | (size == 0)
    return is_plain.fill_null(value=False)


def _plain_values(promise: Promise, cells: Cells, texts: pl.Series, is_plain: pl.Series) -> dict[str, pl.Series]:
    """Staged columns of the plain texts; the rows that are not plain hold nothing that counts."""
    name, column, height = promise.name, promise.column, len(texts)
    plain = texts if is_plain.all() else pl.select(pl.when(is_plain).then(texts)).to_series()
    if not isinstance(column, Figure):
        return {name: plain}
    made = {
        name: plain.cast(pl.Int64) * _scale(promise) if column.whole else _numbers(plain, _scale(promise)),
        f"{name}_cell": addresses(cells),
        f"{name}_text": plain,
    }
    kinds: dict[str, Any] = {f"{name}_italic": pl.Boolean}
    kinds |= dict.fromkeys([f"{name}_numerator", f"{name}_denominator", *part_columns(name, column).values()], DECIMAL)
    return {
        staged: made[staged] if staged in made else repeated(value, height, kinds.get(staged, pl.String))
        for staged, value in _plain_facts(promise).items()
    }


@lru_cache(maxsize=8)
def repeated(value: Any, height: int, kind: Any) -> pl.Series:
    """A column that holds one value throughout; the columns of a table share these, which are most of it."""
    return pl.repeat(value, height, dtype=kind, eager=True)


def _numbers(plain: pl.Series, scale: int) -> pl.Series:
    """The numbers that plain texts write, times `scale`; as many decimals as they need, six at least."""
    if plain.filter(plain.str.len_bytes() > _SIX_DECIMALS).str.contains(_MORE_DECIMALS).any():
        return plain.cast(EXACT) * scale
    return (plain.cast(DECIMAL) * scale).cast(DECIMAL) if scale != 1 else plain.cast(DECIMAL)


def addresses(cells: Cells) -> pl.Series:
    """The address of each cell; null where it is blank."""
    rows = _in_digits(cells.rows) if isinstance(cells.rows, range) else pl.Series(cells.rows, dtype=pl.Int64)
    return pl.select(pl.lit(column_letters(cells.column)) + rows.cast(pl.String)).to_series()


@lru_cache(maxsize=1)
def _in_digits(rows: range) -> pl.Series:
    return pl.int_range(rows.start, rows.stop, eager=True).cast(pl.String)
