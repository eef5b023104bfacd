"""The authority's Local Fund: the register of applications of a financial year, whole or so far."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Day, Figure, Rhythm, Rows, Rule, Source, Table, Text
from pipelines.periods import financial_year_or_quarter

Pounds = Annotated[pl.Decimal, 28, 6]


class Applications(pa.DataFrameModel):
    """One row per application."""

    reference: str = pa.Field(description="number of the application")
    received_on: date = pa.Field(description="day on which it was received")
    organisation: str = pa.Field(description="who applied")
    applicant_type: str = pa.Field(
        isin=["First time", "Repeat"], description="whether the applicant had applied before"
    )
    requested: Pounds = pa.Field(gt=0, description="amount asked for, pounds")
    decision: str = pa.Field(isin=["Awarded", "Declined", "Withdrawn"], description="what became of the application")
    awarded: Pounds = pa.Field(gt=0, nullable=True, description="amount awarded, pounds; blank where none was")

    @pa.dataframe_check(description="an application that is Awarded has an amount awarded, and no other has")
    def amount_where_awarded(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether an amount is given exactly where the decision is to award, per row."""
        return data.lazyframe.select((pl.col("decision") == "Awarded") == pl.col("awarded").is_not_null())

    @pa.dataframe_check(description="it must be received in the financial year of the register, and by its end")
    def received_in_the_year(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether the day of receipt is from the April of the edition's year to the end of its period, per row."""
        year_start = pl.col("period_start").dt.offset_by("-3mo").dt.truncate("1y").dt.offset_by("3mo")
        return data.lazyframe.select(pl.col("received_on").is_between(year_start, "period_end", closed="left"))


def awarded_above_request(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Applications that were awarded more than they asked for, each at its award."""
    above = tables["applications"].filter(pl.col("awarded") > pl.col("requested"))
    return above.with_columns(cell=pl.col("awarded_cell"))


source = Source(
    name="local_fund",
    title="{authority} Local Fund",
    owner="Community investment",
    licence="internal",
    expected="after each quarter, and each April for the whole year",
    rhythm=Rhythm(months=3, due_days=30),
    period_in_words="SLF applications 2021-22 Q2.xlsx for a year so far, SLF applications 2020-21.xlsx for a whole one",
    illustrative="Numbers of applications and awards are published; the single applications are illustrative.",
    rules=[
        Rule(
            "no more than was asked for",
            "more was awarded than was asked for; see that both amounts are right",
            of="applications",
            broken=awarded_above_request,
            severity="warn",
        )
    ],
    tables=[
        Table(
            name="applications",
            schema=Applications,
            key=("reference",),
            period=financial_year_or_quarter,
            layouts=[
                Rows(
                    sheets=("Register",),
                    columns={
                        "reference": Text("Ref", located=True),
                        "received_on": Day("Received"),
                        "organisation": Text("Organisation"),
                        "applicant_type": Text("Applicant type", located=True),
                        "requested": Figure("Requested", "Requested (£)", unit="£"),
                        "decision": Text("Decision", located=True),
                        "awarded": Figure("Awarded (£)", "Awarded", unit="£", required=False),
                    },
                    empty_note=r"\b(did|does|will) not run\b|\b(was|is) (paused|suspended)\b",
                )
            ],
        )
    ],
)
