"""The register of receipts and the archive of bytes: what was supplied, under which name, on which day."""

import csv
import io
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.files import alone, printable, written_whole
from pipelines.settings import Paths
from pipelines.versions import file_sha256

FIELDS = ("source", "workbook", "sha256", "received_on")
LOCAL_TIME = ZoneInfo("Europe/London")
NOT_WORKBOOKS = ("archive", "corrections", "locked")
"""Folders of raw/ that hold no source's workbooks."""

UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp")
"""Endings of files that a browser, a program for copying or Excel has not finished."""

SETTLES_IN_SECONDS = 1.0
"""A file that changed so lately is looked at again, in case it is still being copied."""

NOT_SUPPLIED = ("received.csv", "decisions.csv", "authority.csv")
"""Files of raw/ that are not supplied by a service."""


class RegisterError(Exception):
    """The register cannot be read; the message names the line and what was expected."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One line of the register: these bytes came under this name on this day."""

    source: str
    workbook: str
    sha256: str
    received_on: date


@dataclass(frozen=True)
class Supply:
    """What was ever supplied: receipts in the register's order, where their bytes are, and files left alone.

    withdrawn: (source, workbook) of receipts whose files no longer lie in raw/.
    """

    receipts: list[Receipt]
    bytes_at: dict[str, Path]
    ignored: list[tuple[str, str, str]]
    withdrawn: list[tuple[str, str]]

    @property
    def missing(self) -> list[str]:
        """Hashes that the register lists and whose bytes are nowhere."""
        return sorted({receipt.sha256 for receipt in self.receipts} - self.bytes_at.keys())


def today() -> date:
    """The day in Europe/London."""
    return datetime.now(LOCAL_TIME).date()


def read_register(path: Path) -> list[Receipt]:
    """All receipts, in the order of their lines; none when there is no register yet.

    Raises RegisterError for a line that is not a receipt, such as one of a day later than today in London.
    """
    if not path.exists():
        return []
    receipts, latest = [], today()
    try:
        reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        columns = tuple(reader.fieldnames or ())
    except UnicodeDecodeError as error:
        raise RegisterError(f"{path}: it is not in UTF-8; save it as 'CSV UTF-8' and run again") from error
    except csv.Error as error:
        raise RegisterError(f"{path}, line 1: it is not a line of a CSV file: {error}") from error
    if columns != FIELDS:
        raise RegisterError(f"{path}, line 1: expected the columns {', '.join(FIELDS)}, found {list(columns)}")
    for row in _rows(reader, path):
        try:
            received = date.fromisoformat(row["received_on"])
        except (TypeError, ValueError) as error:
            place = f"{path}, line {reader.line_num}"
            raise RegisterError(
                f"{place}: received_on must be a day such as 2021-10-15, not {row['received_on']!r}"
            ) from error
        if received > latest:
            raise RegisterError(
                f"{path}, line {reader.line_num}: received_on must be a day up to today, {latest}, not {received}: "
                "no file can have come on a day to come"
            )
        if len(row["sha256"]) != 64:
            raise RegisterError(f"{path}, line {reader.line_num}: sha256 must have 64 hex digits")
        receipts.append(Receipt(row["source"], row["workbook"], row["sha256"], received))
    return receipts


def _rows(reader: "csv.DictReader[str]", path: Path) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise RegisterError(f"{path}, line {reader.line_num + 1}: it is not a line of a CSV file: {error}") from error


def require_register(paths: Paths) -> None:
    """Raises RegisterError when the register is gone though files have come before: their days would be lost.

    So it is when the disk of raw/ is not there, or the register was removed. So also of what several councils share.
    """
    if paths.shared is not None:
        require_register(paths.shared)
    if paths.register.exists():
        return
    archived = sum(1 for _ in paths.archive.glob("[!.]*"))
    if archived:
        raise RegisterError(
            f"{paths.register} is gone, while {paths.archive} holds {archived} files: on which days they came would be "
            "lost. Bring it back (`neighbourhoods restore`); to begin anew without it, move the archive away as well"
        )
    if paths.published.exists() and not any(supplied_folders(paths.raw)):
        raise RegisterError(
            f"{paths.raw} is empty, while something was published before: is its disk there? Bring it back "
            "(`neighbourhoods restore`); to begin anew without it, move warehouse/ away as well"
        )


def supplied_folders(raw: Path) -> Iterator[Path]:
    """What lies in the folders of sources."""
    return (path for folder in raw.iterdir() if folder.is_dir() for path in folder.iterdir())


def take_in(paths: Paths, known_sources: Sequence[str], received_on: date) -> list[Receipt]:
    """Enters every file of raw/ that is not yet in the register, with that day, and archives all bytes.

    Returns the new receipts. A file's latest line in the register must have its bytes: a file replaced under its own
    name, also by bytes that it had before, is received again. What several councils share is entered in a register of
    its own, by whichever of them runs first.
    """
    shared = take_in(paths.shared, known_sources, received_on) if paths.shared else []
    with alone(paths.warehouse / ".register.lock"):
        latest = {(receipt.source, receipt.workbook): receipt.sha256 for receipt in read_register(paths.register)}
        new = []
        found = list(supplied_files(paths.raw, known_sources))
        before = {path: file_state(path) for _, path in found}
        _let_settle(before)
        for source, path in found:
            sha256 = _archive(paths.archive, path) if file_state(path) == before[path] else None
            if sha256 is not None and latest.get((source, path.name)) != sha256:
                new.append(Receipt(source, path.name, sha256, received_on))
        if new:
            _append(paths.register, new)
    return [*shared, *new]


def supplied_files(raw: Path, known_sources: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """(source, path) of the files of raw/ that are supplied by one of these sources, and are not left alone."""
    return ((source, path) for source, path in _files(raw) if not _why_ignored(source, path, known_sources))


def comes_and_goes(name: str) -> bool:
    """Whether a file is one that programs leave for a while, such as Excel's lock files, or that is not whole yet."""
    return name.startswith(("~$", ".", "~WRL")) or name.lower().endswith(UNFINISHED)


def file_state(path: Path) -> tuple[int, int]:
    """Size and time of change of a file, which stay the same once it is whole; of one that has gone, nothing."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return status.st_size, status.st_mtime_ns


def _let_settle(states: Mapping[Path, tuple[int, int]]) -> None:
    """Waits until the youngest file has had time to change, were it still being copied."""
    youngest = max((changed for _, changed in states.values()), default=0) / 1e9
    time.sleep(min(SETTLES_IN_SECONDS, max(0.0, youngest + SETTLES_IN_SECONDS - time.time())))


def read_supply(paths: Paths, known_sources: Sequence[str]) -> Supply:
    """What the register and the archive hold, once `take_in` has run; and the files of raw/ that were left alone.

    What several councils share comes before a council's own, which counts as the later where both have a name.
    """
    own = _own_supply(paths, known_sources)
    if paths.shared is None:
        return own
    strays = [
        (
            "shared",
            path.name,
            "each council decides and corrects in its own raw/, also of what is shared; it has no effect",
        )
        for path in (paths.shared.decisions, paths.shared.corrections, paths.shared.locked)
        if path.exists()
    ]
    return _together(_own_supply(paths.shared, known_sources), own, strays)


def _together(shared: Supply, own: Supply, strays: Sequence[tuple[str, str, str]]) -> Supply:
    receipts = [*shared.receipts, *own.receipts]
    own_names = {(receipt.source, receipt.workbook) for receipt in own.receipts}
    withdrawn = {place for place in shared.withdrawn if place not in own_names} | set(own.withdrawn)
    ignored = [*shared.ignored, *strays, *own.ignored]
    return Supply(receipts, shared.bytes_at | own.bytes_at, ignored, sorted(withdrawn))


def _own_supply(paths: Paths, known_sources: Sequence[str]) -> Supply:
    receipts = read_register(paths.register)
    archived = {path.stem: path for path in sorted(paths.archive.glob("[!.]*"))}
    wanted = {receipt.sha256 for receipt in receipts}
    ignored = [
        (printable(source), printable(path.name), reason)
        for source, path in _files(paths.raw)
        if (reason := _why_ignored(source, path, known_sources))
    ]
    ignored += [
        (
            "corrections",
            printable(path.name),
            f"no source is called '{printable(path.stem)}'; its corrections have no effect",
        )
        for path in sorted(paths.corrections.glob("[!.~]*"))
        if path.suffix != ".csv" or path.stem not in known_sources
    ]
    named = {(receipt.source, receipt.workbook) for receipt in receipts}
    ignored += [
        (source, path.name, "it changed while it was read, so it is still being copied; the next run takes it in")
        for source, path in supplied_files(paths.raw, known_sources)
        if (source, path.name) not in named
    ]
    bytes_at = {sha256: path for sha256, path in archived.items() if sha256 in wanted}
    withdrawn = sorted(place for place in named if not (paths.raw / place[0] / place[1]).is_file())
    return Supply(receipts, bytes_at, ignored, withdrawn)


def _files(raw: Path) -> Iterator[tuple[str, Path]]:
    """(source, path) of what lies in raw/: everything in the folders of sources, and workbooks outside any folder."""
    for path in sorted(path for path in raw.iterdir() if not path.is_dir() and path.name not in NOT_SUPPLIED):
        yield "", path
    for folder in sorted(path for path in raw.iterdir() if path.is_dir() and path.name not in NOT_WORKBOOKS):
        for path in sorted(folder.iterdir()):
            yield folder.name, path


def _why_ignored(source: str, path: Path, known_sources: Sequence[str]) -> str:
    if not path.is_file() or path.is_symlink():
        return "not a regular file"
    if path.name.startswith(("~$", ".")):
        return "a lock or hidden file"
    if path.suffix.lower() in UNFINISHED or path.name.startswith("~WRL"):
        return "it is still being copied or saved; it is taken in under its own name once it is whole"
    if printable(path.name) != path.name:
        return "its name is not in UTF-8, as when it was unpacked from an old archive; rename it"
    if not source:
        return f"it lies outside the sources' folders; move it into one of {', '.join(known_sources)}"
    known = ", ".join(known_sources)
    return "" if source in known_sources else f"no source is called '{printable(source)}'; known are {known}"


def _archive(archive: Path, path: Path) -> str | None:
    """Hash of a file whose bytes are now in the archive; None when it changed while it was read."""
    sha256 = file_sha256(path)
    kept = archive / f"{sha256}{path.suffix.lower() or '.bin'}"
    if kept.exists():
        return sha256
    try:
        with written_whole(kept) as partial:
            with path.open("rb") as source, partial.open("wb") as file:
                shutil.copyfileobj(source, file)
            if file_sha256(partial) != sha256:
                raise _Changed
    except (_Changed, FileNotFoundError):
        return None
    return sha256


class _Changed(Exception):
    """A file is not what it was a moment ago."""


def _append(register: Path, receipts: Sequence[Receipt]) -> None:
    """Writes the register anew beside itself, so that a crash leaves it as it was or with all new lines."""
    before = register.read_bytes().decode("utf-8-sig") if register.exists() else ",".join(FIELDS) + "\n"
    line_end = "\r\n" if "\r\n" in before else "\n"
    text = io.StringIO(newline="")
    text.write(before if before.endswith("\n") else before + line_end)
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerows((r.source, r.workbook, r.sha256, r.received_on.isoformat()) for r in receipts)
    with written_whole(register) as partial:
        partial.write_bytes(text.getvalue().encode())
        if register.exists():
            shutil.copymode(register, partial)
