"""What the public tables are: their purpose, columns, types and meaning, from the comments in the published file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import duckdb

from pipelines.publication.public import PUBLIC_PREFIX, STEP_PREFIX
from pipelines.settings import code_root
from pipelines.warehouse.models import parse_model


@dataclass(frozen=True)
class TableColumn:
    """A column: its name, DuckDB's name of its type, and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class PublicTable:
    """A table as the public sees it. purpose: its grain is the last sentence. key: columns that tell its rows apart."""

    name: str
    purpose: str
    columns: tuple[TableColumn, ...]
    key: tuple[str, ...]

    @property
    def schema(self) -> str:
        """`marts` or `audit`."""
        return self.name.split(".")[0]

    @property
    def grain(self) -> str:
        """What there is one row of, as the purpose says it last."""
        return self.purpose.rpartition("One row")[2].removeprefix(" per ").strip(" .")

    @property
    def meaning(self) -> str:
        """The purpose without its grain."""
        return self.purpose.rpartition("One row")[0].strip() or self.purpose


_OTHER_KEYS: Mapping[str, tuple[str, ...]] = {
    "audit.source": ("source",),
    "marts.reconciliation_finding": ("check_name", "subject", "workbook", "cell"),
}
"""Keys of tables that no SQL of the marts states: what a union unites states the same one."""

_TABLES = """
select schema_name || '.' || table_name, comment from duckdb_tables()
where database_name = 'warehouse' and schema_name in ('marts', 'audit')
union all
select schema_name || '.' || view_name, comment from duckdb_views()
where database_name = 'warehouse' and schema_name in ('marts', 'audit')
"""

_COLUMNS = """
select schema_name || '.' || table_name, column_name, data_type, comment from duckdb_columns()
where database_name = 'warehouse' and schema_name in ('marts', 'audit')
order by table_oid, column_index
"""


def public_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, PublicTable]:
    """The tables of a connection of `public_figures`, by name in order, each described as its public counterpart is."""
    purposes: Mapping[str, str] = {name: comment or "" for name, comment in connection.execute(_TABLES).fetchall()}
    columns: dict[str, list[TableColumn]] = {name: [] for name in purposes}
    for name, column, kind, comment in connection.execute(_COLUMNS).fetchall():
        columns[name].append(TableColumn(column, kind, comment or ""))
    keys = _keys()
    tables = {}
    for name in sorted(purposes):
        schema, table = name.split(".")
        if table.startswith((PUBLIC_PREFIX, STEP_PREFIX)):
            continue
        seen = f"{schema}.{PUBLIC_PREFIX}{table}"
        described = seen if seen in purposes else name
        tables[name] = PublicTable(name, purposes[described], tuple(columns[described]), keys.get(name, ()))
    return tables


@cache
def _keys() -> Mapping[str, tuple[str, ...]]:
    """The key of each table; a mart's SQL states it at its head. Queries are not parsed, which takes seconds."""
    paths = sorted((code_root() / "sql" / "marts").glob("*.sql"))
    models = [parse_model(f"marts.{path.stem}", path.read_text(encoding="utf-8")) for path in paths]
    return {**_OTHER_KEYS, **{model.name: model.key for model in models}}
