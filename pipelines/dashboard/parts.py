"""What the pages about a subject are built of: bars with their table, cells that say where something stands."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.charts.bars import BARS
from pipelines.document.model import Block, Cell, Chart, Column, Paragraph, Run, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.publication.suppressed import KEYS, join_hidden
from pipelines.report.wording import figure_in_words, missing_in_words

_KNOWN = """
select {columns}
from marts.{table}
{joined}
inner join marts.reporting_quarter on reporting_quarter.report_quarter = $quarter
where
    {table}.as_at <= reporting_quarter.known_by
    and coalesce(reporting_quarter.known_by < {table}.superseded_on, true)
order by {order}
"""


def known_rows(quarter: Quarter, table: str, order: str) -> list[Row]:
    """Rows of a mart that has editions, as they were known by the cut-off; `order`: its columns to sort by.

    Of a mart that counts people, `hidden` names the columns of a row that are suppressed.
    """
    counts = table in KEYS
    columns = f"{table}.*, suppressed.hidden" if counts else f"{table}.*"
    joined = join_hidden(table, table) if counts else ""
    return quarter.rows(_KNOWN.format(table=table, columns=columns, joined=joined, order=order))


def pounds(value: Decimal | None) -> str:
    """An amount of money in words, to the pound."""
    return figure_in_words(value, "£")


def count(value: int | None) -> str:
    """A count with its thousands parted."""
    return "not given" if value is None else f"{value:,}"


def counted(row: Mapping[str, Any], figure: str) -> str:
    """A count of a row of `known_rows`; where it is missing, whether it is suppressed."""
    return missing_in_words(row, figure, "not given") if row[figure] is None else count(row[figure])


def day(value: Any) -> str:
    """A day in words; an en dash where there is none."""
    return f"{value:%-d %B %Y}" if value else "–"


def place(row: Mapping[str, Any], cell: str = "cell") -> str:
    """Where a row stands: workbook, sheet and cell, as far as it has them."""
    named = ((row.get("workbook"), ""), (row.get("sheet"), "sheet "), (row.get(cell), "cell "))
    return ", ".join(f"{what}{where}" for where, what in named if where)


def bars(name: str, title: str, rows: Sequence[tuple[str, Decimal | int, str]], heads: tuple[str, str]) -> Chart:
    """Amounts as bars: their names, values and values in words, and the headings of the table."""
    columns = [Column("name", heads[0], is_head=True), Column("value", heads[1], numeric=True)]
    return Chart(
        id=name,
        title=title,
        alt=f"Bar chart. {title}: " + ", ".join(f"{label} {said}" for label, _, said in rows) + ".",
        spec=BARS,
        rows=[{"name": label, "value": float(value), "label": said} for label, value, said in rows],
        table=Table(
            f"{name}-figures",
            "The figures of the chart",
            columns,
            [{"name": label, "value": Cell(said)} for label, _, said in rows],
        ),
    )


def nothing(what: str) -> list[Block]:
    """What is said where the marts hold nothing of a subject."""
    return [Paragraph([Run(f"No {what} was received by the quarter's cut-off.")])]
