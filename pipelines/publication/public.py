"""Opens the published file as the public may see it: the only door by which anything public reads figures."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

PUBLIC_PREFIX = "public_"
"""A mart of this name stands in the place of the one without it: the same columns, with small counts suppressed."""

_OPEN_SCHEMAS = ("marts", "audit")

_TABLES = """
select table_schema, table_name
from information_schema.tables
where table_catalog = 'warehouse' and list_contains(?, table_schema)
"""
"""Views too: the unions are views."""

_KNOWN_ON = """
create table memory.main.status_known_on as
select days.restated_on as known_on, known.*
from (select distinct restated_on from warehouse.marts.restated_quarter) as days
cross join warehouse.marts.status_as_at(days.restated_on) as known
"""

_STATUS_AS_AT = """
create macro marts.status_as_at(as_at_day) as table
select * exclude (known_on) from memory.main.status_known_on where known_on = as_at_day
"""
"""Of the days on which something was restated, of which alone the public is shown pages."""


@contextmanager
def public_figures(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose schemas `marts` and `audit` hold, under the names of the published file, what may be public.

    A mart with a counterpart `marts.public_<name>` is seen through that one alone. Raises duckdb.IOException when there
    is no published file.
    """
    with duckdb.connect() as connection:
        # paths are literals here, and no parameter is taken
        connection.execute(f"attach '{str(published).replace(chr(39), chr(39) * 2)}' as warehouse (read_only)")
        tables = set(connection.execute(_TABLES, [list(_OPEN_SCHEMAS)]).fetchall())
        for schema in _OPEN_SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")
        for schema, table in sorted(tables):
            if table.startswith(PUBLIC_PREFIX):
                continue
            counterpart = f"{PUBLIC_PREFIX}{table}"
            seen = counterpart if (schema, counterpart) in tables else table
            connection.execute(f'create view {schema}."{table}" as select * from warehouse.{schema}."{seen}"')
        if ("marts", "restated_quarter") in tables:
            # the macro of the published file reads staging tables by names that only its own catalogue has
            connection.execute(f"use warehouse; {_KNOWN_ON}; use memory; {_STATUS_AS_AT}")
        yield connection
