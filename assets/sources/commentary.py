"""Commentary of the services on measures of a quarter, and statuses that people put in the place of computed ones."""

from collections.abc import Mapping
from datetime import date

import pandera.polars as pa
import polars as pl
from pandera.polars import PolarsData

from pipelines.contract.model import Day, Rhythm, Rows, Rule, Source, Table, Text
from pipelines.periods import financial_quarter


class Commentary(pa.DataFrameModel):
    """One row per text; it may be about several measures."""

    measure_codes: str = pa.Field(description="codes of the measures, a semicolon between them")
    kind: str = pa.Field(isin=["Highlight", "Exception", "Note"], description="what the text is")
    commentary: str = pa.Field(description="the text")
    override_status: str = pa.Field(
        isin=["R", "A", "G"], nullable=True, description="status that a person puts in the place of the computed one"
    )
    override_reason: str = pa.Field(nullable=True, description="why")
    author: str = pa.Field(description="service that wrote the text")
    approved_on: date = pa.Field(description="day on which it was approved")

    @pa.check("measure_codes", description="must be codes of measures with a semicolon between them")
    def codes_apart(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether no code has a space in it, per row."""
        return data.lazyframe.select(pl.col("measure_codes").str.contains(r"^[^\s;,]+(\s*[;,]\s*[^\s;,]+)*$"))

    @pa.check(
        "override_reason", ignore_na=False, description="a status override needs its reason, and a reason its override"
    )
    def override_with_its_reason(cls, data: PolarsData) -> pl.LazyFrame:
        """Whether a row has both an override and a reason or neither, per row."""
        return data.lazyframe.select(pl.col("override_status").is_null() == pl.col("override_reason").is_null())


def overrides_of_one_measure(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows that override the status of a measure that an earlier row overrides."""
    codes = pl.col("measure_codes").str.to_uppercase().str.extract_all(r"[^\s;,]+").list.unique()
    overrides = tables["texts"].filter(pl.col("override_status").is_not_null())
    by_measure = overrides.with_columns(measure_code=codes).explode("measure_code")
    return by_measure.filter(pl.col("measure_code").is_first_distinct().not_()).unique("row_number")


def texts_said_again(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Rows that say of the same measures what an earlier row says."""
    said = pl.struct("measure_codes", "kind", "commentary")
    return tables["texts"].filter(said.is_first_distinct().not_())


source = Source(
    name="commentary",
    title="Commentary on measures",
    owner="Policy, Performance and Reform",
    licence="internal",
    expected="by the cut-off of each quarter, six weeks after its end",
    rhythm=Rhythm(months=3, due_days=42),
    period_in_words="Commentary 2021-22 Q2.xlsx",
    rules=[
        Rule(
            "one override per measure",
            "it overrides the status of a measure that an earlier row overrides; keep one of them",
            of="texts",
            broken=overrides_of_one_measure,
        ),
        Rule("each text once", "it repeats an earlier row; remove it", of="texts", broken=texts_said_again),
    ],
    tables=[
        Table(
            name="texts",
            schema=Commentary,
            key=("row_number",),
            period=financial_quarter,
            layouts=[
                Rows(
                    sheets=("Commentary",),
                    columns={
                        "measure_codes": Text("PI Code(s)", "PI Code"),
                        "kind": Text("Kind"),
                        "commentary": Text("Commentary", located=True),
                        "override_status": Text("Status override", required=False),
                        "override_reason": Text("Reason for override", required=False),
                        "author": Text("Author"),
                        "approved_on": Day("Approved on"),
                    },
                )
            ],
        )
    ],
)
