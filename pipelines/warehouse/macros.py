"""SQL macros of the warehouse: exact division, rounding intervals, quartiles, and the status as known on any day."""

from collections.abc import Callable, Mapping

from pipelines.warehouse.models import LAYERS, RATED, STATUS_AS_AT, Model

DIVIDED = """
create macro divided(numerator, denominator) as
    case
        when cast(denominator as decimal(38, 10)) = 0 then null
        else cast(cast(
            sign(numerator) * sign(denominator) * (
                (
                    cast(abs(cast(numerator as decimal(28, 6))) * 1000000 as hugeint) * 2000000
                    + cast(abs(cast(denominator as decimal(28, 6))) * 1000000 as hugeint)
                )
                // (2 * cast(abs(cast(denominator as decimal(28, 6))) * 1000000 as hugeint))
            ) as decimal(32, 0)
        ) * cast(0.000001 as decimal(6, 6)) as decimal(28, 6))
    end
"""
"""Quotient to six decimals, halves away from zero, in whole numbers throughout: `/` would go through floats."""

PRINTED = """
create macro printed(figure, most_decimals) as
    case most_decimals when 0 then round(figure, 0) when 1 then round(figure, 1) else round(figure, 2) end
"""
"""A figure as printed: with the fewest decimals that show it, at most those of its unit."""

ROUNDING_END = """
create macro rounding_end(figure, most_decimals, which_end) as
    case
        when which_end = 0 then figure
        else printed(figure, most_decimals)
            + which_end * case
                when printed(figure, most_decimals) = round(figure, 0) then cast(0.5 as decimal(7, 6))
                when printed(figure, most_decimals) = round(figure, 1) then cast(0.05 as decimal(7, 6))
                else cast(0.005 as decimal(7, 6))
            end
            - case
                when which_end * printed(figure, most_decimals) >= 0 then which_end * cast(0.000001 as decimal(7, 6))
                else 0
            end
    end
"""
"""The least (-1) or greatest (1) figure of six decimals that rounds to the printed one; for 0 the figure itself.

Halves round away from zero, so that the end farther from zero is just short of the half and the nearer one is on it.
"""

WITH_COMMAS = """
create macro with_commas(figure) as
    case when figure < 0 then '-' else '' end
    || format('{:,}', cast(floor(abs(cast(figure as decimal(28, 6)))) as bigint))
    || rtrim(rtrim(substr(cast(abs(cast(figure as decimal(28, 6))) % 1 as varchar), 2), '0'), '.')
"""
"""A figure in full, its thousands parted by commas, with as many decimals as it has."""

IN_POUNDS = """
create macro in_pounds(amount) as
    case when round(amount, 2) < 0 then '-£' else '£' end
    || format('{:,}', cast(floor(abs(round(amount, 2))) as bigint))
    || case
        when round(amount, 2) = round(amount, 0) then ''
        else substr(cast(cast(abs(round(amount, 2)) % 1 as decimal(28, 2)) as varchar), 2)
    end
"""
"""An amount of money as it is written: thousands parted by commas, pence where it has any."""

SHOWN = r"""
create macro shown(figure) as regexp_replace(format('{:,.2f}', cast(figure as double)), '\.?0+$', '')
"""
"""A figure for a sentence: thousands parted by commas, at most two decimals."""

SHOWN_IN = """
create macro shown_in(figure, unit) as
    case when unit = '£' then replace('£' || shown(figure), '£-', '-£') else shown(figure) || unit end
"""
"""A figure for a sentence with its unit where it belongs: £11,000, -£61, 93.19%."""

IN_FULL = """
create macro in_full(figure) as rtrim(rtrim(cast(cast(figure as decimal(28, 6)) as varchar), '0'), '.')
"""
"""A figure as text, with all its digits and no more: 93.185079, 97."""

IN_WORDS = r"""
create macro in_words(said) as trim(regexp_replace(lower(said), '[^a-z0-9]+', ' ', 'g'))
"""
"""A text in small letters, a space between its words and no marks, to be looked for in another."""

QUARTILE = """
create macro quartile(ascending, which) as
    ascending[1 + (len(ascending) - 1) * which // 4]
    + cast((len(ascending) - 1) * which % 4 as decimal(1, 0)) * cast(0.25 as decimal(2, 2)) * (
        ascending[least(2 + (len(ascending) - 1) * which // 4, len(ascending))]
        - ascending[1 + (len(ascending) - 1) * which // 4]
    )
"""
"""First, second or third quartile of a sorted list of decimals, as Excel's QUARTILE.INC has it; null of none."""

PLAIN_WORDS = r"""
create macro plain_words(wording) as
    trim(lower(regexp_replace(coalesce(wording, ''), '[\s.,;:()''"’‘“”–-]+', ' ', 'g')))
"""
"""The wording of a definition to be compared: without capitals, spaces and punctuation, with signs that mean something
(> is not <); empty where there is none."""

WITHOUT_COUNTS_BELOW = r"""
create macro without_counts_below(said, least_shown) as
    regexp_replace(said, '\b(' || array_to_string(range(1, least_shown), '|') || ')\b', '[c]', 'g')
"""
"""A text in which every whole number that may be a small count is covered up: too many rather than one too few."""

SCALAR_MACROS = (
    *(DIVIDED, PRINTED, ROUNDING_END, WITH_COMMAS, IN_POUNDS, SHOWN, SHOWN_IN, IN_WORDS, IN_FULL, QUARTILE),
    *(PLAIN_WORDS, WITHOUT_COUNTS_BELOW),
)

ACTION_STATUS_AS_AT = """
create macro marts.action_status_as_at(as_at_day) as table
select
    plan_year, action_code, delivery, owners, target_date, target_kind, target_start, target_end, status, status_from,
    done_on, done_on_cell, sheet_row, workbook, workbook_sha256
from marts.action_status
where status_from <= as_at_day and coalesce(as_at_day < status_until, true)
"""
"""The status of every action of the plans on a day, as it was known on that day."""
_VARYING = "marts.reporting_quarter"


def status_as_at(models: Mapping[str, Model]) -> str:
    """DDL of the table macro that rates every quarter with what was received by a day.

    Made of the very SQL of `computed_status` and what lies between it and `reporting_quarter`, with one thing changed:
    the day by which figures must be known. It is about what was known, and no quarter is locked in it. `models` come in
    the order in which they are built.
    """
    chain = [name for name in models if name in _between(models)]
    aliases = {name: f"as_at_{name.split('.')[1]}" for name in [_VARYING, *chain]}
    columns = ", ".join("as_at_day as known_by" if name == "known_by" else name for name in models[_VARYING].columns)
    steps = [f"{aliases[_VARYING]} as (select {columns} from {_VARYING})"]
    for name in chain:
        steps.append(f"{aliases[name]} as ({_reading_from(models[name], aliases)})")
    outputs = ", ".join(models[RATED].columns)
    body = ",\n".join(steps)
    return f"create macro {STATUS_AS_AT}(as_at_day) as table\nwith {body}\nselect {outputs} from {aliases[RATED]}"


def _between(models: Mapping[str, Model]) -> set[str]:
    """Models that depend on the reporting quarter and that the status depends on, itself included."""
    below: set[str] = set()
    for name, model in models.items():
        if model.reads & (below | {_VARYING}):
            below.add(name)
    wanted, queue = set(), [RATED]
    while queue:
        name = queue.pop()
        if name in below and name not in wanted:
            wanted.add(name)
            queue.extend(models[name].reads)
    return wanted


def _reading_from(model: Model, aliases: Mapping[str, str]) -> str:
    from sqlglot import exp

    query = model.query.copy()
    for table in query.find_all(exp.Table):
        name = f"{table.db}.{table.name}"
        if table.db in LAYERS and name in aliases:
            table.replace(exp.to_table(aliases[name], alias=table.alias or table.name))
    return query.sql(dialect="duckdb", comments=False)


_PUBLIC_STATUS = "marts.public_measure_status"


def public_status_as_at(models: Mapping[str, Model]) -> str:
    """DDL of the table macro that gives `status_as_at` as the public may see it, by the SQL of the public status."""
    from sqlglot import exp

    query = models[_PUBLIC_STATUS].query.copy()
    for table in query.find_all(exp.Table):
        if f"{table.db}.{table.name}" == "marts.measure_status":
            call = exp.Anonymous(this="status_as_at", expressions=[exp.column("as_at_day")])
            table.replace(exp.Table(this=call, db=exp.to_identifier("marts")))
    return f"create macro marts.public_status_as_at(as_at_day) as table {query.sql(dialect='duckdb', comments=False)}"


AS_AT_MACROS: Mapping[str, Callable[[Mapping[str, Model]], str]] = {
    RATED: status_as_at,
    _PUBLIC_STATUS: public_status_as_at,
    "marts.action_status": lambda _: ACTION_STATUS_AS_AT,
}
"""DDL of the table macros of any day, by the model that each is made of."""
