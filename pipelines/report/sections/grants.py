"""DWP grants and the Household Support Fund: what was allocated, what was paid to whom, and what came of it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.document.model import Block, Cell, Chart, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.publication.suppressed import join_hidden
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import (
    day_in_words,
    end_of_edition,
    figure_in_words,
    missing_in_words,
    scheme_state_in_words,
)

_SCHEMES = f"""
select shown.*, suppressed.hidden
from marts.grant_scheme as shown
{join_hidden("grant_scheme", "shown")}
where edition_period = $quarter and {KNOWN}
order by period_start, scheme
"""

_GRANTS = f"""
select shown.*, suppressed.hidden
from marts.grants as shown
{join_hidden("grants", "shown")}
where edition_period = $quarter and {KNOWN}
order by scheme, paid_pounds desc, strand, recipient
"""

_SPEC: Mapping[str, Any] = {
    "width": 170,
    "height": {"step": 30},
    "layer": [
        {"mark": {"type": "bar", "color": "chart-main"}},
        {
            "mark": {"type": "text", "align": "left", "dx": 4},
            "encoding": {"text": {"field": "label"}},
        },
    ],
    "encoding": {
        "y": {"field": "recipient", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 200}},
        "x": {"field": "paid", "type": "quantitative", "title": "Paid, £ thousand", "scale": {"nice": True}},
    },
}


def grant_blocks(contents: Contents) -> list[Block]:
    """The section on grants, from the edition of the quarter."""
    schemes, grants = contents.quarter.rows(_SCHEMES), contents.quarter.rows(_GRANTS)
    heading = Heading(3, "DWP grants and the Household Support Fund", "grants")
    if not schemes:
        return [heading, Paragraph("No workbook of grants was received for this quarter.")]
    ended, known_on = day_in_words(end_of_edition(schemes[0])), day_in_words(schemes[0]["as_at"])
    known = Paragraph(f"Paid up to {ended}, as known on {known_on}, when the workbook became known.")
    return [heading, known, schemes_table(schemes), *([grants_chart(grants)] if grants else [])]


def schemes_table(schemes: Sequence[Row]) -> Table:
    """The schemes with allocation, payments and whom they reached."""
    columns = [
        Column("scheme", "Scheme", width=1.8, is_head=True),
        Column("period", "Period", width=1.8),
        Column("allocation", "Allocated", numeric=True),
        Column("paid", "Paid", numeric=True),
        Column("unspent", "Not spent", numeric=True),
        Column("residents", "Residents supported", numeric=True, width=1.2),
        Column("cost", "Paid per resident", numeric=True),
    ]
    return Table("grant-schemes", "Schemes: allocated, paid and not spent", columns, [_scheme(row) for row in schemes])


def _scheme(row: Row) -> dict[str, Cell | str]:
    last_month = (row["period_end"].month - 2) % 12 + 1
    year = row["period_end"].year - (1 if row["period_end"].month == 1 else 0)
    until = row["period_end"].replace(day=1, month=last_month, year=year)
    spent = "" if row["spent_pct"] is None else f"{figure_in_words(row['spent_pct'], '%')} of the allocation"
    share = ""
    if row["national_total_pounds"] is not None:
        share = f"of {_pounds(row['national_total_pounds'])} nationally"
    return {
        "scheme": Cell(row["scheme"], row["funder"]),
        "period": Cell(f"{row['period_start']:%B %Y} to {until:%B %Y}", scheme_state_in_words(row)),
        "allocation": Cell(_pounds(row["allocation_pounds"]), share),
        "paid": Cell(_pounds(row["paid_pounds"]), spent),
        "unspent": _pounds(row["unspent_pounds"]),
        "residents": _count(row, "residents_count"),
        "cost": _each(row),
    }


def grants_chart(grants: Sequence[Row]) -> Chart:
    """What was paid to whom, the largest first, with the same figures and what came of them as a table."""
    rows = [
        {
            "recipient": row["recipient"],
            "paid": float(row["paid_pounds"] / 1000),
            "label": _pounds(row["paid_pounds"]),
        }
        for row in grants
    ]
    largest = f"The largest is {rows[0]['recipient']} with {rows[0]['label']}" if len(rows) > 1 else "There is one"
    total = _pounds(sum((row["paid_pounds"] for row in grants), Decimal(0)))
    alt = f"Bar chart of {total} paid to {len(rows)} recipients. {largest}."
    return Chart("grants-paid", "Grants paid, by recipient", alt, _SPEC, rows, grants_table(grants))


def grants_table(grants: Sequence[Row]) -> Table:
    """What was paid to whom, whom it reached, and what the recipient reports to have achieved."""
    columns = [
        Column("recipient", "Recipient", width=1.7, is_head=True),
        Column("strand", "Strand of support", width=1.6),
        Column("paid", "Paid", numeric=True),
        Column("payments", "Payments", numeric=True, width=0.9),
        Column("households", "Households", numeric=True, width=1.1),
        Column("residents", "Residents", numeric=True),
        Column("outcome", "What came of it", width=1.9),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "recipient": Cell(row["recipient"], row["scheme"]),
            "strand": row["strand"],
            "paid": _pounds(row["paid_pounds"]),
            "payments": _count(row, "payment_count"),
            "households": _count(row, "households_count"),
            "residents": _count(row, "residents_count"),
            "outcome": _outcome(row),
        }
        for row in grants
    ]
    return Table("grant-payments", "Payments by recipient, and what came of them", columns, rows)


def _outcome(row: Row) -> Cell:
    if row["outcome"] is None:
        return Cell("None reported")
    per_pound = row["outcome_per_pound"]
    note = "" if per_pound is None else f"{_pounds(per_pound, pence=True)} for each pound paid"
    return Cell(f"{row['outcome']}: {_pounds(row['outcome_pounds'])}", note)


def _pounds(amount: Decimal | None, *, pence: bool = False) -> str:
    if amount is None:
        return "Not available"
    return f"£{amount:,.2f}" if pence else figure_in_words(amount, "£")


def _each(row: Row) -> str:
    each = row["cost_per_resident_pounds"]
    missing = missing_in_words(row, "cost_per_resident_pounds", "Not available")
    return missing if each is None else _pounds(each, pence=True)


def _count(row: Row, figure: str) -> str:
    return missing_in_words(row, figure, "Not counted") if row[figure] is None else f"{row[figure]:,}"
