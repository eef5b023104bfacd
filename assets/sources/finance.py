"""Revenue monitoring: the portfolio's cash limit and its changes, forecast outturn, reserves and savings programme."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Figure, Rhythm, Rows, Source, Statement, Table, Text
from pipelines.periods import financial_quarter

Pounds = Annotated[pl.Decimal, 28, 6]

CASH_LIMIT = "2.1 Cash limit"
NO_SAVINGS = "There are no savings requirements affecting the services within this Portfolio for {year}."
TOTAL = "TOTAL"


class CashLimit(pa.DataFrameModel):
    """One row per cash limit budget, pounds."""

    budget_line: str = pa.Field(description="what the budget is of")
    previously_reported: Pounds = pa.Field(description="budget as reported before, £000")
    increase: Pounds = pa.Field(description="increase since then, a reduction with a minus, £000")
    budget: Pounds = pa.Field(description="budget now, £000")


class BudgetChanges(pa.DataFrameModel):
    """One row per change of the budget since it was last reported, pounds."""

    change_description: str = pa.Field(description="why the budget has changed")
    change: Pounds = pa.Field(description="by how much, a reduction with a minus, £m")


class Outturn(pa.DataFrameModel):
    """The forecast for the year-end, pounds."""

    net_cash_limit: Pounds = pa.Field(description="net cash limit, £000")
    net_expenditure: Pounds = pa.Field(description="forecast net expenditure, £000")
    appropriations: Pounds = pa.Field(description="forecast appropriations to reserves, from them with a minus, £000")
    outturn: Pounds = pa.Field(description="forecast over the cash limit, under it with a minus, £000")


class Reserves(pa.DataFrameModel):
    """One row per reserve, and one for their total, pounds."""

    category: str = pa.Field(description="reserve category; TOTAL in the row of the total")
    narration: str = pa.Field(nullable=True, description="name of the reserve")
    purpose: str = pa.Field(nullable=True, description="what the reserve is to be used for")
    opening: Pounds = pa.Field(description="balance, £000")
    planned_use: Pounds = pa.Field(description="planned use in the year, £000")
    closing: Pounds = pa.Field(description="balance after the planned use, £000")

    @pa.dataframe_check(description=f"a reserve has a narration and a purpose; only the row {TOTAL} has none")
    def every_reserve_is_named(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether narration and purpose are given, or the row is the total, per row."""
        named = pl.col("narration").is_not_null() & pl.col("purpose").is_not_null()
        return data.lazyframe.select(named | (pl.col("category").str.to_uppercase() == TOTAL))


class Savings(pa.DataFrameModel):
    """The statement that no savings are required."""

    statement: str = pa.Field(description="what is said of the savings programme")


def _thousands(*headings: str) -> Figure:
    return Figure(unit="£", thousands=headings)


source = Source(
    name="finance",
    title="Revenue monitoring",
    owner="Financial Services",
    licence="internal",
    expected="four weeks after each quarter",
    rhythm=Rhythm(months=3, due_days=28),
    period_in_words="Revenue monitoring 2021-22 Q2.xlsx",
    tables=[
        Table(
            name="cash_limit",
            schema=CashLimit,
            key=("budget_line",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=(CASH_LIMIT,),
                    columns={
                        "budget_line": Text("Budget line", ""),
                        "previously_reported": _thousands("Previously Reported £000", "Previously Reported (*) / £000"),
                        "increase": _thousands("Increase/ (Reduction) £000", "Increase/ (Reduction) / £000"),
                        "budget": _thousands("Budget now £000", "Budget at * / £000"),
                    },
                )
            ],
        ),
        Table(
            name="budget_changes",
            schema=BudgetChanges,
            key=("change_description",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=(CASH_LIMIT,),
                    begins_at="Budget changes since previously reported*",
                    columns={
                        "change_description": Text("Description"),
                        "change": Figure(unit="£", millions=("£m",)),
                    },
                )
            ],
        ),
        Table(
            name="outturn",
            schema=Outturn,
            key=("row_number",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=(CASH_LIMIT,),
                    begins_at="Outturn forecast",
                    columns={
                        "net_cash_limit": _thousands("Net Cash Limit £000", "Net Cash Limit / £000"),
                        "net_expenditure": _thousands(
                            "Forecast Net Expenditure £000", "Forecast Net Expenditure / £000"
                        ),
                        "appropriations": _thousands("Forecast Appropriations £000", "Forecast Appropriations / £000"),
                        "outturn": _thousands("Forecast Outturn £000", "Forecast Outturn / £000"),
                    },
                )
            ],
        ),
        Table(
            name="reserves",
            schema=Reserves,
            key=("category", "narration", "purpose"),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("2.2 Reserves",),
                    columns={
                        "category": Text("Reserve Category"),
                        "narration": Text("Reserve Narration", required=False),
                        "purpose": Text("To be used for", required=False),
                        "opening": _thousands('Balance of Reserve/ "Approved Use" £000'),
                        "planned_use": _thousands('Planned use of Reserves / "Approved Use" {year} £000'),
                        "closing": _thousands('Balance of Reserve/ "Approved Use" £000 #2'),
                    },
                )
            ],
        ),
        Table(
            name="savings",
            schema=Savings,
            key=("statement",),
            period=financial_quarter,
            layouts=[
                Statement(sheets=("2.3 Savings",), name="statement", wording=NO_SAVINGS),
            ],
        ),
    ],
)
