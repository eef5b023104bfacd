"""Parts of a SELECT: `unnest` among its columns becomes a LATERAL VIEW, QUALIFY a condition around the query."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call

_VIEW = "_unnested"
_KEPT = "_kept"


def _select(node: exp.Select) -> exp.Expr:
    return _qualified(_unnested(node))


def _unnested(node: exp.Select) -> exp.Select:
    """One view for all lists of the SELECT, which run side by side."""
    found = [each for column in node.expressions for each in _generators(column)]
    if not found:
        return node
    names = [f"_element{place}" for place in range(len(found))]
    for each, name in zip(found, names, strict=True):
        column = exp.column(name, table=_VIEW)
        column.type = each.type
        each.replace(column)
    lists = [each.this for each in found]
    rows = call("explode", lists[0]) if len(lists) == 1 else call("inline", call("arrays_zip", *lists))
    alias = exp.TableAlias(this=exp.to_identifier(_VIEW), columns=[exp.to_identifier(name) for name in names])
    node.append("laterals", exp.Lateral(this=rows, view=True, alias=alias))
    return node


def _generators(column: exp.Expr) -> list[exp.Expr]:
    """The `unnest` calls of a column, those of queries within it left out."""
    found = column.walk(prune=lambda each: isinstance(each, exp.Query | exp.Explode))
    return [each for each in found if isinstance(each, exp.Explode)]


def _qualified(node: exp.Select) -> exp.Expr:
    """The condition on windows as one more column of the query, by which the query around it chooses its rows."""
    qualify = node.args.get("qualify")
    if qualify is None:
        return node
    outer = exp.select(*node.named_selects)
    for part in ("with_", "distinct", "order", "limit"):
        outer.set(part, node.args.get(part))
        node.set(part, None)
    node.set("qualify", None)
    node.append("expressions", exp.alias_(exp.paren(qualify.this), _KEPT))
    return outer.from_(node.subquery("_qualified", copy=False), copy=False).where(exp.column(_KEPT), copy=False)


SELECTS: Mapping[type[exp.Expr], Rewrite] = {exp.Select: _select}
