"""Staged rows of revenue monitoring, as they usually are; a case names what it is about."""

from tests.sql.harness import Given, Row, day, dec
from tests.sql.staged import NAMES, figure, staged

PERIOD = ("2021-22-Q2", "2021-07-01", 3)


def _figures(row_number: int, amounts: dict[str, str], first_column: str) -> Row:
    row: Row = {}
    for place, (name, amount) in enumerate(amounts.items()):
        row |= figure(name, dec(amount), chr(ord(first_column) + place), row_number)
    return row


def cash_limit(sha256: str = "finance", **changes: str) -> Row:
    amounts = {"previously_reported": "573000", "increase": "48000", "budget": "621000"} | changes
    return staged(sha256, 5, *PERIOD, budget_line="Cash Limit Budget") | _figures(5, amounts, "B")


def budget_changes(*amounts: str, sha256: str = "finance") -> list[Row]:
    return [
        staged(sha256, number, *PERIOD, change_description=f"Change {number}")
        | _figures(number, {"change": amount}, "B")
        for number, amount in enumerate(amounts, 9)
    ]


def outturn(sha256: str = "finance", **changes: str) -> Row:
    amounts = {"net_cash_limit": "621000", "net_expenditure": "621000", "appropriations": "0", "outturn": "0"}
    return staged(sha256, 15, *PERIOD) | _figures(15, amounts | changes, "A")


def reserves(*amounts: tuple[str, str, str], sha256: str = "finance") -> list[Row]:
    """Rows of opening balance, planned use and closing balance; the last one is the total."""
    last = len(amounts) + 1
    return [
        staged(sha256, number, *PERIOD, category="TOTAL" if number == last else "Corporate Reserve")
        | ({} if number == last else {"narration": f"Reserve {number}", "purpose": "Grants"})
        | _figures(number, dict(zip(("opening", "planned_use", "closing"), row, strict=True)), "D")
        for number, row in enumerate(amounts, 2)
    ]


def saving(sha256: str = "finance") -> Row:
    return staged(sha256, 2, *PERIOD, statement="There are no savings requirements.", statement_cell="A2")


def finance_rows() -> dict[str, list[Row]]:
    """An edition and the one that corrects its changes and reserves."""
    both = ("finance", "finance corrected")
    return {
        "staged.finance_cash_limit": [cash_limit(sha256) for sha256 in both],
        "staged.finance_budget_changes": [
            *budget_changes("-2000", "49000", sha256="finance"),
            *budget_changes("-2000", "50000", sha256="finance corrected"),
        ],
        "staged.finance_outturn": [outturn(sha256) for sha256 in both],
        "staged.finance_reserves": [
            row
            for sha256 in both
            for row in reserves(
                ("623000", "0", "623000"), ("45000", "-5000", "40000"), ("668000", "-5000", "663000"), sha256=sha256
            )
        ],
        "staged.finance_savings": [saving(sha256) for sha256 in both],
    }


def finance_receipts() -> list[Row]:
    """The receipts of the two editions: the second supersedes the first."""
    source, workbook = NAMES["finance"]
    common = {"source": source, "workbook": workbook}
    first, then = day("2021-10-29"), day("2021-11-15")
    return [
        {**common, "workbook_sha256": "finance", "as_at": first, "superseded_on": then, "outcome": "superseded"},
        {**common, "workbook_sha256": "finance corrected", "as_at": then, "outcome": "loaded"},
    ]


def now(**tables: list[Row]) -> Given:
    """One edition that counts, with these rows of its tables."""
    [_, receipt] = finance_receipts()
    given = {f"staged.finance_{name}": rows for name, rows in tables.items()}
    return {"staged.receipt": [receipt | {"workbook_sha256": "finance"}], **given}
