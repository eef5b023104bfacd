"""What Spark says or counts otherwise than DuckDB: one rewrite per kind of expression, inner expressions first."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.aggregates import AGGREGATES
from pipelines.spark.days import DAY_FUNCTIONS, DAYS
from pipelines.spark.lists import LIST_FUNCTIONS, LISTS
from pipelines.spark.numbers import NUMBERS
from pipelines.spark.selects import SELECTS
from pipelines.spark.text import TEXT, TEXT_FUNCTIONS
from pipelines.spark.trees import Rewrite

REWRITES: Mapping[type[exp.Expr], Rewrite] = {**NUMBERS, **TEXT, **DAYS, **LISTS, **AGGREGATES, **SELECTS}
FUNCTIONS: Mapping[str, Rewrite] = {**TEXT_FUNCTIONS, **DAY_FUNCTIONS, **LIST_FUNCTIONS}


def rewritten(query: exp.Expr) -> exp.Expr:
    """The query with every rewrite applied."""
    for node in reversed(list(query.dfs())):
        named = FUNCTIONS.get(node.name.lower()) if isinstance(node, exp.Anonymous) else None
        rewrite = named or REWRITES.get(type(node))
        if rewrite is None:
            continue
        parent, place, index = node.parent, node.arg_key, node.index
        new = rewrite(node)
        if new is node:
            continue
        if new.type is None:
            new.type = node.type
        if parent is None or place is None:
            query = new
        else:
            # by its place, since the rewrite may have taken the node into what it made
            parent.set(place, new, index)
    return query
