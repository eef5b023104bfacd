"""Removes what runs that died left behind. Nothing reads any of it; on a full disk it is in the way."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from pipelines.files import PARTIAL
from pipelines.operations.living_runs import dead_runs, other_runs_live
from pipelines.settings import Paths
from pipelines.warehouse.build import remove_build
from pipelines.warehouse.publish import remove_unfinished


def remove_leftovers(paths: Paths) -> int:
    """Removes builds of dead runs, versions half made or half removed, and files half written.

    Returns how many builds and files were removed. Files half written are left alone while another run lives, as they
    may be its own; so is what cannot be removed, since nothing depends on it.
    """
    # listed before it is asked who lives: what a run writes that begins after that is not among them
    partial = list(_partial_files(paths))
    builds = [path for run_id in dead_runs(paths) if (path := paths.build / f"{run_id}.duckdb").exists()]
    with suppress(OSError):
        remove_unfinished(paths)
    removed = sum(_is_done(remove_build, build) for build in builds)
    if not other_runs_live(paths):
        removed += sum(_is_done(Path.unlink, path) for path in partial)
    return removed


def _is_done(remove: Callable[[Path], None], path: Path) -> bool:
    try:
        remove(path)
    except OSError:
        return False
    return True


def _partial_files(paths: Paths) -> Iterator[Path]:
    """Files of `files.written_whole` in the folders that only runs write to."""
    yield from (*paths.raw.glob(f".{paths.register.name}.*{PARTIAL}"), *paths.archive.glob(f".*{PARTIAL}"))
    for folder in (paths.staged, paths.acknowledgements, paths.reports, paths.kept_lineage.parent):
        yield from folder.rglob(f".*{PARTIAL}")
