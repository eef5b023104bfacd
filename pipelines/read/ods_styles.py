"""Styles of an OpenDocument spreadsheet: of all that they say, what bears on the meaning of a cell or a sheet."""

from dataclasses import dataclass
from functools import cache

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
FORMAT = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0 "
"""Namespaces as a parser with a space for its separator puts them before a name (OpenDocument 1.3, part 3, 1.4)."""

_LINES_THROUGH = (f"{STYLE}text-line-through-style", f"{STYLE}text-line-through-type")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says; hidden is of sheets, the rest of text."""

    italic: bool = False
    struck: bool = False
    raised: bool = False
    hidden: bool = False


class Styles:
    """Collects styles, as a parser meets them in styles.xml and content.xml, and follows each to its parents."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], dict[str, bool]] = {}
        self._parents: dict[tuple[str, str], tuple[str, str]] = {}
        self._open: dict[str, bool] = {}
        self._within_named = True
        self.look = cache(self._look)

    def start_named(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element of styles.xml that begins; outside `office:styles` its styles are of pages, not cells."""
        if name.startswith(OFFICE):
            self._within_named = name == f"{OFFICE}styles"
        if self._within_named:
            self.start(name, attributes)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Takes in an element that begins, whether or not it is about styles."""
        if name == f"{STYLE}style":
            family, key = attributes.get(f"{STYLE}family", ""), attributes.get(f"{STYLE}name", "")
            self._open = self._said[(family, key)] = {}
            if f"{STYLE}parent-style-name" in attributes:
                self._parents[(family, key)] = (family, attributes[f"{STYLE}parent-style-name"])
        elif name == f"{STYLE}text-properties":
            self._open |= _of_text(attributes)
        elif name == f"{STYLE}table-properties" and f"{TABLE}display" in attributes:
            self._open["hidden"] = attributes[f"{TABLE}display"] == "false"
        elif name in (f"{STYLE}default-style", f"{STYLE}page-layout"):
            self._open = {}

    def _look(self, family: str, name: str) -> Look:
        """What a style of that family (`table-cell`, `text`, `table`) says; nothing when there is no such style."""
        chain: list[tuple[str, str]] = []
        style: tuple[str, str] | None = (family, name)
        while style is not None and style not in chain:
            chain.append(style)
            style = self._parents.get(style)
        said: dict[str, bool] = {}
        for ancestor in reversed(chain):
            said |= self._said.get(ancestor, {})
        return Look(**said)


def _of_text(attributes: dict[str, str]) -> dict[str, bool]:
    said = {}
    if f"{FORMAT}font-style" in attributes:
        said["italic"] = attributes[f"{FORMAT}font-style"] in ("italic", "oblique")
    lines = [attributes[line] for line in _LINES_THROUGH if line in attributes]
    if lines:
        said["struck"] = any(line != "none" for line in lines)
    if f"{STYLE}text-position" in attributes:
        shift = attributes[f"{STYLE}text-position"].split(" ")[0]
        said["raised"] = shift == "super" or (shift[:1].isdigit() and shift.strip("0%.") != "")
    return said
