"""Further education and skills: learners by provider, characteristic and kind of learning."""

from typing import Any

import pandera.polars as pa

from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.periods import whole_series

FEW = {"low": "suppressed"}


def _learners() -> Any:
    return pa.Field(
        ge=0, nullable=True, description="learners, rounded to the nearest ten; null where few or not asked"
    )


class Learners(pa.DataFrameModel):
    """One row per academic year or part of it, provider and characteristic. Counts of learners."""

    academic_year: str = pa.Field(
        str_matches=r"^20\d{2}/\d{2}( \((Q[1-4] )?Aug to (Oct|Jan|Apr|Jul)\))?$",
        description="academic year, or its months so far",
    )
    provider: str = pa.Field(description="provider as supplied")
    ukprn: str = pa.Field(str_matches=r"^\d{8}$", description="UK provider reference number")
    characteristic: str = pa.Field(description="group of learners, or Total")
    apprenticeships: int = _learners()
    education_and_training: int = _learners()
    tailored_learning: int = _learners()
    community_learning: int = _learners()


source = Source(
    name="fe_learners",
    title="Further education and skills: learners by provider",
    owner="Department for Education",
    licence="Open Government Licence v3.0",
    expected="several times a year; each edition restates its years",
    period_in_words="FE learners by provider 2024-07-26.csv",
    tables=[
        Table(
            name="learners",
            schema=Learners,
            key=("academic_year", "ukprn", "characteristic"),
            period=whole_series,
            layouts=[
                Rows(
                    sheets=("csv",),
                    columns={
                        "academic_year": Text("Academic Year"),
                        "provider": Text("Provider name"),
                        "ukprn": Text("UKPRN"),
                        "characteristic": Text("Learner characteristic"),
                        "apprenticeships": Figure("Apprenticeships", unit="", whole=True, words=FEW),
                        "education_and_training": Figure("Education and Training", unit="", whole=True, words=FEW),
                        "tailored_learning": Figure("Tailored Learning", unit="", whole=True, words=FEW, optional=True),
                        "community_learning": Figure("Community Learning", unit="", whole=True, words=FEW),
                    },
                    ignored=("order_ref", "order_detailed"),
                )
            ],
        )
    ],
)
