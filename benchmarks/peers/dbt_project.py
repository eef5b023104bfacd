"""A dbt project of the same SQL, written when it is wanted: no query is written twice, and every one is as it stands.

The tables that a query names become dbt's `ref`, by which dbt learns their order. Tables are tables and unions views,
as ours are; the scalar macros are made before the run, and the macros of any day after the table that they are made of.
Tests, comments and the order of rows are left out, which saves dbt work that ours does. The staged rows are in the file
already, in the schema `staged`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.peers.same_sql import query_of, read_through_macro, union_of, unions_in
from pipelines.warehouse.macros import AS_AT_MACROS, SCALAR_MACROS
from pipelines.warehouse.models import Model

PROJECT = {
    "name": "warehouse",
    "profile": "warehouse",
    "on-run-start": "{{ scalar_macros() }}",
    "flags": {"send_anonymous_usage_stats": False},
}

SCHEMA_AS_NAMED = "{% macro generate_schema_name(schema, node) %}{{ schema or target.schema }}{% endmacro %}"
"""The schema that a model asks for, where dbt would put the target's name before it."""


def write_project(folder: Path, models: Mapping[str, Model], database: Path, threads: int) -> None:
    """Writes the project with its profile. `database` is the DuckDB file, which holds the staged rows."""
    profile = {"type": "duckdb", "path": str(database), "threads": threads}
    files = {
        "dbt_project.yml": json.dumps(PROJECT),
        "profiles.yml": json.dumps({"warehouse": {"target": "one", "outputs": {"one": profile}}}),
        "macros/schema.sql": SCHEMA_AS_NAMED,
        "macros/scalar.sql": _macro("scalar_macros", ";".join(SCALAR_MACROS)),
    }
    for name, model in models.items():
        files[f"models/{named(name)}.sql"] = _model(model, models)
        if name in AS_AT_MACROS:
            files[f"macros/{named(name)}.sql"] = _macro(f"after_{named(name)}", AS_AT_MACROS[name](models))
    for union in unions_in(models):
        files[f"models/{named(union)}.sql"] = _config(union, materialized="view") + union_of(union, _ref, models)
    for place, text in files.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")


def named(table: str) -> str:
    """A model's name in dbt, which has to differ from those of all other schemas."""
    return table.replace(".", "__")


def _model(model: Model, models: Mapping[str, Model]) -> str:
    hook = {"post_hook": f"{{{{ after_{named(model.name)}() }}}}"} if model.name in AS_AT_MACROS else {}
    through = "".join(f"-- depends_on: {_ref(name)}\n" for name in read_through_macro(model))
    return _config(model.name, materialized="table", **hook) + through + query_of(model, _ref, models)


def _config(table: str, **settings: str) -> str:
    schema, alias = table.split(".")
    said = ", ".join(f"{key}={value!r}" for key, value in (settings | {"schema": schema, "alias": alias}).items())
    return f"{{{{ config({said}) }}}}\n"


def _ref(table: str) -> str:
    return f"{{{{ ref('{named(table)}') }}}}"


def _macro(name: str, sql: str) -> str:
    anew = sql.replace("create macro", "create or replace macro")
    return f"{{% macro {name}() %}}{{% raw %}}{anew}{{% endraw %}}{{% endmacro %}}"
