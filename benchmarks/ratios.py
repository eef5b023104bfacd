"""What benchmarks find: ratios of what was timed in turn in one run, since times differ from machine to machine."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pipelines.settings import code_root

Name = TypeVar("Name", bound=Hashable)

TURNS = int(os.environ.get("BENCHMARK_TURNS", "5"))
"""Timings of which the median counts; fewer where somebody wants to see soon what comes out."""


@dataclass(frozen=True)
class Ratio:
    """How one thing's cost compares with another's.

    name: what is compared with what. value: the ratio. goal: the most that it should be, or the least where more is
    better (`at_least`); none where nothing was promised. told: what else a reader should know: seconds, memory.
    """

    name: str
    value: float
    goal: float | None = None
    at_least: bool = False
    told: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is met, where there is one."""
        if self.goal is None:
            return True
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def goal_in_words(self) -> str:
        """The goal as a table says it; empty where there is none."""
        return "" if self.goal is None else f"{'at least' if self.at_least else 'at most'} {self.goal:g}"


class Cost(NamedTuple):
    """What something took: seconds by the clock, and of processors, which other work on the machine leaves alone."""

    seconds: float
    processor: float


def medians_in_turn(
    runs: Mapping[Name, Callable[[], Cost]], turns: int = TURNS, *, warms_up: bool = False
) -> dict[Name, Cost]:
    """The median costs of each run, one after the other in every turn, so that a slow minute slows them all.

    warms_up: a turn before the first is not counted, as when caches and storage are made in it.
    """
    costs: dict[Name, list[Cost]] = {name: [] for name in runs}
    for turn in range(1 - warms_up, turns + 1):
        for name, run in runs.items():
            cost = run()
            if turn:
                costs[name].append(cost)
        print(f"turn {turn} of {turns} done", file=sys.stderr, flush=True)
    return {name: Cost(*map(statistics.median, zip(*found, strict=True))) for name, found in costs.items()}


def to(
    name: str, one: Cost, other: Cost, goal: float | None = None, told: str = "", *, at_least: bool = False
) -> Ratio:
    """The ratio of two costs by the clock; told are the seconds of both, and the ratio of processor seconds."""
    said = f"{one.seconds:.2f} s to {other.seconds:.2f} s; by processor seconds {one.processor / other.processor:.2f}"
    return Ratio(name, one.seconds / other.seconds, goal, at_least, f"{said}; {told}" if told else said)


def timed(command: Sequence[str], **environment: str) -> Cost:
    """The cost of a command with the processes that it starts, run from the code's folder. Ends all when it fails."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    output_of(command, **environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(time.perf_counter() - start, processor)


def timed_here(work: Callable[[], object]) -> Cost:
    """The cost of a call in this process, without the processes that it speaks to."""
    start, before = time.perf_counter(), time.process_time()
    work()
    return Cost(time.perf_counter() - start, time.process_time() - before)


def output_of(command: Sequence[str], **environment: str) -> str:
    """What a command prints. Ends all when it fails."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, cwd=code_root(), env=inherited | environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def answer_of(command: Sequence[str]) -> dict[str, Any]:
    """The JSON that a command prints."""
    found: dict[str, Any] = json.loads(output_of(command))
    return found


def in_environment(*packages: str) -> list[str]:
    """The beginning of a command for a Python with these packages and none of the project's, made when it is wanted."""
    uv = str(Path(sys.executable).with_name("uv"))
    wanted = [part for package in packages for part in ("--with", package)]
    return [uv, "run", "--no-project", "--quiet", *wanted, "python"]


def environment_in(folder: Path, *packages: str) -> str:
    """The path of the Python of a new environment with these packages, compiled as ours are."""
    uv = str(Path(sys.executable).with_name("uv"))
    python = str(folder / "bin" / "python")
    output_of([uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
    output_of([uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", python, *packages])
    return python
