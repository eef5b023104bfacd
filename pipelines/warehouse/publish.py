"""Publishes a build: a version directory, and a link to it that is swapped, so that a reader sees one whole version.

The files of a version are read only. Their folder is not, so that whoever runs the nightly can delete `warehouse/` as
it is; who cannot open the file to write cannot leave a write-ahead log beside it either.
"""

import json
import shutil
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import alone, sync
from pipelines.moments import in_order, moment_of, name_of_now
from pipelines.settings import PUBLISHED_NAME, Paths
from pipelines.versions import file_sha256
from pipelines.warehouse.rollbacks import require_not_held_back

KEPT_VERSIONS = 7
_STAMP = "build.json"
_SEAL = "seal.json"
_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a published version was made of: equal stamps mean that nothing new has come."""

    inputs_sha256: str
    code_sha256: str


def published_stamp(paths: Paths) -> Stamp | None:
    """The stamp of the published version; None when nothing is published, or somebody has written to it since."""
    return stamp_of(paths.current) if is_as_published(paths.current) else None


def stamp_of(version: Path) -> Stamp | None:
    """The stamp in a version's folder; None where there is none."""
    return read_stamp(version / _STAMP)


def read_stamp(path: Path) -> Stamp | None:
    """The stamp in a file; None when there is none, or one that cannot be read: then all is made again."""
    try:
        return Stamp(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def is_as_published(version: Path) -> bool:
    """Whether a version's file is the one that was published: same bytes, and no write-ahead log of a later writer.

    The bytes are hashed only where size or time of change differ. Versions from before there were seals pass.
    """
    published = version / PUBLISHED_NAME
    if not published.exists() or published.with_name(f"{PUBLISHED_NAME}.wal").exists():
        return False
    seal = version / _SEAL
    if not seal.exists():
        return True
    try:
        sealed, now = json.loads(seal.read_text(encoding="utf-8")), published.stat()
        untouched = (now.st_size, now.st_mtime_ns) == (sealed["size"], sealed["changed_ns"])
        return bool(untouched or file_sha256(published) == sealed["sha256"])
    except (ValueError, TypeError, KeyError):
        return False


def private_build(paths: Paths, run_id: str) -> Path:
    """File that a run builds in, before it is published."""
    paths.build.mkdir(parents=True, exist_ok=True)
    return paths.build / f"{run_id}.duckdb"


def publish(paths: Paths, build: Path, stamp: Stamp) -> Path:
    """Makes a finished build the published one and returns the new version's file. The build file is moved.

    A crash at any moment leaves either the version before or the new one, whole. The last seven versions are kept.
    Raises HeldBack for what was rolled back from and has not changed since, and OSError when something cannot be
    written; then the version before stands, and what was written is removed.
    """
    with publish_lock(paths):
        require_not_held_back(paths, stamp.inputs_sha256, stamp.code_sha256)
        version = paths.versions / f"{name_of_now()}-{stamp.inputs_sha256[:8]}"
        try:
            _lay_out(build, stamp, version)
            point_at(paths.current, version)
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
    (partial / _SEAL).write_text(json.dumps(_seal(partial / PUBLISHED_NAME)), encoding="utf-8")
    for path in partial.iterdir():
        path.chmod(_READ_ONLY)
        sync(path)
    sync(partial)
    partial.rename(version)
    sync(version.parent)


def _seal(published: Path) -> dict[str, str | int]:
    status = published.stat()
    return {"size": status.st_size, "changed_ns": status.st_mtime_ns, "sha256": file_sha256(published)}


def _take_back(paths: Paths, version: Path) -> None:
    """Removes what was laid out of a version that is not published: on a full disk it would be in the way."""
    shutil.rmtree(version.with_name(f".{version.name}"), ignore_errors=True)
    if paths.published.resolve().parent != version.resolve():
        shutil.rmtree(version, ignore_errors=True)


def remove_unfinished(paths: Paths) -> None:
    """Removes what publishing, or the removal of old versions, left behind when it was killed."""
    if paths.versions.is_dir():
        with publish_lock(paths):
            for path in paths.versions.glob(".*"):
                shutil.rmtree(path, ignore_errors=True)


def point_at(link: Path, version: Path) -> None:
    """Swaps the link by renaming a new one over it: there is no moment without."""
    new = link.with_name(f".{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(Path("versions") / version.name)
    new.replace(link)
    sync(link.parent)


def _prune(versions: Path, keep: Path) -> None:
    """Removes all but the last versions. What cannot be removed now is left to the next time: the new one stands."""
    for path in version_folders(versions)[:-KEPT_VERSIONS]:
        if path != keep:
            with suppress(OSError):
                # renamed first: what is half removed must not pass for a version
                path.rename(path.with_name(f".{path.name}"))
    for path in versions.glob(".*"):
        shutil.rmtree(path, ignore_errors=True)


def version_folders(versions: Path) -> list[Path]:
    """The folders of versions, the oldest first. What somebody else has put beside them is none, whatever it holds."""
    whole = [path for path in versions.glob("[!.]*") if moment_of(path.name) and (path / PUBLISHED_NAME).exists()]
    return sorted(whole, key=lambda path: in_order(path.name))


def publish_lock(paths: Paths) -> AbstractContextManager[None]:
    """Only one process at a time publishes or rolls back."""
    return alone(paths.warehouse / ".publish.lock")
