"""Backup and restore of raw/: what was supplied and decided, from which all else can be made again.

A backup is a folder with every different content once, by its hash, and a list per backup of what lay where. Nothing
in it is ever changed but a content that no longer has its hash, so that a damaged original cannot take a good copy's
place. The texts that name other files (the
register, decisions) are read before the files that they name, which are there before they are named and never change: a
nightly may run meanwhile.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.files import written_whole
from pipelines.ledger.register import UNFINISHED, RegisterError, read_register
from pipelines.moments import name_of_now
from pipelines.operations.backup_list import (
    REGISTER,
    BackupError,
    Kept,
    backups_in,
    can_be_read,
    read_list,
    write_list,
)
from pipelines.operations.faults import is_of_a_full_disk
from pipelines.settings import Paths
from pipelines.versions import file_sha256

_CONTENTS = "contents"
_BLOCK = 1 << 20

_READ_BY_EVERY_RUN = (REGISTER, "decisions.csv", "corrections", "locked")
"""What every run reads whole, or stops: without it other figures would be published, and nobody would notice."""

_LOST = (
    "raw/{path} was damaged in the backup {name} and not restored. Bring it back; until then nothing is published.\n"
)


@dataclass
class Backup:
    """What a backup holds. copied: contents that it did not have before, and their bytes. wrong: what needs a look."""

    name: str
    files: list[Kept]
    copied: int = 0
    copied_bytes: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Restored:
    """What came of a restore. files: how many. from_raw: paths of those that were sound in raw/ alone.

    lost: what could not be restored, and why.
    stopping: paths of those among it that every run reads. aside: where what lay in raw/ before is now.
    """

    name: str
    files: int
    from_raw: list[str]
    lost: list[str]
    stopping: list[str]
    aside: Path | None


def back_up(paths: Paths, folder: Path) -> Backup:
    """Copies raw/ into a folder outside of it; contents that are there already, and sound, are not copied again.

    All contents of the folder are hashed: what is damaged is copied anew where raw/ has it, and told. Raises
    BackupError when there is no raw/, or the folder cannot be written to or lies in raw/ or warehouse/.
    """
    folder = folder.resolve()
    if not paths.raw.is_dir():
        raise BackupError(f"{paths.raw} is not a folder: there is nothing to back up")
    if any(folder.is_relative_to(own.resolve()) for own in (paths.raw, paths.warehouse)):
        raise BackupError(f"{folder} lies in what is backed up or may be deleted: name a folder elsewhere")
    if not any(_files(paths)):
        raise BackupError(f"{paths.raw} holds no file: there is nothing to back up; is its disk mounted?")
    _require_writable(folder)
    backup = Backup(name_of_now(), [])
    for path in _files(paths):
        kept = _keep(path, paths.raw, folder, backup)
        if kept:
            backup.files.append(kept)
    _look_for_missing(folder, backup)
    _look_at_earlier_ones(folder, backup)
    write_list(folder, backup.name, backup.files)
    return backup


def _require_writable(folder: Path) -> None:
    contents = folder / _CONTENTS
    try:
        contents.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=contents):
            pass
    except OSError as error:
        if is_of_a_full_disk(error):
            raise
        file = next((place for place in (contents, *contents.parents) if place.exists() and not place.is_dir()), None)
        why = f"{file} is a file" if file else (error.strerror or str(error)).lower()
        raise BackupError(
            f"nothing was backed up: {folder} cannot be written to ({why}); name a folder that this user may write to"
        ) from error


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
    except FileNotFoundError:
        backup.wrong.append(f"raw/{name} went while it was backed up; the backup before may hold it")
        return None
    except OSError as error:
        backup.wrong.append(f"raw/{name} cannot be read, and is not in this backup: {error.strerror or error}")
        return None
    try:
        content = _content(folder, sha256)
        if sha256 not in {each.sha256 for each in backup.files} and not _is_sound(content, sha256):
            was_there = content.exists()
            with written_whole(content) as partial:
                if _copied_sha256(path, partial) != sha256:
                    raise FileNotFoundError
            backup.copied += 1
            backup.copied_bytes += before.st_size
            if was_there:
                backup.wrong.append(
                    f"the copy of raw/{name} in {folder} was damaged, and was made anew: is that disk sound?"
                )
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
    """Every hash of the register must be among what is kept; a register that cannot be read is kept as it is."""
    register = next((each for each in backup.files if each.path == REGISTER), None)
    held = {each.sha256 for each in backup.files}
    if register is None:
        if any(each.path.startswith("archive/") for each in backup.files):
            backup.wrong.append("raw/received.csv, the register, is not there, while the archive holds files")
        return
    try:
        receipts = read_register(_content(folder, register.sha256))
    except RegisterError as error:
        said = str(error).replace(str(_content(folder, register.sha256)), "raw/received.csv")
        backup.wrong.append(f"the register cannot be read, so that nobody can tell whether bytes are missing: {said}")
        return
    for receipt in receipts:
        if receipt.sha256 not in held:
            backup.wrong.append(f"{receipt.source}/{receipt.workbook}: the register lists bytes that are nowhere")


def _look_at_earlier_ones(folder: Path, backup: Backup) -> None:
    """What earlier backups hold and raw/ does not must be sound too; nothing here could heal it."""
    seen = {each.sha256 for each in backup.files}
    for name in reversed(backups_in(folder)):
        try:
            listed = read_list(folder, name)
        except BackupError as damaged:
            backup.wrong.append(f"{damaged}; its backup cannot be restored, and the list may be removed")
            continue
        for each in listed:
            if each.sha256 not in seen and not _is_sound(_content(folder, each.sha256), each.sha256):
                backup.wrong.append(
                    f"raw/{each.path} of the backup {name} is damaged or missing in {folder}, and no longer in raw/: "
                    f"bring {_content(Path(), each.sha256)} back from a copy of that folder"
                )
            seen.add(each.sha256)


def restore(paths: Paths, folder: Path, wanted: str = "", *, replace: bool = False) -> Restored:
    """Puts raw/ back as it was at a backup, the latest unless one is named.

    Every file is verified against the hash of the list before anything is replaced. One whose content is damaged in the
    folder is taken from raw/ where the same bytes lie there; else it is named, and all others are restored; in place of
    the register, decisions, corrections or locked figures then lies a text that stops every run. A raw/ that holds
    something is left alone unless `replace`; then it is moved aside. Raises BackupError, when nothing can be
    restored at all too, and OSError; then nothing has changed.
    """
    name, files = _read(folder, wanted)
    if not replace and paths.raw.exists() and any(paths.raw.iterdir()):
        raise BackupError(f"{paths.raw} is not empty; with --replace it is moved aside and raw/ restored")
    copies = [(each, _sound_copy(each, folder, paths)) for each in files]
    found = [(each, copy) for each, copy in copies if copy]
    lost = [_why_lost(each, folder, name) for each, copy in copies if not copy]
    if lost and not found:
        raise BackupError(f"nothing was restored: all {len(files)} files of the backup {name} are damaged or missing")
    made = paths.root / f".raw.{name}.restoring"
    shutil.rmtree(made, ignore_errors=True)
    try:
        made.mkdir(parents=True)
        for each, copy in found:
            target = made / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if _copied_sha256(copy, target) != each.sha256:
                raise BackupError(f"nothing was restored: {copy} changed while it was copied")
            os.utime(target, ns=(each.changed_ns, each.changed_ns))
        stopping = [each for each, copy in copies if not copy and Path(each.path).parts[0] in _READ_BY_EVERY_RUN]
        for each in stopping:
            target = made / each.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_LOST.format(path=each.path, name=name), encoding="utf-8")
        from_raw = [each.path for each, copy in found if copy.is_relative_to(paths.raw)]
        aside = _put_in_place(made, paths)
        return Restored(name, len(found), from_raw, lost, [each.path for each in stopping], aside)
    finally:
        shutil.rmtree(made, ignore_errors=True)  # what a full disk has stopped


def _read(folder: Path, wanted: str) -> tuple[str, list[Kept]]:
    """Name and files of a backup, the latest unless one is named."""
    known = backups_in(folder)
    if not known:
        raise BackupError(f"{folder} holds no backup")
    name = wanted or known[-1]
    if name not in known:
        raise BackupError(f"{folder} holds no backup '{wanted}', only {', '.join(known)}")
    try:
        return name, read_list(folder, name)
    except BackupError as damaged:
        earlier = [other for other in known[: known.index(name)] if can_be_read(folder, other)]
        advice = (
            f"the one before it that can be is {earlier[-1]}: --backup {earlier[-1]}" if earlier else "no other can"
        )
        raise BackupError(f"nothing was restored: {damaged}; {advice}") from damaged


def _sound_copy(kept: Kept, folder: Path, paths: Paths) -> Path | None:
    """Where the bytes of a file are: in the backup, else where they came from, else in the archive."""
    archived = sorted(paths.archive.glob(f"{kept.sha256}.*"))
    places = [_content(folder, kept.sha256), paths.raw / kept.path, *archived]
    return next((place for place in places if _is_sound(place, kept.sha256)), None)


def _why_lost(kept: Kept, folder: Path, name: str) -> str:
    """What is damaged, and which other backup holds an earlier or later state of it."""
    said = f"raw/{kept.path}: its content is damaged or missing in {folder}"
    for other in reversed(backups_in(folder)):
        if other != name and can_be_read(folder, other):
            same = [each for each in read_list(folder, other) if each.path == kept.path]
            if any(_is_sound(_content(folder, each.sha256), each.sha256) for each in same):
                return f"{said}; the backup {other} holds it as it was then"
    return said


def _is_sound(place: Path, sha256: str) -> bool:
    """Whether a file is there, can be read and has these bytes."""
    try:
        return place.is_file() and file_sha256(place) == sha256
    except OSError:
        return False


def _put_in_place(made: Path, paths: Paths) -> Path | None:
    """Moves what was restored to raw/; into it where it is there and empty, as the root of a mounted volume is."""
    aside = None
    if paths.raw.exists() and any(paths.raw.iterdir()):
        aside = paths.root / f"raw.before-restore-{name_of_now()}"
        paths.raw.rename(aside)
    try:
        if paths.raw.exists():
            for path in made.iterdir():
                shutil.move(path, paths.raw / path.name)
            made.rmdir()
        else:
            made.rename(paths.raw)
    except OSError:
        if aside and not paths.raw.exists():
            aside.rename(paths.raw)
        raise
    return aside


def _content(folder: Path, sha256: str) -> Path:
    return folder / _CONTENTS / sha256[:2] / sha256
