"""Reads files in a process of their own, so that none can harm the one that asks; many files share one such process."""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from pipelines.read.sheet import Sheet, UnreadableWorkbook
from pipelines.read.wire import unpack_sheets
from pipelines.read.worker import MOST_SECONDS, TOO_MUCH_MEMORY

WAIT_SECONDS = 4 * MOST_SECONDS
"""How long to wait for an answer; the limit of processor time comes first unless the machine is very busy."""

AHEAD = 8
"""Requests under way at once: while the sheets of one file are worked on, the next ones are read."""

_AT_ONCE = 1 << 20
"""Bytes that the pipe between the processes takes: a large sheet does not come in drops."""

TOO_LONG = (
    f"Reading it takes more than {MOST_SECONDS} seconds, far more than any workbook of figures. "
    "Copy the figures into a new workbook and send that."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read: where its bytes are, and the name under which it was supplied."""

    path: Path
    name: str


class IsolatedReader:
    """Keeps a process that reads files, and starts a new one when a file has taken it down."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: _Answers | None = None
        self._lock = threading.Lock()

    def read(self, files: Iterable[Wanted]) -> Iterator[list[Sheet] | UnreadableWorkbook]:
        """For each file, in order, its sheets, or why it cannot be read. Never raises for what is wrong with a file."""
        with self._lock:
            waiting = deque(files)
            asked: deque[Wanted] = deque()
            try:
                while waiting or asked:
                    while waiting and len(asked) < AHEAD:
                        asked.append(waiting.popleft())
                        self._ask(asked[-1])
                    answer = self._answer()
                    asked.popleft()
                    if isinstance(answer, _Died):
                        waiting.extendleft(reversed(asked))
                        asked.clear()
                        answer = UnreadableWorkbook(answer.reason)
                    yield answer
            finally:
                if asked:  # the one who asked does not want the rest
                    self._stop()

    def close(self) -> None:
        """Ends the process."""
        with self._lock:
            self._stop()

    def _ask(self, wanted: Wanted) -> None:
        if self._process is None:
            self._process = _start()
            self._answers = _Answers(_pipe(self._process.stdout))
        request = json.dumps({"path": str(wanted.path.resolve()), "name": wanted.name}).encode() + b"\n"
        with suppress(BrokenPipeError):  # it has died: reading its answer will tell
            _pipe(self._process.stdin).write(request)

    def _answer(self) -> "list[Sheet] | UnreadableWorkbook | _Died":
        process, answers = self._process, self._answers
        if process is None or answers is None:
            raise RuntimeError("no process was asked")
        try:
            until = time.monotonic() + WAIT_SECONDS
            lengths = json.loads(answers.line(until))
            header, *texts = [answers.exactly(length, until) for length in lengths]
        except (EOFError, TimeoutError) as end:
            reason = _reason(process, timed_out=isinstance(end, TimeoutError))
            self._stop()
            return _Died(reason)
        said = json.loads(header)
        return UnreadableWorkbook(said["refused"]) if "refused" in said else unpack_sheets(said, texts)

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@dataclass(frozen=True, slots=True)
class _Died:
    reason: str


def _start() -> "subprocess.Popen[bytes]":
    # a thread of the reader's libraries per processor would need more address space than the limit gives
    environment = {**os.environ, "POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2", "RUST_BACKTRACE": "0"}
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.read.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=Path(__file__).resolve().parents[2],
        bufsize=0,
        pipesize=_AT_ONCE,
    )


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the process has no pipe")
    return pipe


class _Answers:
    """The bytes that the process answers with, read as they come, up to a moment."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._file = pipe.fileno()
        self._held = bytearray()

    def line(self, until: float) -> bytes:
        """The next line. Raises EOFError when the process ends, TimeoutError when the moment has passed."""
        while (end := self._held.find(b"\n")) < 0:
            self._receive(until)
        return self._take(end + 1)

    def exactly(self, length: int, until: float) -> bytearray:
        """The next so many bytes. Raises as `line` does."""
        taken = bytearray(length)
        held = min(len(self._held), length)
        taken[:held] = self._take(held)
        with memoryview(taken) as rest:
            while held < length:
                self._wait(until)
                received = os.readv(self._file, [rest[held:]])
                if not received:
                    raise EOFError
                held += received
        return taken

    def _take(self, length: int) -> bytes:
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken

    def _wait(self, until: float) -> None:
        ready, _, _ = select.select([self._file], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError

    def _receive(self, until: float) -> None:
        self._wait(until)
        received = os.read(self._file, _AT_ONCE)
        if not received:
            raise EOFError
        self._held += received


def _reason(process: "subprocess.Popen[bytes]", *, timed_out: bool) -> str:
    """Why the process has died, for the person who supplied the file that it was reading."""
    if timed_out:
        return TOO_LONG
    code = process.wait()
    if code == -signal.SIGXCPU:
        return TOO_LONG
    if code == -signal.SIGKILL:
        return TOO_MUCH_MEMORY
    return (
        "Reading it brings the reader down, so it is damaged or made to do so. Copy the figures into a new workbook "
        "and send that; clear what lies far below or to the right of the table."
    )


@cache
def shared_reader() -> IsolatedReader:
    """The reader that all of this process share; its process starts with the first file and ends with this one."""
    reader = IsolatedReader()
    atexit.register(reader.close)
    return reader


def read_isolated(path: Path, name: str) -> list[Sheet]:
    """The sheets of one file. Raises UnreadableWorkbook with the reason."""
    [answer] = shared_reader().read([Wanted(path, name)])
    if isinstance(answer, UnreadableWorkbook):
        raise answer
    return answer
