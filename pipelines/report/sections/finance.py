"""Financial resources and monitoring: tables 2.1 to 2.3 of the printed report, in thousands of pounds."""

from collections.abc import Sequence
from decimal import Decimal

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import day_in_words, figure_in_words, thousands_in_words

_LIMIT = f"select * from marts.cash_limit where edition_period = $quarter and {KNOWN}"

_CHANGES = f"""
select description, amount_pounds from marts.cash_limit_bridge
where edition_period = $quarter and line_kind = 'change' and {KNOWN}
order by line_number
"""

_RESERVES = f"select * from marts.reserve where edition_period = $quarter and {KNOWN} order by row_number"

_SAVINGS = f"select note from marts.saving where edition_period = $quarter and {KNOWN}"


def cash_limit(contents: Contents) -> Row | None:
    """The cash limit of the quarter's revenue monitoring; None when none was received by the cut-off."""
    found = contents.quarter.rows(_LIMIT)
    return found[0] if found else None


def finance_blocks(contents: Contents) -> list[Block]:
    """The section on finance."""
    heading = Heading(2, "2. Financial resources and monitoring", "finance")
    limit = cash_limit(contents)
    if limit is None:
        return [heading, Paragraph("No revenue monitoring was received for this quarter by its cut-off.")]
    quarter = contents.quarter
    known = f"Revenue monitoring as known on {day_in_words(limit['as_at'])}, in thousands of pounds (£000)."
    blocks: list[Block] = [
        heading,
        Paragraph(known),
        Heading(3, "2.1 Revenue: cash limit", "cash-limit"),
        limit_table(limit),
    ]
    changes = [f"{row['description']}: {_pounds(row['amount_pounds'])}" for row in quarter.rows(_CHANGES)]
    if changes:
        blocks += [Paragraph("Budget changes since it was previously reported:"), Bullets(changes)]
    blocks += [outturn_table(limit), Heading(3, "2.2 Earmarked reserves", "reserves")]
    reserves = quarter.rows(_RESERVES)
    blocks.append(reserves_table(reserves) if reserves else Paragraph("The revenue monitoring lists no reserves."))
    blocks.append(Heading(3, "2.3 Portfolio savings programme", "savings"))
    savings = [row["note"] for row in quarter.rows(_SAVINGS)]
    return [*blocks, *map(Paragraph, savings or ["The revenue monitoring says nothing of savings."])]


def limit_table(limit: Row) -> Table:
    """What the cash limit was, by how much it has changed, and what it is."""
    label = f"Budget at {str(limit['edition_period'])[-2:]}"
    given = {
        "previous": ("Previously reported", "previously_reported_pounds"),
        "increase": ("Increase or (−) reduction", "stated_increase_pounds"),
        "budget": (label, "budget_pounds"),
    }
    return _one_line("cash-limit-table", "Cash limit budget, £000", "Cash limit budget", given, limit)


def outturn_table(limit: Row) -> Table:
    """What is forecast to be spent against the cash limit: a forecast, and said to be one."""
    given = {
        "limit": ("Net cash limit", "net_cash_limit_pounds"),
        "expenditure": ("Forecast net expenditure", "forecast_net_expenditure_pounds"),
        "appropriations": ("Forecast appropriations", "forecast_appropriations_pounds"),
        "outturn": ("Forecast outturn: deficit or (−) surplus", "forecast_outturn_pounds"),
    }
    return _one_line("outturn-table", "Outturn forecast, £000", "Portfolio", given, limit)


def _one_line(name: str, caption: str, head: str, given: dict[str, tuple[str, str]], limit: Row) -> Table:
    columns = [Column("line", "Line", is_head=True)]
    columns += [Column(key, label, numeric=True) for key, (label, _) in given.items()]
    row: dict[str, Cell | str] = {"line": head}
    row |= {key: thousands_cell(limit[of], is_forecast="forecast" in of) for key, (_, of) in given.items()}
    return Table(name, caption, columns, [row])


def reserves_table(reserves: Sequence[Row]) -> Table:
    """The earmarked reserves and their total."""
    columns = [
        Column("category", "Reserve category", width=1.2),
        Column("narration", "Reserve", width=1.4, is_head=True),
        Column("purpose", "To be used for", width=1.6),
        Column("opening_pounds", "Balance", numeric=True),
        Column("planned_use_pounds", "Planned use in the year", numeric=True),
        Column("closing_pounds", "Balance after it", numeric=True),
    ]
    amounts = [column.key for column in columns if column.numeric]
    rows: list[dict[str, Cell | str]] = [
        {key: row[key] for key in ("category", "narration", "purpose")}
        | {key: thousands_cell(row[key]) for key in amounts}
        for row in reserves
    ]
    total = {key: _sum([row[key] for row in reserves]) for key in amounts}
    rows.append(
        {"category": "All", "narration": "Total", "purpose": "All reserves above"}
        | {key: thousands_cell(amount) for key, amount in total.items()}
    )
    return Table("reserves-table", "Earmarked reserves, £000", columns, rows)


def thousands_cell(pounds: Decimal | None, *, is_forecast: bool = False) -> Cell:
    """An amount in £000; where that rounds, the pounds stand below it."""
    if pounds is None:
        return Cell("Not given")
    note = "" if pounds % 1000 == 0 else _pounds(pounds)
    return Cell(thousands_in_words(pounds), note, emphasis=is_forecast)


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if len(given) == len(amounts) else None


def _pounds(pounds: Decimal | None) -> str:
    return "not given" if pounds is None else figure_in_words(pounds, "£")
