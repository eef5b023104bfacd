"""Status and trend of a made-up country by pandas, in memory; run in an environment of its own."""

import datetime
import json
import sys
import time
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]

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


def peak_mb() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    start, before = time.perf_counter(), time.process_time()
    found = status_and_trend(Path(sys.argv[1]))
    seconds, processor = time.perf_counter() - start, time.process_time() - before
    peak = peak_mb()
    print(json.dumps({"seconds": seconds, "processor": processor, "peak_mb": peak, "answer": found}))
