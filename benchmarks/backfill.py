"""Times backfills of one quarter and of forty, in turn in one run, as the UI launches them and as the command does."""

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

RUNS = 3
TARGET = 3.0
SOURCE = "community_safety_survey"
ONE, FORTY = ("2020-21-Q2", "2020-21-Q2"), ("2012-13-Q1", "2021-22-Q4")


def main() -> int:
    """Prints the medians and ratios. Returns 1 when forty quarters cost three times as much as one, or more."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        command = [sys.executable, "-m", "pipelines.cli"]
        _timed([*command, "nightly", "--root", str(root)], root)
        commands: dict[str, Callable[[], float]] = {}
        for name, span in (("one quarter", ONE), ("forty quarters", FORTY)):
            whole = [*command, "backfill", SOURCE, *span, "--root", str(root)]
            reading = [sys.executable, "-m", "benchmarks.backfill", str(root), *span]
            commands[f"{name}, read again"] = lambda reading=reading: _timed(reading, root)  # type: ignore[misc]
            commands[f"{name}, with all that follows"] = lambda whole=whole: _timed(whole, root)  # type: ignore[misc]
        seconds: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(RUNS):
            for name, run in commands.items():
                seconds[name].append(run())
            print(f"turn {turn + 1} of {RUNS} done", file=sys.stderr, flush=True)
    return _report({name: statistics.median(values) for name, values in seconds.items()})


def read_again(root: str, first: str, last: str) -> int:
    """The run of a backfill that is launched in the UI: what the source supplied, without what follows. Returns 0."""
    import dagster as dg

    from pipelines.definitions import definitions

    with dg.DagsterInstance.get() as instance:
        key = dg.AssetKey(["supplied", SOURCE])
        job = definitions().resolve_implicit_global_asset_job_def().get_subset(asset_selection={key})
        span = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
        config = {"resources": {"workspace": {"config": {"root": root}}}}
        job.execute_in_process(instance=instance, tags=span, run_config=config)
    return 0


def _timed(command: list[str], root: Path) -> float:
    environment = os.environ | {"DAGSTER_HOME": str(root / "dagster")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    done = subprocess.run(command, cwd=code_root(), env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return time.perf_counter() - start


def _report(medians: dict[str, float]) -> int:
    for name, median in medians.items():
        print(f"{name:40}{median:8.2f} s")
    ratios = [
        medians[f"forty quarters, {part}"] / medians[f"one quarter, {part}"]
        for part in ("read again", "with all that follows")
    ]
    print(f"\nforty quarters to one: {ratios[0]:.2f} and {ratios[1]:.2f} (target below {TARGET})")
    return 0 if max(ratios) < TARGET else 1


if __name__ == "__main__":
    sys.exit(read_again(*sys.argv[1:]) if len(sys.argv) > 1 else main())
