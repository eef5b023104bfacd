"""The cells behind observations: workbook, sheet, address, text, edition, and the words of the row that each is in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import duckdb

CellKey = tuple[str, str, str]
"""(workbook's SHA-256, sheet, cell)."""


@dataclass(frozen=True)
class Origin:
    """One cell behind an observation.

    role: value, numerator, denominator or part. amount: what it contributes, in the unit of its role.
    received_on: day on which the edition came. row_words: what its row is about, from the staging tables.
    """

    role: str
    amount: Decimal | None
    factor: Decimal | None
    workbook: str
    sheet: str
    cell: str
    cell_text: str
    workbook_sha256: str
    received_on: date | None
    supplier: str | None
    illustrative: str | None
    row_words: str = ""


_ORIGINS = """
with
editions as (
    select
        workbook,
        workbook_sha256,
        max(as_at) as received_on,
        any_value(source) as source,
    from audit.workbook
    where outcome in ('loaded', 'superseded', 'retracted') and as_at <= $known_by
    group by workbook, workbook_sha256
)

select
    origin.origin_id,
    origin.role,
    origin.amount,
    origin.factor,
    origin.workbook,
    origin.sheet,
    origin.cell,
    origin.cell_text,
    origin.workbook_sha256,
    editions.received_on,
    source.owner,
    source.illustrative,
from marts.observation_origin as origin
left join editions on origin.workbook_sha256 = editions.workbook_sha256 and origin.workbook = editions.workbook
left join audit.source on editions.source = source.source
where origin.origin_id in (select unnest($ids))
order by
    origin.role = 'denominator', origin.role, editions.received_on, origin.workbook, origin.sheet,
    regexp_extract(origin.cell, '[A-Z]+'), cast(regexp_extract(origin.cell, '\\d+') as integer)
"""

_STAGING_COLUMNS = """
select table_name, list(column_name order by ordinal_position), list(data_type order by ordinal_position)
from information_schema.columns
where table_schema = 'staging' and table_catalog = current_catalog()
group by table_name
order by table_name
"""
"""None where only marts are open, as to whoever makes what is public."""

_NOT_WORDS = {"measure_code", "area_code", "component", "role", "unit", "qualifier", "availability", "note"} | {
    "period_label", "edition_period", "source", "workbook", "workbook_sha256", "sheet", "cell"
}  # fmt: skip
"""Text columns of staging tables that do not say what a row is about."""


def origins_of(
    connection: duckdb.DuckDBPyConnection, origin_ids: Sequence[str], known_by: date
) -> dict[str, tuple[Origin, ...]]:
    """The cells of each observation: numerators before denominators, then by workbook, sheet, column and row."""
    rows = connection.execute(_ORIGINS, {"ids": list(origin_ids), "known_by": known_by}).fetchall()
    found = [(origin_id, Origin(*values)) for origin_id, *values in rows]
    words = _row_words(connection, {origin.workbook_sha256 for _, origin in found})
    origins: dict[str, list[Origin]] = {}
    for origin_id, origin in found:
        about = words.get((origin.workbook_sha256, origin.sheet, origin.cell), "")
        origins.setdefault(origin_id, []).append(replace(origin, row_words=about))
    return {origin_id: tuple(cells) for origin_id, cells in origins.items()}


def _row_words(connection: duckdb.DuckDBPyConnection, hashes: set[str]) -> dict[CellKey, str]:
    """What the rows of these workbooks are about, by cell: the text columns of whichever staging table holds it."""
    words: dict[CellKey, str] = {}
    for table, names, kinds in connection.execute(_STAGING_COLUMNS).fetchall():
        cells = [name for name in names if name == "cell" or name.endswith("_cell")]
        about = [
            name
            for name, kind in zip(names, kinds, strict=True)
            if kind == "VARCHAR" and name not in _NOT_WORDS and not name.endswith(("_cell", "_text"))
        ]
        if not cells or not about or not {"workbook_sha256", "sheet"} <= set(names):
            continue
        found = connection.execute(
            f"select workbook_sha256, sheet, unnest([{', '.join(cells)}]) as cell, concat_ws(', ', {', '.join(about)})"
            f" from staging.{table} where workbook_sha256 in (select unnest($hashes))",
            {"hashes": sorted(hashes)},
        )
        for sha256, sheet, cell, text in found.fetchall():
            key = (sha256, sheet, cell)
            words[key] = max(words.get(key, ""), text, key=len)
    return words
