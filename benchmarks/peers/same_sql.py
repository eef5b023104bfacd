"""The models of sql/ for peers that run the same SQL: every query as it stands, its tables named as the peer wants."""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp

from pipelines.warehouse.models import RATED, STATUS_AS_AT, UNIONS, Model, united_in

Renamed = Callable[[str], str]
"""What a peer calls a table of ours, `layer.name`, in a query."""


def query_of(model: Model, renamed: Renamed, models: Mapping[str, Model]) -> str:
    """The model's SQL, letter for letter but for the names of the models and unions that it reads."""
    sql = model.sql
    tables = [table for table in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Table) if table.db]
    # from the last to the first, so that places in the text stay what they are
    for table in sorted(tables, key=lambda table: -int(table.args["db"].meta["start"])):
        name = f"{table.db}.{table.name}"
        if name in models or name in UNIONS:
            start, end = int(table.args["db"].meta["start"]), int(table.this.meta["end"]) + 1
            sql = sql[:start] + renamed(name) + sql[end:]
    return sql


def union_of(union: str, renamed: Renamed, models: Mapping[str, Model]) -> str:
    """The query of a view over all models of a layer."""
    parts = united_in(union, models)
    columns = ", ".join(models[parts[0]].columns)
    return "\nunion all\n".join(f"select {columns} from {renamed(part)}" for part in parts)


def unions_in(models: Mapping[str, Model]) -> list[str]:
    """The unions that have parts among the models."""
    return [union for union in UNIONS if united_in(union, models)]


def read_through_macro(model: Model) -> list[str]:
    """The table that the macro of any day is made of, where the model calls it: the macro must be there before it."""
    return [RATED] if STATUS_AS_AT in model.sql else []
