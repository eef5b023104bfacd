"""The record of rollbacks, and what it holds back: nothing publishes by itself what a person went back from."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import written_whole
from pipelines.moments import in_order
from pipelines.settings import Paths

ROLLED_BACK, RELEASED = "rolled_back", "released"

Made = tuple[str, str]
"""What a version was made of: hash of the inputs, hash of the code."""


class HeldBack(Exception):
    """The same inputs and code made a version that was rolled back from; the message says what ends that."""


class RecordError(Exception):
    """The record of rollbacks cannot be read; the message names the line and what to do."""


@dataclass(frozen=True, slots=True)
class Rollback:
    """One line of the record. at: ISO time with its offset. left, went_to: names of versions.

    held_back: what must not be published again by itself while `went_to` is current. A line `released` ends that.
    """

    action: str
    at: str
    who: str
    why: str
    left: str
    went_to: str
    held_back: list[Made]


def read_rollbacks(paths: Paths) -> list[Rollback]:
    """All lines of the record, the latest last; it lies beside the versions and goes with them.

    Raises RecordError: to go on without the record would publish again what somebody went back from.
    """
    if not paths.rollbacks.exists():
        return []
    lines = paths.rollbacks.read_bytes().splitlines()
    return [_rollback(line, f"{paths.rollbacks}, line {number}") for number, line in enumerate(lines, 1)]


def _rollback(line: bytes, place: str) -> Rollback:
    try:
        fields = json.loads(line)
        return Rollback(**fields | {"held_back": [(made[0], made[1]) for made in fields["held_back"]]})
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise RecordError(
            f"{place}, is damaged, so that nobody can tell what was gone back from; what is published stands. Mend the "
            "line, or move the file away: then nothing is held back, and the next nightly publishes what raw/ gives"
        ) from error


def add_to_record(paths: Paths, line: Rollback) -> None:
    """Writes the record anew with one line more; a crash leaves it as it was. The caller holds the lock."""
    lines: Sequence[Rollback] = [*read_rollbacks(paths), line]
    with written_whole(paths.rollbacks) as partial:
        partial.write_text("".join(json.dumps(asdict(each)) + "\n" for each in lines), encoding="utf-8")


def rollback_in_force(paths: Paths) -> Rollback | None:
    """The latest rollback, as long as the version that it went to is current and nobody has released what it holds."""
    latest = next(iter(read_rollbacks(paths)[-1:]), None)
    if latest is None or latest.action != ROLLED_BACK or current_version(paths) != latest.went_to:
        return None
    return latest


def gone_back_from(paths: Paths) -> set[str]:
    """Names of the versions that somebody went back from, and that nobody has gone to since."""
    found: set[str] = set()
    for line in read_rollbacks(paths):
        if line.action == ROLLED_BACK and in_order(line.went_to) < in_order(line.left):
            found.add(line.left)
        found.discard(line.went_to)
    return found


def current_version(paths: Paths) -> str:
    """Name of the version that readers see; empty when nothing is published."""
    return Path(paths.current.readlink()).name if paths.current.is_symlink() else ""


def require_not_held_back(paths: Paths, inputs_sha256: str, code_sha256: str) -> None:
    """Raises HeldBack for what a rollback in force has gone back from."""
    rollback = rollback_in_force(paths)
    if rollback and (inputs_sha256, code_sha256) in rollback.held_back:
        raise HeldBack(
            f"not published: {rollback.who} went back to the version {rollback.went_to} on {rollback.at[:16]}, and "
            "neither files nor code have changed since what was published before that; "
            "`neighbourhoods nightly --rebuild` publishes it all the same"
        )
