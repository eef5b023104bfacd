"""Shows tables by great-tables, marked up for screen readers and for a phone, in the style of every page."""

import re
from html import escape
from itertools import product

from pipelines.document.inline import cell_html, words_html
from pipelines.document.model import Column, Table

_CELL = re.compile(r'<(?P<tag>t[hd])[^>]* class="gt_row (?P<classes>[^"]*)">')

_HEADING = re.compile(r'<th class="gt_col_heading [^"]*(?P<side>gt_\w+)"[^>]*>')

_ROLES = {
    "<thead>": '<thead role="rowgroup">',
    '<tbody class="gt_table_body">': '<tbody role="rowgroup">',
    "<tr>": '<tr role="row">',
    '<tr class="gt_col_headings">': '<tr role="row">',
}
"""On a phone rows are shown as blocks, which takes from tables what they mean unless it is said."""

FEW_COLUMNS = 2
"""A table of so few is not made as wide as the page, which would tear its figures from what they are of."""


def table_html(table: Table) -> str:
    """The table as HTML that is safe to put in a page of `pipelines.document.page`.

    The style that great-tables gives each table is left out: it knows no dark page and no phone, and the page's does.
    """
    rendered = _rendered(table)
    inner = rendered[rendered.index("<thead>") : rendered.index("</table>")]
    for tag, with_role in _ROLES.items():
        inner = inner.replace(tag, with_role)
    inner = _HEADING.sub(lambda found: f'<th scope="col" role="columnheader" class="{found["side"]}">', inner)
    # contents are escaped, so that these tags are those of the table: row by row, the heads of rows first
    places = product(table.rows, sorted(table.columns, key=lambda column: not column.is_head))
    tones = ((column, table.cell(row, column).tone) for row, column in places)
    inner = _CELL.sub(lambda found: _opening(found, *next(tones)), inner)
    size = "gt_table narrow" if len(table.columns) <= FEW_COLUMNS else "gt_table"
    unseen = ' class="unseen"' if table.hides_caption else ""
    return (
        f'<div class="scroll"><table id="{escape(table.id)}" class="{size}" role="table">'
        f"<caption{unseen}>{escape(table.caption)}</caption>{inner}</table></div>"
    )


def _rendered(table: Table) -> str:
    import polars as pl
    from great_tables import GT, html

    cells = {column.key: [cell_html(table.cell(row, column)) for row in table.rows] for column in table.columns}
    head = next((column for column in table.columns if column.is_head), None)
    made = GT(
        pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)), id=table.id, rowname_col=head.key if head else None
    )
    if head:
        made = made.tab_stubhead(label=html(_label(head)))
    for column in table.columns:
        if column is not head:
            made = made.cols_label(cases={column.key: html(_label(column))})
            made = made.cols_align("right" if column.numeric else "left", columns=column.key)
    return str(made.fmt(lambda text: text, columns=list(cells)).as_raw_html())


def _label(column: Column) -> str:
    """A label as HTML. Braces in it would be read as units."""
    return str(words_html(column.label)).replace("{", "&#123;")


def _opening(found: re.Match[str], column: Column, tone: str) -> str:
    role = 'scope="row" role="rowheader"' if found["tag"] == "th" else 'role="cell"'
    classes = f"{found['classes']} tone-{tone}" if tone else found["classes"]
    return f'<{found["tag"]} {role} data-label="{escape(column.label)}" class="{classes}">'
