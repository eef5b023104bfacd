"""The check factory: contracts and SQL checks as Dagster asset checks, with the rows that are wrong as a table."""

from collections.abc import Iterable, Sequence

import dagster as dg

from pipelines.contract.outcome import Reading
from pipelines.warehouse.checks import Check, CheckResult

CONTRACT_CHECK = "contract_kept"
SHOWN_FINDINGS = 50


def table_key(name: str) -> dg.AssetKey:
    """Asset key of a table `schema.table`."""
    return dg.AssetKey(name.split("."))


def text_table(rows: Sequence[dict[str, str]]) -> dg.MetadataValue:
    """Rows of text as a metadata table; a line in words when there are none."""
    if not rows:
        return dg.MetadataValue.text("none")
    columns = [dg.TableColumn(name) for name in rows[0]]
    records = [dg.TableRecord(dict(row)) for row in rows]
    return dg.MetadataValue.table(records, schema=dg.TableSchema(columns=columns))


def contract_check_spec(key: dg.AssetKey) -> dg.AssetCheckSpec:
    """The check that every workbook of a source kept its contract. Not blocking: a bad file is quarantined."""
    description = "Every workbook received keeps the contract of its source (Pandera schema, headings, totals, keys)."
    return dg.AssetCheckSpec(CONTRACT_CHECK, asset=key, description=description)


def contract_check_result(key: dg.AssetKey, readings: Iterable[Reading]) -> dg.AssetCheckResult:
    """Passes when all workbooks load; else shows what is wrong, with workbook, sheet and cell."""
    findings = [
        {"workbook": r.workbook, "sheet": f.sheet, "cell": f.cell, "rule": f.rule, "message": f.message}
        for r in readings
        for f in r.findings
    ]
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=CONTRACT_CHECK,
        passed=not findings,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"findings": len(findings), "first findings": text_table(findings[:SHOWN_FINDINGS])},
    )


def sql_check_spec(check: Check) -> dg.AssetCheckSpec:
    """A SQL check as the check of the table that it is on."""
    description = f"{check.purpose}\n\n```sql\n{check.sql}\n```"
    return dg.AssetCheckSpec(check.name, asset=table_key(check.table), description=description, blocking=check.blocking)


def sql_check_result(result: CheckResult) -> dg.AssetCheckResult:
    """Passes when the check found no rows; shows the first rows that are wrong."""
    check = result.check
    return dg.AssetCheckResult(
        asset_key=table_key(check.table),
        check_name=check.name,
        passed=result.wrong == 0,
        severity=dg.AssetCheckSeverity.ERROR if check.blocking else dg.AssetCheckSeverity.WARN,
        metadata={"rows that are wrong": result.wrong, "first rows": text_table(result.sample)},
    )
