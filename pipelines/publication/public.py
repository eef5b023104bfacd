"""Opens the published file as the public may see it: the only door by which anything public reads figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.publication.masks import Mask, NotSuppressedError, Withheld, masked, read_masks, read_withheld
from pipelines.warehouse.macros import SCALAR_MACROS

PUBLIC_PREFIX = "public_"
"""A mart of this name stands in the place of the one without it: the same columns, with small counts suppressed."""

STEP_PREFIX = "disclosure_"
"""Marts of this name hold the very figures that are suppressed, and are not shown at all."""

_OPEN_SCHEMAS = ("marts", "audit")

_TABLES = """
select table_schema, table_name
from information_schema.tables
where table_catalog = 'warehouse' and list_contains(?, table_schema)
"""
"""Views too: the unions are views."""

_MACROS = """
select function_name, macro_definition
from duckdb_functions()
where database_name = 'warehouse' and schema_name = 'marts' and function_type = 'table_macro'
"""

_STATUS_AS_AT = "status_as_at"

_AS_KNOWN = "marts.status_as_at(as_at_day)"


@contextmanager
def public_figures(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose schemas `marts` and `audit` hold, under the names of the published file, what may be public.

    A mart with a counterpart `marts.public_<name>` is seen through that one alone, and what repeats its figures as
    `staging.disclosure_mask` says; the macros of any day too. Raises duckdb.IOException when there is no published
    file, NotSuppressedError when what it holds has not been suppressed.
    """
    with duckdb.connect() as connection:
        # paths are literals here, and no parameter is taken
        connection.execute(f"attach '{str(published).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
        tables = set(connection.execute(_TABLES, [list(_OPEN_SCHEMAS)]).fetchall())
        if ("marts", "observation") in tables and ("marts", f"{PUBLIC_PREFIX}observation") not in tables:
            raise NotSuppressedError("its counts of people are not suppressed: run the nightly, which builds it anew")
        masks, withheld = read_masks(connection), read_withheld(connection)
        for macro in SCALAR_MACROS:
            connection.execute(macro)
        _show_tables(connection, tables, masks, withheld)
        _show_macros(connection)
        yield connection


def _show_tables(
    connection: duckdb.DuckDBPyConnection,
    tables: set[tuple[str, str]],
    masks: Mapping[str, Sequence[Mask]],
    withheld: Withheld,
) -> None:
    for schema in _OPEN_SCHEMAS:
        connection.execute(f"create schema if not exists {schema}")
    for schema, table in sorted(tables):
        if table.startswith((PUBLIC_PREFIX, STEP_PREFIX)):
            continue
        counterpart = f"{PUBLIC_PREFIX}{table}"
        seen = counterpart if (schema, counterpart) in tables else table
        shown = masked(f'warehouse.{schema}."{seen}"', masks.get(f"{schema}.{table}", ()), withheld)
        connection.execute(f'create view {schema}."{table}" as {shown}')


def _show_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The macros of any day. What they read is named without its database in the file, and must be found here too."""
    definitions = {name: _of_warehouse(body) for name, body in connection.execute(_MACROS).fetchall()}
    internal = definitions.pop(_STATUS_AS_AT, None)
    suppressed = definitions.pop(f"{PUBLIC_PREFIX}{_STATUS_AS_AT}", None)
    if internal is not None and suppressed is not None:
        definitions[_STATUS_AS_AT] = suppressed.replace(f"warehouse.{_AS_KNOWN}", f"({internal})")
    for name, body in definitions.items():
        connection.execute(f"create macro marts.{name}(as_at_day) as table {body}")


def _of_warehouse(sql: str) -> str:
    return re.sub(r"(?<![\w.])(staging|measures|marts|findings|audit)\.(?=\w)", r"warehouse.\1.", sql)
