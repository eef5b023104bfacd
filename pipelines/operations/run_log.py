"""What each run says, as JSON, a line each, in a file per run: for whatever collects logs on a server.

Dagster's settings name the handler (.dagster/dagster.yaml), so that runs of the command, the schedule, sensors and
backfills all have one. The files lie in Dagster's home, since `warehouse/` may be deleted at any time.
"""

import json
import logging
import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from pipelines.ledger.register import LOCAL_TIME

FOLDER_VARIABLE = "NEIGHBOURHOODS_RUN_LOGS"
DAYS_VARIABLE = "NEIGHBOURHOODS_RUN_LOG_DAYS"
OFF = "off"
KEPT_DAYS = 90

EVENTS = {
    "PIPELINE_START": "run started",
    "PIPELINE_SUCCESS": "run succeeded",
    "PIPELINE_FAILURE": "run failed",
    "PIPELINE_CANCELED": "run cancelled",
    "STEP_SUCCESS": "step succeeded",
    "STEP_FAILURE": "step failed",
    "ASSET_MATERIALIZATION": "asset made",
    "ASSET_CHECK_EVALUATION": "check done",
}
"""Dagster's events that are kept, by Dagster's name; the others say how it works, not what came of it."""


def log_folder(environment: Mapping[str, str]) -> Path | None:
    """Where the files are: NEIGHBOURHOODS_RUN_LOGS, else `run_logs` in Dagster's home; None where it is `off`."""
    named = environment.get(FOLDER_VARIABLE, "")
    if named == OFF:
        return None
    if named:
        return Path(named)
    home = environment.get("DAGSTER_HOME")
    return Path(home) / "run_logs" if home else None


def kept_days(environment: Mapping[str, str]) -> int:
    """Days for which files are kept: NEIGHBOURHOODS_RUN_LOG_DAYS, a whole number above zero, else 90."""
    text = environment.get(DAYS_VARIABLE, "")
    return int(text) if text.isdecimal() and int(text) > 0 else KEPT_DAYS


class RunLogHandler(logging.Handler):
    """Appends a line to the file of the record's run. A log that cannot be written is told once and stops no run."""

    _unwritable: ClassVar[set[Path]] = set()
    """Folders that could not be written to in this process; Dagster makes several handlers a run."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._folder = log_folder(os.environ)
        self._files: dict[str, Path] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Writes what is kept of a record."""
        line = line_of(record)
        if line is None or self._folder is None or self._folder in self._unwritable:
            return
        try:
            with self._file(self._folder, line["run_id"], record.created).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
        except OSError as error:
            print(f"the log of the run cannot be written to {self._folder}: {error}", file=sys.stderr)
            self._unwritable.add(self._folder)

    def _file(self, folder: Path, run_id: str, created: float) -> Path:
        if run_id not in self._files:
            folder.mkdir(parents=True, exist_ok=True)
            begun = next(iter(sorted(folder.glob(f"*-{run_id[:8]}.jsonl"))), None)
            day = datetime.fromtimestamp(created, LOCAL_TIME)
            self._files[run_id] = begun or folder / f"{day:%Y%m%dT%H%M%S}-{run_id[:8]}.jsonl"
            remove_old(folder, kept_days(os.environ))
        return self._files[run_id]


def remove_old(folder: Path, days: int) -> None:
    """Removes files to which nothing was written for so many days."""
    for path in folder.glob("*.jsonl"):
        if time.time() - path.stat().st_mtime > days * 24 * 3600:
            path.unlink(missing_ok=True)


def line_of(record: logging.LogRecord) -> dict[str, Any] | None:
    """The line of a record: time, level, run_id, job, step, event, message, and counts where it has any.

    None for what belongs to no run and for events that say nothing of the data.
    """
    said: Mapping[str, Any] = getattr(record, "dagster_meta", {})
    event = said.get("dagster_event")
    kind = getattr(event, "event_type_value", "")
    if not said.get("run_id") or (event is None and record.levelno < logging.INFO) or (event and kind not in EVENTS):
        return None
    line = {
        "time": datetime.fromtimestamp(record.created, LOCAL_TIME).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "run_id": said["run_id"],
        "job": said.get("job_name"),
        "step": said.get("step_key"),
        "event": EVENTS.get(kind, "message"),
        "message": said.get("orig_message") or record.getMessage(),
    }
    return line | _details(getattr(event, "event_specific_data", None))


def _details(data: Any) -> dict[str, Any]:
    """What an event carries: the asset or check with its numbers, how long a step took, why it failed."""
    details: dict[str, Any] = {}
    made = getattr(data, "materialization", None) or (data if hasattr(data, "check_name") else None)
    if made is not None:
        details["asset"] = "/".join(made.asset_key.path)
        details["counts"] = {
            name.removeprefix("dagster/"): number
            for name, value in made.metadata.items()
            if isinstance(number := getattr(value, "value", None), int | float) and not isinstance(number, bool)
        }
    if hasattr(data, "check_name"):
        details |= {"check": data.check_name, "passed": data.passed}
    if hasattr(data, "duration_ms"):
        details["seconds"] = round(data.duration_ms / 1000, 3)
    error = getattr(data, "error", None)
    if error is not None:
        details["error"] = (error.cause or error).message.strip()
    return details
