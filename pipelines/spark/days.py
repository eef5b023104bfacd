"""Days: differences count whole boundaries, patterns of days are Java's, and spans have constructors of their own."""

import re
from collections.abc import Mapping

from sqlglot import exp
from sqlglot.dialects import DuckDB
from sqlglot.dialects.spark import Spark
from sqlglot.time import format_time

from pipelines.spark.trees import Rewrite, Untranslatable, call, is_day

_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


def _difference(node: exp.Expr) -> exp.Expr:
    """Boundaries of days, months, quarters or years between two days: later minus earlier."""
    unit = node.text("unit").upper()
    if unit == "DAY":
        return call("datediff", node.this, node.expression)
    if unit not in ("MONTH", "YEAR"):
        raise Untranslatable(f"date_diff of {unit}")
    years = exp.Sub(this=call("year", node.this), expression=call("year", node.expression))
    if unit == "YEAR":
        return exp.paren(years)
    months = exp.Sub(this=call("month", node.this), expression=call("month", node.expression))
    return exp.paren(exp.Add(this=exp.Mul(this=exp.paren(years), expression=exp.Literal.number(12)), expression=months))


def _subtracted(node: exp.Expr) -> exp.Expr:
    return call("datediff", node.this, node.expression) if is_day(node.this) and is_day(node.expression) else node


def _truncated(node: exp.Expr) -> exp.Expr:
    return call("trunc", node.this, node.text("unit"))


def _parsed(node: exp.Expr) -> exp.Expr:
    """A text as a moment, names of months in any letters; null where it is none and that is not an error."""
    tried = isinstance(node, exp.Anonymous)
    text, pattern = node.expressions if tried else (node.this, node.args["format"])
    python = format_time(pattern.name, DuckDB.TIME_MAPPING, DuckDB.TIME_TRIE) if tried else pattern.name
    java = str(format_time(str(python), Spark.INVERSE_TIME_MAPPING, Spark.INVERSE_TIME_TRIE))
    # a day or a month of one digit is one as well
    java = re.sub(r"(?<![dM])([dM])\1(?![dM])", r"\1", java)
    named = call("initcap", text) if "MMM" in java else text
    return call("try_to_timestamp" if tried else "to_timestamp", named, java)


def _days(node: exp.Expr) -> exp.Expr:
    return call("make_dt_interval", node.this)


def _months(node: exp.Expr) -> exp.Expr:
    return call("make_ym_interval", 0, exp.cast(node.expressions[0], "int", dialect="spark"))


DAYS: Mapping[type[exp.Expr], Rewrite] = {
    exp.DateDiff: _difference,
    exp.Sub: _subtracted,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.StrToTime: _parsed,
    exp.ToDays: _days,
}

DAY_FUNCTIONS: Mapping[str, Rewrite] = {
    "try_strptime": _parsed,
    "to_months": _months,
}
