"""Which files in raw/ are new, changed or gone since they were last acted on: told by their bytes, never their cells.

A file counts once it has stood still between two looks. What is acted on is kept in a cursor, a line of text.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.files import printable
from pipelines.ledger.register import file_state, read_register, supplied_files
from pipelines.settings import Paths
from pipelines.versions import bytes_sha256, file_sha256

GONE = (0, 0)
"""The size and time of change of a file that is not there."""


@dataclass(frozen=True)
class Cursor:
    """What was acted on: by path below raw/ the size, time of change in nanoseconds and hash (empty of a file gone).

    waiting: size and time of change of what did not stand still yet, or could not be acted on. requests: how often
    there was something to act on.
    """

    seen: Mapping[str, tuple[int, int, str]] = field(default_factory=dict)
    waiting: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    requests: int = 0

    @property
    def text(self) -> str:
        """The cursor as a line of text."""
        return json.dumps({"seen": self.seen, "waiting": self.waiting, "requests": self.requests}, sort_keys=True)


def read_cursor(text: str | None) -> Cursor:
    """The cursor of a line of text; an empty one before the first look."""
    if not text:
        return Cursor()
    kept = json.loads(text)
    seen = {path: (size, changed, sha256) for path, (size, changed, sha256) in kept["seen"].items()}
    return Cursor(seen, {path: (size, changed) for path, (size, changed) in kept["waiting"].items()}, kept["requests"])


@dataclass(frozen=True)
class Look:
    """What a look found: the paths changed, and the cursor once they are acted on, or put off to be found again."""

    changed: list[str]
    acted: Cursor
    put_off: Cursor

    @property
    def run_key(self) -> str:
        """Names the run that acts on the changes. It counts, so that bytes put back after a change run again."""
        states = json.dumps([(path, self.acted.seen[path]) for path in self.changed])
        return f"{self.acted.requests}-{bytes_sha256(states.encode())[:16]}"


def look(paths: Paths, sources: Sequence[str], held: Cursor) -> Look:
    """Compares raw/ with the cursor: files are hashed only once they have moved, and stood still since the last look.

    A workbook whose bytes the register lists last under its name was taken in by a nightly: that is no change, unless
    it had been gone. Raises RegisterError.
    """
    registered = {f"{receipt.source}/{receipt.workbook}": receipt.sha256 for receipt in read_register(paths.register)}
    there = {path.relative_to(paths.raw).as_posix(): path for path in _watched(paths, sources)}
    states = {name: file_state(there[name]) if name in there else GONE for name in sorted({*there, *held.seen})}
    waiting = {name: state for name, state in states.items() if state != held.seen.get(name, GONE)[:2]}
    seen, changed = dict(held.seen), []
    for name in [name for name, state in waiting.items() if held.waiting.get(name) == state]:
        try:
            sha256 = file_sha256(there[name]) if name in there else ""
        except OSError:
            continue  # gone this moment, or not to be read: the next look, or the nightly, says so
        before = held.seen.get(name)
        known = {before[2]} if before else set()
        if before is None or before[2]:
            known.add(registered.get(name, ""))
        seen[name] = (*waiting.pop(name), sha256)
        if sha256 not in known:
            changed.append(name)
    acted = Cursor(seen, waiting, held.requests + bool(changed))
    unseen = {name: state for name, state in seen.items() if name not in changed}
    unseen |= {name: held.seen[name] for name in changed if name in held.seen}
    put_off = replace(held, seen=unseen, waiting=waiting | {name: states[name] for name in changed})
    return Look(changed, acted, put_off)


def sources_of(changed: Iterable[str], sources: Collection[str]) -> list[str]:
    """The sources whose workbooks or corrections are among the changed paths; decisions and locks are of none."""
    folders = [(Path(name).parent.name, Path(name).stem) for name in changed]
    return sorted({stem if folder == "corrections" else folder for folder, stem in folders} & set(sources))


def _watched(paths: Paths, sources: Sequence[str]) -> Iterator[Path]:
    """Workbooks that the nightly would take in, and what people write beside them."""
    for _, path in supplied_files(paths.raw, sources):
        yield path
    yield from (path for path in [paths.decisions] if path.is_file())
    for folder in (paths.corrections, paths.locked):
        # a name that cannot be printed is of no source and no lock: the nightly says so
        yield from (path for path in sorted(folder.glob("[!.~]*.csv")) if printable(path.name) == path.name)
