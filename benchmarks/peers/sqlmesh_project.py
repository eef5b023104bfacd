"""A SQLMesh project of the same SQL, written when it is wanted: each query as it stands under the head of a model.

SQLMesh reads the order off the SQL itself. Models are FULL, so that each is a table, and unions are views. The macro of
any day is made after the table that it is made of, as SQLMesh would have it: a statement behind the model's query, in
which it puts the tables that it keeps in the place of those that are named. Comments, tests and the order of rows are
left out. `optimize_query` is off: as SQLMesh rewrites it, `concat_ws` is NULL where any of its words is, and tables
come out otherwise. The staged rows are in the file already, in the schema `staged`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import sqlglot
from sqlglot import exp

from benchmarks.peers.same_sql import read_through_macro, union_of, unions_in
from pipelines.warehouse.macros import SCALAR_MACROS, status_as_at, status_by_day
from pipelines.warehouse.models import RATED, STATUS_AS_AT, Model


def write_project(folder: Path, models: Mapping[str, Model], database: Path) -> None:
    """Writes the project. `database` is the DuckDB file, which holds the staged rows; the state is in another."""
    schema = STATUS_AS_AT.split(".")[0]
    config = {
        "gateways": {
            "one": {
                "connection": {"type": "duckdb", "database": str(database), "register_comments": False},
                "state_connection": {"type": "duckdb", "database": str(state_of(database))},
            }
        },
        "model_defaults": {"dialect": "duckdb", "start": "2020-01-01", "optimize_query": False},
        "before_all": [f"create schema if not exists {schema}", *(_anew(macro) for macro in SCALAR_MACROS)],
    }
    files = {name: _head(name, "FULL", read_through_macro(model)) + model.sql for name, model in models.items()}
    if RATED in models:
        query = sqlglot.parse_one(status_by_day(models), dialect="duckdb")
        read = sorted({f"{table.db}.{table.name}" for table in query.find_all(exp.Table) if table.db})
        files[RATED] = f"{_head(RATED, 'FULL', read)}{models[RATED].sql.rstrip()};\n{_anew(status_as_at(models))};\n"
    for union in unions_in(models):
        files[union] = _head(union, "VIEW", []) + union_of(union, str, models)
    (folder / "models").mkdir(parents=True)
    (folder / "config.yaml").write_text(json.dumps(config), encoding="utf-8")
    for name, text in files.items():
        (folder / "models" / f"{name.replace('.', '__')}.sql").write_text(text, encoding="utf-8")


def state_of(database: Path) -> Path:
    """The file in which SQLMesh keeps what it has done."""
    return database.with_name("sqlmesh_state.duckdb")


def _head(name: str, kind: str, also_reads: list[str]) -> str:
    depends_on = f", depends_on ({', '.join(also_reads)})" if also_reads else ""
    return f"MODEL (name {name}, kind {kind}, dialect duckdb{depends_on});\n"


def _anew(macro: str) -> str:
    return macro.strip().replace("create macro", "create or replace macro", 1)
