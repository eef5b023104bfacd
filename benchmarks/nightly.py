"""The nightly on the supplied workbooks beside its floor, and one with nothing new beside a full one.

The floor is an in-process Dagster run of as many empty assets, and fastexcel's bare read of the same files: no reading
by contract, no table, no check, no report, no page. Processor seconds are those of a command and all that it starts.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.ratios import Cost, Ratio, medians_in_turn, timed, to
from pipelines.settings import code_root


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """Full to floor, nothing new to full, and how much of a nightly is Dagster."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        # the first turn warms caches and creates Dagster's storage
        costs = medians_in_turn(_runs(root), warms_up=True)
    full, work = costs["nightly"], costs["work"]
    return [
        to("nightly to its floor", full, costs["floor"], 1.5),
        to("nothing new to a nightly", costs["nothing new"], full, 0.4),
        to("the nightly's work without Dagster to a nightly", work, full),
    ]


def _runs(root: Path) -> dict[str, Callable[[], Cost]]:
    python = [sys.executable, "-m"]
    assets = str(_asset_count())
    nightly = [*python, "pipelines.cli", "nightly", "--root", str(root)]
    homes = {name: root / name for name in ("dagster", "dagster_floor")}
    for home in homes.values():
        home.mkdir()
        shutil.copy(code_root() / ".dagster" / "dagster.yaml", home / "dagster.yaml")

    def run(command: list[str], home: str = "dagster", *, anew: bool = False) -> Cost:
        if anew:
            shutil.rmtree(root / "warehouse", ignore_errors=True)
        return timed(command, DAGSTER_HOME=str(homes[home]))

    return {
        "floor": lambda: run([*python, "benchmarks.floor", assets, str(root / "raw")], "dagster_floor"),
        "work": lambda: run([*python, "benchmarks.work", str(root)], anew=True),
        "nightly": lambda: run(nightly, anew=True),
        "nothing new": lambda: run(nightly),
    }


def _asset_count() -> int:
    """As many assets as a nightly makes: neither those that nobody makes nor those of single quarters."""
    from pipelines.definitions import definitions
    from pipelines.jobs import NIGHTLY

    return len(set(definitions().resolve_job_def(NIGHTLY).asset_layer.executable_asset_keys))
