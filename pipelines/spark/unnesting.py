"""`unnest` among the columns of a SELECT: a LATERAL VIEW, one for all lists of it, which run side by side."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call

_VIEW = "_unnested"


def _unnested(node: exp.Expression) -> exp.Expression:
    found = [each for column in node.expressions for each in _generators(column)]
    if not found:
        return node
    names = [f"_element{place}" for place in range(len(found))]
    for each, name in zip(found, names, strict=True):
        column = exp.column(name, table=_VIEW)
        column.type = each.type
        each.replace(column)
    lists = [each.this if isinstance(each, exp.Explode) else each for each in found]
    rows = call("explode", lists[0]) if len(lists) == 1 else call("inline", call("arrays_zip", *lists))
    alias = exp.TableAlias(this=exp.to_identifier(_VIEW), columns=[exp.to_identifier(name) for name in names])
    node.append("laterals", exp.Lateral(this=rows, view=True, alias=alias))
    return node


def _generators(column: exp.Expression) -> list[exp.Expression]:
    """The `unnest` calls of a column, those of queries within it left out."""
    found = column.walk(prune=lambda each: isinstance(each, exp.Query | exp.Explode))
    return [each for each in found if isinstance(each, exp.Explode)]


UNNESTING: Mapping[type[exp.Expression], Rewrite] = {exp.Select: _unnested}
