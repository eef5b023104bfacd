"""Publishes a build: a version directory, and a link to it that is swapped, so that a reader sees one whole version."""

import json
import os
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipelines.files import alone
from pipelines.ledger.register import LOCAL_TIME
from pipelines.settings import PUBLISHED_NAME, Paths

KEPT_VERSIONS = 7
ABANDONED_AFTER_SECONDS = 24 * 3600
_STAMP = "build.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a published version was made of: equal stamps mean that nothing new has come."""

    inputs_sha256: str
    code_sha256: str


def published_stamp(paths: Paths) -> Stamp | None:
    """The stamp of the published version; None when nothing whole is published."""
    stamp = paths.published.with_name(_STAMP)
    if not stamp.exists() or not paths.published.exists():
        return None
    return Stamp(**json.loads(stamp.read_text(encoding="utf-8")))


def private_build(paths: Paths, run_id: str) -> Path:
    """File that a run builds in, before it is published. Those of runs that died are removed after a day."""
    paths.build.mkdir(parents=True, exist_ok=True)
    for path in paths.build.iterdir():
        if time.time() - path.stat().st_mtime > ABANDONED_AFTER_SECONDS:
            path.unlink(missing_ok=True)
    return paths.build / f"{run_id}.duckdb"


def publish(paths: Paths, build: Path, stamp: Stamp) -> Path:
    """Makes a finished build the published one and returns the new version's file. The build file is moved.

    A crash at any moment leaves either the version before or the new one, whole. The last seven versions are kept.
    """
    with alone(paths.warehouse / ".publish.lock"):
        name = f"{datetime.now(LOCAL_TIME):%Y%m%dT%H%M%S%f}-{stamp.inputs_sha256[:8]}"
        partial = paths.warehouse / "versions" / f".{name}"
        partial.mkdir(parents=True)
        _sync(build)
        build.rename(partial / PUBLISHED_NAME)
        (partial / _STAMP).write_text(json.dumps(asdict(stamp)), encoding="utf-8")
        _sync(partial / _STAMP)
        _sync(partial)
        version = partial.with_name(name)
        partial.rename(version)
        _sync(version.parent)
        _point(paths.warehouse / "current", version)
        _prune(version.parent, keep=version)
    return version / PUBLISHED_NAME


def _point(link: Path, version: Path) -> None:
    """Swaps the link by renaming a new one over it: there is no moment without."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(Path("versions") / version.name)
    new.replace(link)
    _sync(link.parent)


def _prune(versions: Path, keep: Path) -> None:
    whole = sorted(path for path in versions.iterdir() if not path.name.startswith("."))
    surplus = [path for path in whole[:-KEPT_VERSIONS] if path != keep]
    abandoned = [path for path in versions.iterdir() if path.name.startswith(".")]
    for path in (*surplus, *abandoned):
        shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
