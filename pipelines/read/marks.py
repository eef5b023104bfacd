"""What a worksheet's XML says of its cells and a reader of values does not, found cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.read.address import cell_address, cell_position
from pipelines.read.guards import MAX_COLUMNS, refuse_beyond_bounds
from pipelines.read.parts import TRUE, RichTextReader, SharedStrings, Style, local, parse_xml
from pipelines.read.sheet import ERROR, NO_RESULT, SUBSCRIPT, SUPERSCRIPT, Marks, Merged, Position

PLAIN = Style()

LAST_ROW = 1_048_576
"""The last row that a sheet of Excel can have."""


@dataclass
class SheetFacts:
    """What the XML of one worksheet says, to be laid beside the texts that a reader of values found.

    filled: number of cells that hold a text, if only white space; `has_blanks` says that some hold no more than that.
    area_start: first row and first column of the area of all cells that hold anything, errors and blank texts included;
        None where there are none.
    texts: the texts of cells that the reader of values gets wrong: without their superscripts, null where none is left.
    raised: cells whose text is wholly in superscript, which is a note.
    positions: cells that hold a text with something to see, where they were looked at one by one.
    has_large_numbers: some numbers may be such that the reader of values spoils their last decimals.
    """

    marks: Marks = field(default_factory=Marks)
    filled: int = 0
    has_blanks: bool = False
    area_start: Position | None = None
    texts: dict[Position, str | None] = field(default_factory=dict)
    raised: set[Position] = field(default_factory=set)
    positions: frozenset[Position] | None = None
    has_large_numbers: bool = field(default=True, compare=False)


def merged_block(reference: str) -> Merged | None:
    """The block that `A2:B3` names; None for a single cell."""
    first, _, last = reference.partition(":")
    if not last:
        return None
    (first_row, first_column), (last_row, last_column) = cell_position(first), cell_position(last)
    return Merged(first_row, first_column, last_row, last_column)


def hidden_columns(attributes: Mapping[str, str], most: int) -> range:
    """The columns that a `col` element hides; none when it does not. Beyond `most` nothing is looked at."""
    if attributes.get("hidden", "0") not in TRUE:
        return range(0)
    return range(int(attributes["min"]), min(int(attributes["max"]), most) + 1)


class _SheetReader:
    """Collects the facts of a worksheet as expat meets its cells; a cell without an address follows the one before."""

    def __init__(self, sheet: str, styles: Sequence[Style], strings: SharedStrings) -> None:
        self.sheet, self.styles, self.strings = sheet, styles, strings
        self.facts = SheetFacts()
        self.filled: set[Position] = set()
        self.area: set[Position] = set()
        self.seen: set[Position] = set()
        self.rows: set[int] = set()
        self.row = self.column = self.last_row = self.last_column = 0
        self.style = PLAIN
        self.kind = ""
        self.has_formula = self.has_text = self.in_cell = self.in_value = False
        self.value: list[str] = []
        self.inline = RichTextReader()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element of a worksheet that begins."""
        tag = local(name)
        if tag == "c":
            self._open_cell(attributes)
        elif self.in_cell:
            if self.in_value or (tag == "v" and self.value):
                raise ValueError(f"cell {cell_address(self.row, self.column)} holds more than one value")
            self.has_formula = self.has_formula or tag == "f"
            self.in_value = tag == "v"
            self.has_text = self.has_text or tag in ("v", "t")
            self.inline.start(tag, attributes)
        elif tag == "row":
            self._open_row(int(attributes.get("r", self.row + 1)))
            if attributes.get("hidden", "0") in TRUE:
                self.facts.marks.hidden_rows.add(self.row)
        elif tag == "col":
            self.facts.marks.hidden_columns.update(hidden_columns(attributes, MAX_COLUMNS))
        elif tag == "mergeCell":
            block = merged_block(attributes.get("ref", ""))
            self.facts.marks.merged += [block] if block else []

    def data(self, text: str) -> None:
        """Takes in characters."""
        if self.in_value:
            self.value.append(text)
        elif self.in_cell:
            self.inline.data(text)

    def end(self, name: str) -> None:
        """Takes in the end of an element."""
        tag = local(name)
        if tag == "c":
            self._close_cell((self.row, self.column))
        elif tag == "v":
            self.in_value = False
        elif self.in_cell:
            self.inline.end(tag)

    def comment(self, _text: str) -> None:
        """Takes in a comment: inside a cell it would cut a value in two."""
        if self.in_cell:
            raise ValueError(f"cell {cell_address(self.row, self.column)} has a comment in its value")

    def _open_row(self, row: int) -> None:
        if row in self.rows or row > LAST_ROW:
            raise ValueError(f"row {row} " + ("stands twice" if row in self.rows else "lies beyond any sheet"))
        self.rows.add(row)
        self.row, self.column = row, 0

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("r")
        self.row, self.column = cell_position(address) if address else (self.row, self.column + 1)
        if (self.row, self.column) in self.seen:
            raise ValueError(f"cell {cell_address(self.row, self.column)} stands twice")
        self.seen.add((self.row, self.column))
        self.style = style_of(attributes.get("s", "0"), self.styles)
        self.kind, self.value = attributes.get("t", "n"), []
        self.has_formula = self.has_text = self.in_value = False
        self.in_cell = True
        self.inline.reset()

    def _close_cell(self, position: Position) -> None:
        self.in_cell = self.in_value = False
        value = "".join(self.value)
        inline = self.inline.result
        text = inline.text + inline.note if self.kind == "inlineStr" else value
        if text or self.has_formula:
            self._keep_within_bounds(*position)
        if self.kind == "s" and text and not text.strip().isdigit():
            raise ValueError(f"cell {cell_address(*position)} refers to a text that is not there")
        if self.kind == "e":
            self.facts.marks.problems[position] = ERROR + text
            self.area.add(position)
        elif self._is_blank(text):
            self.area.add(position)
        elif text.strip():
            self.area.add(position)
            self.filled.add(position)
            self._mark(position, value)
        elif self.has_formula:
            self.facts.marks.problems[position] = NO_RESULT

    def _keep_within_bounds(self, row: int, column: int) -> None:
        if row > self.last_row or column > self.last_column:
            self.last_row, self.last_column = max(row, self.last_row), max(column, self.last_column)
            refuse_beyond_bounds(self.sheet, row, column, self.last_row, self.last_column)

    def _is_blank(self, text: str) -> bool:
        if self.kind == "s":
            return text.strip() in self.strings.blank
        is_result = bool(text) or not self.has_formula or self.kind == "str"
        return self.has_text and not text.strip() and is_result

    def _mark(self, position: Position, value: str) -> None:
        marks, style = self.facts.marks, self.style
        rich = self.inline.result if self.kind == "inlineStr" else self.strings.rich.get(value.strip())
        rich = rich if self.kind in ("s", "inlineStr") else None
        if style.italic:
            marks.italic.add(position)
        if style.percent and self.kind == "n":
            marks.percent.add(position)
        if style.struck or (rich and rich.struck):
            marks.struck.add(position)
        if rich and rich.lowered:
            marks.problems[position] = SUBSCRIPT
        elif style.superscript and self.kind == "n":
            marks.problems[position] = SUPERSCRIPT
        elif style.superscript:
            self.facts.raised.add(position)
        elif rich and rich.note:
            self.facts.texts[position] = rich.text.strip() or None
            marks.notes[position] = rich.note


def style_of(number: str, styles: Sequence[Style]) -> Style:
    """The style that a cell refers to; in a workbook without styles a plain one. Raises ValueError where it is none."""
    if not styles:
        return PLAIN
    if not number.isdigit() or int(number) >= len(styles):
        raise ValueError(f"a cell has the style {number!r}, which is not there")
    return styles[int(number)]


def read_facts(sheet: str, content: bytes, styles: Sequence[Style], strings: SharedStrings) -> SheetFacts:
    """The facts of one worksheet part, each cell looked at.

    Raises ExpatError when the part is not well-formed XML; ValueError for an address that is none, a cell or row that
    stands twice, or a cell that holds two values or refers to what is not there; UnreadableWorkbook for a cell beyond
    the bounds.
    """
    reader = _SheetReader(sheet, styles, strings)
    parse_xml(content, reader.start, reader.end, reader.data, reader.comment)
    facts = reader.facts
    facts.positions = frozenset(reader.filled)
    errors = {position for position, problem in facts.marks.problems.items() if problem.startswith(ERROR)}
    facts.filled = len(reader.area - errors)
    facts.has_blanks = facts.filled > len(reader.filled)
    if reader.area:
        facts.area_start = (min(row for row, _ in reader.area), min(column for _, column in reader.area))
    return facts
