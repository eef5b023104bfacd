"""State of the Sector: counts of the voluntary, community and social enterprise sector, beside Greater Manchester."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Fact, Figure, Plausible, Rhythm, Rows, Source, Table, Text
from pipelines.periods import snapshot_month

COUNT = Figure(unit="", whole=True, approximate=True)
SHARE = Figure(unit="%", approximate=True)
BY_INDICATOR = (
    "indicator",
    {
        "Number of VCSE groups": COUNT,
        "Number of VCSE organisations": COUNT,
        "Micro organisations (annual income under £10k)": SHARE,
        "Social enterprises (number)": COUNT,
        "Social enterprises (% of organisations)": SHARE,
        "At least one source of non-public sector funds": SHARE,
        "Work across specific neighbourhoods and communities": SHARE,
    },
)


class Summary(pa.DataFrameModel):
    """One row per indicator of an edition: a number of organisations, or a share of them."""

    indicator: str = pa.Field(description="name of the indicator as supplied")
    authority: Annotated[pl.Decimal, 28, 6] = pa.Field(ge=0, nullable=True, description="figure for the authority")
    greater_manchester: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, nullable=True, description="figure for Greater Manchester, where the edition gives it"
    )
    base: str = pa.Field(nullable=True, description="what a percentage is of, or a note on the figure")
    interim: str = pa.Field(nullable=True, description="filled when the title calls the edition an interim count")

    @pa.dataframe_check(description="a share is at most 100%")
    def shares_of_a_whole(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether the percentages of both areas are at most 100, per row."""
        within = [
            ((pl.col(area) <= 100) | (pl.col(f"{area}_unit") != "%")).fill_null(value=True)
            for area in ("authority", "greater_manchester")
        ]
        return data.lazyframe.select(pl.all_horizontal(within))


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
                        "authority": Figure("{authority}", approximate=True, by_row=BY_INDICATOR),
                        "greater_manchester": Figure(
                            "Greater Manchester", approximate=True, optional=True, by_row=BY_INDICATOR
                        ),
                        "base": Text("Base / note", required=False, optional=True, located=True),
                    },
                    facts={"interim": Fact(r"(interim) count", required=False)},
                )
            ],
            plausible=[Plausible("authority", by=("indicator",))],
        )
    ],
)
