"""The grants page: what was allocated, to whom it was paid, whom it reached, and the Local Fund."""

from collections.abc import Iterator
from decimal import Decimal

from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed, measure_file
from pipelines.dashboard.parts import bars, count, counted, day, known_rows, nothing, place, pounds
from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import figure_in_words, missing_in_words, period_in_words, scheme_state_in_words


def grants_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    codes = [code for code in contents.measures if code.startswith("GRANT.")]
    blocks = [*grants_blocks(quarter), *_pages(contents, codes)]
    return {"grants.html": framed(contents, "Grants", blocks, "grants.html")}


def grants_blocks(quarter: Quarter) -> Iterator[Block]:
    """What the page says."""
    schemes = known_rows(quarter, "grant_scheme", "period_start, scheme")
    yield Heading(2, "Grants of central government", "schemes")
    if not schemes:
        yield from nothing("statement of grants")
    else:
        yield Table(
            "scheme-lines", "Schemes, what was allocated and what was paid", _SCHEMES, [_scheme(r) for r in schemes]
        )
        yield from _paid(known_rows(quarter, "grants", "scheme, strand, recipient"))
    funds = known_rows(quarter, "local_fund", "edition_period")
    yield Heading(2, "Local Fund", "local-fund")
    if funds:
        yield Table("fund-lines", "Applications to the Local Fund and awards", _FUNDS, [_fund(row) for row in funds])
    else:
        yield from nothing("register of the Local Fund")


def _paid(rows: list[Row]) -> Iterator[Block]:
    amounts = [(f"{row['strand']}: {row['recipient']}", row["paid_pounds"], pounds(row["paid_pounds"])) for row in rows]
    if amounts:
        yield bars("paid-bars", "Paid by strand and recipient", amounts, ("Strand and recipient", "Paid"))
    yield Table("paid-lines", "What was paid, and whom it reached", _PAID, [_payment(row) for row in rows])


_SCHEMES = [
    Column("scheme", "Scheme", is_head=True),
    Column("allocated", "Allocated", numeric=True),
    Column("paid", "Paid", numeric=True),
    Column("unspent", "Unspent", numeric=True),
    Column("reached", "Residents", numeric=True),
    Column("place", "Where it stands"),
]
_PAID = [
    Column("strand", "Strand", is_head=True),
    Column("paid", "Paid", numeric=True),
    Column("payments", "Payments", numeric=True),
    Column("residents", "Residents", numeric=True),
    Column("each", "For each resident", numeric=True),
    Column("outcome", "Outcome"),
]
_FUNDS = [
    Column("period", "Period", is_head=True),
    Column("applications", "Applications", numeric=True),
    Column("awarded", "Awards", numeric=True),
    Column("success", "Successful", numeric=True),
    Column("small", "Small awards", numeric=True),
    Column("pounds", "Awarded", numeric=True),
    Column("place", "Where it stands"),
]


def _scheme(row: Row) -> dict[str, Cell | str]:
    begins = f"from {day(row['period_start'])}, {scheme_state_in_words(row)}"
    return {
        "scheme": Cell(f"{row['scheme']} ({row['funder']})", begins),
        "allocated": pounds(row["allocation_pounds"]),
        "paid": Cell(pounds(row["paid_pounds"]), f"{figure_in_words(row['spent_pct'], '%')} of it"),
        "unspent": pounds(row["unspent_pounds"]),
        "reached": counted(row, "residents_count"),
        "place": place(row),
    }


def _payment(row: Row) -> dict[str, Cell | str]:
    each = row["cost_per_resident_pounds"]
    outcome = row["outcome"] or "none stated"
    return {
        "strand": Cell(row["strand"], f"{row['scheme']}: {row['recipient']}"),
        "paid": pounds(row["paid_pounds"]),
        "payments": count(row["payment_count"]),
        "residents": counted(row, "residents_count"),
        "each": f"£{each:,.2f}" if each is not None else missing_in_words(row, "cost_per_resident_pounds", "not given"),
        "outcome": Cell(outcome, pounds(row["outcome_pounds"]) if row["outcome_pounds"] is not None else ""),
    }


def _fund(row: Row) -> dict[str, Cell | str]:
    return {
        "period": Cell(period_in_words(row["edition_period"], "financial"), row["note"] or ""),
        "applications": count(row["application_count"]),
        "awarded": count(row["awarded_count"]),
        "success": _or_not_given(row["success_pct"], "%"),
        "small": _or_not_given(row["small_grant_pct"], "%"),
        "pounds": _or_not_given(row["awarded_pounds"], "£"),
        "place": row["workbook"],
    }


def _or_not_given(value: Decimal | None, unit: str) -> str:
    return "not given" if value is None else figure_in_words(value, unit)


def _pages(contents: Contents, codes: list[str]) -> Iterator[Block]:
    if codes:
        yield Heading(2, "History and origins", "origins")
        yield Paragraph("The single payments, with their cells, stand on the pages of these figures:")
        yield Bullets([[Run(contents.measures[code]["measure_name"], link=measure_file(code))] for code in codes])
