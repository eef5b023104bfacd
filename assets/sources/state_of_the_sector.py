"""State of the Sector: counts of the voluntary, community and social enterprise sector, beside Greater Manchester."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from pipelines.contract.model import Fact, Figure, Plausible, Rhythm, Rows, Source, Table, Text
from pipelines.periods import snapshot_month


class Summary(pa.DataFrameModel):
    """One row per indicator of an edition. Each figure is in the unit that its cell shows."""

    indicator: str = pa.Field(description="name of the indicator as supplied")
    stockport: Annotated[pl.Decimal, 28, 6] = pa.Field(ge=0, nullable=True, description="figure for Stockport")
    greater_manchester: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, nullable=True, description="figure for Greater Manchester, where the edition gives it"
    )
    base: str = pa.Field(nullable=True, description="what a percentage is of, or a note on the figure")
    interim: str = pa.Field(nullable=True, description="filled when the title calls the edition an interim count")


source = Source(
    name="state_of_the_sector",
    title="State of the VCSE Sector",
    owner="Sector3",
    licence="internal",
    expected="each October, with an interim count each May",
    rhythm=Rhythm(months=12, year_ends=10, due_days=-1),
    period_in_words="State of the Sector October 2021.xlsx",
    tables=[
        Table(
            name="summary",
            schema=Summary,
            key=("indicator",),
            period=snapshot_month,
            layouts=[
                Rows(
                    sheets=("Summary",),
                    columns={
                        "indicator": Text("Indicator", "Measure"),
                        "stockport": Figure("Stockport", "SMBC", approximate=True),
                        "greater_manchester": Figure(
                            "Greater Manchester", approximate=True, required=False, optional=True
                        ),
                        "base": Text("Base / note", required=False, optional=True, located=True),
                    },
                    facts={"interim": Fact(r"(interim) count", required=False)},
                )
            ],
            plausible=[Plausible("stockport", by=("indicator",))],
        )
    ],
)
