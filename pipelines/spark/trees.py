"""Small parts of which rewritten expressions are made, and questions about the type of one."""

from collections.abc import Callable

from sqlglot import exp

Rewrite = Callable[[exp.Expression], exp.Expression]


class Untranslatable(Exception):
    """A model says something for which there are no words in Spark; the message says what."""


def call(name: str, *arguments: exp.Expression | str | int, type_of: exp.Expression | None = None) -> exp.Expression:
    """A call of one of Spark's functions; `type_of` is the expression whose type its result has."""
    made = exp.Anonymous(this=name, expressions=[literal(each) for each in arguments])
    if type_of is not None:
        made.type = type_of.type
    return made


def literal(value: exp.Expression | str | int) -> exp.Expression:
    """An expression as it is, a text or whole number as a literal."""
    return value if isinstance(value, exp.Expression) else exp.convert(value)


def is_a(node: exp.Expression, *kinds: exp.DataType.Type) -> bool:
    """Whether the type of an expression is known and one of these."""
    return node.type is not None and node.type.this in kinds


def is_list(node: exp.Expression) -> bool:
    """Whether an expression is known to be a list."""
    return is_a(node, exp.DataType.Type.ARRAY, exp.DataType.Type.LIST)


def is_day(node: exp.Expression) -> bool:
    """Whether an expression is known to be a day without a time."""
    return is_a(node, exp.DataType.Type.DATE)
