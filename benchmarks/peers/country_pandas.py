"""Status and trend of a made-up country by pandas, in memory; run in an environment of its own."""

import datetime
import sys
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]

from benchmarks.measured import print_measured

DAY = datetime.date.fromisoformat(sys.argv[2])


def status_and_trend(folder: Path) -> list[list[object]]:
    """What `status_and_trend.sql` answers."""
    every = pd.concat([pd.read_parquet(path) for path in sorted(folder.glob("authority_*.parquet"))])
    known = every[(every.as_at <= DAY) & (every.superseded_on > DAY)].merge(
        pd.read_parquet(folder / "targets.parquet"), on="measure_code"
    )
    known = known.sort_values(["area_code", "measure_code", "quarter_number"])
    series = known.groupby(["area_code", "measure_code"], sort=False)
    before = series["value_millionths"].shift(4)
    previous = before.where((series["quarter_number"].shift(4) == known.quarter_number - 4) & (before != 0))
    above = known.polarity_sign * (known.value_millionths - known.target_millionths)
    change = known.polarity_sign * (known.value_millionths - previous) * 100
    found = pd.DataFrame(
        {
            "measure_code": known.measure_code,
            "figures": 1,
            "green": above >= 0,
            "amber": (above < 0) & (above >= -known.tolerance_millionths),
            "red": above < -known.tolerance_millionths,
            "better": change > previous.abs(),
            "stable": (change >= -previous.abs()) & (change <= previous.abs()),
            "worse": change < -previous.abs(),
        }
    )
    answer: list[list[object]] = found.groupby("measure_code").sum().reset_index().values.tolist()
    return answer


if __name__ == "__main__":
    print_measured(lambda: status_and_trend(Path(sys.argv[1])))
