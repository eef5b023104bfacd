"""Words, cells and rows of tables as HTML. They are most of a page, and a template would take three times as long."""

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from pipelines.document.model import Cell, Column, Run, Table, Words

_LONGEST_WORD = 30
"""Letters of a word that is not broken: longer ones would make a table wider than any page."""

_LONG_WORD = re.compile(rf"(\S{{{_LONGEST_WORD + 1},}})")

_OTHER_DIRECTION = re.compile(r"[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that run from right to left, and marks of direction."""

_TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}


def words_html(words: Words) -> Markup:
    """Words as safe HTML."""
    return text_html(words) if isinstance(words, str) else Markup("").join(map(_run_html, words))


def text_html(text: str) -> Markup:
    """Text as safe HTML: very long words may break anywhere, and no mark of direction turns what stands around it."""
    shown = escape(text)
    if len(text) > _LONGEST_WORD:
        parts = _LONG_WORD.split(text)
        shown = Markup("").join(
            Markup('<span class="long">{}</span>').format(part) if place % 2 else escape(part)
            for place, part in enumerate(parts)
        )
    return Markup("<bdi>{}</bdi>").format(shown) if _OTHER_DIRECTION.search(text) else shown


def _run_html(run: Run) -> Markup:
    shown = text_html(run.text)
    if run.style:
        tag = _TAGS[run.style]
        shown = Markup(f"<{tag}>{shown}</{tag}>")
    return Markup(f'<a href="{escape(run.link)}">{shown}</a>') if run.link else shown


def cell_html(cell: Cell) -> Markup:
    """The contents of a cell as every table shows them, as safe HTML."""
    shown = words_html(cell.words)
    note = f"<small>{words_html(cell.note)}</small>" if cell.note else ""
    return Markup(f"<span><em>{shown}</em>{note}</span>" if cell.emphasis else f"<span>{shown}{note}</span>")


def rows_html(table: Table) -> Markup:
    """The rows of a table's body as safe HTML; a cell of a column that names its rows is their heading."""
    openings = [(column, *_around(column)) for column in table.columns]
    return Markup("\n").join(Markup(f'<tr role="row">{_cells_html(table, row, openings)}</tr>') for row in table.rows)


def _around(column: Column) -> tuple[str, str]:
    name, attributes = ("th", 'scope="row" role="rowheader"') if column.is_head else ("td", 'role="cell"')
    return f'<{name} {attributes} data-label="{escape(column.label)}"', f"</{name}>"


def _cells_html(table: Table, row: Mapping[str, Cell | str], openings: list[tuple[Column, str, str]]) -> str:
    shown = []
    for column, opening, closing in openings:
        cell = table.cell(row, column)
        classes = " ".join(filter(None, ["number" if column.numeric else "", f"tone-{cell.tone}" if cell.tone else ""]))
        shown.append(f"{opening}{f' class={chr(34)}{classes}{chr(34)}' if classes else ''}>{cell_html(cell)}{closing}")
    return "".join(shown)
