"""Times the nightly against its floor, in turn in one run, and says what dominates. Medians; ratios are what counts."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipelines.settings import code_root

RUNS = 5
TARGET_FULL, TARGET_NOTHING_NEW = 2.0, 0.6


def main() -> int:
    """Prints the medians and ratios. Returns 1 when a target is missed, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        commands = _commands(root)
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(RUNS + 1):
            for name, run in commands.items():
                taken = run()
                if turn:  # the first turn warms caches and creates Dagster's storage
                    seconds[name].append(taken)
            print(f"turn {turn} of {RUNS} done", file=sys.stderr, flush=True)
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    return _report(medians, seconds)


def _commands(root: Path) -> dict[str, Callable[[], float]]:
    python = [sys.executable, "-m"]
    assets = str(_asset_count())
    nightly = [*python, "pipelines.cli", "nightly", "--root", str(root)]

    def full() -> float:
        shutil.rmtree(root / "warehouse", ignore_errors=True)
        return _timed(nightly, root / "dagster")

    def work() -> float:
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
    from pipelines.definitions import definitions

    return len(definitions().resolve_all_asset_keys())


def _timed(command: list[str], dagster_home: Path) -> float:
    dagster_home.mkdir(exist_ok=True)
    settings = code_root() / ".dagster" / "dagster.yaml"
    shutil.copy(settings, dagster_home / "dagster.yaml")
    environment = os.environ | {"DAGSTER_HOME": str(dagster_home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=code_root(), env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return taken


def _report(medians: dict[str, float], seconds: dict[str, list[float]]) -> int:
    print(f"{'median of ' + str(RUNS):24}{'seconds':>9}{'least':>9}{'most':>9}{'to floor':>10}")
    for name, median in medians.items():
        spread = f"{min(seconds[name]):9.2f}{max(seconds[name]):9.2f}"
        print(f"{name:24}{median:9.2f}{spread}{median / medians['floor']:10.2f}")
    full, nothing = medians["nightly"] / medians["floor"], medians["nothing new"] / medians["nightly"]
    print(f"\nnightly to floor: {full:.2f} (target below {TARGET_FULL})")
    print(f"nothing new to nightly: {nothing:.2f} (target below {TARGET_NOTHING_NEW})")
    dagster = medians["nightly"] - medians["work without Dagster"]
    share = 100 * dagster / medians["nightly"]
    print(f"Of the nightly, {share:.0f}% is Dagster: starting it, and its events in SQLite; the rest is the work.")
    return 0 if full < TARGET_FULL and nothing < TARGET_NOTHING_NEW else 1


if __name__ == "__main__":
    sys.exit(main())
