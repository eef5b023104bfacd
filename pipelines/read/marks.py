"""What a worksheet's XML says of its cells and a reader of values does not, found cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.read.address import cell_position
from pipelines.read.parts import TRUE, RichTextReader, SharedStrings, Style, local, parse_xml
from pipelines.read.sheet import ERROR, NO_RESULT, SUPERSCRIPT, Marks, Merged, Position

PLAIN = Style()


@dataclass
class SheetFacts:
    """What the XML of one worksheet says, to be laid beside the texts that a reader of values found.

    filled: number of cells that hold a text, if only white space; `has_blanks` says that some hold no more than that.
    area_start: first row and first column of the area of all cells that hold anything, errors and blank texts included;
        None where there are none.
    texts: the texts of cells that the reader of values gets wrong: without their superscripts, null where none is left.
    positions: cells that hold a text with something to see, and `holding` those that hold anything, where they were
        looked at one by one.
    """

    marks: Marks = field(default_factory=Marks)
    filled: int = 0
    has_blanks: bool = False
    area_start: Position | None = None
    texts: dict[Position, str | None] = field(default_factory=dict)
    positions: frozenset[Position] | None = None
    holding: frozenset[Position] = frozenset()


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

    def __init__(self, styles: Sequence[Style], strings: SharedStrings, most_columns: int) -> None:
        self.styles, self.strings, self.most_columns = styles, strings, most_columns
        self.facts = SheetFacts()
        self.filled: set[Position] = set()
        self.area: set[Position] = set()
        self.row = self.column = 0
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
            self.has_formula = self.has_formula or tag == "f"
            self.in_value = tag == "v"
            self.has_text = self.has_text or tag in ("v", "t")
            self.inline.start(tag, attributes)
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if attributes.get("hidden", "0") in TRUE:
                self.facts.marks.hidden_rows.add(self.row)
        elif tag == "col":
            self.facts.marks.hidden_columns.update(hidden_columns(attributes, self.most_columns))
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

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        address = attributes.get("r")
        self.row, self.column = cell_position(address) if address else (self.row, self.column + 1)
        style = int(attributes.get("s", "0"))
        self.style = self.styles[style] if 0 <= style < len(self.styles) else PLAIN
        self.kind, self.value = attributes.get("t", "n"), []
        self.has_formula = self.has_text = self.in_value = False
        self.in_cell = True
        self.inline.reset()

    def _close_cell(self, position: Position) -> None:
        self.in_cell = False
        value = "".join(self.value)
        inline = self.inline.result
        text = inline.text + inline.note if self.kind == "inlineStr" else value
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
        if style.superscript:
            marks.problems[position] = SUPERSCRIPT
            self.facts.texts[position] = None
        elif rich and rich.note:
            self.facts.texts[position] = rich.text.strip() or None
            marks.notes[position] = rich.note


def read_facts(content: bytes, styles: Sequence[Style], strings: SharedStrings, most_columns: int) -> SheetFacts:
    """The facts of one worksheet part, each cell looked at.

    Raises ExpatError when the part is not well-formed XML, ValueError for an address that is none.
    """
    reader = _SheetReader(styles, strings, most_columns)
    parse_xml(content, reader.start, reader.end, reader.data)
    facts = reader.facts
    facts.positions = frozenset(reader.filled)
    facts.holding = frozenset(reader.area | facts.marks.problems.keys())
    errors = {position for position, problem in facts.marks.problems.items() if problem.startswith(ERROR)}
    facts.filled = len(reader.area - errors)
    facts.has_blanks = facts.filled > len(reader.filled)
    if reader.area:
        facts.area_start = (min(row for row, _ in reader.area), min(column for _, column in reader.area))
    return facts
