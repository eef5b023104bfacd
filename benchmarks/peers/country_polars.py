"""Status and trend of a made-up country by Polars' streaming engine, from the Parquet as delivered."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.measured import print_measured
from benchmarks.national.questions import DAY


def status_and_trend(folder: Path) -> list[list[Any]]:
    """What `status_and_trend.sql` answers. The deliveries stand in the order of their key, as its table does."""
    day = date.fromisoformat(DAY)
    key = ("area_code", "measure_code")
    known = pl.scan_parquet(sorted(folder.glob("authority_*.parquet"))).filter(
        (pl.col("as_at") <= day) & (pl.col("superseded_on") > day)
    )
    same_series = pl.all_horizontal(pl.col(name).shift(4) == pl.col(name) for name in key)
    a_year_before = pl.col("quarter_number").shift(4) == pl.col("quarter_number") - 4
    before = pl.col("value_millionths").shift(4)
    previous = pl.when(same_series & a_year_before & (before != 0)).then(before)
    targets = pl.scan_parquet(folder / "targets.parquet")
    above = pl.col("polarity_sign") * (pl.col("value_millionths") - pl.col("target_millionths"))
    change = pl.col("polarity_sign") * (pl.col("value_millionths") - pl.col("previous")) * 100
    within, tolerance = pl.col("previous").abs(), pl.col("tolerance_millionths")
    answer = (
        known.with_columns(previous=previous)
        .join(targets, on="measure_code")
        .group_by("measure_code")
        .agg(
            figures=pl.len(),
            green=(above >= 0).sum(),
            amber=((above < 0) & (above >= -tolerance)).sum(),
            red=(above < -tolerance).sum(),
            better=(change > within).sum(),
            stable=((change >= -within) & (change <= within)).sum(),
            worse=(change < -within).sum(),
        )
        .sort("measure_code")
        .collect(engine="streaming")
    )
    return [list(row) for row in answer.rows()]


if __name__ == "__main__":
    print_measured(lambda: status_and_trend(Path(sys.argv[1])))
