"""The portfolio agreement: every measure with its definition, target and rule of rating, and the four priorities."""

from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Fact, Figure, Rhythm, Rows, Source, Table, Text
from pipelines.periods import financial_year

TARGET_WORDS = {
    "TBC": "to_be_confirmed",
    "N/A": "none",
    "Aim to maximise": "maximise",
    "Aim to minimise": "minimise",
}


CHANGES = r"(?i)\b(change|growth|increase|decrease|reduction|rise|fall|improvement|variance|difference|ratio|net)\b"
"""Words in the name of a measure that may be below nought, and above 100%."""


class Measures(pa.DataFrameModel):
    """One row per measure of the agreement."""

    code: str = pa.Field(str_matches=r"^(IN\.\d+(\.\d+)?|New measure)$", description="code, or New measure")
    measure_name: str = pa.Field(description="name of the measure")
    priority: str = pa.Field(str_matches=r"^\d\. .+", description="number and title of the priority that it serves")
    category: str = pa.Field(
        isin=["Council", "Partnership", "Contextual"], description="how far the council's influence reaches"
    )
    good_performance: str = pa.Field(
        isin=["High", "Low", "N/A", "Contextual"], nullable=True, description="whether high or low is good"
    )
    unit: str = pa.Field(isin=["%", "Number", "£", "per 1,000"], description="unit of the measure")
    year: str = pa.Field(
        isin=["Financial", "Academic", "Snapshot", "Rolling four quarters"], description="kind of year that it runs by"
    )
    frequency: str = pa.Field(isin=["Quarterly", "Annual"], description="how often it is reported")
    numerator: str = pa.Field(nullable=True, description="what is counted, of a rate")
    denominator: str = pa.Field(nullable=True, description="what it is counted against, of a rate")
    kind_of_target: str = pa.Field(
        isin=["Numerical", "No target", "Direction of travel", "Comparator"], description="kind of target set"
    )
    target: Annotated[pl.Decimal, 28, 6] = pa.Field(nullable=True, description="target in the measure's unit")
    rated_on: str = pa.Field(isin=["Forecast", "Year to date", "Latest"], description="which value is rated")
    trend_compares: str = pa.Field(
        isin=["Forecast year-end", "Latest against previous"], description="which values the trend compares"
    )
    forecast_method: str = pa.Field(
        isin=["None", "Straight line", "Mean of last four waves", "Last value", "Service forecast"],
        description="how a year-end figure is come by",
    )
    gm_strategy: str = pa.Field(isin=["Yes"], nullable=True, description="in the Greater Manchester Strategy framework")
    owner: str = pa.Field(description="who answers for the measure")
    note: str = pa.Field(nullable=True, description="note of the agreement")
    tolerance: str = pa.Field(
        nullable=True,
        str_matches=r"^\d+(\.\d+)?( ?%| points)?$",
        description="how far below target is still Amber: 5% of it, 5 points, or a number in the measure's unit",
    )

    replaces: str = pa.Field(
        nullable=True,
        str_matches=r"^IN\.N?\d+(\.\d+)?$",
        description="code, in the agreement before, of the measure that it continues; its own if only renamed",
    )

    @pa.dataframe_check(
        description="a target must be in the measure's own unit (36% for a % measure, £100k for a £ one)"
    )
    def target_in_the_measures_unit(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether a numeric target shows % exactly for % measures, and £ only for £ measures, per row."""
        shown, unit = pl.col("target_unit"), pl.col("unit")
        fits = ((shown == "%") == (unit == "%")) & ((shown != "£") | (unit == "£"))
        return data.lazyframe.select(fits | pl.col("target").is_null())

    @pa.dataframe_check(
        description="a target is at least 0 unless it is in £, and of a % measure at most 100%, unless"
        " the measure's name says that it is a change, a difference or a ratio;"
        " 95 in a cell with a percent format is 9,500%"
    )
    def target_that_can_be_met(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether a numeric target is a value that its measure can have, per row."""
        target, unit = pl.col("target"), pl.col("unit")
        possible = ((target >= 0) | (unit == "£")) & ((target <= 100) | (unit != "%"))
        return data.lazyframe.select(possible.fill_null(value=True) | pl.col("measure_name").str.contains(CHANGES))

    @pa.dataframe_check(description="a numerical target is a number, or TBC while it is not confirmed")
    def numerical_target_is_a_number(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether rows with a numerical target have a number or TBC, per row."""
        said = pl.col("target_availability").is_in(["value", "to_be_confirmed"])
        return data.lazyframe.select(said | (pl.col("kind_of_target") != "Numerical"))


class Priorities(pa.DataFrameModel):
    """One row per priority of the portfolio."""

    priority_number: int = pa.Field(ge=1, description="number of the priority")
    priority_title: str = pa.Field(description="title of the priority")


source = Source(
    name="portfolio_agreement",
    title="Portfolio Agreement",
    owner="Policy, Performance and Reform",
    licence="internal",
    expected="each June, when Cabinet has approved it",
    rhythm=Rhythm(months=12, due_days=-275),
    period_in_words="Portfolio Agreement 2021-22.xlsx",
    set_aside_sheets={
        "Notes": "notes of the supplier",
        "Rating rules": "the rules in words; the code keeps them exactly",
    },
    tables=[
        Table(
            name="measures",
            schema=Measures,
            key=("code", "measure_name"),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Measures",),
                    columns={
                        "code": Text("PI Code", located=True),
                        "measure_name": Text("Short Name"),
                        "priority": Text("Priority"),
                        "category": Text("Category"),
                        "good_performance": Text("Good Performance", required=False),
                        "unit": Text("Unit"),
                        "year": Text("Year"),
                        "frequency": Text("Frequency"),
                        "numerator": Text("Numerator", required=False),
                        "denominator": Text("Denominator", required=False),
                        "kind_of_target": Text("Target type"),
                        "target": Figure("Target {year}", words=TARGET_WORDS),
                        "rated_on": Text("Rated on"),
                        "trend_compares": Text("Trend compares"),
                        "forecast_method": Text("Forecast method"),
                        "gm_strategy": Text("GM Strategy", required=False),
                        "owner": Text("Owner"),
                        "note": Text("Note", required=False),
                        "tolerance": Text("Tolerance", required=False, optional=True),
                        "replaces": Text("Replaces", required=False, optional=True),
                    },
                    facts={"approved_on": Fact(r"approved by Cabinet (\d{1,2} \w+ \d{4})")},
                )
            ],
        ),
        Table(
            name="priorities",
            schema=Priorities,
            key=("priority_number",),
            period=financial_year,
            layouts=[
                Rows(
                    sheets=("Priorities",),
                    columns={
                        "priority_number": Figure("Priority", unit="", whole=True),
                        "priority_title": Text("Title"),
                    },
                )
            ],
        ),
    ],
)
