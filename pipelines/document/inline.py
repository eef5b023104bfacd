"""Words, cells and rows of tables as HTML. They are most of a page, and a template would take three times as long."""

from collections.abc import Mapping

from markupsafe import Markup, escape

from pipelines.document.model import Cell, Column, Run, Table, Words

_TAGS = {"strong": "strong", "emphasis": "em", "code": "code"}


def words_html(words: Words) -> Markup:
    """Words as safe HTML."""
    return escape(words) if isinstance(words, str) else Markup("").join(map(_run_html, words))


def _run_html(run: Run) -> Markup:
    shown = escape(run.text)
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
