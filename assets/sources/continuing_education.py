"""Continuing Education Service: classroom-based courses by academic year, and the service's forecast of the rates."""

from decimal import Decimal
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Figure, Plausible, Rhythm, Rows, Source, Table, Text
from pipelines.periods import academic_year, financial_quarter


class Courses(pa.DataFrameModel):
    """One row per course and academic year. Counts of learners."""

    subject: str = pa.Field(description="subject area of the course")
    course: str = pa.Field(description="name of the course")
    starts: int = pa.Field(ge=0, description="learners who started the course")
    completed: int = pa.Field(ge=0, description="learners who stayed to the end of the course")
    achieved: int = pa.Field(ge=0, description="learners who achieved their learning aim")
    priority_area_learners: int = pa.Field(ge=0, description="learners who live in a priority area")

    @pa.dataframe_check(
        description="no more may achieve than complete, complete than start, or live in priority areas than start"
    )
    def each_stage_within_the_one_before(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether achieved <= completed <= starts and priority-area learners <= starts, per row."""
        achieved, completed, starts = pl.col("achieved"), pl.col("completed"), pl.col("starts")
        return data.lazyframe.select(
            (achieved <= completed) & (completed <= starts) & (pl.col("priority_area_learners") <= starts)
        )


class Forecast(pa.DataFrameModel):
    """One row per measure that the service forecasts for the academic year in progress."""

    measure_code: str = pa.Field(str_matches=r"^IN\.\d+$", description="code in the portfolio agreement")
    forecast: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, le=100, nullable=True, description="forecast of the rate at year-end, per cent"
    )
    basis: str = pa.Field(nullable=True, description="what the forecast rests on")


source = Source(
    name="continuing_education",
    title="Continuing Education: classroom-based learning",
    owner="Continuing Education Service",
    licence="internal",
    expected="each October",
    rhythm=Rhythm(months=12, year_ends=7, due_days=91),
    period_in_words="CE classroom based 2020-21.xlsx, or CE forecast 2021-22 Q2.xlsx",
    illustrative="Totals of the year are published; the courses behind them are illustrative and reproduce the totals.",
    tables=[
        Table(
            name="courses",
            schema=Courses,
            key=("subject", "course"),
            period=academic_year,
            layouts=[
                Rows(
                    sheets=("Classroom based", "CBL"),
                    columns={
                        "subject": Text("Subject", "Subject area"),
                        "course": Text("Course", "Course title"),
                        "starts": Figure("Learners / Starts", "Enrolments", unit="", whole=True),
                        "completed": Figure("Learners / Completed", "Completers", unit="", whole=True),
                        "achieved": Figure("Learners / Achieved", "Achievers", unit="", whole=True),
                        "priority_area_learners": Figure(
                            "Learners from priority areas", "Priority area learners", unit="", whole=True
                        ),
                    },
                    fill_down=("subject",),
                    totals={"{subject} total": ("subject",), "Total": ()},
                    derived=("Pass rate", "Retention rate", "Achievement rate"),
                )
            ],
            plausible=[Plausible("starts", by=("subject", "course"), most=Decimal(3))],
        ),
        Table(
            name="forecast",
            schema=Forecast,
            key=("measure_code",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Forecast",),
                    columns={
                        "measure_code": Text("PI Code"),
                        "forecast": Figure("Forecast {year}", unit="%"),
                        "basis": Text("Basis", required=False),
                    },
                )
            ],
        ),
    ],
)
