"""Which columns a model's columns are made of, read from its SQL."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from pathlib import Path

from sqlglot import MappingSchema, exp
from sqlglot.lineage import lineage
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import build_scope

from pipelines.files import written_whole
from pipelines.warehouse.models import UNIONS, Model, united_in


@dataclass(frozen=True, slots=True, order=True)
class ColumnLink:
    """One column of a table and one that it is made of."""

    table_name: str
    column_name: str
    upstream_table: str
    upstream_column: str


def known_columns(models: Mapping[str, Model], staged: Mapping[str, list[str]]) -> MappingSchema:
    """Columns of all tables that models may read: each other, the staged tables, and the unions."""
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
    schema = known_columns(models, staged)
    columns = json.dumps([{name: list(model.columns) for name, model in models.items()}, dict(staged)], sort_keys=True)
    keys = {name: hashlib.sha256(f"{columns}\n{model.sql}".encode()).hexdigest() for name, model in models.items()}
    known = _known_links(kept)
    links = {
        name: [ColumnLink(*link) for link in known[keys[name]]] if keys[name] in known else column_links(model, schema)
        for name, model in models.items()
    }
    if set(keys.values()) != set(known):
        with written_whole(kept) as partial:
            partial.write_text(json.dumps({keys[name]: [astuple(link) for link in links[name]] for name in models}))
    return links


def _known_links(kept: Path) -> dict[str, list[list[str]]]:
    """The links in the file, by the hash of their model; none when there is no file, or one that is damaged."""
    try:
        known: dict[str, list[list[str]]] = json.loads(kept.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known


def column_links(model: Model, schema: MappingSchema) -> list[ColumnLink]:
    """The columns that each column of a model is made of, directly; a constant is made of none."""
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
