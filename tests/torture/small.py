"""A small installation and small code to run on it: the nightly's own machinery on a few sources and tables.

The modules are the project's own, copied. Of the SQL a few models are kept, and those that the summary and the reports
read are replaced by empty tables with their columns, so that a nightly takes seconds.
"""

import compileall
import csv
import shutil
from collections.abc import Collection
from pathlib import Path

from pipelines.settings import code_root
from pipelines.warehouse.models import Model, read_models

SOURCES = ("continuing_education", "portfolio_agreement")
KEPT = (
    "staging.edition",
    "staging.continuing_education_learners",
    "staging.continuing_education_forecast",
    "staging.portfolio_agreement_priority",
)
EMPTIED = (
    "measures.continuing_education",
    "marts.measure_status",
    "marts.reporting_quarter",
    "marts.target",
    "marts.freshness",
    "marts.overdue",
    "marts.source_freshness",
    "findings.target_without_polarity",
)
CHECKS = ("rows_accounted_for", "files_not_loaded")
NEW = "CE forecast 2021-22 Q2.xlsx"
"""The workbook that comes and goes between the rounds."""


def make_code(folder: Path, sources: Collection[str] = SOURCES) -> None:
    """Copies the modules, and as much of the sources and the SQL as is wanted."""
    own = code_root()
    for name in ("pipelines", "assets", ".dagster", "tests/torture"):
        wanted = shutil.ignore_patterns("__pycache__", "history", "schedules", "storage", "logs")
        shutil.copytree(own / name, folder / name, ignore=wanted)
    for module in (folder / "assets" / "sources").glob("[!_]*.py"):
        if module.stem not in sources:
            module.unlink()
    models = read_models(own / "sql")
    for name in (*KEPT, *EMPTIED):
        path = folder / "sql" / f"{name.replace('.', '/')}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(models[name].sql if name in KEPT else _emptied(models[name]), encoding="utf-8")
    # once for all processes that are forked, which write none
    compileall.compile_dir(folder, quiet=1)
    (folder / "sql" / "checks").mkdir()
    for check in CHECKS:
        shutil.copy(own / "sql" / "checks" / f"{check}.sql", folder / "sql" / "checks")


def _emptied(model: Model) -> str:
    head = f"-- {model.purpose}\n-- grain: {model.grain}\n-- key: {', '.join(model.key)}\n"
    columns = "".join(f"    null::varchar as {name},  -- {meaning}\n" for name, meaning in model.columns.items())
    return f"{head}select\n{columns}where false\n"


def lay_out_raw(root: Path, *, with_new: bool) -> None:
    """Makes raw/ hold the workbooks as first received; the new one lies there, and nobody has entered it yet.

    Without it, it is as if it had never come: neither entered, nor archived, nor staged.
    """
    own, raw = code_root() / "raw", root / "raw"
    lines = list(csv.reader((own / "received.csv").read_text(encoding="utf-8").splitlines()))
    kept = [line for line in lines[1:] if line[0] in SOURCES and line[1] != NEW]
    for source, workbook, *_ in kept:
        (raw / source).mkdir(parents=True, exist_ok=True)
        if not (raw / source / workbook).exists():
            shutil.copy(own / source / workbook, raw / source)
    raw.joinpath("received.csv").write_text("\n".join(",".join(line) for line in [lines[0], *kept]) + "\n")
    [(source, _, sha256, _)] = [line for line in lines if line[1] == NEW]
    for folder in (raw / "archive", root / "warehouse" / "staged" / source):
        for path in folder.glob(f"{sha256}*"):
            path.unlink()
    (raw / source / NEW).unlink(missing_ok=True)
    if with_new:
        shutil.copy2(own / source / NEW, raw / source)
