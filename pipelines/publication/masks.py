"""Covers up what repeats a suppressed figure: the columns and rows that `staging.disclosure_mask` lists."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

CONFIDENTIAL = "[c]"
"""What stands in the place of a text that is confidential, by the Analysis Function's shorthand."""

_CODES = r"[A-Z]+(?:\.[A-Z0-9_]+)+"
"""A measure's code, also within a text."""


class NotSuppressedError(Exception):
    """Counts of people are not suppressed in the published file as they are now: nothing public may be made of it."""


@dataclass(frozen=True)
class Mask:
    """One line of `staging.disclosure_mask`, whose columns say what each of these is."""

    emptied: Sequence[str]
    marked: Sequence[str]
    told: Sequence[str]
    blurred: Sequence[str]
    measure_columns: Sequence[str]
    period_columns: Sequence[str]
    origin_columns: Sequence[str]
    source_column: str | None


@dataclass(frozen=True)
class Withheld:
    """What is suppressed: measures, their periods (`code|label`), observations by key, sources that count people."""

    measures: Sequence[str]
    periods: Sequence[str]
    origins: Sequence[str]
    sources: Sequence[str]


_BLURRED = 'without_counts_below("{}", (select least_shown from warehouse.marts.suppression_rule))'

_WITHHELD = {
    "measures": "select distinct measure_code from warehouse.marts.suppression where measure_code is not null",
    "periods": "select concat_ws('|', measure_code, period_label) from warehouse.marts.disclosure_period",
    "origins": "select distinct figure_key from warehouse.marts.suppression where table_name = 'observation'",
    "sources": (
        "select distinct source from warehouse.audit.workbook"
        " where workbook_sha256 in (select workbook_sha256 from warehouse.marts.disclosure_workbook)"
    ),
}


def read_masks(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Mask]]:
    """The masks by table, as `schema.table`; none in a file without any. Raises NotSuppressedError for older ones."""
    if not _has(connection, "staging", "disclosure_mask"):
        return {}
    columns = ", ".join(Mask.__dataclass_fields__)
    given = connection.execute("select * from warehouse.staging.disclosure_mask limit 0").description or []
    if not Mask.__dataclass_fields__.keys() <= {column[0] for column in given}:
        raise NotSuppressedError("its rules of suppression are of an earlier version: run the nightly")
    masks: defaultdict[str, list[Mask]] = defaultdict(list)
    for table, *values in connection.execute(
        f"select table_name, {columns} from warehouse.staging.disclosure_mask"
    ).fetchall():
        masks[table].append(Mask(*values))
    return dict(masks)


def read_withheld(connection: duckdb.DuckDBPyConnection) -> Withheld:
    """What is suppressed in the published file; nothing in a file that suppresses nothing."""
    if not _has(connection, "marts", "suppression"):
        return Withheld([], [], [], [])
    found = {name: sorted(row[0] for row in connection.execute(sql).fetchall()) for name, sql in _WITHHELD.items()}
    return Withheld(**found)


def masked(table: str, masks: Sequence[Mask], withheld: Withheld) -> str:
    """A query for a table with everything covered up that its masks say; of all columns, in their order."""
    conditions = [(mask, _rows(mask, withheld)) for mask in masks]
    replaced = [
        f'case when {condition} then {shown.format(column)} else "{column}" end as "{column}"'
        for mask, condition in conditions
        if condition
        for columns, shown in (
            (mask.emptied, "null"),
            (mask.marked, f"'{CONFIDENTIAL}'"),
            (mask.told, "'suppressed'"),
            (mask.blurred, _BLURRED),
        )
        for column in columns
    ]
    instead = f"replace ({', '.join(replaced)})" if replaced else ""
    return f"select * {instead} from {table}"


def _rows(mask: Mask, withheld: Withheld) -> str:
    """The condition of the rows that a mask covers up; empty where it covers none."""
    if mask.source_column:
        return _any_of([mask.source_column], withheld.sources)
    if not mask.measure_columns and not mask.origin_columns:
        return "true"
    said = []
    if mask.measure_columns and mask.period_columns:
        [measure] = mask.measure_columns
        said.append(_any_of([f"{measure} || '|' || {period}" for period in mask.period_columns], withheld.periods))
    elif mask.measure_columns and withheld.measures:
        texts = ", ".join(mask.measure_columns)
        codes = f"regexp_extract_all(concat_ws(' ', {texts}), '{_CODES}')"
        said.append(f"list_has_any({codes}, {_listed(withheld.measures)})")
    said.append(_any_of(mask.origin_columns, withheld.origins))
    return " or ".join(filter(None, said))


def _any_of(expressions: Sequence[str], values: Sequence[str]) -> str:
    if not expressions or not values:
        return ""
    return f"list_has_any([{', '.join(expressions)}], {_listed(values)})"


def _listed(values: Sequence[str]) -> str:
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def _has(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from information_schema.tables"
        " where table_catalog = 'warehouse' and table_schema = ? and table_name = ?",
        [schema, table],
    )
    return found.fetchone() is not None
