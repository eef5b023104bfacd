"""Sets a document as PDF/UA-1: tagged, with a title, a language, bookmarks and words for each chart.

Text is handed over as data, so none of it is ever read as markup. Only the fonts that the typesetter brings along are
used, and no time of day is written, so that equal documents give equal bytes on every machine.
"""

import json
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from pipelines.charts.drawing import svg_for_print
from pipelines.document.model import (
    Bullets,
    Chart,
    Definitions,
    Document,
    Heading,
    OpenBlock,
    Paragraph,
    Picture,
    Table,
    Words,
    plain,
    runs,
    unfolded,
)

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"

_LONG_WORD = re.compile(r"\S{25}(?=\S)")
"""A longer word may be broken here, lest it run over the edge of its cell."""

_MAY_BREAK = "\u200b"

_PROBE = b"""#set document(title: "probe")
#set text(lang: "en", font: "Libertinus Serif")
#for each in json(bytes(sys.inputs.content)) { each }"""
"""Fails as the document would where a character has no look."""

_NEVER = ("Cc", "Cf", "Cn", "Co", "Cs")
"""Categories of characters that have no look of their own: controls, marks of direction, unassigned ones."""

_LAST_TRIED = "\u2bff"
"""Beyond the symbols the typesetter's fonts have nothing: no script but European ones, no pictures."""


def pdf(document: Document) -> bytes:
    """The document as PDF; equal documents give equal bytes.

    A character that no font here can show stands as its number, `[U+1F600]`. Raises typst.TypstError when the document
    breaks a rule of PDF/UA-1, such as a chart without words for it.
    """
    return _compiled(TEMPLATE, json.dumps(_showable(_content(document)), ensure_ascii=False, sort_keys=True))


def _compiled(template: Path | bytes, content: str) -> bytes:
    import typst

    return typst.compile(
        template,
        None,
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards="ua-1",
        sys_inputs={"content": content},
        timestamp=0,
    )


def _showable(content: Any) -> Any:
    """The content with each character that cannot be shown replaced by its number."""
    characters = frozenset(chain.from_iterable(_texts(content)))
    missing = {ord(each): f"[U+{ord(each):04X}]" for each in _without_look(characters - set(string.printable))}
    return _translated(content, missing)


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield unicodedata.normalize("NFC", content)
    elif isinstance(content, dict | list):
        for inner in content.values() if isinstance(content, dict) else content:
            yield from _texts(inner)


def _translated(content: Any, missing: dict[int, str]) -> Any:
    if isinstance(content, str):
        return unicodedata.normalize("NFC", content).translate(missing)
    if isinstance(content, dict):
        return {name: _translated(inner, missing) for name, inner in content.items()}
    return [_translated(inner, missing) for inner in content] if isinstance(content, list) else content


@cache
def _without_look(characters: frozenset[str]) -> frozenset[str]:
    """Those of the characters that the typesetter's fonts do not have; asked of the typesetter, by halves."""
    never = frozenset(
        each for each in characters - {_MAY_BREAK} if each > _LAST_TRIED or unicodedata.category(each) in _NEVER
    )
    return never | _missing(tuple(sorted(characters - never - {_MAY_BREAK})))


def _missing(characters: Sequence[str]) -> frozenset[str]:
    import typst

    if not characters:
        return frozenset()
    try:
        _compiled(_PROBE, json.dumps(characters))
    except typst.TypstError:
        if len(characters) == 1:
            return frozenset(characters)
        half = len(characters) // 2
        return _missing(characters[:half]) | _missing(characters[half:])
    return frozenset()


def _content(document: Document) -> dict[str, Any]:
    flat = list(unfolded(document.blocks))
    places = Counter(chain.from_iterable(map(_ids, flat)))
    words = partial(_words, {place for place, times in places.items() if times == 1})
    level, blocks = 0, []
    for block in flat:
        if isinstance(block, Heading):
            # the title is no heading here, and a level may not be left out
            level = min(block.level - 1, level + 1)
        blocks.append(_block(block, level, words))
    return {
        "title": document.title,
        "organisation": document.organisation,
        "lines": [words(line) for line in document.lines],
        "foot": [words(line) for line in document.foot],
        "blocks": blocks,
    }


def _ids(block: OpenBlock) -> Iterator[str]:
    if isinstance(block, Heading | Table | Chart | Picture):
        yield block.id
    if isinstance(block, Chart | Picture):
        yield block.table.id


def _words(places: set[str], text: Words) -> list[dict[str, str]]:
    """Runs; a link to a file beside the document leads nowhere once the PDF is sent to somebody, and is left out."""
    return [
        {
            "text": _LONG_WORD.sub(f"\\g<0>{_MAY_BREAK}", run.text),
            "style": run.style,
            "link": run.link if run.link.startswith("https://") or run.link[1:] in places else "",
        }
        for run in runs(text)
    ]


def _block(block: OpenBlock, level: int, words: Any) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": level, "text": block.text, "id": block.id}
        case Paragraph():
            return {"kind": "paragraph", "words": words(block.words)}
        case Bullets():
            return {"kind": "bullets", "items": [words(item) for item in block.items]}
        case Definitions():
            return {"kind": "definitions", "items": [[words(term), words(meaning)] for term, meaning in block.items]}
        case Table():
            return {"kind": "table"} | _table(block, words)
        case Chart() | Picture():
            svg = block.svg if isinstance(block, Picture) else svg_for_print(block)
            chart = {"id": block.id, "title": block.title, "alt": block.alt, "svg": svg}
            return {"kind": "chart", "table": _table(block.table, words)} | chart


def _table(table: Table, words: Any) -> dict[str, Any]:
    return {
        "id": table.id,
        "caption": table.caption,
        "columns": [
            {"label": each.label, "numeric": each.numeric, "width": each.width, "is_head": each.is_head}
            for each in table.columns
        ],
        "rows": [
            [
                {
                    "words": words(cell.words),
                    "note": words(cell.note),
                    "tone": cell.tone,
                    "emphasis": cell.emphasis,
                    "length": len(plain(cell.words)) + len(plain(cell.note)),
                }
                for cell in (table.cell(row, column) for column in table.columns)
            ]
            for row in table.rows
        ],
    }
