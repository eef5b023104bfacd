"""What a worksheet's XML says of its cells and a reader of values does not: errors, italics, per cent."""

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from pipelines.read.address import cell_position

Position = tuple[int, int]

PERCENT_FORMAT_IDS = frozenset({"9", "10"})
"""Number formats built into Excel that show a fraction as a percentage (ECMA-376, 18.8.30)."""


@dataclass(frozen=True, slots=True)
class Style:
    """The two facts of a cell style that carry meaning here."""

    italic: bool
    percent: bool


@dataclass
class SheetMarks:
    """Marks of one worksheet. Positions are (row, column), both counted from 1.

    blank: cells that hold a text with nothing to see, which a reader of values counts as filled.
    """

    valued: set[Position] = field(default_factory=set)
    blank: set[Position] = field(default_factory=set)
    errors: dict[Position, str] = field(default_factory=dict)
    formulas_without_result: set[Position] = field(default_factory=set)
    italic: set[Position] = field(default_factory=set)
    percent: set[Position] = field(default_factory=set)


class _StylesReader:
    """Collects fonts, number formats and cell formats of styles.xml as expat meets them."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.italic_fonts: list[bool] = []
        self.percent_formats = set(PERCENT_FORMAT_IDS)
        self.styles: list[Style] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element of styles.xml that begins."""
        tag = _local(name)
        within = self.path[-1] if self.path else ""
        if tag == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", attributes.get("formatCode", "")):
            self.percent_formats.add(attributes.get("numFmtId", ""))
        elif tag == "font" and within == "fonts":
            self.italic_fonts.append(False)
        elif tag == "i" and within == "font" and "fonts" in self.path:
            self.italic_fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif tag == "xf" and within == "cellXfs":
            font = int(attributes.get("fontId", "0"))
            self.styles.append(
                Style(
                    italic=font < len(self.italic_fonts) and self.italic_fonts[font],
                    percent=attributes.get("numFmtId") in self.percent_formats,
                )
            )
        self.path.append(tag)

    def end(self, _name: str) -> None:
        self.path.pop()


class _SheetReader:
    """Collects the marks of a worksheet as expat meets its cells; a cell without an address follows the one before."""

    def __init__(self, styles: list[Style], blank_strings: frozenset[str]) -> None:
        self.styles = styles
        self.blank_strings = blank_strings
        self.marks = SheetMarks()
        self.row = self.column = 0
        self.style: Style | None = None
        self.kind = ""
        self.has_formula = self.has_text = False
        self.text: list[str] = []
        self.collecting = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element of a worksheet that begins."""
        tag = _local(name)
        if tag == "c":
            address = attributes.get("r")
            self.row, self.column = cell_position(address) if address else (self.row, self.column + 1)
            style = int(attributes.get("s", "0"))
            self.style = self.styles[style] if style < len(self.styles) else None
            self.kind, self.text = attributes.get("t", "n"), []
            self.has_formula = self.has_text = False
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "f":
            self.has_formula = True
        elif tag in ("v", "t"):
            self.collecting = self.has_text = True

    def data(self, text: str) -> None:
        if self.collecting:
            self.text.append(text)

    def end(self, name: str) -> None:
        tag = _local(name)
        if tag in ("v", "t"):
            self.collecting = False
        elif tag == "c":
            self._close_cell((self.row, self.column), "".join(self.text))

    def _close_cell(self, position: Position, text: str) -> None:
        if self.kind == "e":
            self.marks.errors[position] = text
        elif self._is_blank(text):
            self.marks.blank.add(position)
        elif text.strip():
            self.marks.valued.add(position)
            if self.style and self.style.italic:
                self.marks.italic.add(position)
            if self.style and self.style.percent and self.kind == "n":
                self.marks.percent.add(position)
        elif self.has_formula:
            self.marks.formulas_without_result.add(position)

    def _is_blank(self, text: str) -> bool:
        if self.kind == "s":
            return text.strip() in self.blank_strings
        is_result = bool(text) or not self.has_formula or self.kind == "str"
        return self.has_text and not text.strip() and is_result


class _BlankStringsReader:
    """Collects the numbers of the shared strings that hold nothing to see."""

    def __init__(self) -> None:
        self.count = 0
        self.blank: set[str] = set()
        self.text: list[str] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            self.text = []

    def data(self, text: str) -> None:
        self.text.append(text)

    def end(self, name: str) -> None:
        if _local(name) == "si":
            if not "".join(self.text).strip():
                self.blank.add(str(self.count))
            self.count += 1


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def _refuse_doctype(*_declaration: object) -> None:
    raise ValueError("it declares a document type, which no workbook does")


def _parse(content: bytes, reader: _StylesReader | _SheetReader | _BlankStringsReader) -> None:
    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    if not isinstance(reader, _StylesReader):
        parser.CharacterDataHandler = reader.data
    parser.Parse(content, True)


def sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Sheet name to the zip member that holds it, in the workbook's order; chart sheets and macros left out.

    Raises KeyError when the workbook's own list of parts is missing.
    """
    relations: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            relations[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "sheet":
            identity = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            if identity in relations:
                sheets[attributes.get("name", "")] = relations[identity]

    for member, handler in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = expat.ParserCreate()
        parser.StartElementHandler = handler
        parser.Parse(archive.read(member), True)
    return sheets


def read_styles(archive: ZipFile) -> list[Style]:
    """Cell styles in the order in which cells refer to them; none when the workbook has no styles part."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    reader = _StylesReader()
    _parse(archive.read("xl/styles.xml"), reader)
    return reader.styles


def read_blank_strings(archive: ZipFile) -> frozenset[str]:
    """Numbers, as cells write them, of the workbook's shared strings that are empty or white space."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return frozenset()
    reader = _BlankStringsReader()
    _parse(archive.read("xl/sharedStrings.xml"), reader)
    return frozenset(reader.blank)


def read_marks(archive: ZipFile, member: str, styles: list[Style], blank_strings: frozenset[str]) -> SheetMarks:
    """The marks of one worksheet part. Raises expat.ExpatError when the part is not well-formed XML."""
    reader = _SheetReader(styles, blank_strings)
    _parse(archive.read(member), reader)
    return reader.marks
