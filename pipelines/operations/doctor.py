"""The doctor: one screen that says of each part of an installation whether it is well, and else what to do."""

import fcntl
import os
import platform
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from pipelines.instance import InstanceState
from pipelines.ledger.register import LOCAL_TIME
from pipelines.operations.faults import STORAGE_IS_SET_ASIDE
from pipelines.operations.living_runs import dead_runs, living_runs
from pipelines.operations.run_log import log_folder
from pipelines.settings import Paths

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.contract.model import Source

OK, LOOK, BAD = "ok", "look", "bad"
WIDTH, SUBJECT_WIDTH = 98, 13

HEARTBEAT_IS_OLD = timedelta(minutes=5)
NIGHTLY_IS_OLD = timedelta(hours=26)
NIGHTLY_SCHEDULE = "nightly_at_0230"
RUN_IS_OLD = timedelta(hours=1)
"""Runs are ended by Dagster after an hour: one that counts as running for longer died, where no lock of it says so."""

DIED = "it died: its process was killed, or the machine went down"

LEAST_BUILD_BYTES = 200_000_000
LIBRARIES = ("duckdb", "polars", "fastexcel", "pandera", "dagster")


@dataclass(frozen=True)
class Line:
    """What is said of one part. advice: what to do; empty where nothing is to be done."""

    state: str
    subject: str
    said: str
    advice: str = ""


@dataclass(frozen=True)
class Patient:
    """What is examined. deep: hash every archived file, not only some of them."""

    paths: Paths
    sources: "Callable[[], list[Source]]"
    instance: InstanceState
    now: datetime
    deep: bool = False


Examination = Callable[[Patient], Iterable[Line]]


def examine(patient: Patient, examinations: Sequence[tuple[str, Examination]]) -> list[Line]:
    """The lines of all examinations, in their order; one that fails is itself a line."""
    lines = []
    for subject, examination in examinations:
        try:
            lines += list(examination(patient))
        except Exception as fault:  # the doctor must not fall ill of what is to be examined
            said = f"could not be examined: {type(fault).__name__}: {str(fault).strip().splitlines()[0]}"
            lines.append(Line(BAD, subject, said, "mend what the message names, and run the doctor again"))
    return lines


def as_text(lines: Sequence[Line]) -> str:
    """The lines for a terminal of a hundred columns, and at their end how many are not well."""
    indent = " " * (6 + SUBJECT_WIDTH)
    told = []
    for line in lines:
        head = f"{line.state:<5} {line.subject:<{SUBJECT_WIDTH}}"
        told.append(textwrap.fill(line.said, WIDTH, initial_indent=head, subsequent_indent=indent))
        if line.advice:
            advice = textwrap.fill(line.advice, WIDTH, initial_indent=f"{indent}-> ", subsequent_indent=f"{indent}   ")
            told.append(advice)
    counts = {state: sum(line.state == state for line in lines) for state in (OK, LOOK, BAD)}
    return "\n".join([*told, "", ", ".join(f"{count} {state}" for state, count in counts.items())])


def code(patient: Patient) -> Iterator[Line]:
    """Whether the definitions load as Dagster's server loads them, and with which libraries."""
    instance = patient.instance
    if instance.code_error:
        yield Line(BAD, "code", f"does not load: {instance.code_error}", "mend it, or go back to the version before")
    else:
        yield Line(OK, "code", f"{instance.assets} assets of {len(patient.sources())} sources load")
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield Line(OK, "libraries", f"Python {platform.python_version()}, {versions}")


def dagster(patient: Patient) -> Iterator[Line]:
    """Schedules, sensors, the daemon, and runs that died."""
    instance = patient.instance
    if not instance.exists:
        advice = "run `neighbourhoods nightly`, or set DAGSTER_HOME to where the server's storage is"
        yield Line(LOOK, "dagster", f"there is no instance in {instance.home}: nothing has run here yet", advice)
        return
    if instance.fault:
        advice = STORAGE_IS_SET_ASIDE if instance.is_damaged else "mend what the message names: a nightly needs it too"
        yield Line(BAD, "dagster", f"the storage in {instance.home} cannot be used: {instance.fault}", advice)
        return
    for name, is_on in instance.automations.items():
        advice = "" if is_on else "turn it on under Automation in Dagster's UI"
        yield Line(OK if is_on else LOOK, "automation", f"{name} is {'on' if is_on else 'off'}", advice)
    beats = [beat for beat in instance.heartbeats.values() if beat]
    if not beats:
        advice = "start it (`make ui`, or the service): without it only runs started by hand happen"
        yield Line(LOOK, "daemon", "has never run here", advice)
    elif patient.now - max(beats) > HEARTBEAT_IS_OLD:
        yield Line(BAD, "daemon", f"last sign of life {_when(max(beats))}", "start it: no schedule runs without it")
    else:
        yield Line(OK, "daemon", f"alive, last sign {_when(max(beats))}")
    for error in instance.daemon_errors[:1]:
        yield Line(LOOK, "daemon", f"told an error: {error.splitlines()[0]}", "see Deployment, Daemons in Dagster's UI")


def runs(patient: Patient) -> Iterator[Line]:
    """Runs at work now, whoever started them, and those that count as running although their processes are gone."""
    alive = living_runs(patient.paths)
    for run_id, since in alive.items():
        yield Line(OK, "runs", f"run {run_id[:8]} is at work since {_when(datetime.fromtimestamp(since, LOCAL_TIME))}")
    for run_id, began in patient.instance.unfinished:
        if _has_died(patient, run_id, began):
            said = f"run {run_id[:8]} counts as running since {_when(began)}, but {DIED}"
            yield Line(LOOK, "runs", said, "the next nightly closes it; nothing needs to be mended first")
    if not alive:
        yield Line(OK, "runs", "none is at work")


def _has_died(patient: Patient, run_id: str, began: datetime) -> bool:
    """Whether a run that counts as running does not live: its lock says so, or where it never had one, its age."""
    if run_id in living_runs(patient.paths):
        return False
    return run_id in dead_runs(patient.paths) or patient.now - began > RUN_IS_OLD


def nightly(patient: Patient) -> Iterator[Line]:
    """When the job ran last, what came of it, and how long it took."""
    run = patient.instance.last_nightly
    if run is None:
        yield Line(LOOK, "nightly", "has not run in this instance", "run `neighbourhoods nightly`")
        return
    took = f", took {(run.ended_at - run.started_at).total_seconds():.0f} s" if run.ended_at else ""
    has_ended = run.outcome in ("SUCCESS", "FAILURE", "CANCELED")
    has_died = not has_ended and _has_died(patient, run.run_id, run.started_at)
    outcome = run.outcome.lower() if has_ended else "did not end" if has_died else "at work"
    said = f"{outcome}, started {_when(run.started_at)}{took}"
    if run.outcome in ("FAILURE", "CANCELED"):
        advice = "run `neighbourhoods nightly` and read why, or open the run in Dagster's UI"
        yield Line(BAD, "nightly", said, advice)
    elif has_died:
        advice = "run `neighbourhoods nightly`: it closes that run, and nothing needs to be mended first"
        yield Line(BAD, "nightly", f"{said}: {DIED}", advice)
    elif run.outcome == "SUCCESS" and patient.now - run.started_at > NIGHTLY_IS_OLD:
        # who has turned the schedule off knows; else every night should have one, and a monitor is to tell of it
        is_due = patient.instance.automations.get(NIGHTLY_SCHEDULE, False)
        advice = "it is more than a night ago: is the daemon alive?" if is_due else "the schedule is off: turn it on"
        yield Line(BAD if is_due else LOOK, "nightly", said, advice)
    else:
        yield Line(OK, "nightly", said)


def disk(patient: Patient) -> Iterator[Line]:
    """Free space beside what a build needs: its file, as large as the published one, and as much again meanwhile."""
    paths = patient.paths
    published = paths.published.stat().st_size if paths.published.exists() else 0
    needed = max(2 * published, LEAST_BUILD_BYTES)
    place = next(path for path in (paths.warehouse, paths.root) if path.exists())
    free = shutil.disk_usage(place).free
    said = f"{_size(free)} free at {place}; a build needs {_size(needed)}"
    if free < needed:
        yield Line(BAD, "disk", said, "make room: the next build would fail, and what is published would stay")
    elif free < 5 * needed:
        yield Line(LOOK, "disk", said, "make room before it runs out")
    else:
        yield Line(OK, "disk", said)


def permissions(patient: Patient) -> Iterator[Line]:
    """Whether this user may write where a nightly writes, and the published file may not be written by anyone."""
    paths = patient.paths
    refused = [str(path) for path in _written(patient) if not _may_write(path)]
    who = " (as root, whom permissions do not bind)" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
    if refused:
        advice = "run as the user of the nightly, or give this one the right to write"
        yield Line(BAD, "permissions", f"may not write {', '.join(refused)}", advice)
    else:
        yield Line(OK, "permissions", f"the root, raw/, warehouse/, .cache/ and Dagster's home may be written{who}")
    if paths.published.exists() and paths.published.stat().st_mode & 0o222:
        advice = "chmod a-w it, so that no analyst opens it to write; the next publication is read only again"
        yield Line(LOOK, "permissions", "the published file may be written", advice)


def locks(patient: Patient) -> Iterator[Line]:
    """Locks that a process holds right now; those of dead processes are freed by the kernel."""
    held = [path.name for path in sorted(patient.paths.warehouse.glob(".*.lock")) if _is_held(path)]
    if held and living_runs(patient.paths):
        yield Line(OK, "locks", f"held by the run at work: {', '.join(held)}")
    elif held:
        advice = "wait: something is at work; `fuser` or `lsof` on the file tells which process"
        yield Line(LOOK, "locks", f"held right now: {', '.join(held)}", advice)
    else:
        yield Line(OK, "locks", "none held")


def logs(patient: Patient) -> Iterator[Line]:
    """Where the logs of runs are, and how large."""
    folder = log_folder({**os.environ, "DAGSTER_HOME": str(patient.instance.home)})
    if folder is None:
        yield Line(OK, "logs", "of runs are switched off")
        return
    files = list(folder.glob("*.jsonl"))
    if files:
        yield Line(OK, "logs", f"{len(files)} of runs in {folder}, {_size(sum(path.stat().st_size for path in files))}")
    else:
        advice = "copy python_logs from the project's .dagster/dagster.yaml into the one of Dagster's home"
        yield Line(LOOK, "logs", f"none of any run in {folder}", advice)


def _written(patient: Patient) -> list["Path"]:
    """What a nightly writes to or makes anew, as far as it is there; who ran one as root left files that are root's."""
    paths, home = patient.paths, patient.instance.home
    folders = [paths.root, paths.raw, paths.archive, paths.warehouse, paths.kept_lineage.parent]
    inside = [paths.register, *paths.warehouse.glob("*"), *paths.warehouse.glob(".*.lock")]
    inside += [paths.warehouse / ".runs", *paths.kept_lineage.parent.glob("*")]
    if patient.instance.keeps_files:
        folders.append(home)
        inside += [home / name for name in ("history", "schedules", "storage")]
    return [path for path in [*folders, *inside] if path.exists()]


def _may_write(path: "Path") -> bool:
    return os.access(path, os.W_OK | (os.X_OK if path.is_dir() else 0))


def _is_held(path: "Path") -> bool:
    with path.open("r") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _when(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y %H:%M}"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"
