"""The list of a backup: what lay where in raw/. It holds a count and a hash of itself, so that a change of it shows."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import written_whole
from pipelines.moments import in_order, moment_of
from pipelines.versions import bytes_sha256

REGISTER = "received.csv"
_LISTS = "backups"
_SHA256 = re.compile("[0-9a-f]{64}")


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what can be done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of raw/ in a backup. path: below raw/, with slashes. size: bytes. changed_ns: its time of change."""

    path: str
    sha256: str
    size: int
    changed_ns: int


def backups_in(folder: Path) -> list[str]:
    """Names of the backups in a folder, the oldest first."""
    found = (path.stem for path in (folder / _LISTS).glob("[!.]*.json"))
    return sorted((name for name in found if moment_of(name)), key=in_order)


def write_list(folder: Path, name: str, files: Sequence[Kept]) -> None:
    """Writes the list of a backup with its count and hash. Raises OSError."""
    listed = [asdict(each) for each in files]
    sealed = {"count": len(listed), "sha256": _list_sha256(listed), "files": listed}
    with written_whole(folder / _LISTS / f"{name}.json") as partial:
        partial.write_text(json.dumps(sealed, indent=1), encoding="utf-8")


def read_list(folder: Path, name: str) -> list[Kept]:
    """The files of a backup; of a list from before there was a hash too. Raises BackupError for a damaged list."""
    path = folder / _LISTS / f"{name}.json"
    try:
        written = json.loads(path.read_bytes())
        listed = written if isinstance(written, list) else written["files"]
        files = [Kept(**each) for each in listed]
        is_sealed = listed is not written
        is_altered = is_sealed and (len(files), _list_sha256(listed)) != (written["count"], written["sha256"])
        wrong = [each for each in files if not _SHA256.fullmatch(each.sha256)]
        parts = [(each.path, Path(each.path).parts) for each in files]
        outside = [path for path, names in parts if not names or names[0] == "/" or ".." in names]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"the list {path} is damaged and cannot be read") from error
    if is_altered:
        raise BackupError(f"the list {path} is damaged: it is not what the backup wrote")
    if wrong:
        raise BackupError(f"the list {path} is damaged: {wrong[0].path} has no hash")
    if outside:
        raise BackupError(f"the list {path} names files outside raw/: {outside[0]}")
    if not files:
        raise BackupError(f"the list {path} is damaged: it names no file")
    # before the first nightly there is neither archive nor register
    has_archive = any(each.path.startswith("archive/") for each in files)
    if REGISTER not in {each.path for each in files} and (has_archive or not is_sealed):
        raise BackupError(f"the list {path} is damaged: it does not name the register, {REGISTER}")
    return files


def can_be_read(folder: Path, name: str) -> bool:
    """Whether the list of a backup is sound."""
    try:
        read_list(folder, name)
    except BackupError:
        return False
    return True


def _list_sha256(listed: Sequence[dict[str, object]]) -> str:
    return bytes_sha256(json.dumps(listed, sort_keys=True).encode())
