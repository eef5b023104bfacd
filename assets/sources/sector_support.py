"""Sector3's monitoring returns: collaboration events, funding secured, organisations engaged and community networks."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Day, Figure, Rhythm, Rows, Rule, Source, Table, Text
from pipelines.periods import financial_year_or_quarter

FUNDING = "External funding secured by VCSE organisations"
EVENTS_HELD = "Collaboration events held"
COUNT = Figure(unit="", whole=True)
ITEMS = {
    FUNDING: Figure(unit="£"),
    "Organisations engaged with Sector3": COUNT,
    "Community networks representing communities of identity (at quarter end)": COUNT,
    EVENTS_HELD: COUNT,
}


class Return(pa.DataFrameModel):
    """One row per item that the return states: pounds of funding, or a number."""

    item: str = pa.Field(isin=list(ITEMS), description="what is stated")
    stated: Annotated[pl.Decimal, 28, 6] = pa.Field(ge=0, nullable=True, description="pounds of funding, else a number")


class Events(pa.DataFrameModel):
    """One row per collaboration event."""

    held_on: date = pa.Field(description="day of the event")
    event: str = pa.Field(description="kind of event")
    held: str = pa.Field(description="online or in person")
    attendance: int = pa.Field(ge=0, nullable=True, description="people who came")

    @pa.dataframe_check(description="an event belongs in the return of the period in which it was held")
    def held_in_the_period(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether the day of the event is in the edition's period, per row."""
        return data.lazyframe.select(pl.col("held_on").is_between("period_start", "period_end", closed="left"))


def _events_stated(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return tables["return"].filter(pl.col("item") == EVENTS_HELD)


def events_neither_stated_nor_listed(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The first row of a return that says nothing of events."""
    silent = "events" not in tables and _events_stated(tables).is_empty()
    return tables["return"].head(1 if silent else 0)


def events_stated_as_listed(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The number of events stated, where the events listed are not as many."""
    if "events" not in tables:
        return tables["return"].clear()
    stated = _events_stated(tables).filter(pl.col("stated") != tables["events"].height)
    return stated.with_columns(cell=pl.col("stated_cell"))


source = Source(
    name="sector_support",
    title="Sector3 monitoring",
    owner="Sector3",
    licence="internal",
    expected="two weeks after each quarter",
    rhythm=Rhythm(months=3, due_days=14),
    period_in_words="Sector3 monitoring 2021-22 Q1.xlsx, or Sector3 monitoring 2020-21.xlsx for a whole year",
    illustrative="Figures of the returns and the number of events are published; the single events are illustrative.",
    rules=[
        Rule(
            "events stated or listed",
            f"the return says nothing of events; list them in the sheet 'Events', or add a row '{EVENTS_HELD}' with"
            " their number, 0 if there was none",
            of="return",
            broken=events_neither_stated_nor_listed,
        ),
        Rule(
            "events stated as listed",
            "the number of events is not that of the rows in the sheet 'Events'; mend one of them",
            of="return",
            broken=events_stated_as_listed,
        ),
    ],
    tables=[
        Table(
            name="return",
            schema=Return,
            key=("item",),
            period=financial_year_or_quarter,
            layouts=[
                Rows(
                    sheets=("Return",),
                    columns={"item": Text("Item"), "stated": Figure("Value", by_row=("item", ITEMS))},
                )
            ],
        ),
        Table(
            name="events",
            schema=Events,
            key=("row_number",),
            period=financial_year_or_quarter,
            optional=True,
            layouts=[
                Rows(
                    sheets=("Events",),
                    columns={
                        "held_on": Day("Date"),
                        "event": Text("Event", located=True),
                        "held": Text("Held"),
                        "attendance": Figure("Attendance", unit="", whole=True),
                    },
                )
            ],
        ),
    ],
)
