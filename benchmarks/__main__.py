"""Runs the benchmarks, prints ratios and writes docs/benchmarks.md; `--smallest` compares with what is recorded."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module

from benchmarks.page import as_table, section, with_sections
from benchmarks.ratios import Ratio
from benchmarks.recorded import read_recorded, record, worse_each_time
from pipelines.settings import code_root

PARTS = ("reading", "country", "growth", "nightly", "alternatives", "arrival", "backfill", "outputs")
"""Modules here, each with `measure(smallest)`, which answers with ratios."""

SMALLEST = ("reading", "country")
"""Parts that are small enough for every change."""


def main() -> int:
    """Returns 1 when a goal is missed or, of the smallest size, when a ratio got worse by half; else 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What things cost beside their floors.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="parts to run; all of them by default")
    parser.add_argument("--smallest", action="store_true", help="the smallest size, compared with what is recorded")
    parser.add_argument("--record", action="store_true", help="record what the smallest size gives from now on")
    given = parser.parse_args()
    if given.record and (given.parts or not given.smallest):
        parser.error("--record is of the whole smallest size: python -m benchmarks --smallest --record")
    found: dict[str, Sequence[Ratio]] = {}
    for part in given.parts or (SMALLEST if given.smallest else PARTS):
        found[part] = measured(part, given.smallest)
    if given.record:
        record(ratio for ratios in found.values() for ratio in ratios)
        return 0
    if given.smallest:
        return judged(found)
    write_page(found)
    return int(not all(ratio.is_met for ratios in found.values() for ratio in ratios))


def measured(part: str, smallest: bool) -> Sequence[Ratio]:
    """Measures a part and prints what it found."""
    found: Sequence[Ratio] = import_module(f"benchmarks.{part}").measure(smallest)
    print(f"\n{part}\n{as_table(found)}", flush=True)
    return found


def judged(found: Mapping[str, Sequence[Ratio]]) -> int:
    """Prints which ratios of the smallest size got worse by half. Returns 1 when there are any, else 0."""
    recorded = read_recorded()
    if recorded is None:
        print("\nNot compared: what is recorded is of a machine with more or fewer processors than this one.")
        return 0
    worse = worse_each_time(found, lambda part: measured(part, smallest=True), recorded)
    lines = [f"{name}: {said}" for name, said in worse.items()]
    print("\n" + ("\n".join(["Worse by half than recorded:", *lines]) if worse else "None is worse by half."))
    return int(bool(worse))


def write_page(found: Mapping[str, Sequence[Ratio]]) -> None:
    """Puts what was found into docs/benchmarks.md, where the other parts stand as they were measured last."""
    path, now = code_root() / "docs" / "benchmarks.md", datetime.now(UTC)
    sections = {
        part: section(import_module(f"benchmarks.{part}").__doc__ or "", ratios, now) for part, ratios in found.items()
    }
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(with_sections(before, sections, PARTS), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
