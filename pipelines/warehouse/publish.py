"""Publishes a build: a version directory, and a link to it that is swapped, so that a reader sees one whole version."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipelines.files import sync
from pipelines.ledger.register import LOCAL_TIME
from pipelines.settings import PUBLISHED_NAME, Paths

KEPT_VERSIONS = 7
_STAMP = "build.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a published version was made of: equal stamps mean that nothing new has come."""

    inputs_sha256: str
    code_sha256: str


def published_stamp(paths: Paths) -> Stamp | None:
    """The stamp of the published version; None when nothing whole is published."""
    return read_stamp(paths.published.with_name(_STAMP)) if paths.published.exists() else None


def read_stamp(path: Path) -> Stamp | None:
    """The stamp in a file; None when there is none, or one that cannot be read: then all is made again."""
    try:
        return Stamp(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def private_build(paths: Paths, run_id: str) -> Path:
    """File that a run builds in, before it is published."""
    paths.build.mkdir(parents=True, exist_ok=True)
    return paths.build / f"{run_id}.duckdb"


def publish(paths: Paths, build: Path, stamp: Stamp) -> Path:
    """Makes a finished build the published one and returns the new version's file. The build file is moved.

    A crash at any moment leaves either the version before or the new one, whole. The last seven versions are kept.
    Raises OSError when something cannot be written; then the version before stands, and what was written is removed.
    """
    with _locked(paths.warehouse):
        name = f"{datetime.now(LOCAL_TIME):%Y%m%dT%H%M%S%f}-{stamp.inputs_sha256[:8]}"
        version = paths.warehouse / "versions" / name
        try:
            _lay_out(build, stamp, version)
            _point(paths.warehouse / "current", version)
        except OSError:
            _take_back(paths, version)
            build.unlink(missing_ok=True)
            raise
        _prune(version.parent, keep=version)
    return version / PUBLISHED_NAME


def _lay_out(build: Path, stamp: Stamp, version: Path) -> None:
    """Makes the version's directory, whole before it has its name."""
    partial = version.with_name(f".{version.name}")
    partial.mkdir(parents=True)
    sync(build)
    build.rename(partial / PUBLISHED_NAME)
    (partial / _STAMP).write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    sync(partial / _STAMP)
    sync(partial)
    partial.rename(version)
    sync(version.parent)


def _take_back(paths: Paths, version: Path) -> None:
    """Removes what was laid out of a version that is not published: on a full disk it would be in the way."""
    shutil.rmtree(version.with_name(f".{version.name}"), ignore_errors=True)
    if paths.published.resolve().parent != version.resolve():
        shutil.rmtree(version, ignore_errors=True)


def remove_unfinished(paths: Paths) -> None:
    """Removes what publishing, or the removal of old versions, left behind when it was killed."""
    versions = paths.warehouse / "versions"
    if versions.is_dir():
        with _locked(paths.warehouse):
            for path in versions.glob(".*"):
                shutil.rmtree(path, ignore_errors=True)


def _point(link: Path, version: Path) -> None:
    """Swaps the link by renaming a new one over it: there is no moment without."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(Path("versions") / version.name)
    new.replace(link)
    sync(link.parent)


def _prune(versions: Path, keep: Path) -> None:
    """Removes all but the last versions. What cannot be removed now is left to the next time: the new one stands."""
    whole = sorted(path for path in versions.iterdir() if not path.name.startswith("."))
    for path in whole[:-KEPT_VERSIONS]:
        if path != keep:
            with suppress(OSError):
                # renamed first: what is half removed must not pass for a version
                path.rename(path.with_name(f".{path.name}"))
    for path in versions.glob(".*"):
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _locked(warehouse: Path) -> Iterator[None]:
    """Only one process at a time publishes; the kernel frees the lock of one that dies."""
    warehouse.mkdir(parents=True, exist_ok=True)
    with (warehouse / ".publish.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
