"""Greater Manchester Community Safety Survey: answers to three questions by district and quarterly wave."""

from typing import Annotated

import pandera.polars as pa
import polars as pl

from pipelines.contract.model import Crosstab, EditionPeriod, Fact, Figure, Rhythm, Rows, Source, Table, Text
from pipelines.periods import survey_wave


class Responses(pa.DataFrameModel):
    """One row per question, area and answer of a wave. Percentages of respondents."""

    question: str = pa.Field(description="statement that respondents agree or disagree with")
    area: str = pa.Field(description="district, or Greater Manchester where the wave gives it")
    response: str = pa.Field(
        isin=[
            "Strongly agree",
            "Tend to agree",
            "Neither agree nor disagree",
            "Tend to disagree",
            "Strongly disagree",
            "Don't know",
        ],
        description="answer on the scale of agreement",
    )
    respondents: Annotated[pl.Decimal, 28, 6] = pa.Field(
        ge=0, le=100, nullable=True, description="respondents who gave the answer, per cent"
    )
    base: int = pa.Field(ge=0, nullable=True, description="unweighted number of respondents in the area")


source = Source(
    name="community_safety_survey",
    title="GM Community Safety Survey",
    owner="Safer {authority} Partnership",
    licence="internal",
    expected="a month after each calendar quarter",
    rhythm=Rhythm(months=3, due_days=30),
    period_in_words="GM Community Safety Survey Jul-Sep 2020.xlsx",
    illustrative="Means of four waves for {authority} are published; "
    "single waves and other districts are illustrative.",
    tables=[
        Table(
            name="responses",
            schema=Responses,
            key=("question", "area", "response"),
            period=survey_wave,
            layouts=[
                Crosstab(
                    sheets=("Q5a", "Q5b", "Q5c"),
                    corner="%",
                    down="response",
                    across="area",
                    value=("respondents", Figure(unit="%")),
                    beside={"Unweighted base": ("base", Figure(unit="", whole=True))},
                    facts={"question": Fact(r"agree or disagree: (.+)")},
                ),
                Rows(
                    sheets=("Data",),
                    columns={
                        "wave": EditionPeriod("Wave"),
                        "area": Text("Local authority"),
                        "question": Text("Question"),
                        "response": Text("Response"),
                        "respondents": Figure("Proportion", unit="%", plain_is_fraction=True),
                        "base": Figure("Base (n)", unit="", whole=True),
                    },
                ),
            ],
        )
    ],
)
