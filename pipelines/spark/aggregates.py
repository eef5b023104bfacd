"""Aggregates: lists and texts in an order, the row of an extreme that has the value, and conditions within windows."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call

_WHOLE = "whole"
"""Mark of an expression that has taken the FILTER and the window around it into itself."""


def _list(node: exp.Expr) -> exp.Expr:
    """A list of the values of a group, nulls among them, in their order; null of no rows."""
    some = exp.GT(this=_over_rows(node, "count", exp.Literal.number(1)), expression=exp.Literal.number(0))
    return _mark(call("if", some, _gathered(node), exp.null(), type_of=node))


def _texts(node: exp.Expr) -> exp.Expr:
    """The texts of a group in their order, one behind the other; null of none. `listagg` fails within joins."""
    separator = node.args.get("separator") or exp.Literal.string(",")
    value = node.this.this if isinstance(node.this, exp.Order) else node.this
    [text] = value.expressions if isinstance(value, exp.Distinct) else [value]
    some = exp.GT(this=_over_rows(node, "count", text.copy()), expression=exp.Literal.number(0))
    return _mark(call("if", some, call("array_join", _gathered(node), separator.copy()), exp.null()))


def _gathered(node: exp.Expr) -> exp.Expr:
    value, keys = node.this, []
    if isinstance(value, exp.Order):
        value, keys = value.this, value.expressions
    if isinstance(value, exp.Distinct):
        # DuckDB takes no other order of distinct values than their own
        [value] = value.expressions
        return call("array_sort", _over_rows(node, "collect_set", value.copy()))
    named = {"element": value, **{f"key{place}": key.this for place, key in enumerate(keys)}}
    fields = [exp.PropertyEQ(this=exp.to_identifier(name), expression=each.copy()) for name, each in named.items()]
    rows = _over_rows(node, "collect_list", exp.Struct(expressions=fields))
    element = exp.Lambda(this=exp.column("element", table="row"), expressions=[exp.to_identifier("row")])
    return call("transform", call("array_sort", rows, _comparison(keys)) if keys else rows, element)


def _comparison(keys: list[exp.Expr]) -> exp.Expr:
    """Which of two rows comes first, as a lambda."""
    case = exp.Case(default=exp.Literal.number(0))
    for place, key in enumerate(keys):
        a, b = (exp.column(f"key{place}", table=side) for side in ("earlier", "later"))
        nulls, less = (-1 if key.args.get("nulls_first") else 1), (1 if key.args.get("desc") else -1)
        case = case.when(exp.and_(a.is_(exp.null()), b.is_(exp.null()).not_()), exp.convert(nulls))
        case = case.when(exp.and_(b.is_(exp.null()), a.is_(exp.null()).not_()), exp.convert(-nulls))
        case = case.when(exp.LT(this=a.copy(), expression=b.copy()), exp.convert(less))
        case = case.when(exp.GT(this=a.copy(), expression=b.copy()), exp.convert(-less))
    return exp.Lambda(this=case, expressions=[exp.to_identifier("earlier"), exp.to_identifier("later")])


def _extreme(name: str) -> Rewrite:
    def rewrite(node: exp.Expr) -> exp.Expr:
        """The value of the row that has the extreme, of those rows that have both."""
        extreme = _when(node.this.copy().is_(exp.null()).not_(), node.expression)
        return _mark(_over_rows(node, name, extreme, node.this.copy()))

    return rewrite


def _count(node: exp.Expr) -> exp.Expr:
    """A count of different values; within a window there is none but of a set."""
    if isinstance(node.this, exp.Distinct) and _window(node):
        [value] = node.this.expressions
        return _mark(call("size", _over_rows(node, "collect_set", value.copy())))
    return node


def _any(node: exp.Expr) -> exp.Expr:
    """A value that is not null."""
    value = node.this.this if isinstance(node.this, exp.AnyValue) else node
    return call("any_value", value, exp.true(), type_of=node)


def _over_rows(node: exp.Expr, name: str, counted: exp.Expr, *first: exp.Expr) -> exp.Expr:
    """An aggregate over the rows that the FILTER around `node` lets through, in the window around it.

    All but those rows are null to it, which every aggregate leaves out: a window takes no FILTER.
    """
    if isinstance(node.parent, exp.Filter):
        counted = _when(node.parent.expression.this, counted)
    aggregate = call(name, *first, counted)
    window = _window(node)
    if window is None:
        return aggregate
    made = window.copy()
    made.set("this", aggregate)
    return _mark(made)


def _when(condition: exp.Expr, value: exp.Expr) -> exp.Expr:
    return exp.Case(ifs=[exp.If(this=condition.copy(), true=value)])


def _window(node: exp.Expr) -> exp.Expr | None:
    around = node.parent.parent if isinstance(node.parent, exp.Filter) else node.parent
    return around if isinstance(around, exp.Window) else None


def _mark(node: exp.Expr) -> exp.Expr:
    node.meta[_WHOLE] = True
    return node


def _taken_in(node: exp.Expr) -> exp.Expr:
    return node.this if node.this.meta.get(_WHOLE) else node


AGGREGATES: Mapping[type[exp.Expr], Rewrite] = {
    exp.ArrayAgg: _list,
    exp.GroupConcat: _texts,
    exp.ArgMax: _extreme("max_by"),
    exp.ArgMin: _extreme("min_by"),
    exp.Count: _count,
    exp.IgnoreNulls: _any,
    exp.Filter: _taken_in,
    exp.Window: _taken_in,
}
