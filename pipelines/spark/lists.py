"""Lists: counted from 1, empty ones where a range is empty, and no error beyond their end."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call, is_a

_T = exp.DType


def _element(node: exp.Expr) -> exp.Expr:
    """An element of a list, counted from 1, or of a map; null where there is none."""
    [place] = node.expressions
    if not is_a(place, *exp.DataType.TEXT_TYPES):
        place = exp.cast(place, "int", dialect="spark")
    return call("try_element_at", node.this, place)


def _range(node: exp.Expr) -> exp.Expr:
    """A range upwards; Spark's would run down, or fail, where its end lies before its start."""
    start, end, step = node.args["start"], node.args["end"], node.args.get("step")
    if node.args.get("is_end_exclusive"):
        end = exp.Sub(this=exp.paren(end), expression=exp.Literal.number(1))
    sequence = call("sequence", start, end, *([step] if step else []))
    going = exp.LTE(this=exp.paren(start.copy()), expression=exp.paren(end.copy()))
    return call("if", going, sequence, call("array"))


def _position(node: exp.Expr) -> exp.Expr:
    return call("nullif", call("array_position", *node.expressions), 0)


def _joined(node: exp.Expr) -> exp.Expr:
    """Lists one behind the other, those that are null left out."""
    return call("concat", *(call("coalesce", part, call("array")) for part in [node.this, *node.expressions]))


def _distinct(node: exp.Expr) -> exp.Expr:
    return call("array_distinct", call("array_compact", node.this), type_of=node)


def _contains(node: exp.Expr) -> exp.Expr:
    """Whether an element is in a list; not null because another element is."""
    return exp.GT(this=call("array_position", node.this, node.expression), expression=exp.Literal.number(0))


def _overlaps(node: exp.Expr) -> exp.Expr:
    return call("coalesce", call("arrays_overlap", node.this, node.expression), exp.false())


def _places(node: exp.Expr) -> exp.Expr:
    """The places of a list's elements, from 1, a row each."""
    following = exp.Add(this=exp.column("place"), expression=exp.Literal.number(1))
    numbered = exp.Lambda(this=following, expressions=[exp.to_identifier("element"), exp.to_identifier("place")])
    return exp.Explode(this=call("transform", node.expressions[0], numbered))


def _comprehension(node: exp.Expr) -> exp.Expr:
    """`[f(x) for x in list if g(x)]`."""
    inner = node.expressions[0] if len(node.expressions) == 1 else None
    if not isinstance(inner, exp.Comprehension):
        return node
    made: exp.Expr = inner.args["iterator"]
    name = inner.expression
    if condition := inner.args.get("condition"):
        made = call("filter", made, exp.Lambda(this=condition, expressions=[name.copy()]), type_of=node)
    if inner.this.sql() == name.sql():
        return made
    return call("transform", made, exp.Lambda(this=inner.this, expressions=[name.copy()]), type_of=node)


LISTS: Mapping[type[exp.Expr], Rewrite] = {
    exp.Array: _comprehension,
    exp.Bracket: _element,
    exp.GenerateSeries: _range,
    exp.ArrayConcat: _joined,
    exp.ArrayDistinct: _distinct,
    exp.ArrayContains: _contains,
    exp.ArrayOverlaps: _overlaps,
}

LIST_FUNCTIONS: Mapping[str, Rewrite] = {
    "generate_subscripts": _places,
    "list_position": _position,
}
