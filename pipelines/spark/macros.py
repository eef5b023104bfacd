"""Calls of the warehouse's macros, replaced by what they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from pipelines.warehouse.macros import SCALAR_MACROS


@dataclass(frozen=True)
class Macro:
    """A macro's parameters, in order, and what a call of it stands for."""

    parameters: tuple[str, ...]
    body: exp.Expr


@cache
def scalar_macros() -> Mapping[str, Macro]:
    """The macros of the warehouse by name, from the very statements that create them in DuckDB."""
    macros = {}
    for statement in SCALAR_MACROS:
        created = sqlglot.parse_one(statement, dialect="duckdb")
        head = created.this
        parameters = tuple(parameter.name for parameter in head.expressions)
        macros[head.this.name] = Macro(parameters, created.expression)
    return macros


def expand(query: exp.Expr) -> exp.Expr:
    """The query with every call of a macro replaced by the macro's expression, calls within macros too."""
    macros = scalar_macros()
    while calls := [call for call in query.find_all(exp.Anonymous) if call.name.lower() in macros]:
        for call in calls:
            macro = macros[call.name.lower()]
            call.replace(exp.paren(_applied(macro, call.expressions), copy=False))
    return query


def _applied(macro: Macro, arguments: list[exp.Expr]) -> exp.Expr:
    body = macro.body.copy()
    given = dict(zip(macro.parameters, arguments, strict=True))
    for column in list(body.find_all(exp.Column)):
        if not column.table and column.name in given:
            column.replace(_in_place(given[column.name]))
    return body


def _in_place(argument: exp.Expr) -> exp.Expr:
    plain = isinstance(argument, exp.Column | exp.Literal | exp.Func)
    return argument.copy() if plain else exp.paren(argument)
