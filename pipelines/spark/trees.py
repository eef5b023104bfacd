"""Small parts of which rewritten expressions are made, and questions about the type of one."""

from collections.abc import Callable
from typing import Any

from sqlglot import exp

Rewrite = Callable[[Any], exp.Expr]
"""What takes an expression of one kind and gives what takes its place; the expression itself where nothing has to."""


class Untranslatable(Exception):
    """A model says something for which there are no words in Spark; the message says what."""


def call(name: str, *arguments: exp.Expr | str | int, type_of: exp.Expr | None = None) -> exp.Expr:
    """A call of one of Spark's functions; `type_of` is the expression whose type its result has."""
    made = exp.Anonymous(this=name, expressions=[literal(each) for each in arguments])
    if type_of is not None:
        made.type = type_of.type
    return made


def literal(value: exp.Expr | str | int) -> exp.Expr:
    """An expression as it is, a text or whole number as a literal."""
    return value if isinstance(value, exp.Expr) else exp.convert(value)


def is_a(node: exp.Expr, *kinds: exp.DType) -> bool:
    """Whether the type of an expression is known and one of these."""
    return node.type is not None and node.type.this in kinds


def is_list(node: exp.Expr) -> bool:
    """Whether an expression is known to be a list."""
    return is_a(node, exp.DType.ARRAY, exp.DType.LIST)


def is_day(node: exp.Expr) -> bool:
    """Whether an expression is known to be a day without a time."""
    return is_a(node, exp.DType.DATE)
