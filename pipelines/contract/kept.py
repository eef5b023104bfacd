"""A reading as a file, so that a workbook read once by the same code is not read again."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.contract.corrections import CellCorrection, Stale
from pipelines.contract.outcome import Finding, Reading, SetAside
from pipelines.files import written_whole
from pipelines.periods import Period


def keep_reading(path: Path, reading: Reading, code_sha256: str) -> None:
    """Writes all of a reading but its rows, with the hash of the code that made it."""
    kept = {
        "code_sha256": code_sha256,
        "source": reading.source,
        "workbook": reading.workbook,
        "workbook_sha256": reading.workbook_sha256,
        "period": asdict(reading.period) if reading.period else None,
        "rows_read": reading.rows_read,
        "rows_recorded": reading.rows_recorded,
        "set_aside": [asdict(row) for row in reading.set_aside],
        "findings": [asdict(finding) for finding in reading.findings],
        "cells_sha256": reading.cells_sha256,
        "sheet_rows": reading.sheet_rows,
        "corrections": [asdict(correction) for correction in reading.corrections],
        "stale": [asdict(stale) for stale in reading.stale],
    }
    with written_whole(path) as partial:
        partial.write_text(json.dumps(kept, default=str, ensure_ascii=False), encoding="utf-8")


def kept_reading(path: Path, code_sha256: str) -> Reading | None:
    """The reading kept from an earlier run, when the same code made it; None too when the file is damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if kept["code_sha256"] != code_sha256:
        return None
    return Reading(
        kept["source"],
        kept["workbook"],
        kept["workbook_sha256"],
        period=_period(kept["period"]),
        rows_read=kept["rows_read"],
        rows_recorded=kept["rows_recorded"],
        set_aside=[SetAside(**row) for row in kept["set_aside"]],
        findings=[Finding(**finding) for finding in kept["findings"]],
        cells_sha256=kept["cells_sha256"],
        sheet_rows=kept["sheet_rows"],
        corrections=tuple(CellCorrection(**correction) for correction in kept["corrections"]),
        stale=[Stale(**stale) for stale in kept["stale"]],
    )


def _period(kept: dict[str, Any] | None) -> Period | None:
    if kept is None:
        return None
    days = {name: date.fromisoformat(kept[name]) for name in ("start", "end")}
    return Period(kept["label"], days["start"], days["end"], kept["year_type"])
