"""A model's SQL in the words of Spark: macros expanded, columns resolved, and what the dialects mean differently rewritten."""

import sqlglot
from sqlglot import MappingSchema, exp
from sqlglot.dialects import DuckDB
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify

from pipelines.spark.macros import expand
from pipelines.spark.rewrites import rewritten
from pipelines.warehouse.models import Model


class AsWritten(DuckDB):
    """DuckDB, places in lists left as they are written: which of them sqlglot shifts depends on what it knows of types."""

    INDEX_OFFSET = 0


def view_name(table: str) -> str:
    """Name of the view under which Spark knows a table: `staging.edition` is `staging_edition`."""
    return table.replace(".", "__")


def to_spark(model: Model, schema: MappingSchema) -> str:
    """The model's SELECT for Spark. `schema` has the columns of all tables that it reads with their DuckDB types."""
    query = expand(sqlglot.parse_one(model.sql, dialect=AsWritten))
    query = qualify(query, dialect="duckdb", schema=schema, validate_qualify_columns=False, quote_identifiers=False)
    query = rewritten(annotate_types(query, schema=schema, dialect="duckdb"))
    for table in list(query.find_all(exp.Table)):
        if table.db:
            alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name))
            table.replace(exp.Table(this=exp.to_identifier(view_name(f"{table.db}.{table.name}")), alias=alias))
    return query.sql(dialect="spark", comments=False)
