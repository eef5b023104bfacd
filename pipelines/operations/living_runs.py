"""Which runs live: each holds a lock on a file of its own, which the kernel releases when its process dies.

A process number would not do: it is given again, and begins anew when the machine does.
"""

import fcntl
import os
import secrets
from contextlib import suppress
from pathlib import Path

from pipelines.settings import Paths

_held: dict[Path, int] = {}
"""Descriptors of this process's runs by lock file; the locks are held for as long as they are open."""


def hold(paths: Paths, run_id: str) -> None:
    """Says that the run lives, until `let_go` or the end of this process. Does nothing the second time.

    Raises OSError.
    """
    path = _folder(paths) / f"{run_id}.lock"
    if path in _held:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # locked before it has its name: nobody ever finds it free while the run lives
    unnamed = path.with_name(f".{secrets.token_hex(8)}")
    descriptor = os.open(unnamed, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        unnamed.rename(path)
    except OSError:
        os.close(descriptor)
        unnamed.unlink(missing_ok=True)
        raise
    _held[path] = descriptor


def let_go(paths: Paths, run_id: str) -> None:
    """Says that the run lives no more. Its file stays: whoever repairs sees to it that the run is closed."""
    descriptor = _held.pop(_folder(paths) / f"{run_id}.lock", None)
    if descriptor is not None:
        os.close(descriptor)


def living_runs(paths: Paths) -> dict[str, float]:
    """Ids of the runs that live, each with since when, in seconds since 1970; the earliest first."""
    since: dict[str, float] = {}
    for path in _folder(paths).glob("*.lock"):
        if _is_held(path):
            with suppress(FileNotFoundError):
                since[path.stem] = path.stat().st_mtime
    return dict(sorted(since.items(), key=lambda run: run[1]))


def dead_runs(paths: Paths) -> list[str]:
    """Ids of the runs that said that they live, and live no more; sorted."""
    return sorted(path.stem for path in _folder(paths).glob("*.lock") if not _is_held(path))


def other_runs_live(paths: Paths) -> bool:
    """Whether a run of another process lives."""
    return any(path not in _held and _is_held(path) for path in _folder(paths).glob("*.lock"))


def forget(paths: Paths, run_id: str) -> None:
    """Removes the file of a dead run, once nothing of it is left."""
    (_folder(paths) / f"{run_id}.lock").unlink(missing_ok=True)


def _folder(paths: Paths) -> Path:
    return paths.warehouse / ".runs"


def _is_held(path: Path) -> bool:
    if path in _held:
        return True
    with suppress(FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False
