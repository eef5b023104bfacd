"""The finance page: the cash limit and how it came about, reserves and savings."""

from collections.abc import Iterator

from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed
from pipelines.dashboard.parts import bars, known_rows, nothing, place, pounds
from pipelines.document.model import Block, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import period_in_words


def finance_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    return {"finance.html": framed(contents, "Finance", list(finance_blocks(quarter)), "finance.html")}


def finance_blocks(quarter: Quarter) -> Iterator[Block]:
    """What the page says."""
    limits = known_rows(quarter, "cash_limit", "edition_period")
    if not limits:
        yield from nothing("revenue monitoring")
        return
    limit = limits[-1]
    period = limit["edition_period"]
    yield Paragraph(f"From the revenue monitoring of {period_in_words(period, 'financial')}, {limit['workbook']}.")
    yield Heading(2, "Cash limit", "cash-limit")
    yield _limit(limit)
    bridge = _of(period, known_rows(quarter, "cash_limit_bridge", "line_number"))
    yield Heading(2, "How the cash limit came about", "bridge")
    yield Table(
        "bridge-lines", "Lines from the budget reported before to this one", _BRIDGE, [_line(r) for r in bridge]
    )
    yield Heading(2, "Reserves", "reserves")
    reserves = _of(period, known_rows(quarter, "reserve", "row_number"))
    if reserves:
        rows = [(row["purpose"], row["closing_pounds"], pounds(row["closing_pounds"])) for row in reserves]
        yield bars("reserve-bars", "Balance of each reserve after planned use", rows, ("Reserve", "Balance"))
    yield Table("reserve-lines", "Reserves and their planned use", _RESERVES, [_reserve(row) for row in reserves])
    yield Heading(2, "Savings", "savings")
    savings = _of(period, known_rows(quarter, "saving", "financial_year"))
    yield Table("saving-lines", "Savings required", _SAVINGS, [_saving(row) for row in savings])


def _of(period: str, rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["edition_period"] == period]


_LIMIT = [Column("what", "What", is_head=True), Column("amount", "Amount", numeric=True)]
_BRIDGE = [
    Column("what", "Line", is_head=True),
    Column("amount", "Amount", numeric=True),
    Column("running", "Running total", numeric=True),
    Column("place", "Where it stands"),
]
_RESERVES = [
    Column("what", "Reserve", is_head=True),
    Column("opening", "At the beginning", numeric=True),
    Column("use", "Planned use", numeric=True),
    Column("closing", "At the end", numeric=True),
    Column("place", "Where it stands"),
]
_SAVINGS = [
    Column("year", "Year", is_head=True),
    Column("amount", "Required", numeric=True),
    Column("note", "Note"),
    Column("place", "Where it stands"),
]


def _limit(row: Row) -> Table:
    said = [
        ("Reported before", row["previously_reported_pounds"]),
        ("Changes since", row["changes_pounds"]),
        ("Budget", row["budget_pounds"]),
        ("Net cash limit", row["net_cash_limit_pounds"]),
        ("Forecast net expenditure", row["forecast_net_expenditure_pounds"]),
        ("Forecast appropriations", row["forecast_appropriations_pounds"]),
        ("Forecast variance", row["forecast_outturn_pounds"]),
    ]
    rows: list[dict[str, Cell | str]] = [
        {"what": what, "amount": Cell(pounds(amount), emphasis="Forecast" in what)} for what, amount in said
    ]
    return Table("cash-limit-lines", "Cash limit and forecast", _LIMIT, rows)


def _line(row: Row) -> dict[str, Cell | str]:
    amount, running = pounds(row["amount_pounds"]), pounds(row["running_pounds"])
    return {"what": row["description"], "amount": amount, "running": running, "place": place(row)}


def _reserve(row: Row) -> dict[str, Cell | str]:
    return {
        "what": Cell(row["purpose"], f"{row['category']}: {row['narration']}"),
        "opening": pounds(row["opening_pounds"]),
        "use": pounds(row["planned_use_pounds"]),
        "closing": pounds(row["closing_pounds"]),
        "place": f"{place(row, 'opening_cell')} to {row['closing_cell']}",
    }


def _saving(row: Row) -> dict[str, Cell | str]:
    return {
        "year": period_in_words(row["financial_year"], "financial"),
        "amount": pounds(row["required_pounds"]),
        "note": row["note"] or "",
        "place": place(row),
    }
