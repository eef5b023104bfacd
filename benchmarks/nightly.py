"""Times the nightly against its floor, in turn in one run, and says what dominates. Medians; ratios are what counts.

Seconds are those by the clock; beside them those of processors, of a command and of the processes that it starts, which
a machine that does other work as well leaves alone.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pipelines.settings import code_root

RUNS = 5
TARGET_FULL, TARGET_NOTHING_NEW = 1.5, 0.4


class Taken(NamedTuple):
    """What a command took, in seconds: by the clock, and of all processors."""

    seconds: float
    processor: float


def main() -> int:
    """Prints the medians and ratios. Returns 1 when a target is missed, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        commands = _commands(root)
        taken: dict[str, list[Taken]] = {name: [] for name in commands}
        for turn in range(RUNS + 1):
            for name, run in commands.items():
                once = run()
                if turn:  # the first turn warms caches and creates Dagster's storage
                    taken[name].append(once)
            print(f"turn {turn} of {RUNS} done", file=sys.stderr, flush=True)
    return _report(taken)


def _commands(root: Path) -> dict[str, Callable[[], Taken]]:
    python = [sys.executable, "-m"]
    assets = str(_asset_count())
    nightly = [*python, "pipelines.cli", "nightly", "--root", str(root)]

    def full() -> Taken:
        shutil.rmtree(root / "warehouse", ignore_errors=True)
        return _timed(nightly, root / "dagster")

    def work() -> Taken:
        shutil.rmtree(root / "warehouse", ignore_errors=True)
        return _timed([*python, "benchmarks.work", str(root)], root / "dagster")

    return {
        "floor": lambda: _timed([*python, "benchmarks.floor", assets, str(root / "raw")], root / "dagster_floor"),
        "work without Dagster": work,
        "nightly": full,
        "nothing new": lambda: _timed(nightly, root / "dagster"),
        "import dagster": lambda: _timed([sys.executable, "-c", "import dagster"], root / "dagster"),
    }


def _asset_count() -> int:
    """As many assets as a nightly makes: neither those that nobody makes nor those of single quarters."""
    from pipelines.definitions import definitions
    from pipelines.jobs import NIGHTLY

    return len(set(definitions().resolve_job_def(NIGHTLY).asset_layer.executable_asset_keys))


def _timed(command: list[str], dagster_home: Path) -> Taken:
    dagster_home.mkdir(exist_ok=True)
    settings = code_root() / ".dagster" / "dagster.yaml"
    shutil.copy(settings, dagster_home / "dagster.yaml")
    environment = os.environ | {"DAGSTER_HOME": str(dagster_home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=code_root(), env=environment, capture_output=True, text=True, check=False)
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return Taken(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _report(taken: dict[str, list[Taken]]) -> int:
    medians = {name: Taken(*map(statistics.median, zip(*values, strict=True))) for name, values in taken.items()}
    floor, full, nothing = medians["floor"], medians["nightly"], medians["nothing new"]
    headings = f"{'seconds':>9}{'least':>9}{'most':>9}{'to floor':>10}{'processor':>11}{'to floor':>10}"
    print(f"{'median of ' + str(RUNS):24}{headings}")
    for name, median in medians.items():
        spread = f"{min(taken[name]).seconds:9.2f}{max(taken[name]).seconds:9.2f}"
        processor = f"{median.processor:11.2f}{median.processor / floor.processor:10.2f}"
        print(f"{name:24}{median.seconds:9.2f}{spread}{median.seconds / floor.seconds:10.2f}{processor}")
    to_floor, to_full = full.seconds / floor.seconds, nothing.seconds / full.seconds
    print(f"\nnightly to floor: {to_floor:.2f} (target at most {TARGET_FULL})")
    print(f"nothing new to nightly: {to_full:.2f} (target at most {TARGET_NOTHING_NEW})")
    share = 100 * (1 - medians["work without Dagster"].processor / full.processor)
    print(f"Of the nightly, {share:.0f}% is Dagster: starting it, and its events in SQLite; the rest is the work.")
    return 0 if to_floor <= TARGET_FULL and to_full <= TARGET_NOTHING_NEW else 1


if __name__ == "__main__":
    sys.exit(main())
