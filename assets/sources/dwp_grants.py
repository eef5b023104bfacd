"""Department for Work and Pensions grants: allocations, payments by strand and recipient, and stated outcomes."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import pandera.polars as pa
import polars as pl

from pipelines.contract.model import Day, Figure, Rhythm, Rows, Rule, Source, Table, Text
from pipelines.periods import financial_quarter

Pounds = Annotated[pl.Decimal, 28, 6]


class Allocations(pa.DataFrameModel):
    """One row per scheme and the months that its allocation is for."""

    scheme: str = pa.Field(description="grant scheme")
    funder: str = pa.Field(description="who pays the grant")
    months: str = pa.Field(
        str_matches=r"^[A-Z][a-z]{2} \d{4} - [A-Z][a-z]{2} \d{4}$", description="first and last month"
    )
    allocation: Pounds = pa.Field(ge=0, nullable=True, description="allocated to the council, pounds")
    national_total: Pounds = pa.Field(ge=0, nullable=True, description="allocated nationally, pounds")


class Spend(pa.DataFrameModel):
    """One row per payment."""

    paid_on: date = pa.Field(description="day of the payment")
    scheme: str = pa.Field(description="grant scheme that paid")
    strand: str = pa.Field(description="strand of support")
    recipient: str = pa.Field(description="who was paid")
    amount: Pounds = pa.Field(description="amount paid, pounds")
    households: int = pa.Field(ge=0, nullable=True, description="households that the payment reached, where counted")
    residents: int = pa.Field(ge=0, nullable=True, description="residents supported by the payment")


class Outcomes(pa.DataFrameModel):
    """One row per outcome that a recipient reports."""

    recipient: str = pa.Field(description="who reports the outcome")
    outcome: str = pa.Field(description="what was achieved")
    outcome_value: Pounds = pa.Field(nullable=True, description="its value, pounds")


def schemes_without_allocation(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Payments of a scheme that the workbook's sheet of allocations does not name."""
    return tables["spend"].join(tables["allocations"], on="scheme", how="anti")


source = Source(
    name="dwp_grants",
    title="DWP grants",
    owner="Financial Resilience",
    licence="internal",
    expected="two weeks after each quarter",
    rhythm=Rhythm(months=3, due_days=14),
    period_in_words="DWP grant spend 2021-22 Q2.xlsx",
    rules=[
        Rule(
            "schemes with an allocation",
            "its scheme is not among the allocations; enter it there, or write it as it stands there",
            of="spend",
            broken=schemes_without_allocation,
        )
    ],
    illustrative="Totals by scheme and the third-sector awards are published; the single payments are illustrative.",
    tables=[
        Table(
            name="allocations",
            schema=Allocations,
            key=("scheme", "months"),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Allocations",),
                    columns={
                        "scheme": Text("Scheme"),
                        "funder": Text("Funder"),
                        "months": Text("Period"),
                        "allocation": Figure("Allocation", unit="£", approximate=True),
                        "national_total": Figure("National total", unit="£", approximate=True, required=False),
                    },
                )
            ],
        ),
        Table(
            name="spend",
            schema=Spend,
            key=("row_number",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Spend",),
                    columns={
                        "paid_on": Day("Date paid"),
                        "scheme": Text("Scheme"),
                        "strand": Text("Strand"),
                        "recipient": Text("Recipient"),
                        "amount": Figure("Amount (£)", unit="£"),
                        "households": Figure("Households", unit="", whole=True, required=False),
                        "residents": Figure("Residents supported", unit="", whole=True),
                    },
                    totals={"Total": ()},
                )
            ],
        ),
        Table(
            name="outcomes",
            schema=Outcomes,
            key=("recipient", "outcome"),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Outcomes",),
                    columns={
                        "recipient": Text("Recipient"),
                        "outcome": Text("Outcome"),
                        "outcome_value": Figure("Value", unit="£"),
                    },
                )
            ],
        ),
    ],
)
