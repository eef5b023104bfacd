"""Backfills of forty quarters beside one of one, as the UI launches them and as the command does."""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.ratios import Ratio, medians_in_turn, timed, to
from pipelines.settings import code_root

SOURCE = "community_safety_survey"
ONE, FORTY = ("2020-21-Q2", "2020-21-Q2"), ("2012-13-Q1", "2021-22-Q4")


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """Forty quarters to one: what is read again, and with all that follows."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
        (root / "dagster").mkdir()
        command, home = [sys.executable, "-m", "pipelines.cli"], {"DAGSTER_HOME": str(root / "dagster")}
        timed([*command, "nightly", "--root", folder], **home)
        runs = {
            (part, quarters): (lambda line=line: timed(line, **home))
            for quarters, span in (("one", ONE), ("forty", FORTY))
            for part, line in (
                ("read again", [sys.executable, "-m", "benchmarks.backfill", folder, *span]),
                ("with all that follows", [*command, "backfill", SOURCE, *span, "--root", folder]),
            )
        }
        costs = medians_in_turn(runs)
    return [
        to(f"forty quarters to one, {part}", costs[part, "forty"], costs[part, "one"], 3.0)
        for part in ("read again", "with all that follows")
    ]


def read_again(root: str, first: str, last: str) -> None:
    """The run of a backfill that is launched in the UI: what the source supplied, without what follows."""
    import dagster as dg

    from pipelines.definitions import definitions

    with dg.DagsterInstance.get() as instance:
        key = dg.AssetKey(["supplied", SOURCE])
        job = definitions().resolve_implicit_global_asset_job_def().get_subset(asset_selection={key})
        span = {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}
        config = {"resources": {"workspace": {"config": {"root": root}}}}
        job.execute_in_process(instance=instance, tags=span, run_config=config)


if __name__ == "__main__":
    read_again(*sys.argv[1:])
