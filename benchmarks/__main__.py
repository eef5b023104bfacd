"""Runs the benchmarks, prints ratios and writes docs/benchmarks.md; `--smallest` compares with what is recorded."""

import argparse
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import import_module

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
    if not given.parts:
        (code_root() / "docs" / "benchmarks.md").write_text(page(found), encoding="utf-8")
    return int(not all(ratio.is_met for ratios in found.values() for ratio in ratios))


def measured(part: str, smallest: bool) -> Sequence[Ratio]:
    """Measures a part and prints what it found."""
    found: Sequence[Ratio] = import_module(f"benchmarks.{part}").measure(smallest)
    print(f"\n{part}\n{as_table(found)}", flush=True)
    return found


def as_table(ratios: Sequence[Ratio]) -> str:
    """Ratios as a table of Markdown."""
    lines = ["| What | Ratio | Goal | Met | More |", "|---|---:|---|---|---|"]
    for each in ratios:
        met = "" if each.goal is None else "yes" if each.is_met else "**no**"
        lines.append(f"| {each.name} | {each.value:.2f} | {each.goal_in_words} | {met} | {each.told} |")
    return "\n".join(lines)


def judged(found: Mapping[str, Sequence[Ratio]]) -> int:
    """Prints which ratios of the smallest size got worse by half. Returns 1 when there are any, else 0."""
    worse = worse_each_time(found, lambda part: measured(part, smallest=True), read_recorded())
    lines = [f"{name}: {said}" for name, said in worse.items()]
    print("\n" + ("\n".join(["Worse by half than recorded:", *lines]) if worse else "None is worse by half."))
    return int(bool(worse))


def page(found: Mapping[str, Sequence[Ratio]]) -> str:
    """docs/benchmarks.md: the machine, the day, and a table for each part."""
    about = [
        "# Benchmarks",
        "",
        "Made by `make bench`. All are ratios of medians timed in turn in one run: seconds differ from one machine",
        "to another, and from hour to hour, and are told only to show what a ratio is of.",
        "",
        f"Made on {datetime.now(UTC):%-d %B %Y} on {os.cpu_count()} processors ({platform.machine()}), Python"
        f" {platform.python_version()}.",
    ]
    for part, ratios in found.items():
        said = (import_module(f"benchmarks.{part}").__doc__ or "").strip()
        about += ["", f"## {part.capitalize()}", "", said, "", as_table(ratios)]
    return "\n".join([*about, ""])


if __name__ == "__main__":
    sys.exit(main())
