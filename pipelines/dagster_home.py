"""Dagster's own storage: opened whole, whatever a crash did to it, and runs whose processes died are closed in it.

Nothing of the warehouse depends on it: it holds the history of runs, and what cannot be read of it is set aside.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import dagster as dg
from dagster._core.instance import InstanceRef

from pipelines.event_storage import OpenEventLogStorage, keeping_open
from pipelines.files import alone, written_whole
from pipelines.ledger.register import LOCAL_TIME
from pipelines.operations.faults import chain_of
from pipelines.operations.leftovers import remove_leftovers
from pipelines.operations.living_runs import dead_runs, forget
from pipelines.settings import Paths, code_root

DIED = (
    "The process of this run is gone: it was killed, or the machine went down. What was published before stands; "
    "the next nightly does what this run did not."
)

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_OF_ANOTHER_VERSION = ("DagsterInstanceSchemaOutdated", "DeserializationError", "CommandError")
"""Errors of Dagster and of Alembic, its migrations, for storage that another version of Dagster wrote."""

_EVENTS_AT_ONCE = "DAGSTER_EVENT_BATCH_SIZE"
"""Dagster's setting of how many events that belong together it stores at once: what a run means to make, of each asset
and check. Without it, it stores them one by one."""

_STORAGE = ("history", "schedules")
"""Folders of Dagster's home in which its SQLite files are, when no other storage is configured."""


@contextmanager
def dagster_instance(paths: Paths) -> Iterator[dg.DagsterInstance]:
    """The instance of DAGSTER_HOME, its storage migrated where an earlier version of Dagster wrote it.

    One process at a time opens it, since the first one makes its storage.
    """
    with ExitStack() as open_until_the_end:
        with alone(paths.root / ".cache" / "dagster.lock"):
            reference = keeping_open(InstanceRef.from_dir(str(prepare_home(paths))))
            instance = open_until_the_end.enter_context(dg.DagsterInstance.from_ref(reference))
            if isinstance(instance.event_log_storage, OpenEventLogStorage):  # which stores all or none of them
                os.environ.setdefault(_EVENTS_AT_ONCE, "1000")
            _migrate(instance)
        yield instance


def is_of_another_version(instance: dg.DagsterInstance) -> bool:
    """Whether storage is to be migrated. Reads of each part, so that a damaged one raises what `is_unusable` knows."""
    storages = (instance.run_storage, instance.event_log_storage, instance.schedule_storage)
    revisions = [storage.alembic_version() for storage in storages if storage is not None]
    return any(revision is not None and revision[0] != revision[1] for revision in revisions)


def _migrate(instance: dg.DagsterInstance) -> None:
    if is_of_another_version(instance):
        print("Dagster's storage is of another version: migrating it", flush=True)
        instance.upgrade()


def prepare_home(paths: Paths) -> Path:
    """Makes Dagster's home with our settings: DAGSTER_HOME, else beside `warehouse/`, which may be deleted any time.

    Raises ValueError for one that is no full path, which Dagster refuses, before anything is made in it.
    """
    home = Path(os.environ.setdefault("DAGSTER_HOME", str(paths.root / ".dagster")))
    if not home.is_absolute():
        raise ValueError(f"DAGSTER_HOME must be a full path that begins with /, not '{home}'; nothing was made there")
    settings = home / "dagster.yaml"
    if not settings.exists():
        with written_whole(settings) as partial:
            shutil.copy(code_root() / ".dagster" / "dagster.yaml", partial)
    return home


def is_unusable(fault: BaseException) -> bool:
    """Whether an error says that Dagster's storage is damaged, unreadable, or of a version that cannot be migrated."""
    for link in chain_of(fault):
        if isinstance(link, sqlite3.Error) and getattr(link, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            return True
        if type(link).__name__ in _OF_ANOTHER_VERSION:
            return True
    return False


def set_storage_aside(paths: Paths) -> list[Path]:
    """Renames Dagster's SQLite storage, so that a new one is made. Returns where it is now. Raises OSError."""
    home = prepare_home(paths)
    moment = datetime.now(LOCAL_TIME)
    moved = []
    for name in _STORAGE:
        if (home / name).exists():
            moved.append((home / name).rename(home / f"{name} set aside {moment:%Y-%m-%d %H.%M.%S}"))
    return moved


def repair(paths: Paths, instance: dg.DagsterInstance) -> list[str]:
    """Closes the runs whose processes are gone, and removes what they left half done. Returns what was done, in words.

    Every run of this project says that it lives by a lock; one that never said so is left to Dagster's own monitoring.
    """
    said = []
    removed = remove_leftovers(paths)
    for run_id in dead_runs(paths):
        run = instance.get_run_by_id(run_id)
        if run is not None and not run.is_finished:
            instance.report_run_failed(run, DIED)
            said.append(f"a run of {run.job_name} whose process died was closed: {run_id}")
        forget(paths, run_id)
    if removed:
        said.append(f"{removed} files that such a run left unfinished were removed")
    return said
