"""Compares figures with the editions of earlier periods: a jump that no period before had is worth a second look."""

from dataclasses import dataclass

import polars as pl

from pipelines.contract.model import Plausible, Table
from pipelines.contract.outcome import Finding


@dataclass(frozen=True, slots=True)
class Jump:
    """A warning about a workbook's figure."""

    workbook: str
    workbook_sha256: str
    finding: Finding


def find_jumps(table: Table, rows: pl.DataFrame) -> list[Jump]:
    """Jumps among the staged rows of a table: of each period the rows of one edition.

    A figure jumps when it is more than `most` times the figure of the period before, or that much smaller, and by more
    than it ever changed before between two periods. To zero, or from zero, is more than any number of times.
    """
    return [jump for rule in table.plausible for jump in _jumps(rule, rows)]


def _jumps(rule: Plausible, rows: pl.DataFrame) -> list[Jump]:
    figure = pl.col(rule.figure).cast(pl.Float64)
    before = pl.col("figure").shift(1).over(rule.by)
    # how many times one is of the other, whichever is larger; figures of nought are infinitely far from others
    larger, smaller = pl.max_horizontal("figure", before), pl.min_horizontal("figure", before)
    change = pl.when(larger == smaller).then(1.0).when(smaller <= 0).then(float("inf")).otherwise(larger / smaller)
    series = (
        rows.filter(pl.col(rule.figure).is_not_null())
        .sort("period_start", *rule.by)
        .with_columns(figure=figure)
        .with_columns(
            before=pl.col(f"{rule.figure}_text").shift(1).over(rule.by),
            period_before=pl.col("period_label").shift(1).over(rule.by),
            change=change,
        )
        .with_columns(most_before=pl.col("change").cum_max().shift(1).over(rule.by).fill_null(1.0))
    )
    jumps = series.filter((pl.col("change") > float(rule.most)) & (pl.col("change") > pl.col("most_before")))
    return [_jump(rule, row) for row in jumps.iter_rows(named=True)]


def _jump(rule: Plausible, row: dict[str, object]) -> Jump:
    name = rule.figure
    about = ", ".join(str(row[column]) for column in rule.by)
    message = (
        f"{about}: {name.replace('_', ' ')} is {row[f'{name}_text']}, and was {row['before']} in "
        f"{row['period_before']}; it never changed as much before. See that it is right"
    )
    text, cell = str(row[f"{name}_text"]), str(row[f"{name}_cell"])
    finding = Finding(str(row["sheet"]), cell, name, text, "plausible beside earlier periods", message, "warn")
    return Jump(str(row["workbook"]), str(row["workbook_sha256"]), finding)
