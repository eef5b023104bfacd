"""Arithmetic: Spark divides decimals exactly, where DuckDB goes through floats, and cuts where DuckDB rounds."""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Rewrite, call, is_a

_T = exp.DType
_DECIMALS = (_T.DECIMAL,)
_FLOATS = (_T.DOUBLE, _T.FLOAT)
_WIDE = (_T.INT128, _T.DECIMAL)


def _divided(node: exp.Expr) -> exp.Expr:
    made = exp.Div(this=_double(node.this), expression=_double(node.expression), typed=True, safe=True)
    made.type = exp.DataType.build("double")
    return made


def _double(node: exp.Expr) -> exp.Expr:
    return node if is_a(node, *_FLOATS) else exp.cast(exp.paren(node), "double", dialect="spark")


def _whole_quotient(node: exp.Expr) -> exp.Expr:
    """A whole quotient; `div` answers with 64 bits, so that wider numbers are divided less their remainder."""
    if not (is_a(node.this, *_WIDE) or is_a(node.expression, *_WIDE)):
        return node
    left, right = exp.paren(node.this), exp.paren(node.expression)
    whole = exp.Sub(this=left, expression=exp.Mod(this=left.copy(), expression=right))
    made = exp.Div(this=exp.paren(whole), expression=right.copy(), typed=True, safe=True)
    return exp.cast(made, "decimal(38, 0)", dialect="spark")


def _sign(node: exp.Expr) -> exp.Expr:
    return exp.cast(call("signum", node.this), "int", dialect="spark")


def _cast(node: exp.Cast) -> exp.Expr:
    """A cast to whole numbers rounds: decimals half away from zero, floats half to even."""
    if is_a(node.this, *_DECIMALS) and node.to.this in exp.DataType.INTEGER_TYPES:
        node.set("this", call("round", node.this, 0))
    elif is_a(node.this, *_FLOATS) and node.to.this in exp.DataType.INTEGER_TYPES:
        node.set("this", call("rint", node.this))
    if node.to.this == _T.INT128:
        node.set("to", exp.DataType.build("decimal(38, 0)"))
        node.type = node.to
    return node


def _mean(node: exp.Expr) -> exp.Expr:
    node.set("this", _double(node.this))
    return node


NUMBERS: Mapping[type[exp.Expr], Rewrite] = {
    exp.Div: _divided,
    exp.IntDiv: _whole_quotient,
    exp.Sign: _sign,
    exp.Cast: _cast,
    exp.TryCast: _cast,
    exp.Avg: _mean,
}
