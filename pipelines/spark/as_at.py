"""The status as known on many days at once: the query of the macro of any day, the day one more key throughout.

DuckDB answers a call of the macro beside each row; Spark allows no such query there, and a run for each day would read
everything again.
"""

from collections.abc import Mapping

from sqlglot import exp

from pipelines.spark.trees import Untranslatable

DAY = "as_at_day"
_DAYS = "_days"


def with_days(query: exp.Expr, days: str) -> exp.Expr:
    """A query about the day `as_at_day`, for all days of the table `days`, whose one column has that name.

    Every row gets the day that it is of. Raises Untranslatable where the day cannot be one more key.
    """
    if not _by_day(query, {days: True}, days):
        raise Untranslatable(f"a query about any day does not speak of {DAY}")
    return query


def _by_day(query: exp.Expr, known: Mapping[str, bool], days: str) -> bool:
    """Adds the day to a query that depends on it. Returns whether it does. `known` says it of the tables in sight."""
    known = dict(known)
    for step in query.ctes if isinstance(query, exp.Query) else []:
        known[step.alias] = _by_day(step.this, known, days)
    if isinstance(query, exp.SetOperation):
        return _union(query, known, days)
    if not isinstance(query, exp.Select):
        raise Untranslatable(f"a query by days that is {type(query).__name__}")
    _days_joined(query, days)
    known[_DAYS] = True
    sources = [query.args["from_"].this, *(join.this for join in query.args.get("joins") or [])]
    dependent = [source.alias_or_name for source in sources if _depends(source, known, days)]
    if not dependent:
        return False
    _key_added(query, exp.column(DAY, table=dependent[0]), dependent[1:])
    return True


def _union(query: exp.SetOperation, known: Mapping[str, bool], days: str) -> bool:
    parts = [query.left, query.right]
    found = [_by_day(part, known, days) for part in parts]
    if any(found) and not all(found):
        raise Untranslatable("a union of rows of a day and rows of none")
    return any(found)


def _depends(source: exp.Expr, known: Mapping[str, bool], days: str) -> bool:
    if isinstance(source, exp.Subquery):
        return _by_day(source.this, known, days)
    return not source.args.get("db") and known.get(source.name, False)


def _days_joined(query: exp.Select, days: str) -> None:
    """Joins the days to a SELECT that speaks of the day itself."""
    spoken = [column for column in query.find_all(exp.Column) if column.name == DAY and column.parent_select is query]
    for column in spoken:
        column.set("table", exp.to_identifier(_DAYS))
    if spoken:
        query.append("joins", exp.Join(this=exp.to_table(days, alias=_DAYS), kind="CROSS"))


def _key_added(query: exp.Select, day: exp.Column, others: list[str]) -> None:
    for join in query.args.get("joins") or []:
        if join.this.alias_or_name == day.table and (join.side or join.kind in ("ANTI", "SEMI")):
            raise Untranslatable(f"{day.table}: an outer join that brings the day")
        if join.this.alias_or_name in others:
            same = exp.EQ(this=exp.column(DAY, table=join.this.alias_or_name), expression=day.copy())
            join.set("kind", None if join.kind == "CROSS" else join.kind or None)
            join.on(same, copy=False)
    if group := query.args.get("group"):
        if not group.args.get("all"):
            group.append("expressions", day.copy())
    elif any(_own(each, query) and not each.find_ancestor(exp.Window) for each in query.find_all(exp.AggFunc)):
        raise Untranslatable("an aggregate of all rows by days")
    for window in query.find_all(exp.Window):
        if _own(window, query):
            window.append("partition_by", day.copy())
    query.append("expressions", exp.alias_(day.copy(), DAY))


def _own(node: exp.Expr, query: exp.Select) -> bool:
    return node.parent_select is query
