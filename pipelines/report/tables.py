"""Shows tables by great-tables, marked up for screen readers and for a phone, in the style of every page."""

import re
from html import escape
from itertools import product

from pipelines.document.model import Table
from pipelines.document.page import cell_html

_CELL = re.compile(r'<(?P<tag>t[hd])(?P<more>[^>]*) class="gt_row (?P<classes>[^"]*)">')

_HEADING = re.compile(r'<th class="gt_col_heading [^"]*(?P<side>gt_\w+)" rowspan="1" colspan="1" scope="col" id="[^"]*">')

_ROLES = {"<thead>": "rowgroup", '<tbody class="gt_table_body">': "rowgroup", "<tr>": "row"}
"""On a phone rows are shown as blocks, which takes from tables what they mean unless it is said."""


def table_html(table: Table) -> str:
    """The table as HTML that is safe to put in a page of `pipelines.document.page`.

    The style that great-tables gives each table is left out: it knows no dark page and no phone, and the page's own does.
    """
    html = _rendered(table)
    html = html[html.index("<table ") : html.index("</table>") + len("</table>")]
    for tag, role in _ROLES.items():
        html = html.replace(tag, f'{tag[:-1]} role="{role}">').replace('<tr class="gt_col_headings">', '<tr role="row">')
    html = _HEADING.sub(lambda found: f'<th scope="col" role="columnheader" class="{found["side"]}">', html)
    # contents are escaped, so that these tags are those of the table, row by row
    cells = product(table.rows, _in_order(table))
    html = _CELL.sub(lambda found: _opening(table, found, next(cells)), html)
    unseen = ' class="unseen"' if table.hides_caption else ""
    opening = f'<table id="{escape(table.id)}" class="gt_table" role="table"><caption{unseen}>{escape(table.caption)}</caption>'
    return f'<div class="scroll">{opening}{html[html.index(">") + 1 :]}</div>'


def _in_order(table: Table) -> list[str]:
    """Keys of the columns as great-tables puts them: the heads of rows first."""
    return [column.key for column in sorted(table.columns, key=lambda column: not column.is_head)]


def _rendered(table: Table) -> str:
    import polars as pl
    from great_tables import GT
    from great_tables import html as safe

    # braces in a label are read as units, and the label is then left unescaped
    labels = {column.key: safe(escape(column.label).replace("{", "&#123;")) for column in table.columns}
    cells = {column.key: [cell_html(table.cell(row, column)) for row in table.rows] for column in table.columns}
    head = next((column.key for column in table.columns if column.is_head), None)
    numeric = [column.key for column in table.columns if column.numeric]
    made = GT(pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String)), id=table.id, rowname_col=head)
    if head:
        made = made.tab_stubhead(label=labels.pop(head))
    made = made.cols_label(cases=labels).cols_align("left", columns=[key for key in cells if key not in numeric])
    if numeric:
        made = made.cols_align("right", columns=numeric)
    return str(made.fmt(lambda text: text, columns=list(cells)).as_raw_html())


def _opening(table: Table, found: re.Match[str], place: tuple[object, str]) -> str:
    row, key = place
    column = next(each for each in table.columns if each.key == key)
    tone = table.cell(row, column).tone  # type: ignore[arg-type]
    role = 'scope="row" role="rowheader"' if found["tag"] == "th" else 'role="cell"'
    classes = f"{found['classes']} tone-{tone}" if tone else found["classes"]
    return f'<{found["tag"]} {role} data-label="{escape(column.label)}" class="{classes}">'
