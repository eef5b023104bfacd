"""docs/benchmarks.md: a section for each part, with the day, the machine and the number of timings it was made with."""

import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version

from benchmarks.ratios import TURNS, Ratio
from pipelines.ledger.register import LOCAL_TIME

HEAD = """# Benchmarks

Made by `make bench`; `OPTIONS="reading growth"` measures some of the parts anew. All are ratios of medians timed in
turn in one run: seconds differ from one machine to another and from hour to hour, and are told only to show what a
ratio is of. Seconds of processors are those of a command and all that it starts; they swing less where others work on
the machine.
"""
_SECTION = "\n## "


def as_table(ratios: Sequence[Ratio]) -> str:
    """Ratios as a table of Markdown."""
    lines = ["| What | Ratio | Goal | Met | More |", "|---|---:|---|---|---|"]
    for each in ratios:
        met = "" if each.goal is None else "yes" if each.is_met else "**no**"
        lines.append(f"| {each.name} | {each.value:.2f} | {each.goal_in_words} | {met} | {each.told} |")
    return "\n".join(lines)


def section(about: str, ratios: Sequence[Ratio], day: datetime) -> str:
    """What is said of a part: what it compares, its table, and when and where it was measured."""
    made = (
        f"On {day.astimezone(LOCAL_TIME):%-d %B %Y}, {os.cpu_count()} processors ({platform.machine()}), "
        f"Python {platform.python_version()}, DuckDB {version('duckdb')}, Polars {version('polars')}; "
        f"medians of {TURNS}."
    )
    return f"{about.strip()}\n\n{made}\n\n{as_table(ratios)}\n"


def with_sections(page: str, sections: Mapping[str, str], order: Sequence[str]) -> str:
    """The page with these sections in the place of those of their names; the others stand as they are."""
    titled = dict(each.split("\n", 1) for each in page.split(_SECTION)[1:])
    titled |= {name.capitalize(): f"\n{text}" for name, text in sections.items()}
    known = [name.capitalize() for name in order if name.capitalize() in titled]
    return "\n".join([HEAD.rstrip("\n"), *(f"\n## {name}\n{titled[name].rstrip()}" for name in known)]) + "\n"
