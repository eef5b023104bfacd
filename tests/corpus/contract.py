"""Sources made for the corpus: small, fictional, between them with every kind of promise that a contract makes."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Crosstab, Day, Fact, Figure, Rows, Source, Table, Text
from pipelines.periods import PeriodFinder, financial_quarter

Money = Annotated[pl.Decimal, 28, 6]


class Centres(pa.DataFrameModel):
    """One row per community centre and quarter."""

    centre: str = pa.Field(description="community centre")
    visits: int = pa.Field(ge=0, nullable=True, description="visits in the quarter")
    satisfied: Money = pa.Field(ge=0, le=100, nullable=True, description="visitors who were satisfied, per cent")
    income: Money = pa.Field(nullable=True, description="income of the quarter in pounds; a loss is negative")
    opened: pl.Date = pa.Field(nullable=True, description="day on which the centre opened")


class Sessions(pa.DataFrameModel):
    """One row per district, activity and quarter."""

    district: str = pa.Field(description="district of the borough")
    activity: str = pa.Field(description="what was offered")
    sessions: int = pa.Field(ge=0, description="sessions held")
    adults: int = pa.Field(ge=0, description="adults who came")
    children: int = pa.Field(ge=0, description="children who came")

    @pa.dataframe_check(description="nobody can have come where no session was held")
    def no_attendance_without_a_session(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether sessions > 0 wherever adults or children came, per row."""
        return data.lazyframe.select((pl.col("sessions") > 0) | (pl.col("adults") + pl.col("children") == 0))


class Measures(pa.DataFrameModel):
    """One row per measure; each figure in a unit of its own."""

    measure: str = pa.Field(description="measure")
    figure: Money = pa.Field(nullable=True, description="its figure, in the unit that the cell shows")


class Awards(pa.DataFrameModel):
    """One row per recipient of a grant."""

    recipient: str = pa.Field(description="recipient")
    awarded: Money = pa.Field(nullable=True, description="award in pounds")
    first_paid: Money = pa.Field(nullable=True, description="first instalment in pounds")
    second_paid: Money = pa.Field(nullable=True, description="second instalment in pounds")


class Payments(pa.DataFrameModel):
    """One row per payment."""

    reference: str = pa.Field(description="number of the payment")
    paid: Money = pa.Field(ge=0, description="payment in pounds")
    paid_on: pl.Date = pa.Field(description="day of the payment")


class Answers(pa.DataFrameModel):
    """One row per question, with what was counted behind it."""

    question: str = pa.Field(description="question")
    agreed: Money = pa.Field(ge=0, le=100, nullable=True, description="respondents who agreed, per cent")


class Spending(pa.DataFrameModel):
    """One row per scheme, two quarters in one cell."""

    scheme: str = pa.Field(description="scheme")


class Responses(pa.DataFrameModel):
    """One row per area and answer."""

    answer: str = pa.Field(description="answer")
    area: str = pa.Field(description="area")
    share: Money = pa.Field(ge=0, le=100, nullable=True, description="respondents, per cent")


def _source(name: str, *tables: Table) -> Source:
    title = name.capitalize()
    return Source(name, title, "Corpus", "made up", "each quarter", f"{title} 2021-22 Q2.xlsx", tables)


def _table(
    name: str,
    schema: type[pa.DataFrameModel],
    key: tuple[str, ...],
    *layouts: Rows | Crosstab,
    period: PeriodFinder = financial_quarter,
) -> Table:
    return Table(name, schema, key, period, layouts)


def _centres() -> Source:
    layout = Rows(
        sheets=("Visits", "Centre visits", "csv"),
        columns={
            "centre": Text("Centre", "Community centre"),
            "visits": Figure("Visits", "Footfall", unit="", whole=True),
            "satisfied": Figure("Satisfied %", "% satisfied", unit="%"),
            "income": Figure("Income", "Income {year}", unit="£"),
            "opened": Day("Opened", required=False),
        },
        totals={"Total": (), "All centres": ()},
    )
    return _source("centres", _table("visits", Centres, ("centre",), layout))


def _sessions() -> Source:
    layout = Rows(
        sheets=("Sessions",),
        columns={
            "district": Text("District"),
            "activity": Text("Activity"),
            "sessions": Figure("Sessions", unit="", whole=True),
            "adults": Figure("Attendances / Adults", "Adults", unit="", whole=True),
            "children": Figure("Attendances / Children", "Children", unit="", whole=True),
        },
        fill_down=("district",),
        totals={"{district} total": ("district",), "Total": ()},
        derived=("Attendances per session",),
    )
    return _source("sessions", _table("sessions", Sessions, ("district", "activity"), layout))


def _measures() -> Source:
    words = {"TBC": "to_be_confirmed", "see note": "not_available"}
    columns = {"measure": Text("Measure"), "figure": Figure("Figure", approximate=True, words=words)}
    facts = {"stage": Fact(r"(interim|final)", required=False)}
    layout = Rows(sheets=("Measures",), columns=columns, facts=facts)
    return _source("measures", _table("measures", Measures, ("measure",), layout))


def _grants() -> Source:
    awards = Rows(
        sheets=("Awards",),
        columns={
            "recipient": Text("Recipient"),
            "awarded": Figure("Awarded", unit="£", thousands=("Awarded (£000)", "Awarded £'000")),
            "first_paid": Figure("Paid", unit="£", optional=True),
            "second_paid": Figure("Paid #2", unit="£", optional=True),
        },
        ignored=("Officer",),
    )
    payments = Rows(
        sheets=("Payments",),
        columns={
            "reference": Text("Reference"),
            "paid": Figure("Paid", unit="£"),
            "paid_on": Day("Paid on"),
        },
    )
    return _source(
        "grants",
        _table("awards", Awards, ("recipient",), awards),
        _table("payments", Payments, ("reference",), payments),
    )


def _answers() -> Source:
    columns = {"question": Text("Question"), "agreed": Figure("Agreed", unit="%", counts=True)}
    return _source("answers", _table("answers", Answers, ("question",), Rows(sheets=("Answers",), columns=columns)))


def _spending() -> Source:
    columns = {"scheme": Text("Scheme"), "spent": Figure("Spent", unit="£", parts=("Q1", "Q2"))}
    return _source("spending", _table("spending", Spending, ("scheme",), Rows(sheets=("Spending",), columns=columns)))


def _survey() -> Source:
    layout = Crosstab(
        sheets=("Q1",),
        corner="%",
        down="answer",
        across="area",
        value=("share", Figure("share", unit="%", required=False)),
        beside={"Unweighted base": ("base", Figure("base", unit="", whole=True))},
    )
    return _source("survey", _table("responses", Responses, ("answer", "area"), layout))


_MAKERS: Mapping[str, Callable[[], Source]] = {
    "centres": _centres,
    "sessions": _sessions,
    "measures": _measures,
    "grants": _grants,
    "answers": _answers,
    "spending": _spending,
    "survey": _survey,
}

NAMES = tuple(_MAKERS)


@cache
def source_named(name: str) -> Source:
    """The source of that name; made when first asked for, so that a mistake in one contract fails its own cases."""
    return _MAKERS[name]()
