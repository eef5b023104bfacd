"""What benchmarks find: ratios of what was timed in turn in one run, since times differ from machine to machine."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipelines.settings import code_root

Name = TypeVar("Name", bound=Hashable)

TURNS = 5
"""Timings of which the median counts."""


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


def medians_in_turn(
    runs: Mapping[Name, Callable[[], float]], turns: int = TURNS, *, warms_up: bool = False
) -> dict[Name, float]:
    """The median seconds of each run, one after the other in every turn, so that a slow minute slows them all.

    warms_up: a turn before the first is not counted, as when caches and storage are made in it.
    """
    seconds: dict[Name, list[float]] = {name: [] for name in runs}
    for turn in range(1 - warms_up, turns + 1):
        for name, run in runs.items():
            taken = run()
            if turn:
                seconds[name].append(taken)
        print(f"turn {turn} of {turns} done", file=sys.stderr, flush=True)
    return {name: statistics.median(values) for name, values in seconds.items()}


def timed(command: Sequence[str], **environment: str) -> float:
    """Seconds that a command takes, started from the code's folder. Ends all when it fails."""
    start = time.perf_counter()
    output_of(command, **environment)
    return time.perf_counter() - start


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
