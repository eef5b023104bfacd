"""The blocks that a document is made of. All text is plain: whoever shows a block escapes it; nothing comes alive."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Tone = Literal["", "R", "A", "G", "better", "stable", "worse", "muted"]
"""What a cell's colour goes with; the words of the cell say it too."""


@dataclass(frozen=True)
class Run:
    """Some text of one style; link is the address of a page, relative to the document, or of a place in it (`#id`)."""

    text: str
    style: Literal["", "strong", "emphasis", "code"] = ""
    link: str = ""


Words = str | Sequence[Run]
"""Text of one paragraph, cell or item."""


def runs(words: Words) -> Sequence[Run]:
    """Words as runs."""
    return [Run(words)] if isinstance(words, str) else words


def plain(words: Words) -> str:
    """Words as plain text."""
    return "".join(run.text for run in runs(words))


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or deeper, the title of the document being level 1. id: where links lead to."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    words: Words


@dataclass(frozen=True)
class Bullets:
    """A list without numbers."""

    items: Sequence[Words]


@dataclass(frozen=True)
class Definitions:
    """Terms, each with what it means."""

    items: Sequence[tuple[Words, Words]]


@dataclass(frozen=True)
class Cell:
    """A cell of a table. note: said below it, smaller. emphasis: italic, for what is forecast or provisional."""

    words: Words
    note: Words = ""
    tone: Tone = ""
    emphasis: bool = False


@dataclass(frozen=True)
class Column:
    """A column. numeric: set to the right. width: its share beside the others. is_head: its cells name their rows."""

    key: str
    label: str
    numeric: bool = False
    width: float = 1.0
    is_head: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; every row has a cell (or a text) for every column. id: unique in the document.

    hides_caption: it is there for who cannot see the heading above the table, and hidden from who can.
    """

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Cell | str]]
    hides_caption: bool = False

    def cell(self, row: Mapping[str, Cell | str], column: Column) -> Cell:
        """The cell of a row in a column."""
        found = row[column.key]
        return Cell(found) if isinstance(found, str) else found


@dataclass(frozen=True)
class Chart:
    """A picture of figures, with what it shows in words and the figures beside it.

    spec: Vega-Lite without data, whose data set is named `rows`; colours are names of `pipelines.charts.colours`.
    rows: its data. alt: what a reader who cannot see it must know. table: the same figures.
    """

    id: str
    title: str
    alt: str
    spec: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    table: Table


@dataclass(frozen=True)
class Picture:
    """A drawing made ahead, with what it shows in words and as a table. svg: safe, and put in as it is."""

    id: str
    title: str
    alt: str
    svg: str
    table: Table


OpenBlock = Heading | Paragraph | Bullets | Definitions | Table | Chart | Picture


@dataclass(frozen=True)
class Folded:
    """A section that a page shows by its heading alone until somebody opens it; in print all of it stands."""

    heading: Heading
    blocks: Sequence["Block"]


Block = OpenBlock | Folded


def unfolded(blocks: Iterable[Block]) -> Iterator[OpenBlock]:
    """Blocks in their order with those of folded sections among them."""
    for block in blocks:
        if isinstance(block, Folded):
            yield block.heading
            yield from unfolded(block.blocks)
        else:
            yield block


@dataclass(frozen=True)
class Document:
    """A document: its title, the lines under it, its blocks in order, and what stands at its foot."""

    title: str
    organisation: str
    lines: Sequence[Words]
    blocks: Sequence[Block]
    foot: Sequence[Words] = field(default=())
