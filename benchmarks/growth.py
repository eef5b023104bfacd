"""How cost grows with size: loading a made-up country and asking all questions of it, at 1, 10 and 100 times the size.

The exponent is that of the power by which the cost grows: 1 is in step with the size.
"""

import math
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.national.generate import Size, write_country
from benchmarks.national.questions import QUESTIONS
from benchmarks.ratios import Cost, Ratio, answer_of, medians_in_turn

SIZES = (Size(32, 1), Size(320, 1), Size(320, 10))


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  growth has no smaller size
    """The exponents of loading and of each question."""
    with tempfile.TemporaryDirectory() as folder:
        folders = {size: Path(folder) / str(size.observations) for size in SIZES}
        for size, own in folders.items():
            write_country(own, size)
        steps = ("load", *QUESTIONS)
        runs = {
            (step, size): (lambda step=step, own=own: _cost(step, own))
            for step in steps
            for size, own in folders.items()
        }
        medians = medians_in_turn(runs)
    found = []
    for step in steps:
        costs = [(size.observations, medians[step, size].seconds) for size in SIZES]
        told = ", ".join(f"{seconds:.2f} s" for _, seconds in costs)
        found.append(Ratio(f"{step.replace('_', ' ')}: exponent", exponent(costs), 1.0, told=told))
    return found


def _cost(step: str, folder: Path) -> Cost:
    given = answer_of([sys.executable, "-m", "benchmarks.national.questions", step, str(folder)])
    return Cost(given["seconds"], given["processor"])


def exponent(costs: Sequence[tuple[int, float]]) -> float:
    """The slope of the least squares line through the logarithms of sizes and costs."""
    points = [(math.log(size), math.log(cost)) for size, cost in costs]
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return float(sum((x - middle_x) * (y - middle_y) for x, y in points) / spread)
