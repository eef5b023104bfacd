"""Crime in England and Wales: offences that the police recorded in twelve months, by offence group and force area."""

from collections.abc import Mapping
from typing import Annotated

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData
from polars.selectors import numeric

from pipelines.contract.model import Column, Figure, Rhythm, Rows, Source, Table, Text
from pipelines.periods import year_ending

Rate = Annotated[pl.Decimal, 28, 6]

TOTAL = "Total recorded crime (excluding fraud)"
VICTIM_BASED = "Victim-based crime"
AGAINST_SOCIETY = "Other crimes against society"

GROUPS = {
    "violence": (VICTIM_BASED, "Violence against the person"),
    "homicide": (VICTIM_BASED, "Homicide"),
    "violence_with_injury": (VICTIM_BASED, "Violence with injury"),
    "violence_without_injury": (VICTIM_BASED, "Violence without injury"),
    "stalking_and_harassment": (VICTIM_BASED, "Stalking and harassment"),
    "unlawful_driving": (VICTIM_BASED, "Death or serious injury - unlawful driving"),
    "sexual_offences": (VICTIM_BASED, "Sexual offences"),
    "robbery": (VICTIM_BASED, "Robbery"),
    "theft": (VICTIM_BASED, "Theft offences"),
    "burglary": (VICTIM_BASED, "Burglary"),
    "residential_burglary": (VICTIM_BASED, "Residential burglary"),
    "non_residential_burglary": (VICTIM_BASED, "Non-residential burglary"),
    "vehicle_offences": (VICTIM_BASED, "Vehicle offences"),
    "theft_from_the_person": (VICTIM_BASED, "Theft from the person"),
    "bicycle_theft": (VICTIM_BASED, "Bicycle theft"),
    "shoplifting": (VICTIM_BASED, "Shoplifting"),
    "other_theft": (VICTIM_BASED, "Other theft offences", "All other theft offences"),
    "criminal_damage_and_arson": (VICTIM_BASED, "Criminal damage and arson"),
    "drug_offences": (AGAINST_SOCIETY, "Drug offences"),
    "possession_of_weapons": (AGAINST_SOCIETY, "Possession of weapons offences"),
    "public_order": (AGAINST_SOCIETY, "Public order offences"),
    "miscellaneous": (AGAINST_SOCIETY, "Miscellaneous crimes", "Miscellaneous crimes against society"),
}
"""Staged column of each offence group, with the heading that spans it and its own, as editions have written it."""


class Areas(pa.DataFrameModel):
    """What both tables say of the area."""

    area_code: str = pa.Field(
        nullable=True, str_matches=r"^[EKW]\d{8}$", description="GSS code; the British Transport Police have none"
    )
    area_name: str = pa.Field(description="force area, region or country as supplied")

    @pa.dataframe_check(description="no count or rate may be below zero")
    def nothing_below_zero(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether every figure of the row is zero or more, or missing."""
        return data.lazyframe.select(pl.all_horizontal(numeric().fill_null(0) >= 0))


class Offences(Areas):
    """One row per area and year. Counts of offences; England and Wales and its regions are rows of their own."""

    total: int = pa.Field(ge=0, nullable=True, description="all offences, fraud left out")


class Rates(Areas):
    """One row per area and year. Offences per 1,000 residents, or per 1,000 households where the column says so."""

    total: Rate = pa.Field(ge=0, nullable=True, description="all offences, fraud left out, per 1,000 residents")
    residential_burglary_households: Rate = pa.Field(
        ge=0, nullable=True, description="residential burglaries per 1,000 households"
    )


def _columns(*, whole: bool, words: Mapping[str, str] | None = None) -> dict[str, Column]:
    def figure(*headings: str) -> Figure:
        return Figure(*headings, unit="", whole=whole, words=words)

    return {
        "area_code": Text("Area Code", required=False),
        "area_name": Text("Area Name"),
        "total": figure(TOTAL),
        **{
            name: figure(*(f"{span} / {heading}" for heading in headings)) for name, (span, *headings) in GROUPS.items()
        },
    }


source = Source(
    name="police_force_areas",
    title="Police recorded crime by police force area",
    owner="Office for National Statistics",
    licence="Open Government Licence v3.0",
    expected="each quarter, three or four months after it",
    rhythm=Rhythm(months=3, due_days=122),
    period_in_words="pfatablesdec19.xlsx",
    set_aside_sheets={
        "Notes": "notes of the supplier",
        "Correction": "notes of the supplier",
        "Table P*": "no measure rests on it: the numbers of Table P1 and the rates of Table P3 do",
    },
    tables=[
        Table(
            name="offences",
            schema=Offences,
            key=("area_code", "area_name"),
            period=year_ending,
            layouts=[Rows(sheets=("Table P1",), columns=_columns(whole=True), units=("Numbers",))],
        ),
        Table(
            name="rates",
            schema=Rates,
            key=("area_code", "area_name"),
            period=year_ending,
            layouts=[
                Rows(
                    sheets=("Table P3",),
                    # where few people live, rates are withheld and marked +
                    columns=_columns(whole=False, words={"+": "suppressed"})
                    | {
                        "residential_burglary_households": Figure(
                            f"{VICTIM_BASED} / Residential burglary (households)", unit="", words={"+": "suppressed"}
                        )
                    },
                    ignored=("Population figures*", "Household figures*"),
                    units=("Rate per 1,000 population",),
                )
            ],
        ),
    ],
)
