"""The warehouse in miniature as a published file, with text in it that comes alive where nobody escapes it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.warehouse.build import write_table
from pipelines.warehouse.tables import AUDIT_TABLES
from tests.sql.small_warehouse import small_warehouse

HOSTILE = "=cmd|' /C calc'!A1 </script><script>alert(1)</script> \"' onload=x & {{ 7 * 7 }}"
LONG = "x" * 40_000

_ROWS: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "audit.build": [{"run_date": date(2021, 12, 1), "schema_version": "1.2.0"}],
    "audit.source": [
        {"source": "activity", "title": "Programme activity", "owner": "Policy"},
        {"source": "portfolio_agreement", "title": f"Agreement {HOSTILE}", "owner": "Policy"},
    ],
    "audit.column_lineage": [
        {"table_name": table, "column_name": column, "upstream_table": upstream, "upstream_column": column}
        for table, column, upstream in (
            ("marts.observation", "value", "measures.figure"),
            ("measures.programme_activity", "value", "staging.programme_activity_item"),
            ("staging.programme_activity_item", "value", "staged.activity_activity"),
            ("marts.measure", "measure_name", "staging.portfolio_agreement_measure"),
            ("staging.portfolio_agreement_measure", "measure_name", "staged.portfolio_agreement_measures"),
        )
    ],
}


def write_small_published(folder: Path) -> Path:
    """Writes the file; returns where it is."""
    with small_warehouse(folder) as connection:
        for name, (purpose, kinds) in AUDIT_TABLES.items():
            rows = [dict.fromkeys(kinds) | dict(row) for row in _ROWS.get(name, ())]
            write_table(connection, name, purpose, kinds, rows)
        for table in ("marts.measure", "marts.measure_status", "marts.public_measure_status"):
            connection.execute(f"update {table} set measure_name = ? where measure_code = 'IN.16'", [HOSTILE])
        connection.execute(
            "update marts.public_measure_status set commentary = ? where measure_code = 'IN.17'", [HOSTILE + LONG]
        )
        connection.execute("update marts.public_commentary set commentary = ?", [HOSTILE])
    return folder / "small.duckdb"
