"""Ratios of the smallest size that were recorded, and which of those measured now got worse by half against them."""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.ratios import Ratio

FILE = Path(__file__).with_name("recorded.json")

WORSE = 1.5
"""A ratio that grew by half fails; smaller differences are noise on a shared machine."""

AGAIN = 2
"""How often a part with a worse ratio is measured again: what was only a slow minute is not worse every time."""

Measure = Callable[[str], Sequence[Ratio]]
"""Measures a part by its name."""


def record(ratios: Iterable[Ratio], file: Path = FILE) -> None:
    """Records the ratios as what later ones are compared with, on a machine of as many processors."""
    values = {ratio.name: round(ratio.value, 2) for ratio in ratios}
    said = {"processors": os.cpu_count(), "ratios": values}
    file.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def read_recorded(file: Path = FILE) -> dict[str, float] | None:
    """The recorded ratios by their names; None where they are of a machine with more or fewer processors.

    There what runs on all of them takes another share of what runs on one.
    """
    said = json.loads(file.read_text(encoding="utf-8"))
    found: dict[str, float] = said["ratios"]
    return found if said["processors"] == os.cpu_count() else None


def worse_each_time(
    found: Mapping[str, Sequence[Ratio]], measure: Measure, recorded: Mapping[str, float]
) -> dict[str, str]:
    """By its name what is said of each ratio that is worse by half, and is so again when its part is measured again."""
    worse: dict[str, str] = {}
    for part, ratios in found.items():
        left = worse_by_half(ratios, recorded)
        for _ in range(AGAIN):
            if left.keys() & recorded.keys():
                again = worse_by_half(measure(part), recorded)
                left = {name: again[name] for name in left if name in again}
        worse |= left
    return worse


def worse_by_half(ratios: Iterable[Ratio], recorded: Mapping[str, float]) -> dict[str, str]:
    """By its name what is said of each ratio that is worse by half than recorded, or of which nothing is recorded."""
    worse = {}
    for ratio in ratios:
        before = recorded.get(ratio.name)
        if before is None:
            worse[ratio.name] = "nothing is recorded of it; run `python -m benchmarks --smallest --record`"
        elif (before / ratio.value if ratio.at_least else ratio.value / before) > WORSE:
            worse[ratio.name] = f"{ratio.value:.2f}, recorded {before:.2f}"
    return worse
