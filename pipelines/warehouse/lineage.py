"""Which columns a model's columns are made of, read from its SQL."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.kept import code_of, kept_results
from pipelines.warehouse.models import MODELS_CODE, UNIONS, Model, united_in

if TYPE_CHECKING:
    from sqlglot import MappingSchema


@dataclass(frozen=True, slots=True, order=True)
class ColumnLink:
    """One column of a table and one that it is made of."""

    table_name: str
    column_name: str
    upstream_table: str
    upstream_column: str


def known_columns(models: Mapping[str, Model], staged: Mapping[str, list[str]]) -> "MappingSchema":
    """Columns of all tables that models may read: each other, the staged tables, and the unions."""
    from sqlglot import MappingSchema

    tables = {name: list(model.columns) for name, model in models.items()} | dict(staged)
    for union in UNIONS:
        if parts := united_in(union, models):
            tables[union] = list(models[parts[0]].columns)
    nested: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for name, columns in tables.items():
        schema, table = name.split(".")
        nested[schema][table] = dict.fromkeys(columns, "varchar")
    return MappingSchema(dict(nested), dialect="duckdb")


def all_column_links(
    models: Mapping[str, Model], staged: Mapping[str, list[str]], kept: Path
) -> dict[str, list[ColumnLink]]:
    """The column links of every model. Those of models that have not changed are taken from the file `kept`.

    Working them out takes longer than building the tables, and they depend on nothing but SQL and columns.
    """
    schema = cache(lambda: known_columns(models, staged))
    columns = json.dumps([{name: list(model.columns) for name, model in models.items()}, dict(staged)], sort_keys=True)
    about = f"{code_of(Path(__file__), MODELS_CODE)}\n{columns}"
    made_of = {name: f"{about}\n{model.sql}" for name, model in models.items()}
    links = kept_results(kept, made_of, lambda name: [astuple(link) for link in column_links(models[name], schema())])
    return {name: [ColumnLink(*link) for link in links[name]] for name in models}


def column_links(model: Model, schema: "MappingSchema") -> list[ColumnLink]:
    """The columns that each column of a model is made of, directly; a constant is made of none."""
    from sqlglot import exp
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    query = qualify(model.query.copy(), dialect="duckdb", schema=schema, validate_qualify_columns=False, identify=False)
    scope = build_scope(query)
    links = set()
    for column in model.columns:
        root = lineage(column, query, schema, dialect="duckdb", scope=scope, copy=False, trim_selects=False)
        for node in root.walk():
            if isinstance(node.expression, exp.Table) and not node.downstream:
                upstream = f"{node.expression.db}.{node.expression.name}"
                links.add(ColumnLink(model.name, column, upstream, node.name.rsplit(".", 1)[-1]))
    return sorted(links)
