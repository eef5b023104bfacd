"""Programme activity: what the neighbourhood programmes have done so far, some of it given as a lower bound."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Figure, Plausible, Rhythm, Rows, Source, Table, Text
from pipelines.periods import financial_quarter

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) 20\d\d"
_QUARTER = r"Q[1-4] 20\d\d/\d\d"

COUNT = Figure(unit="", whole=True, approximate=True)
MONEY = Figure(unit="£", approximate=True)
BY_ITEM = (
    "item",
    {
        "Champion organisations": COUNT,
        "Organisations with micro-grants": COUNT,
        "Champions trained to first level": COUNT,
        "Newsletter recipients": COUNT,
        "Grant funding given out": MONEY,
        "Volunteers registered": COUNT,
        "Volunteers supporting vaccination clinics": COUNT,
        "Vaccination sessions supported": COUNT,
        "Investment in Sector3": MONEY,
        "Afghan evacuees arrived": COUNT,
    },
)


class Activity(pa.DataFrameModel):
    """One row per programme and item."""

    programme: str = pa.Field(description="programme")
    item: str = pa.Field(description="what is counted")
    activity: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, nullable=True, description="number, or pounds with £; 'At least 45' and 'over £374,650' are lower bounds"
    )
    as_of: str = pa.Field(
        str_matches=rf"^(?:{_MONTH}|{_QUARTER})$",
        description="when it was so: a month such as Oct 2021, or a quarter such as Q2 2021/22",
    )

    @pa.dataframe_check(description="the years of a quarter must follow each other, as in Q2 2021/22")
    def years_of_a_quarter_follow_each_other(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether the second year of a quarter is the one after the first, per row; months have one year."""
        first = pl.col("as_of").str.extract(r"^Q\d 20(\d\d)/").cast(pl.Int64)
        second = pl.col("as_of").str.extract(r"/(\d\d)$").cast(pl.Int64)
        return data.lazyframe.select(((first + 1) % 100 == second).fill_null(value=True))


source = Source(
    name="programme_activity",
    title="Programme activity",
    owner="Inclusive Neighbourhoods",
    licence="internal",
    expected="four weeks after each quarter",
    rhythm=Rhythm(months=3, due_days=28),
    period_in_words="Programme activity 2021-22 Q2.xlsx",
    tables=[
        Table(
            name="activity",
            schema=Activity,
            key=("programme", "item"),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Activity",),
                    columns={
                        "programme": Text("Programme"),
                        "item": Text("Item"),
                        "activity": Figure("Value", approximate=True, by_row=BY_ITEM),
                        "as_of": Text("As at"),
                    },
                )
            ],
            plausible=[Plausible("activity", by=("programme", "item"))],
        )
    ],
)
