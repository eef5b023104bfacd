"""A worksheet as every reader gives it: columns of text where they stand, and what the file says of single cells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from pipelines.read.address import cell_address

Position = tuple[int, int]
"""(row, column), both counted from 1."""


MANY = 2_000
"""From so many rows on, setting out to look at a whole column at once pays."""

_TOGETHER = 256
"""Rows of which the texts are taken out of their columns together, when one of them is asked for."""

ERROR = "the error "
"""How the problem of a cell that holds an error value begins; the error's own text follows."""

NO_RESULT = "a formula without a stored result"
"""The problem of a cell whose formula was never calculated."""

SUPERSCRIPT = "a text wholly in superscript, which may be a footnote"
"""The problem of a cell of which nobody can say whether it is a figure or a mark of its neighbour."""

SUBSCRIPT = "a subscript behind a digit"
"""The problem of a cell of which nobody can say where its number ends."""


class UnreadableWorkbook(Exception):
    """The bytes are not a workbook that can be read whole; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A non-empty cell.

    problem: why its text must not be used: an error value, or a formula without a result.
    note: a footnote mark in superscript, which is not part of the text.
    supplied: the text as supplied, where a recorded correction has put another in its place.
    """

    row: int
    column: int
    text: str
    problem: str | None = None
    italic: bool = False
    percent: bool = False
    struck: bool = False
    note: str = ""
    supplied: str | None = None

    @property
    def as_supplied(self) -> str:
        """The text that the workbook itself holds."""
        return self.text if self.supplied is None else self.supplied

    @property
    def address(self) -> str:
        """Address such as B4."""
        return cell_address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Merged:
    """A block of merged cells; only its first cell holds the value. All four bounds are in the block, from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Marks:
    """What a sheet says of its cells beside their text.

    problems: cells that hold an error value or a formula without a result, whose text is null.
    percent: cells that hold a plain number and show it as a percentage.
    """

    problems: dict[Position, str] = field(default_factory=dict)
    italic: set[Position] = field(default_factory=set)
    percent: set[Position] = field(default_factory=set)
    struck: set[Position] = field(default_factory=set)
    notes: dict[Position, str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_sheet: bool = False


@dataclass
class Sheet:
    """One worksheet. `texts` has a String column per sheet column from `first_column` on, a row per sheet row from
    `first_row` on; null where a cell is empty, blank or a problem.

    corrected: by cell, the text as supplied, where a recorded correction has put another in its place.
    """

    name: str
    first_row: int
    first_column: int
    texts: pl.DataFrame
    marks: Marks = field(default_factory=Marks)
    corrected: dict[Position, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[int, list[str | None]]:
        """Texts by sheet column, a text per row from `first_row` on."""
        return {self.first_column + index: series.to_list() for index, series in enumerate(self.texts.get_columns())}

    @property
    def column_numbers(self) -> range:
        """The sheet columns that there are texts of."""
        return range(self.first_column, self.first_column + self.texts.width)

    @cached_property
    def marked_rows(self) -> dict[int, set[int]]:
        """By column, the rows in which something is said of the cell beside its text."""
        marks = self.marks
        marked: dict[int, set[int]] = {}
        for positions in (marks.problems, marks.italic, marks.percent, marks.struck, marks.notes, self.corrected):
            for row, column in positions:
                marked.setdefault(column, set()).add(row)
        return marked

    @cached_property
    def problem_rows(self) -> set[int]:
        """Rows that hold an error value or a formula without a result."""
        return {row for row, _ in self.marks.problems}

    @cached_property
    def row_numbers(self) -> Sequence[int]:
        """Numbers of the rows that hold anything, a text or a problem; of many without a gap, a range."""
        if self.texts.height < MANY:
            width = self.texts.width
            rows = enumerate(zip(*self.columns.values(), strict=True), start=self.first_row)
            return sorted({number for number, row in rows if row.count(None) < width} | self.problem_rows)
        holds = self.texts.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
        filled = consecutive(holds.arg_true() + self.first_row)
        return sorted({*filled, *self.problem_rows}) if self.problem_rows else filled

    @property
    def filled(self) -> int:
        """Number of cells that hold a text; before `without_blanks`, if only white space."""
        return sum(self.texts.height - series.null_count() for series in self.texts.get_columns())

    def positions(self) -> set[Position]:
        """The cells that hold a text with something to see."""
        return {
            (self.first_row + index, column)
            for column, texts in self.columns.items()
            for index, text in enumerate(texts)
            if text is not None
        }

    def without_blanks(self) -> "Sheet":
        """The sheet with null where a text has nothing to see."""
        return replace(self, texts=blanks_nulled(self.texts))

    def with_texts(self, changes: Mapping[Position, str | None]) -> "Sheet":
        """The sheet with other texts in some of its cells."""
        if not changes:
            return self
        frame = self.texts.clone()
        for column in {column for _, column in changes}:
            series = frame.to_series(column - self.first_column)
            texts = series.to_list()
            for (row, at), text in changes.items():
                if at == column:
                    texts[row - self.first_row] = text
            frame.replace_column(column - self.first_column, pl.Series(series.name, texts, dtype=pl.String))
        return replace(self, texts=frame)

    def text(self, row: int, column: int) -> str | None:
        """Text of a cell; None where it is empty or a problem."""
        if self._is_large:
            of_row, place = self.texts_of_row(row), column - self.first_column
            return of_row[place] if 0 <= place < len(of_row) else None
        texts, index = self.columns.get(column), row - self.first_row
        return texts[index] if texts is not None and 0 <= index < len(texts) else None

    @cached_property
    def _is_large(self) -> bool:
        return self.texts.height >= MANY

    def texts_of_row(self, row: int) -> Sequence[str | None]:
        """The texts of a row by column from `first_column` on; none of a row that lies beside them."""
        number, index = divmod(row - self.first_row, _TOGETHER)
        if number not in self._rows:
            # rows beside those asked for will be asked for too, and all rows of a large sheet never are
            together = self.texts.slice(number * _TOGETHER, _TOGETHER) if number >= 0 else pl.DataFrame()
            self._rows[number] = list(zip(*(series.to_list() for series in together.get_columns()), strict=True))
        rows = self._rows[number]
        return rows[index] if index < len(rows) else ()

    @cached_property
    def _rows(self) -> dict[int, list[tuple[str | None, ...]]]:
        return {}

    def cell(self, row: int, column: int) -> Cell | None:
        """A cell with all that is known of it; None where it is empty."""
        position = (row, column)
        marks = self.marks
        if position in marks.problems:
            problem = marks.problems[position]
            return Cell(row, column, problem.partition(ERROR)[2], problem=problem)
        text = self.text(row, column)
        if text is None:
            return None
        if row not in self.marked_rows.get(column, ()):
            return Cell(row, column, text)
        return Cell(
            row,
            column,
            text,
            italic=position in marks.italic,
            percent=position in marks.percent,
            struck=position in marks.struck,
            note=marks.notes.get(position, ""),
            supplied=self.corrected.get(position),
        )

    def line(self, row: int) -> dict[int, Cell]:
        """The cells of a row that are not empty, by column."""
        columns: Iterable[int] = self.column_numbers
        if row in self.problem_rows:
            columns = sorted({*columns, *(column for number, column in self.marks.problems if number == row)})
        cells = ((column, self.cell(row, column)) for column in columns)
        return {column: cell for column, cell in cells if cell is not None}

    def lines(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Every row that holds anything, with its number."""
        for row in self.row_numbers:
            yield row, self.line(row)


def consecutive(numbers: Sequence[int] | pl.Series) -> Sequence[int]:
    """Numbers that grow, as a range where none is left out."""
    if len(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1:
        return range(numbers[0], numbers[-1] + 1)
    return list(numbers)


def blanks_nulled(texts: pl.DataFrame) -> pl.DataFrame:
    """The texts with null where there is nothing to see."""
    # a text that begins with a visible sign of ASCII is not blank; what white space there is beyond, Python says
    doubtful = texts.select((pl.all() < "!") | (pl.all() > "~"))
    columns = texts.get_columns()
    for index, places in enumerate(series.arg_true() for series in doubtful.get_columns()):
        held = zip(places, columns[index].gather(places), strict=True) if len(places) else ()
        if blank := [place for place, text in held if not text.strip()]:
            columns[index] = columns[index].scatter(blank, None)
    return pl.DataFrame(columns)


def sheet_of_cells(name: str, cells: Iterable[Cell], marks: Marks | None = None) -> Sheet:
    """A sheet made of single cells, for readers that find them one by one; `marks` holds what is not of one cell."""
    marks = marks or Marks()
    filled: dict[int, dict[int, str]] = {}
    for cell in cells:
        position = (cell.row, cell.column)
        if cell.problem:
            marks.problems[position] = cell.problem
            continue
        if not cell.text.strip():
            marks.notes |= {position: cell.note} if cell.note else {}
            continue
        filled.setdefault(cell.column, {})[cell.row] = cell.text
        for marked, positions in (
            (cell.italic, marks.italic),
            (cell.percent, marks.percent),
            (cell.struck, marks.struck),
        ):
            if marked:
                positions.add(position)
        if cell.note:
            marks.notes[position] = cell.note
    if not filled:
        return Sheet(name, 1, 1, pl.DataFrame(), marks)
    first_row, last_row = min(map(min, filled.values())), max(map(max, filled.values()))
    rows = range(first_row, last_row + 1)
    texts = {
        str(column): pl.Series([by_row.get(row) for row in rows], dtype=pl.String)
        for column in range(min(filled), max(filled) + 1)
        for by_row in (filled.get(column, {}),)
    }
    return Sheet(name, first_row, min(filled), pl.DataFrame(texts), marks)
