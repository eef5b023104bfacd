"""The printed performance report: its table of measures and the claims in its text, taken as they are printed."""

import pandera.polars as pa

from pipelines.contract.model import Printed, Rows, Source, Table, Text
from pipelines.periods import reported_quarter


class Measures(pa.DataFrameModel):
    """One row per measure of the report; every figure is as printed, right or wrong."""

    code: str = pa.Field(str_matches=r"^(IN\.\d+(\.\d+)?|New measure)$", description="code, or New measure")
    measure_name: str = pa.Field(description="name of the measure as printed, which may be shortened")
    good_performance: str = pa.Field(nullable=True, description="whether high or low is printed to be good")
    two_years_before: str = pa.Field(nullable=True, description="printed for the year before the previous one")
    year_before: str = pa.Field(nullable=True, description="printed for the previous year")
    current: str = pa.Field(nullable=True, description="printed for the year of the report: interim figure or forecast")
    target: str = pa.Field(nullable=True, description="printed target")
    status: str = pa.Field(nullable=True, description="printed status")
    trend: str = pa.Field(nullable=True, description="printed trend; illegible where the copy cannot be read")


class Claims(pa.DataFrameModel):
    """One row per claim that the report's text makes with a figure."""

    place: str = pa.Field(description="section of the report")
    claim: str = pa.Field(description="what is claimed, in words")
    claimed: str = pa.Field(description="the figure as printed")
    about: str = pa.Field(description="measures or source that the claim is about")


source = Source(
    name="published_report",
    title="Portfolio Performance and Resources Report, as printed",
    owner="Policy, Performance and Reform",
    licence="internal",
    expected="when a report has been published",
    period_in_words="PPRR 2021-22 mid-year as printed.xlsx",
    tables=[
        Table(
            name="measures",
            schema=Measures,
            key=("code", "measure_name"),
            period=reported_quarter,
            layouts=[
                Rows(
                    sheets=("Measures as printed",),
                    columns={
                        "code": Text("PI Code"),
                        "measure_name": Text("Short Name"),
                        "good_performance": Printed("Good Performance", required=False),
                        "two_years_before": Printed("{year-2} Actual", required=False),
                        "year_before": Printed("{year-1} Actual", required=False),
                        "current": Printed("{year} {quarter} Interim / Forecast", "{year} Actual", required=False),
                        "target": Printed("{year} Target", required=False),
                        "status": Printed("Status", required=False),
                        "trend": Printed("Trend", required=False),
                    },
                )
            ],
        ),
        Table(
            name="claims",
            schema=Claims,
            key=("place", "claim"),
            period=reported_quarter,
            layouts=[
                Rows(
                    sheets=("Claims in the text",),
                    columns={
                        "place": Text("Where"),
                        "claim": Printed("Claim"),
                        "claimed": Printed("Value"),
                        "about": Text("Measure or source"),
                    },
                )
            ],
        ),
    ],
)
