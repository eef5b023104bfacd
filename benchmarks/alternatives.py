"""The nightly's work beside what users would otherwise write, each started as a process, in environments of their own.

Pandas reads the workbooks with openpyxl, and writes figures, texts and the values of the measures with `to_sql`; what
of our work it leaves out is said in `benchmarks/peers/nightly_pandas.py`. "As far as pandas goes" is our work up to the
same values: received, archived, read twice, validated, staged, and built as far as the observations.

dbt runs the same SQL on a DuckDB file that holds the staged rows already, with what it knows of its project from the
run before; our build begins with the same file, and sorts and describes its tables besides.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.agreement import tables_agree, with_pandas
from benchmarks.building import load
from benchmarks.peers.dbt_project import write_project
from benchmarks.ratios import Cost, Ratio, environment_in, medians_in_turn, timed, to
from pipelines.settings import Paths, code_root
from pipelines.warehouse.models import build_order, read_models

PEERS = Path(__file__).parent / "peers"
TIMES_FASTER = 5.0
OBSERVATIONS = "marts.observation"


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """Pandas to our work, and dbt to our build."""
    found = []
    for compared in (_pandas, _dbt):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            shutil.copytree(code_root() / "raw", root / "raw", ignore=shutil.ignore_patterns("archive"))
            found += compared(Paths(root))
    return found


def _pandas(paths: Paths) -> list[Ratio]:
    database = paths.root / "pandas.sqlite"
    python = environment_in(paths.root / "environment", "pandas", "openpyxl", "sqlalchemy")
    work = [sys.executable, "-m", "benchmarks.work", str(paths.root)]

    def anew(command: list[str]) -> Cost:
        shutil.rmtree(paths.warehouse, ignore_errors=True)
        return timed(command)

    costs = medians_in_turn(
        {
            "pandas": lambda: timed([python, str(PEERS / "nightly_pandas.py"), str(paths.raw), str(database)]),
            "as far": lambda: anew([*work, OBSERVATIONS]),
            "work": lambda: anew(work),
        },
        warms_up=True,
    )
    compared = with_pandas(paths, database)
    found = costs["pandas"]
    return [
        to("pandas to the nightly's work without Dagster", found, costs["work"], TIMES_FASTER, compared, at_least=True),
        to("pandas to our work as far as pandas goes", found, costs["as far"]),
    ]


def _dbt(paths: Paths) -> list[Ratio]:
    models, project, database = read_models(code_root() / "sql"), paths.root / "project", paths.root / "by_dbt.duckdb"
    python = environment_in(paths.root / "environment", "dbt-core<1.12", "dbt-duckdb")
    write_project(project, models, database, os.cpu_count() or 1)
    places = ["--project-dir", str(project), "--profiles-dir", str(project)]
    command = [str(Path(python).with_name("dbt")), "--quiet", "run", *places]
    costs, ours = _same_sql(paths, database, lambda: timed(command, DO_NOT_TRACK="1"))
    compared = tables_agree(ours, database, {name: name for name in build_order(list(models))})
    return [to("dbt to our build of the same models", costs["peer"], costs["build"], told=compared)]


def _same_sql(paths: Paths, database: Path, peer: Callable[[], Cost]) -> tuple[dict[str, Cost], Path]:
    """The costs of a peer and of our build from the same loaded rows, and the file that ours builds."""
    loaded, ours = paths.root / "loaded.duckdb", paths.root / "ours.duckdb"
    load(paths, loaded)

    def from_loaded() -> Cost:
        shutil.copy(loaded, database)
        return peer()

    build = [sys.executable, "-m", "benchmarks.building", str(loaded), str(ours)]
    return medians_in_turn({"peer": from_loaded, "build": lambda: timed(build)}, warms_up=True), ours
