"""The nightly's work beside what users would otherwise write, each started as a process, in environments of their own.

Pandas reads the workbooks with openpyxl, and writes figures, texts and the values of the measures with `to_sql`; what
of our work it leaves out is said in `benchmarks/peers/nightly_pandas.py`. "As far as pandas goes" is our work up to the
same values: received, archived, read twice, validated, staged, and built as far as the observations. What binds the
whole of our work is what pandas does not make: half of its processor time goes into the files of reported quarters, a
third into the tables behind the observations (rating, findings, evidence, what the public sees). What binds it as far
as pandas goes is the start of a process with all its libraries, and reading each workbook twice in another.

dbt and SQLMesh run the same SQL on a DuckDB file that holds the staged rows already, and keep what they know of their
project from the run before; our build begins with the same file, and sorts and describes its tables besides.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.agreement import tables_agree, with_pandas
from benchmarks.building import load
from benchmarks.peers import dbt_project, sqlmesh_project
from benchmarks.ratios import Cost, Ratio, environment_in, medians_in_turn, timed, to
from pipelines.settings import Paths, code_root
from pipelines.warehouse.models import Model, build_order, read_models

PEERS = Path(__file__).parent / "peers"
TIMES_FASTER = 5.0
OBSERVATIONS = "marts.observation"


def measure(smallest: bool) -> list[Ratio]:  # noqa: ARG001  there is one size: the supplied workbooks
    """Pandas to our work, dbt and SQLMesh to our build."""
    found = []
    for compared in (_pandas, _same_sql):
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


def _same_sql(paths: Paths) -> list[Ratio]:
    models = read_models(code_root() / "sql")
    loaded, ours = paths.root / "loaded.duckdb", paths.root / "ours.duckdb"
    load(paths, loaded)
    build = [sys.executable, "-m", "benchmarks.building", str(loaded), str(ours)]
    files = {"dbt": paths.root / "by_dbt.duckdb", "SQLMesh": paths.root / "by_sqlmesh.duckdb"}
    commands = {
        "dbt": _dbt(paths.root, models, files["dbt"]),
        "SQLMesh": _sqlmesh(paths.root, models, files["SQLMesh"]),
    }

    def from_loaded(peer: str) -> Cost:
        shutil.copy(loaded, files[peer])
        sqlmesh_project.state_of(files["SQLMesh"]).unlink(missing_ok=True)
        return timed(commands[peer], DO_NOT_TRACK="1", SQLMESH__DISABLE_ANONYMIZED_ANALYTICS="true")

    runs = {peer: (lambda peer=peer: from_loaded(peer)) for peer in commands}
    costs = medians_in_turn(runs | {"build": lambda: timed(build)}, warms_up=True)
    return [
        to(
            f"{peer} to our build of the same models",
            costs[peer],
            costs["build"],
            told=tables_agree(ours, made, tables),
        )
        for tables in [build_order(list(models))]
        for peer, made in files.items()
    ]


def _dbt(root: Path, models: Mapping[str, Model], database: Path) -> list[str]:
    project = root / "of_dbt"
    python = environment_in(root / "with_dbt", "dbt-core<1.12", "dbt-duckdb")
    dbt_project.write_project(project, models, database, os.cpu_count() or 1)
    places = ["--project-dir", str(project), "--profiles-dir", str(project)]
    return [str(Path(python).with_name("dbt")), "--quiet", "run", *places]


def _sqlmesh(root: Path, models: Mapping[str, Model], database: Path) -> list[str]:
    project = root / "of_sqlmesh"
    python = environment_in(root / "with_sqlmesh", "sqlmesh", "duckdb>=2")
    sqlmesh_project.write_project(project, models, database)
    places = ["--paths", str(project), "--log-file-dir", str(root / "logs")]
    unasked = ["--auto-apply", "--no-prompts", "--no-diff", "--skip-tests", "--skip-linter"]
    return [str(Path(python).with_name("sqlmesh")), *places, "plan", *unasked]
