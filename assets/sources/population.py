"""Mid-year population estimates: residents of every country, region, county and district of the United Kingdom."""

import pandera.polars as pa

from pipelines.contract.model import Figure, Rhythm, Rows, Source, Table, Text
from pipelines.periods import mid_year

SINGLE_AGES = (*map(str, range(90)), "90+")


class Persons(pa.DataFrameModel):
    """One row per area and 30 June. Counts of residents of all ages."""

    area_code: str = pa.Field(str_matches=r"^[EKNSW]\d{8}$", description="GSS code of the area")
    area_name: str = pa.Field(description="name of the area as supplied")
    geography: str = pa.Field(description="kind of area")
    all_ages: int = pa.Field(ge=0, description="residents on 30 June")


source = Source(
    name="population",
    title="Mid-year population estimates",
    owner="Office for National Statistics",
    licence="Open Government Licence v3.0",
    expected="each June, for the June before",
    rhythm=Rhythm(months=12, year_ends=6, due_days=365),
    period_in_words="ukpopestimatesmid2020on2021geography.xlsx",
    set_aside_sheets={
        "Cover sheet": "notes of the supplier",
        "Contents": "notes of the supplier",
        "Notes*": "notes of the supplier",
        "Terms and conditions": "notes of the supplier",
        "Geography guide": "notes of the supplier",
        "Admin geography hierarchy": "notes of the supplier",
        "Related publications": "notes of the supplier",
        "MYE*": "no measure rests on it: persons of all ages do",
    },
    tables=[
        Table(
            name="persons",
            schema=Persons,
            key=("area_code",),
            period=mid_year,
            layouts=[
                Rows(
                    sheets=("MYE2 - Persons",),
                    columns={
                        "area_code": Text("Code"),
                        "area_name": Text("Name"),
                        "geography": Text("Geography"),
                        "all_ages": Figure("All ages", unit="", whole=True),
                    },
                    ignored=SINGLE_AGES,
                )
            ],
        )
    ],
)
