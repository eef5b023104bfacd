"""OpenDocument spreadsheets (.ods), cell by cell, in one pass over their XML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import isfinite

from pipelines.read.address import cell_address
from pipelines.read.guards import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    bounded_sheet,
    open_archive,
    parse_part,
    refuse_beyond_bounds,
    safe_parser,
)
from pipelines.read.ods_styles import DRAWING, OFFICE, TABLE, TEXT, Look, Styles
from pipelines.read.sheet import ERROR, NO_RESULT, SUPERSCRIPT, Cell, Marks, Merged, Sheet, UnreadableWorkbook
from pipelines.read.values import is_error, moment_text, number_text, serial_date_text

_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_NOT_TEXT = frozenset({f"{OFFICE}annotation", f"{TEXT}note", f"{TEXT}ruby-text"})
_NOT_SHEETS = frozenset({f"{TABLE}dde-links", f"{TABLE}shapes", f"{TABLE}tracked-changes", f"{OFFICE}forms"})
_HIDING = ("collapse", "filter")
_VALUE_TYPE = f"{OFFICE}value-type"
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_FORMULA = f"{TABLE}formula"
_STRING_VALUE = f"{OFFICE}string-value"
_ROWS_REPEATED, _COLUMNS_REPEATED = f"{TABLE}number-rows-repeated", f"{TABLE}number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"
_STYLE_NAME = f"{TABLE}style-name"
_STORED_IN = {
    "float": f"{OFFICE}value",
    "percentage": f"{OFFICE}value",
    "currency": f"{OFFICE}value",
    "date": f"{OFFICE}date-value",
    "time": f"{OFFICE}time-value",
    "boolean": f"{OFFICE}boolean-value",
}
"""The attribute in which a value of each type is stored; a text is stored in paragraphs."""

_WHITE_SPACE = re.compile(r"[ \t\r\n]+")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


@dataclass
class _Open:
    """A cell that has begun: the parts of its text and of its superscripts, with the length of both."""

    column: int
    repeated: int
    attributes: dict[str, str]
    look: Look
    paragraphs: int = 0
    parts: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    length: int = 0


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell that holds something, in how many columns it stands, and the size of the block that it is merged over."""

    cell: Cell
    repeated: int
    rows: int
    columns: int


@dataclass
class _Row:
    """The filled cells of one row, which stands `repeated` times."""

    number: int
    repeated: int
    cells: list[_Filled] = field(default_factory=list)


@dataclass
class _Table:
    """A sheet that has begun. Runs are first and last."""

    name: str = ""
    hidden: bool = False
    is_copy: bool = False
    row: int = 0
    column: int = 0
    rows: list[_Row] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[str] = field(default_factory=list)
    row_style: str = ""


def read_ods(content: bytes) -> list[Sheet]:
    """All sheets of an OpenDocument spreadsheet, as text.

    Numbers are as stored, a percentage as its fraction; what stands under a merged cell, in comments and in drawings is
    not read. Raises UnreadableWorkbook when the file is damaged, declares a document type, or holds a value beyond the
    bounds.
    """
    styles = Styles()
    with open_archive(content) as archive:
        if "styles.xml" in archive.namelist():
            parser = safe_parser(namespace_separator=" ")
            parser.StartElementHandler = styles.start_named
            parse_part(archive, "styles.xml", parser)
        reader = _Reader(styles)
        parser = safe_parser(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
        parser.CharacterDataHandler = reader.data
        parse_part(archive, "content.xml", parser)
    return reader.sheets


class _Reader:
    """Collects the sheets of content.xml as expat meets their elements."""

    def __init__(self, styles: Styles) -> None:
        self.sheets: list[Sheet] = []
        self.styles = styles
        self.table = _Table()
        self.within_table = False
        self.row = _Row(0, 1)
        self.cell: _Open | None = None
        self.raised: list[bool] = []
        self.skipped = 0
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            f"{TABLE}table-column": self._start_column,
            f"{TABLE}table-row": self._start_row,
            f"{TABLE}table-cell": self._start_cell,
            f"{TABLE}covered-table-cell": self._start_cell,
            f"{TABLE}table-source": self._start_source,
        }
        self.ends: dict[str, Callable[[], None]] = {
            f"{TABLE}table-row": self._end_row,
            f"{TABLE}table-cell": self._end_cell,
            f"{TABLE}covered-table-cell": self._end_covered,
            f"{TABLE}table": self._end_table,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element that begins; of what is skipped it only counts the depth."""
        if self.skipped or self._to_be_skipped(name):
            self.skipped += 1
        elif self.cell is not None:
            self._start_in_cell(name, attributes, self.cell)
        elif name == f"{TABLE}table":
            style = self.styles.look("table", attributes.get(_STYLE_NAME, ""))
            self.table, self.within_table = _Table(attributes.get(f"{TABLE}name", ""), hidden=style.hidden), True
        elif not self.within_table:
            self.styles.start(name, attributes)
        elif name in self.starts:
            self.starts[name](attributes)

    def end(self, name: str) -> None:
        """Takes in an element that ends."""
        if self.skipped:
            self.skipped -= 1
        elif self.raised:
            self.raised.pop()
        elif name in self.ends:
            self.ends[name]()

    def data(self, text: str) -> None:
        """Takes in text, which counts only within a paragraph of a cell."""
        if self.raised and not self.skipped:
            self._add(_WHITE_SPACE.sub(" ", text))

    def _to_be_skipped(self, name: str) -> bool:
        if self.cell is None:
            return name in _NOT_SHEETS or (name == f"{TABLE}table" and self.within_table)
        if not self.raised:
            return name not in _PARAGRAPHS
        return name in _NOT_TEXT or name.startswith(DRAWING)

    def _start_in_cell(self, name: str, attributes: dict[str, str], cell: _Open) -> None:
        """A paragraph, or what stands in one; `raised` has an entry for each element from the paragraph down."""
        if not self.raised:
            self.raised.append(False)
            if cell.paragraphs:
                self._add("\n")
            cell.paragraphs += 1
            self.raised[-1] = cell.look.raised
            return
        style = attributes.get(f"{TEXT}style-name")
        is_span = name == f"{TEXT}span" and style is not None
        self.raised.append(self.raised[-1] or (is_span and self.styles.look("text", style or "").raised))
        if name == f"{TEXT}s":
            self._add(" " * min(int(attributes.get(f"{TEXT}c", "1")), MAX_TEXT + 1))
        elif name == f"{TEXT}tab":
            self._add("\t")
        elif name == f"{TEXT}line-break":
            self._add("\n")

    def _add(self, text: str) -> None:
        if self.cell is None:
            return
        self.cell.length += len(text)
        if self.cell.length > MAX_TEXT:
            raise UnreadableWorkbook(f"{self._place()}: it holds more than {MAX_TEXT:,} characters. Shorten it.")
        (self.cell.raised if self.raised[-1] else self.cell.parts).append(text)

    def _place(self) -> str:
        column = self.cell.column if self.cell else 1
        return f"Sheet {self.table.name!r}, cell {cell_address(self.row.number, column)}"

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeated, columns = _repeated(attributes, _COLUMNS_REPEATED), self.table.column_styles
        first = len(columns) + 1
        if attributes.get(f"{TABLE}visibility") in _HIDING:
            self.table.hidden_columns.append((first, first + repeated - 1))
        style = attributes.get(f"{TABLE}default-cell-style-name", "")
        columns.extend([style] * min(repeated, MAX_COLUMNS + 1 - len(columns)))

    def _start_source(self, _attributes: dict[str, str]) -> None:
        self.table.is_copy = True

    def _start_row(self, attributes: dict[str, str]) -> None:
        table = self.table
        self.row = _Row(table.row + 1, _repeated(attributes, _ROWS_REPEATED))
        table.row += self.row.repeated
        table.column = 0
        table.row_style = attributes.get(f"{TABLE}default-cell-style-name", "")
        if attributes.get(f"{TABLE}visibility") in _HIDING:
            table.hidden_rows.append((self.row.number, table.row))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        table = self.table
        column, repeated = table.column + 1, _repeated(attributes, _COLUMNS_REPEATED)
        table.column += repeated
        style = attributes.get(_STYLE_NAME) or table.row_style
        if not style and column <= len(table.column_styles):
            style = table.column_styles[column - 1]
        self.cell = _Open(column, repeated, attributes, self.styles.look("table-cell", style))

    def _end_cell(self) -> None:
        cell = self.cell
        if cell is None:
            return
        try:
            made = _cell(self.row.number, cell)
        except (ValueError, OverflowError) as error:
            raise UnreadableWorkbook(
                f"{self._place()}: its value cannot be read ({error}). Type it again and save the file."
            ) from error
        if made.problem or made.note or made.text.strip():
            rows, columns = cell.attributes.get(_ROWS_SPANNED, "1"), cell.attributes.get(_COLUMNS_SPANNED, "1")
            self.row.cells.append(_Filled(made, cell.repeated, int(rows), int(columns)))
        self.cell = None

    def _end_covered(self) -> None:
        self.cell = None

    def _end_row(self) -> None:
        if self.row.cells:
            # before a cell or row that claims to be repeated a million times is
            row = min(self.table.row, MAX_ROWS + 1)
            column = min(max(filled.cell.column + filled.repeated - 1 for filled in self.row.cells), MAX_COLUMNS + 1)
            refuse_beyond_bounds(self.table.name, row, column, row, column)
            self.table.rows.append(self.row)

    def _end_table(self) -> None:
        self.within_table = False
        table = self.table
        if table.is_copy:
            return
        marks = Marks(hidden_sheet=table.hidden)
        sheet = bounded_sheet(table.name, _cells(table, marks), marks)
        last_row = max((row.number + row.repeated - 1 for row in table.rows), default=0)
        marks.hidden_rows |= _numbers(table.hidden_rows, last_row)
        marks.hidden_columns |= _numbers(table.hidden_columns, MAX_COLUMNS)
        self.sheets.append(sheet)


def _repeated(attributes: dict[str, str], said_in: str) -> int:
    return max(1, int(attributes.get(said_in, "1")))


def _numbers(runs: list[tuple[int, int]], last: int) -> set[int]:
    """The numbers in runs, up to the last that matters: a run may go on to the end of the sheet."""
    return {number for start, end in runs for number in range(start, min(end, last) + 1)}


def _cells(table: _Table, marks: Marks) -> Iterator[Cell]:
    """Every filled cell in its place, repeated as often as the file says; merged blocks go to the marks."""
    for row in table.rows:
        for number in range(row.number, row.number + row.repeated):
            for filled in row.cells:
                first = filled.cell.column
                if filled.rows > 1 or filled.columns > 1:
                    marks.merged.append(Merged(number, first, number + filled.rows - 1, first + filled.columns - 1))
                for column in range(first, first + filled.repeated):
                    in_place = number == row.number and column == first
                    yield filled.cell if in_place else replace(filled.cell, row=number, column=column)


def _cell(row: int, cell: _Open) -> Cell:
    """The cell as read. Raises ValueError or OverflowError when it stores what is not of its type."""
    attributes, shown, note = cell.attributes, "".join(cell.parts), "".join(cell.raised).strip()
    kind = attributes.get(_VALUE_TYPE, "")
    stored = attributes.get(_STORED_IN.get(kind, ""))
    if attributes.get(_CALC_TYPE) == "error" or is_error(shown):
        return Cell(row, cell.column, shown, problem=f"{ERROR}{shown}")
    if stored is not None:
        text = _stored_text(kind, stored)
        if cell.look.raised:
            return Cell(row, cell.column, text, problem=SUPERSCRIPT)
    # an empty paragraph is how the empty text that a formula gives is stored
    elif _FORMULA in attributes and (kind in _STORED_IN or not (kind or cell.paragraphs)):
        return Cell(row, cell.column, "", problem=NO_RESULT)
    else:
        text = shown if note else attributes.get(_STRING_VALUE, shown)
    look, percent = cell.look, kind == "percentage"
    return Cell(row, cell.column, text, italic=look.italic, percent=percent, struck=look.struck, note=note)


def _stored_text(kind: str, stored: str) -> str:
    if kind == "date":
        return moment_text(datetime.fromisoformat(stored).replace(tzinfo=None))
    if kind == "time":
        return serial_date_text(_days(stored))
    if kind == "boolean":
        return stored
    number = float(stored)
    if not isfinite(number):
        raise ValueError(f"{stored} is not a number")
    return number_text(number)


def _days(duration: str) -> float:
    """Days of an ISO duration such as PT13H30M00S."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ValueError(f"{duration} is not a time")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
    total = days + (hours * 3600 + minutes * 60 + seconds) / 86_400
    return -total if found[1] else total
