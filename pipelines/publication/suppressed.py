"""Which figures of a row are suppressed, in marts that count people: marts.suppression names rows by their keys."""

KEYS = {
    "grant_scheme": ("workbook_sha256", "as_at", "scheme", "period_start"),
    "grants": ("workbook_sha256", "as_at", "scheme", "strand", "recipient"),
    "sector_event": ("workbook_sha256", "as_at", "period_label", "event"),
}
"""Columns of the key of a row, in the order in which marts.suppression writes them."""


def join_hidden(table: str, shown: str) -> str:
    """SQL that joins to rows of a mart of `KEYS`, named `shown`, as `suppressed.hidden` their suppressed columns."""
    key = ", ".join(f"{shown}.{column}" for column in KEYS[table])
    return f"""left join (
        select figure_key, list(figure) as hidden from marts.suppression where table_name = '{table}' group by all
    ) as suppressed on suppressed.figure_key = concat_ws('|', {key})"""
