"""National indicators 2010/11: the child poverty basket with its polarities, the targets set, and local figures."""

from collections.abc import Mapping
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Fact, Figure, Rows, Rule, Source, Table, Text
from pipelines.periods import financial_year

NUMBERED = r"NI \d{1,3}[a-z]?"
"""An indicator of the national set, such as NI 4 or NI 102a; one without a number is a local indicator."""

MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"

NEXT_YEAR_LATER = r"\d{4}/\d{2} to be considered at a later date"
"""A note that a target was put forward for a year and not set."""


class Basket(pa.DataFrameModel):
    """One row per indicator of a basket. A proxy is a local measure that stands in for the national one."""

    indicator: str = pa.Field(
        str_matches=rf"^{NUMBERED}( Proxy)?$", description="number of the indicator, such as NI 102a or NI 53 Proxy"
    )
    indicator_title: str = pa.Field(description="what the indicator measures")
    good_performance: str = pa.Field(isin=["High", "Low"], description="whether high or low is good")
    basket: str = pa.Field(nullable=True, description="what the basket is about, where the title says so")


class Targets(pa.DataFrameModel):
    """One row per indicator that a target was thought of for, in the edition's year and the next."""

    indicator: str = pa.Field(
        nullable=True, str_matches=rf"^{NUMBERED}$", description="number of the indicator; none for a local one"
    )
    indicator_title: str = pa.Field(description="what the indicator measures")
    target: Annotated[pl.Decimal, 28, 6] = pa.Field(nullable=True, description="target for the edition's year")
    next_target: Annotated[pl.Decimal, 28, 6] = pa.Field(nullable=True, description="target for the year after")
    note: str = pa.Field(
        nullable=True,
        str_matches=rf"^({NEXT_YEAR_LATER}|as recommended in the report|no target set)$",
        description="standing of the targets: set as recommended, not set, or a year to be considered later",
    )


class Figures(pa.DataFrameModel):
    """One row per local figure. Each is in the unit that its cell shows; its area may be smaller than any GSS area."""

    indicator: str = pa.Field(description="number of a national indicator, or the name of a local one")
    area: str = pa.Field(description="area that the figure is of")
    period: str = pa.Field(
        str_matches=rf"^(\d{{4}}|\d{{4}}[/-]\d{{2}}|{MONTH} \d{{4}})$",
        description="calendar year (2008), financial year (2008/09) or month (May 2008)",
    )
    value: Annotated[pl.Decimal, 28, 6] = pa.Field(ge=0, nullable=True, description="figure, in the unit of its cell")
    note: str = pa.Field(nullable=True, description="what should be known beside the figure")

    @pa.dataframe_check(description="the second year of a period such as 2008/09 must be the one after the first")
    def two_years_follow(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether a period of two years names years that follow one another, per row."""
        first = pl.col("period").str.extract(r"^(\d{4})[/-]\d{2}$").cast(pl.Int64)
        second = pl.col("period").str.extract(r"^\d{4}[/-](\d{2})$").cast(pl.Int64)
        return data.lazyframe.select((second == (first + 1) % 100).fill_null(True))


def several_units(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Figures of an indicator that has figures in another unit too."""
    figures = tables["figures"].filter(pl.col("value").is_not_null())
    return figures.filter(pl.col("value_unit").n_unique().over("indicator") > 1)


source = Source(
    name="national_indicators",
    title="National indicators",
    owner="Stronger Communities Partnership",
    licence="internal",
    expected="once, with the board papers of June 2010",
    period_in_words="National indicators 2010-11.xlsx",
    rules=[
        Rule(
            "one unit per indicator",
            "its indicator has figures in several units; give those in another unit under a name of their own",
            of="figures",
            broken=several_units,
        )
    ],
    tables=[
        Table(
            name="basket",
            schema=Basket,
            key=("indicator",),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Basket",),
                    columns={
                        "indicator": Text("Indicator"),
                        "indicator_title": Text("Title"),
                        "good_performance": Text("Good Performance"),
                    },
                    facts={"basket": Fact(r"(\w[\w ]*) basket of national indicators", required=False)},
                )
            ],
        ),
        Table(
            name="targets",
            schema=Targets,
            key=("indicator_title",),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Targets",),
                    columns={
                        "indicator": Text("Indicator", required=False),
                        "indicator_title": Text("Title"),
                        "target": Figure("{year}", required=False),
                        "next_target": Figure("{next_year}", required=False),
                        "note": Text("Note", required=False),
                    },
                )
            ],
        ),
        Table(
            name="figures",
            schema=Figures,
            key=("indicator", "area", "period"),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Local figures",),
                    columns={
                        "indicator": Text("Indicator"),
                        "area": Text("Area"),
                        "period": Text("Period"),
                        "value": Figure("Value", approximate=True),
                        "note": Text("Note", required=False),
                    },
                )
            ],
        ),
    ],
)
