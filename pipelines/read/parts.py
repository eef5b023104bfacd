"""The parts of an .xlsx workbook that its sheets refer to: the list of sheets, cell styles, shared strings."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from pipelines.read.guards import safe_parser
from pipelines.read.values import shows_percent

PERCENT_FORMAT_IDS = frozenset({"9", "10"})
"""Number formats built into Excel that show a fraction as a percentage (ECMA-376, 18.8.30)."""

TRUE = ("1", "true")

Parts = Mapping[str, bytes]
"""The members of a workbook's zip that hold XML, by name."""

_SECOND_LOOK = re.compile(rb"\0|<!|vertAlign|strike|<(?:\w+:)?(?:si|t)\b[^>]*(?:/>|>(?:[^!-~]|&#\w+;)*</)")
"""Shared strings that may be blank, rich, or no plain XML; where it finds nothing the part need not be parsed."""


@dataclass(frozen=True, slots=True)
class Style:
    """The facts of a cell style that carry meaning here."""

    italic: bool = False
    percent: bool = False
    struck: bool = False
    superscript: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """A text some of whose runs mean something: without its superscripts, which are `note`.

    lowered: a subscript stands behind a digit, so that nobody can say where the number ends.
    """

    text: str
    note: str
    struck: bool
    lowered: bool = False


@dataclass(frozen=True, slots=True)
class SharedStrings:
    """Numbers, as cells write them, of the shared strings that need a second look."""

    blank: frozenset[str] = frozenset()
    rich: Mapping[str, RichText] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet of the workbook's list, and the zip member that holds it."""

    name: str
    member: str
    hidden: bool


def local(name: str) -> str:
    """An element's name without the prefix of its namespace."""
    return name.rsplit(":", 1)[-1]


def parse_xml(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
    comment: Callable[[str], None] | None = None,
) -> None:
    """One pass over a part. Raises ExpatError when it is not well-formed, UnreadableWorkbook for a document type."""
    parser: Any = safe_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.CommentHandler = comment
    parser.Parse(content, True)


def read_sheet_list(parts: Parts) -> list[SheetPart]:
    """The worksheets in the workbook's order; chart sheets and macros left out.

    Raises KeyError when the workbook's own list of parts is missing.
    """
    relations: dict[str, str] = {}
    sheets: list[SheetPart] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            relations[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            identity = next((value for key, value in attributes.items() if local(key) == "id"), "")
            if identity in relations:
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), relations[identity], hidden))

    parse_xml(parts["xl/_rels/workbook.xml.rels"], relation)
    parse_xml(parts["xl/workbook.xml"], sheet)
    return sheets


def read_styles(parts: Parts) -> tuple[Style, ...]:
    """Cell styles in the order in which cells refer to them; none when the workbook has no styles part."""
    if "xl/styles.xml" not in parts:
        return ()
    return _parse_styles(parts["xl/styles.xml"])


@lru_cache(maxsize=32)
def _parse_styles(content: bytes) -> tuple[Style, ...]:
    """Styles of the part. Workbooks made by one program often share it to the byte, hence the cache."""
    reader = _StylesReader()
    parse_xml(content, reader.start, reader.end)
    return tuple(reader.styles)


class _StylesReader:
    """Collects fonts, number formats and cell formats of styles.xml as expat meets them."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.fonts: list[dict[str, bool]] = []
        self.percent_formats = set(PERCENT_FORMAT_IDS)
        self.styles: list[Style] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element of styles.xml that begins."""
        tag = local(name)
        within = self.path[-1] if self.path else ""
        if tag == "numFmt" and shows_percent(attributes.get("formatCode", "")):
            self.percent_formats.add(attributes.get("numFmtId", ""))
        elif tag == "font" and within == "fonts":
            self.fonts.append({})
        elif within == "font" and "fonts" in self.path:
            self.fonts[-1] |= _font_fact(tag, attributes)
        elif tag == "xf" and within == "cellXfs":
            font = int(attributes.get("fontId", "0"))
            facts = self.fonts[font] if 0 <= font < len(self.fonts) else {}
            known = {name: value for name, value in facts.items() if name != "subscript"}
            self.styles.append(Style(percent=attributes.get("numFmtId") in self.percent_formats, **known))
        self.path.append(tag)

    def end(self, _name: str) -> None:
        self.path.pop()


def _font_fact(tag: str, attributes: Mapping[str, str]) -> dict[str, bool]:
    """What an element of a font says: italic, struck or superscript."""
    value = attributes.get("val", "1")
    if tag == "i":
        return {"italic": value in TRUE}
    if tag == "strike":
        return {"struck": value in TRUE}
    if tag == "vertAlign":
        return {"superscript": value == "superscript", "subscript": value == "subscript"}
    return {}


class RichTextReader:
    """Puts a string together from its runs as expat meets them: text, superscripts apart, phonetic hints left out."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begins a new string."""
        self.text: list[str] = []
        self.note: list[str] = []
        self.run: dict[str, bool] = {}
        self.struck = self.lowered = self.collecting = self.phonetic = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Takes in an element inside a string."""
        if tag == "r":
            self.run = {}
        elif tag == "rPh":
            self.phonetic = True
        elif tag == "t":
            self.collecting = not self.phonetic
        else:
            self.run |= _font_fact(tag, attributes)

    def data(self, text: str) -> None:
        """Takes in characters."""
        if not self.collecting:
            return
        before = "".join(self.text).rstrip()
        self.lowered = self.lowered or (self.run.get("subscript", False) and before[-1:].isdigit())
        (self.note if self.run.get("superscript") else self.text).append(text)
        self.struck = self.struck or (bool(text.strip()) and self.run.get("struck", False))

    def end(self, tag: str) -> None:
        """Takes in the end of an element inside a string."""
        if tag == "t":
            self.collecting = False
        elif tag == "rPh":
            self.phonetic = False
        elif tag == "r":
            self.run = {}

    @property
    def result(self) -> RichText:
        """The string so far."""
        return RichText("".join(self.text), "".join(self.note).strip(), self.struck, self.lowered)


def read_shared_strings(parts: Parts) -> SharedStrings:
    """The shared strings that are blank, or hold superscripts or struck-through text."""
    if "xl/sharedStrings.xml" not in parts:
        return SharedStrings()
    content = parts["xl/sharedStrings.xml"]
    return _parse_shared_strings(content) if _SECOND_LOOK.search(content) else SharedStrings()


def _parse_shared_strings(content: bytes) -> SharedStrings:
    reader = RichTextReader()
    blank: set[str] = set()
    rich: dict[str, RichText] = {}
    count = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        """Begins a string, or takes in an element of it."""
        tag = local(name)
        if tag == "si":
            reader.reset()
        else:
            reader.start(tag, attributes)

    def finish(name: str) -> None:
        """Counts a string that ends, and keeps it where it says something."""
        nonlocal count
        tag = local(name)
        if tag != "si":
            reader.end(tag)
            return
        string = reader.result
        if not string.text.strip() and not string.note:
            blank.add(str(count))
        if string.note or string.struck or string.lowered:
            rich[str(count)] = string
        count += 1

    parse_xml(content, begin, finish, reader.data)
    return SharedStrings(frozenset(blank), rich)
