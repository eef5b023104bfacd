"""A model's SQL in the words of Spark: macros expanded, columns resolved, what dialects mean differently rewritten."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

import sqlglot
from sqlglot import MappingSchema, exp
from sqlglot.dialects import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.generators.spark import SparkGenerator
from sqlglot.optimizer.annotate_types import TypeAnnotator, annotate_types
from sqlglot.optimizer.qualify import qualify

from pipelines.spark.as_at import DAY, with_days
from pipelines.spark.macros import expand
from pipelines.spark.rewrites import rewritten
from pipelines.spark.trees import Untranslatable
from pipelines.warehouse.macros import status_by_day
from pipelines.warehouse.models import RATED, STATUS_AS_AT, Model

_LISTS_OF_TEXT = {"regexp_split_to_array"}
_IS_KEPT = "kept"
_ASKED, _KNOWN = "days_asked", "known_by_day"
_TEXTS = exp.DataType.build("array<varchar>")


class AsWritten(DuckDB):  # type: ignore[misc]
    """DuckDB, places in lists as they are written: which of them sqlglot shifts depends on what it knows of types."""

    INDEX_OFFSET = 0


class _InPlace(SparkGenerator):
    """Steps of a query within a query stay where they are: of a lateral one they know the row beside it."""

    EXPRESSIONS_WITHOUT_NESTED_CTES: ClassVar[set[type[exp.Expr]]] = set()


class InSpark(Spark):
    """Spark as it is written here."""

    generator_class = _InPlace


@dataclass(frozen=True)
class Step:
    """A step of a model whose rows are kept, under the name `view`, for those that read it.

    select: its rows. following: the rows that follow from the last ones, for as long as any do; empty where none do.
    """

    view: str
    select: str
    following: str = ""


@dataclass(frozen=True)
class Script:
    """What Spark runs for a model: steps that are kept, in their order, and the SELECT that reads them."""

    steps: tuple[Step, ...]
    select: str


def _type_of_call(annotator: TypeAnnotator, node: exp.Expr) -> exp.Expr:
    annotator._set_type(node, _TEXTS if node.name.lower() in _LISTS_OF_TEXT else None)
    return node


def _type_of_texts(annotator: TypeAnnotator, node: exp.Expr) -> exp.Expr:
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
    for alias, day in days.items():
        by_day = sqlglot.parse_one(status_by_day(models), dialect=AsWritten)
        _call_put_in(query, alias, day, _resolved(by_day, schema))
    query = rewritten(query)
    _tables_as_views(query)
    steps = tuple(_steps_taken_out(query, view_name(model.name)))
    return Script(steps, _in_spark(query))


def _in_spark(query: exp.Expr) -> str:
    return query.sql(dialect=InSpark, comments=False)


def _steps_taken_out(query: exp.Expr, model_view: str) -> Iterator[Step]:
    """The steps whose rows are kept; views of them take their place.

    Those of the status on many days, which Spark would run again for each reader, and those that read themselves, which
    it takes only without aggregates.
    """
    steps = query.args.get("with_") or exp.With(expressions=[])
    for step in list(steps.expressions):
        itself = [table for table in step.this.find_all(exp.Table) if table.name == step.alias and not table.db]
        if not itself and not step.meta.get(_IS_KEPT):
            continue
        view = f"{model_view}__{step.alias}"
        for table in query.find_all(exp.Table):
            if table.name == step.alias and not table.db:
                table.set("this", exp.to_identifier(view))
        before = steps.expressions[: steps.expressions.index(step)]
        steps.expressions.remove(step)
        parts = [step.this]
        if itself:
            if not isinstance(step.this, exp.Union) or step.this.args.get("distinct"):
                raise Untranslatable(f"{step.alias}: a recursion is a first query, union all, and a following one")
            parts = [step.this.left, step.this.right]
        yield Step(view, *(_in_spark(_after(before, part)) for part in parts))
    steps.set("recursive", None)


def _after(steps: list[exp.Expr], query: exp.Expr) -> exp.Expr:
    """A step as a query of its own, with those of the steps before it that it rests on."""
    needed: list[exp.Expr] = []
    wanted = {table.name for table in query.find_all(exp.Table)} - {step.alias for step in _own_steps(query)}
    for step in reversed(steps):
        if step.alias in wanted:
            needed.insert(0, step.copy())
            wanted |= {table.name for table in step.find_all(exp.Table)}
    made = query.copy()
    if needed:
        made.set("with_", exp.With(expressions=[*needed, *_own_steps(made)]))
    return made


def _own_steps(query: exp.Expr) -> list[exp.Expr]:
    return list(query.ctes) if isinstance(query, exp.Query) else []


def _resolved(query: exp.Expr, schema: MappingSchema) -> exp.Expr:
    """The query with macros expanded, every column's table named, and the types known."""
    query = qualify(
        expand(query), dialect="duckdb", schema=schema, validate_qualify_columns=False, quote_identifiers=False
    )
    return annotate_types(query, schema=schema, dialect="duckdb", expression_metadata=_TYPES)


def _tables_as_views(query: exp.Expr) -> None:
    for table in list(query.find_all(exp.Table)):
        if table.db:
            alias = table.args.get("alias") or exp.TableAlias(this=exp.to_identifier(table.name))
            table.replace(exp.Table(this=exp.to_identifier(view_name(f"{table.db}.{table.name}")), alias=alias))


def _calls_taken_out(query: exp.Expr) -> dict[str, exp.Expr]:
    """The days that the macro of any day is called with, by the call's alias; the status itself takes its place."""
    days = {}
    for table in list(query.find_all(exp.Table)):
        if f"{table.db}.{table.this.name}" == STATUS_AS_AT:
            days[table.alias] = table.this.expressions[0]
            table.replace(exp.alias_(exp.to_table(RATED), table.alias, table=True))
    return days


def _call_put_in(query: exp.Expr, alias: str, day: exp.Expr, by_day: exp.Expr) -> None:
    """Two steps before the one with the call: the days that it asks about, and the status on all of them."""
    tables = [table for table in query.find_all(exp.Table) if table.alias == alias]
    [called] = [table for table in tables if f"{table.db}.{table.name}" == RATED]
    join = called.parent
    step = called.find_ancestor(exp.CTE)
    if not isinstance(join, exp.Join) or step is None or not isinstance(day, exp.Column):
        raise Untranslatable(f"{STATUS_AS_AT} called otherwise than joined to a column of days in a step")
    [source] = [each for each in step.find_all(exp.Table) if each.alias_or_name == day.table]
    asked = exp.select(exp.alias_(exp.column(day.name), DAY)).from_(exp.to_table(source.name)).distinct()
    join.set("kind", None)
    join.on(exp.EQ(this=exp.column(DAY, table=alias), expression=day.copy()), copy=False)
    called.set("this", exp.to_identifier(_KNOWN))
    called.set("db", None)
    steps = query.args["with_"].expressions
    asking = exp.CTE(this=asked, alias=exp.TableAlias(this=exp.to_identifier(_ASKED)))
    by_day = with_days(by_day, _ASKED)
    known = exp.CTE(this=by_day, alias=exp.TableAlias(this=exp.to_identifier(_KNOWN)))
    kept = [asking, *by_day.args["with_"].expressions, known]
    by_day.set("with_", None)
    for each in kept:
        each.meta[_IS_KEPT] = True
    place = steps.index(step)
    steps[place:place] = kept
