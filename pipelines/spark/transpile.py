"""A model's SQL in the words of Spark: macros expanded, columns resolved, and what the dialects mean differently rewritten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import MappingSchema, exp
from sqlglot.dialects import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator
from sqlglot.optimizer.annotate_types import TypeAnnotator, annotate_types
from sqlglot.optimizer.qualify import qualify

from pipelines.spark.macros import expand
from pipelines.spark.rewrites import rewritten
from pipelines.spark.trees import Untranslatable
from pipelines.warehouse.macros import status_by_day
from pipelines.warehouse.models import RATED, STATUS_AS_AT, Model

_LISTS_OF_TEXT = {"regexp_split_to_array"}
_TEXTS = exp.DataType.build("array<varchar>")


class AsWritten(DuckDB):
    """DuckDB, places in lists left as they are written: which of them sqlglot shifts depends on what it knows of types."""

    INDEX_OFFSET = 0


class _InPlace(SparkGenerator):
    """Steps of a query within a query stay where they are: of a lateral one they know the row beside it."""

    EXPRESSIONS_WITHOUT_NESTED_CTES = frozenset()


class InSpark(Spark):
    """Spark as it is written here."""

    generator_class = _InPlace


@dataclass(frozen=True)
class Recursion:
    """A step that reads itself: the rows it begins with, and those that follow from the last ones under the name `view`."""

    view: str
    first: str
    following: str


@dataclass(frozen=True)
class Script:
    """What Spark runs for a model: its recursions, in their order, and the SELECT that reads what came of them."""

    recursions: tuple[Recursion, ...]
    select: str


def _type_of_call(annotator: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    annotator._set_type(node, _TEXTS if node.name.lower() in _LISTS_OF_TEXT else None)
    return node


def _type_of_texts(annotator: TypeAnnotator, node: exp.Expression) -> exp.Expression:
    annotator._set_type(node, _TEXTS)
    return node


_TYPES = {
    **DuckDB.EXPRESSION_METADATA,
    exp.Anonymous: {"annotator": _type_of_call},
    exp.RegexpExtractAll: {"annotator": _type_of_texts},
}


def view_name(table: str) -> str:
    """Name of the view under which Spark knows a table: `staging.edition` is `staging__edition`."""
    return table.replace(".", "__")


def to_spark(model: Model, schema: MappingSchema, models: Mapping[str, Model]) -> Script:
    """The model's SELECT for Spark. `schema` has the columns of all tables that it reads with their DuckDB types.

    `models` are all, in their order: a call of the macro of any day stands for what lies behind the status. Raises
    Untranslatable for what there are no words for.
    """
    query = sqlglot.parse_one(model.sql, dialect=AsWritten)
    days = _calls_taken_out(query)
    query = _resolved(query, schema)
    if days:
        _calls_put_in(query, days, schema, models)
    recursions = tuple(_recursions_taken_out(query, view_name(model.name)))
    return Script(recursions, _in_spark(query))


def _in_spark(query: exp.Expression) -> str:
    return query.sql(dialect=InSpark, comments=False)


def _recursions_taken_out(query: exp.Expression, model_view: str) -> Iterator[Recursion]:
    """The steps that read themselves, which Spark takes only without aggregates; views of their rows take their place."""
    steps = query.args.get("with_")
    if steps is None or not steps.recursive:
        return
    steps.set("recursive", None)
    for step in list(steps.expressions):
        union = step.this
        itself = [table for table in union.find_all(exp.Table) if table.name == step.alias and not table.db]
        if not itself:
            continue
        if not isinstance(union, exp.Union) or union.args.get("distinct"):
            raise Untranslatable(f"{step.alias}: a recursion is a first query, union all, and a following one")
        view = f"{model_view}__{step.alias}"
        before = steps.expressions[: steps.expressions.index(step)]
        for table in query.find_all(exp.Table):
            if table.name == step.alias:
                table.set("this", exp.to_identifier(view))
        steps.expressions.remove(step)
        yield Recursion(view, *(_in_spark(_after(before, part)) for part in (union.this, union.expression)))


def _after(steps: list[exp.Expression], query: exp.Expression) -> exp.Expression:
    made = query.copy()
    made.set("with_", exp.With(expressions=[step.copy() for step in steps]))
    return made


def _resolved(query: exp.Expression, schema: MappingSchema) -> exp.Expression:
    query = qualify(
        expand(query), dialect="duckdb", schema=schema, validate_qualify_columns=False, quote_identifiers=False
    )
    query = rewritten(annotate_types(query, schema=schema, dialect="duckdb", expression_metadata=_TYPES))
    for table in list(query.find_all(exp.Table)):
        if table.db:
            alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name))
            table.replace(exp.Table(this=exp.to_identifier(view_name(f"{table.db}.{table.name}")), alias=alias))
    return query


def _calls_taken_out(query: exp.Expression) -> dict[str, exp.Expression]:
    """The days that the macro of any day is called with, by the alias of the call; the status itself takes its place."""
    days = {}
    for table in list(query.find_all(exp.Table)):
        if f"{table.db}.{table.this.name}" == STATUS_AS_AT:
            days[table.alias] = table.this.expressions[0]
            table.replace(exp.alias_(exp.to_table(RATED), table.alias, table=True))
    return days


def _calls_put_in(
    query: exp.Expression, days: Mapping[str, exp.Expression], schema: MappingSchema, models: Mapping[str, Model]
) -> None:
    """The query of the macro as a lateral subquery where its calls were."""
    for table in list(query.find_all(exp.Table)):
        if table.alias in days and table.name == view_name(RATED):
            called = _resolved(sqlglot.parse_one(status_by_day(models), dialect=AsWritten), schema)
            for column in list(called.find_all(exp.Column)):
                if column.name == "as_at_day":
                    column.replace(days[table.alias].copy())
            alias = exp.TableAlias(this=exp.to_identifier(table.alias))
            table.replace(exp.Lateral(this=exp.Subquery(this=called), alias=alias))
