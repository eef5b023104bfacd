"""Local Authority Interactive Tool: measures of children by authority and year, their definitions, and neighbours."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from pipelines.contract.model import Column, Figure, Rows, Source, Table, Text
from pipelines.periods import snapshot_month, standing, whole_series

NEIGHBOURS = range(1, 11)


class Figures(pa.DataFrameModel):
    """One row per measure, year and area. Each figure is in the unit that the dictionary gives for its measure."""

    measure_short: str = pa.Field(description="short name of the measure, its key in the dictionary")
    data_item: str = pa.Field(nullable=True, description="what is measured, written once per measure")
    years: str = pa.Field(str_matches=r"^20\d{2}(-\d{2})?$", description="year as supplied, 2015 or 2014-15")
    area: str = pa.Field(description="local authority, region or England")
    figure: Annotated[pl.Decimal, 28, 6] = pa.Field(nullable=True, description="figure in the measure's unit")
    la_number: str = pa.Field(str_matches=r"^\d{3}$", description="the department's number of the authority")
    region: str = pa.Field(description="region of the authority; NA for a region or England")


class Dictionary(pa.DataFrameModel):
    """One row per measure: its name, unit, polarity and calendar."""

    measure_short: str = pa.Field(description="short name of the measure")
    measure_code: str = pa.Field(description="the department's number of the measure; several may share one")
    measure_name: str = pa.Field(description="name of the measure")
    topic: str = pa.Field(description="topic that the measure belongs to")
    polarity: str = pa.Field(isin=["High", "Low", "NA"], description="whether high or low is good")
    unit: str = pa.Field(description="what the figure is of, in words")
    year_type: str = pa.Field(
        isin=["Academic Year", "Financial Year", "Calendar Year", "Annual - January"],
        description="calendar that the measure runs by",
    )


class Neighbours(pa.DataFrameModel):
    """One row per authority, with its ten statistical neighbours from the nearest on, by the department's numbers."""

    la_number: str = pa.Field(str_matches=r"^\d{3}$", description="the department's number of the authority")
    la_name: str = pa.Field(description="name of the authority")


def _neighbour_columns() -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for rank in NEIGHBOURS:
        columns[f"neighbour_{rank}"] = Text(f"SN{rank}")
        columns[f"closeness_{rank}"] = Text("SNP" if rank == 1 else f"SNP #{rank}")
    return columns


source = Source(
    name="lait",
    title="Local Authority Interactive Tool",
    owner="Department for Education",
    licence="Open Government Licence v3.0",
    expected="several times a year; each edition restates its years",
    period_in_words="LAIT extract 2024-11-20.xlsx, or Statistical neighbours May 2025.xlsx",
    tables=[
        Table(
            name="figures",
            schema=Figures,
            key=("measure_short", "years", "la_number"),
            period=whole_series,
            layouts=[
                Rows(
                    sheets=("Data",),
                    columns={
                        "measure_short": Text("Short Desc"),
                        "data_item": Text("Data item", required=False),
                        "years": Text("Years"),
                        "area": Text("LA and Regions"),
                        "figure": Figure("Values", unit=""),
                        "la_number": Text("LA Number"),
                        "region": Text("Region"),
                    },
                )
            ],
        ),
        Table(
            name="dictionary",
            schema=Dictionary,
            key=("measure_short",),
            period=standing("dictionary"),
            layouts=[
                Rows(
                    sheets=("csv",),
                    columns={
                        "measure_code": Text("Measure_code"),
                        "topic": Text("Topic"),
                        "measure_name": Text("Measure"),
                        "measure_short": Text("Measure_short"),
                        "polarity": Text("Polarity"),
                        "unit": Text("y_axis_name"),
                        "year_type": Text("Year_Type"),
                    },
                    ignored=(
                        "Chart_title",
                        "state_funded_flag",
                        "Table_status",
                        "Description",
                        "Last Update",
                        "Next Update",
                        "Data Owner*",
                        "Methodology",
                        "Hyperlink(s)",
                        "dps",
                        "No_Quartile",
                    ),
                )
            ],
        ),
        Table(
            name="neighbours",
            schema=Neighbours,
            key=("la_number",),
            period=snapshot_month,
            layouts=[
                Rows(
                    sheets=("LA SN Groups",),
                    columns={"la_number": Text("LA num"), "la_name": Text("LA Name"), **_neighbour_columns()},
                    ignored=("LA number", "GOInd", "GOReg"),
                    units=("Old SNs:",),
                )
            ],
        ),
    ],
)
