"""Writing files so that a reader never sees half of one, and locks that make processes wait for each other."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PARTIAL = ".partial"
"""How the name of a file ends that is being written; one that nobody writes was left by a process that died."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; takes its place when the block ends without an error, and is removed else.

    Its bytes and its new name are on the disk when the block has ended, so a power cut leaves the old or the new file.
    Raises OSError, which names the file.
    """
    # not the process's number: two containers that share the folder may have the same
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PARTIAL}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        sync(partial)
        partial.replace(path)
        sync(path.parent)
    except OSError as error:
        # Polars, and writing to an open file, do not say which one
        if error.filename is None:
            error.add_note(f"while writing '{path}'")
        raise
    finally:
        partial.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Returns when a file's bytes, or the names in a folder, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class HeldByAnother(Exception):
    """Another process holds the lock file, and whoever asked for it did not want to wait."""


@contextmanager
def alone(lock: Path, *, waits: bool = True) -> Iterator[None]:
    """Waits until no other process holds the lock file, and holds it; the kernel frees the lock of one that dies.

    Raises HeldByAnother instead of waiting when it is not to wait.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError as held:
            raise HeldByAnother(lock.name) from held
        yield


def printable(name: str) -> str:
    r"""A file's name or path as it can be printed and written: bytes of it that are not UTF-8 stand as `\udcff`.

    A name that this changes cannot be kept in a register or a table.
    """
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
