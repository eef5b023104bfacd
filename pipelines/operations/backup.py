"""Backup and restore of raw/: what was supplied and decided, from which all else can be made again.

A backup is a folder with every different content once, by its hash, and a list per backup of what lay where. Nothing
in it is ever changed, so that a damaged original cannot take a good copy's place. The texts that name other files (the
register, decisions) are read before the files that they name, which are there before they are named and never change: a
nightly may run meanwhile.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from pipelines.files import written_whole
from pipelines.ledger.register import LOCAL_TIME, UNFINISHED, read_register
from pipelines.settings import Paths
from pipelines.versions import file_sha256

_LISTS, _CONTENTS = "backups", "contents"
_BLOCK = 1 << 20
_TIME = "%Y%m%dT%H%M%S%f"


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what can be done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of raw/ in a backup. path: below raw/, with slashes. size: bytes. changed_ns: its time of change."""

    path: str
    sha256: str
    size: int
    changed_ns: int


@dataclass
class Backup:
    """What a backup holds. copied: contents that it did not have before, and their bytes. wrong: what needs a look."""

    name: str
    files: list[Kept]
    copied: int = 0
    copied_bytes: int = 0
    wrong: list[str] = field(default_factory=list)


def back_up(paths: Paths, folder: Path) -> Backup:
    """Copies raw/ into a folder outside of it; contents that are there already are not copied again.

    Raises BackupError when there is no raw/, or the folder lies in raw/ or warehouse/.
    """
    folder = folder.resolve()
    if not paths.raw.is_dir():
        raise BackupError(f"{paths.raw} is not a folder: there is nothing to back up")
    if any(folder.is_relative_to(own.resolve()) for own in (paths.raw, paths.warehouse)):
        raise BackupError(f"{folder} lies in what is backed up or may be deleted: name a folder elsewhere")
    backup = Backup(f"{datetime.now(LOCAL_TIME):{_TIME}}", [])
    for path in _files(paths):
        kept = _keep(path, paths.raw, folder, backup)
        if kept:
            backup.files.append(kept)
    _look_for_missing(folder, backup)
    with written_whole(folder / _LISTS / f"{backup.name}.json") as partial:
        partial.write_text(json.dumps([asdict(each) for each in backup.files], indent=1), encoding="utf-8")
    return backup


def _files(paths: Paths) -> Iterator[Path]:
    """The files of raw/: first those that name others. Not those that are still being written."""
    naming = [paths.register, paths.decisions]
    yield from (path for path in naming if path.is_file())
    for path in sorted(paths.raw.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(paths.raw).parts)
        if path in naming or hidden or path.suffix.lower() in UNFINISHED:
            continue
        if path.is_file() and not path.is_symlink():
            yield path


def _keep(path: Path, raw: Path, folder: Path, backup: Backup) -> Kept | None:
    """Copies a file's content unless it is there; None, with what is wrong, when it changes or goes meanwhile."""
    name = path.relative_to(raw).as_posix()
    try:
        before = path.stat()
        sha256 = file_sha256(path)
        content = _content(folder, sha256)
        if not content.exists() or content.stat().st_size != before.st_size:
            with written_whole(content) as partial:
                if _copied_sha256(path, partial) != sha256:
                    raise FileNotFoundError
            backup.copied += 1
            backup.copied_bytes += before.st_size
        after = path.stat()
    except FileNotFoundError:
        backup.wrong.append(f"raw/{name} changed while it was copied; the next backup takes it")
        return None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        backup.wrong.append(f"raw/{name} changed while it was copied; the next backup takes it")
        return None
    if path.parent.name == "archive" and path.parent.parent == raw and path.stem != sha256:
        backup.wrong.append(f"raw/{name} is damaged: its bytes are no longer those that its name stands for")
    return Kept(name, sha256, before.st_size, before.st_mtime_ns)


def _copied_sha256(path: Path, target: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, target.open("wb") as copy:
        while block := source.read(_BLOCK):
            digest.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _look_for_missing(folder: Path, backup: Backup) -> None:
    """Every hash of the register must be among what is kept."""
    register = next((each for each in backup.files if each.path == "received.csv"), None)
    if register:
        held = {each.sha256 for each in backup.files}
        for receipt in read_register(_content(folder, register.sha256)):
            if receipt.sha256 not in held:
                backup.wrong.append(f"{receipt.source}/{receipt.workbook}: the register lists bytes that are nowhere")


def backups_in(folder: Path) -> list[str]:
    """Names of the backups in a folder, the oldest first."""
    found = (path.stem for path in (folder / _LISTS).glob("*.json"))
    return sorted(name for name in found if re.fullmatch(r"\d{8}T\d{12}", name))


def restore(paths: Paths, folder: Path, wanted: str = "", *, replace: bool = False) -> tuple[Backup, Path | None]:
    """Puts raw/ back as it was at a backup, the latest unless one is named, once all of its hashes are verified.

    A raw/ that holds something is left alone unless `replace`; then it is moved aside, to the path that is returned.
    Raises BackupError, and then nothing has changed.
    """
    backup = _read(folder, wanted)
    if not replace and paths.raw.exists() and any(paths.raw.iterdir()):
        raise BackupError(f"{paths.raw} is not empty; with --replace it is moved aside and raw/ restored")
    damaged = [each.path for each in backup.files if not _is_sound(_content(folder, each.sha256), each)]
    if damaged:
        raise BackupError(
            f"nothing was restored: {len(damaged)} of the {len(backup.files)} files of the backup {backup.name} are "
            f"damaged or missing in {folder}: {', '.join(damaged[:5])}; another backup may be whole"
        )
    made = paths.root / f".raw.{backup.name}.restoring"
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        for each in backup.files:
            target = made / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copied_sha256(_content(folder, each.sha256), target) != each.sha256:
                raise BackupError(f"nothing was restored: {each.path} changed while it was copied from {folder}")
            os.utime(target, ns=(each.changed_ns, each.changed_ns))
        return backup, _put_in_place(made, paths)
    finally:
        shutil.rmtree(made, ignore_errors=True)  # what a full disk has stopped


def _read(folder: Path, wanted: str) -> Backup:
    known = backups_in(folder)
    if not known:
        raise BackupError(f"{folder} holds no backup")
    name = wanted or known[-1]
    if name not in known:
        raise BackupError(f"{folder} holds no backup '{wanted}', only {', '.join(known)}")
    listed = json.loads((folder / _LISTS / f"{name}.json").read_text(encoding="utf-8"))
    files = [Kept(**each) for each in listed]
    outside = [each.path for each in files if Path(each.path).is_absolute() or ".." in Path(each.path).parts]
    if outside:
        raise BackupError(f"the backup {name} names files outside raw/: {outside[0]}")
    return Backup(name, files)


def _is_sound(content: Path, kept: Kept) -> bool:
    return content.is_file() and content.stat().st_size == kept.size and file_sha256(content) == kept.sha256


def _put_in_place(made: Path, paths: Paths) -> Path | None:
    """Moves what was restored to raw/; into it where it is there and empty, as the root of a mounted volume is."""
    aside = None
    if paths.raw.exists() and any(paths.raw.iterdir()):
        aside = paths.root / f"raw.before-restore-{datetime.now(LOCAL_TIME):{_TIME}}"
        paths.raw.rename(aside)
    if paths.raw.exists():
        for path in made.iterdir():
            shutil.move(path, paths.raw / path.name)
        made.rmdir()
    else:
        made.rename(paths.raw)
    return aside


def _content(folder: Path, sha256: str) -> Path:
    return folder / _CONTENTS / sha256[:2] / sha256
