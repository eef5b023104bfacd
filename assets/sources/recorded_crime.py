"""Greater Manchester Police: crimes and incidents recorded in a district in a financial year, with rates per 1,000."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Fact, Figure, Rhythm, Rows, Source, Table, Text
from pipelines.periods import financial_year


class Figures(pa.DataFrameModel):
    """One row per kind of crime or incident. Counts, and rates per 1,000 residents as the police state them."""

    population: int = pa.Field(gt=0, nullable=True, description="residents that the rates are of")
    offence: str = pa.Field(
        isin=[
            "Victim-based crime",
            "Violent crime",
            "Thefts",
            "Anti-social behaviour incidents",
            "Public order offences",
            "Domestic abuse: revictimisation",
        ],
        description="kind of crime or incident",
    )
    recorded: int = pa.Field(ge=0, nullable=True, description="number recorded in the year")
    rate: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, nullable=True, description="rate per 1,000 residents, rounded as supplied"
    )

    @pa.dataframe_check(description="a rate needs a line above the table that says 'Population used: ...'")
    def population_beside_rates(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether the population is said where a rate is, per row."""
        return data.lazyframe.select(pl.col("rate").is_null() | pl.col("population").is_not_null())


source = Source(
    name="recorded_crime",
    title="Police recorded crime, {authority}",
    owner="Safer {authority} Partnership",
    licence="internal",
    expected="each July, for the financial year before",
    rhythm=Rhythm(months=12, due_days=121),
    period_in_words="GMP recorded crime 2019-20.xlsx",
    tables=[
        Table(
            name="figures",
            schema=Figures,
            key=("offence",),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Table 1",),
                    columns={
                        "offence": Text("Measure"),
                        "recorded": Figure("Count", unit="", whole=True),
                        "rate": Figure("Rate per 1,000 population", unit=""),
                    },
                    facts={
                        "population": Fact(
                            r"Population used: ([1-9][\d,]*)", required=False, figure=Figure(unit="", whole=True)
                        )
                    },
                )
            ],
        )
    ],
)
