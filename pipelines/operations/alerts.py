"""Tells people of failed runs, refused files and overdue figures: one digest a night, by every channel configured.

What was told is remembered in `.cache/alerts.json`, so that a second run of the same day tells only what is news; lost,
or not to be written, as on a full disk, it is told once more. Nothing here fails a run: what cannot be sent is said,
and sent by the next one.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.files import written_whole
from pipelines.ledger.register import today
from pipelines.operations.channels import Channel, NotSent, read_channels
from pipelines.operations.digest import FAILED, Digest, Item, compose, one_line, open_items
from pipelines.operations.faults import told
from pipelines.settings import Paths

NOT_CONFIGURED = (
    "Nobody is told of failures, refused files and overdue figures by e-mail, Teams or Slack: "
    "no alerts are configured, see docs/alerts.md. This is said once."
)
REMEMBERED_RUNS = 50


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that has ended. failure: why it failed, empty when it succeeded. run_id: empty for one that never began.

    mends_all: its success ends the failures of other jobs too, as that of the nightly does, which does everything.
    """

    run_id: str
    job: str
    failure: str = ""
    mends_all: bool = False


@dataclass
class Memory:
    """What has been told. failures: reason by job. sent: by channel, the day and the open items' texts by key."""

    failures: dict[str, str] = field(default_factory=dict)
    told_runs: list[str] = field(default_factory=list)
    not_configured_said: bool = False
    sent: dict[str, dict[str, Any]] = field(default_factory=dict)


def tell(paths: Paths, ended: Ended, environ: Mapping[str, str] | None = None) -> list[str]:
    """Sends the digest after a run, where there is news; returns what a person at the terminal should know.

    A run that was told of before is not told of again. Never raises.
    """
    try:
        with _one_at_a_time(paths):
            memory = _read(_memory_path(paths))
            if ended.run_id and ended.run_id in memory.told_runs:
                return []
            _note(memory, ended)
            said = _send(paths, memory, os.environ if environ is None else environ, today())
            why_not = _remember(paths, memory)
        if why_not and said == [NOT_CONFIGURED]:
            return []  # what is said once is left to a run that can remember it
        again = f"Alerts: that it was told cannot be remembered, so it is told again. {why_not}"
        return [*said, again] if why_not and memory.sent else said
    except Exception as error:  # a run must not fail because nobody could be told of it
        return [f"The alerts could not be sent: {type(error).__name__}"]


def _note(memory: Memory, ended: Ended) -> None:
    if ended.failure:
        memory.failures[ended.job] = one_line(ended.failure)
    elif ended.mends_all:
        memory.failures.clear()
    else:
        memory.failures.pop(ended.job, None)
    if ended.run_id:
        memory.told_runs = [*memory.told_runs, ended.run_id][-REMEMBERED_RUNS:]


def _send(paths: Paths, memory: Memory, environ: Mapping[str, str], day: date) -> list[str]:
    channels, said = read_channels(environ)
    said = [f"Alerts: {problem}" for problem in said]
    if not channels and not said:
        # nor is it said of a folder that is no installation, and is named by mistake
        said = [NOT_CONFIGURED] if paths.raw.is_dir() and not memory.not_configured_said else []
        memory.not_configured_said = True
        return said
    memory.not_configured_said = False
    items = open_items(paths, memory.failures)
    for channel in channels:
        said += _send_by(channel, items, memory, day, str(paths.root))
    return said


def _send_by(channel: Channel, items: Sequence[Item], memory: Memory, day: date, root: str) -> list[str]:
    last = memory.sent.get(channel.name, {"day": "", "open": {}})
    digest = news(items, last["open"], root, told_today=last["day"] == day.isoformat())
    if digest is None:
        return []
    try:
        unreached = channel.send(digest)
    except Exception as error:  # what one channel may raise must not silence the others
        why = str(error) if isinstance(error, NotSent) else type(error).__name__
        return [f"Alerts: {channel.name} could not be sent: {why}. The next run tries again."]
    memory.sent[channel.name] = {"day": day.isoformat(), "open": {item.key: item.text for item in items}}
    refused = f", but not to {', '.join(unreached)}" if unreached else ""
    return [f"Alerts: sent by {channel.name}{refused}: {digest.subject}"]


def news(items: Sequence[Item], before: Mapping[str, str], root: str, *, told_today: bool) -> Digest | None:
    """The digest of what is open, given what was open when last told (text by key); None when nothing need be said.

    On a day on which a digest has gone out already, another goes out for something new, or a failure that is mended.
    """
    keys = {item.key for item in items}
    new = [item for item in items if item.key not in before]
    still = [item for item in items if item.key in before]
    mended = {key: text for key, text in before.items() if key not in keys}
    if told_today and not new and not any(key.startswith(FAILED) for key in mended):
        return None
    if not items and not mended:
        return None
    return compose(new, still, list(mended.values()), root)


@contextmanager
def _one_at_a_time(paths: Paths) -> Iterator[None]:
    """Waits until no other process tells; where no lock can be written it goes on, since it must be told all the same.

    A folder that is no installation, and named by mistake, is left as it is.
    """
    lock = _memory_path(paths).with_suffix(".lock")
    with ExitStack() as until_the_end:
        with suppress(OSError):
            if paths.raw.is_dir():
                lock.parent.mkdir(exist_ok=True)
            fcntl.flock(until_the_end.enter_context(lock.open("w")), fcntl.LOCK_EX)
        yield


def _remember(paths: Paths, memory: Memory) -> str:
    """Writes the memory; why it cannot be written, empty when it was."""
    path = _memory_path(paths)
    if not paths.raw.is_dir() and not path.parent.is_dir():
        return ""
    try:
        with written_whole(path) as partial:
            partial.write_text(json.dumps(asdict(memory), indent=1), encoding="utf-8")
    except OSError as error:
        return told(error, paths.root)
    return ""


def _read(path: Path) -> Memory:
    try:
        return Memory(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        # never told, or a file that cannot be read: telling once more does no harm
        return Memory()


def _memory_path(paths: Paths) -> Path:
    return paths.root / ".cache" / "alerts.json"
