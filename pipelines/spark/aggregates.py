"""Aggregates: lists in an order, and the row of an extreme that has the value."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call

_FILTERED = "filtered"
"""Mark of an aggregate that has taken the condition of the FILTER around it into itself."""


def _list(node: exp.Expression) -> exp.Expression:
    """A list of the values of a group, nulls among them, in their order; null of no rows."""
    value, keys = node.this, []
    if isinstance(value, exp.Order):
        value, keys = value.this, value.expressions
    if isinstance(value, exp.Distinct):
        [value] = value.expressions
        gathered = call("array_sort", _filtered(node, call("collect_set", value)))
    else:
        fields = [exp.alias_(value, "element")] + [exp.alias_(key.this, f"key{i}") for i, key in enumerate(keys)]
        rows = _filtered(node, call("collect_list", exp.Struct(expressions=[_named(field) for field in fields])))
        element = exp.Lambda(this=exp.column("element", table="row"), expressions=[exp.to_identifier("row")])
        gathered = call("transform", call("array_sort", rows, _comparison(keys)) if keys else rows, element)
    some = exp.GT(this=_filtered(node, exp.Count(this=exp.Star())), expression=exp.Literal.number(0))
    return _mark(call("if", some, gathered, exp.null(), type_of=node))


def _named(field: exp.Alias) -> exp.Expression:
    return exp.PropertyEQ(this=exp.to_identifier(field.alias), expression=field.this)


def _comparison(keys: list[exp.Expression]) -> exp.Expression:
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
    def rewrite(node: exp.Expression) -> exp.Expression:
        """The value of the row that has the extreme, of those rows that have both."""
        has_value = node.this.copy().is_(exp.null()).not_()
        return _mark(_filtered(node, call(name, node.this, node.expression), has_value))

    return rewrite


def _filtered(node: exp.Expression, aggregate: exp.Expression, also: exp.Expression | None = None) -> exp.Expression:
    """An aggregate over the rows that the FILTER around `node` lets through, and of those that hold `also`."""
    conditions = [also] if also is not None else []
    if isinstance(node.parent, exp.Filter):
        conditions.append(node.parent.expression.this.copy())
    if not conditions:
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=exp.and_(*conditions)))


def _mark(node: exp.Expression) -> exp.Expression:
    node.meta[_FILTERED] = True
    return node


def _filter(node: exp.Expression) -> exp.Expression:
    return node.this if node.this.meta.get(_FILTERED) else node




AGGREGATES: Mapping[type[exp.Expression], Rewrite] = {
    exp.ArrayAgg: _list,
    exp.ArgMax: _extreme("max_by"),
    exp.ArgMin: _extreme("min_by"),
    exp.Filter: _filter,
}
