"""What the rounds share: the runner's and the readers' processes, and the tally of what must be zero."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.settings import code_root

KILL = 9


@dataclass
class Tally:
    """Figures of one kind of rounds. All but `rounds`, `took_effect` and `reads` must be zero.

    took_effect: rounds in which the process was killed, or a write failed, before it had ended.
    """

    rounds: int = 0
    took_effect: int = 0
    reads: int = 0
    bad_reads: int = 0
    neither_old_nor_new: int = 0
    missing_publications: int = 0
    unequal_to_clean: int = 0
    runs_left_open: int = 0
    left_behind: int = 0
    not_told_plainly: int = 0
    notes: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """The sum of all that must be zero."""
        return sum(getattr(self, name) for name in MUST_BE_ZERO)

    def count(self, name: str, wrong: bool, note: str = "") -> None:
        """Counts one more of what must be zero, and keeps what is known of it."""
        if wrong:
            setattr(self, name, getattr(self, name) + 1)
            self.notes.append(f"{name}: {note}")


MUST_BE_ZERO = (
    "bad_reads",
    "neither_old_nor_new",
    "missing_publications",
    "unequal_to_clean",
    "runs_left_open",
    "left_behind",
    "not_told_plainly",
)


class Runner:
    """The process that forks nightlies, with the writes of its children under control where the shim is compiled."""

    def __init__(self, code: Path, folder: Path, shim: Path | None) -> None:
        self._said = folder / "said.txt"
        environment = os.environ | {"PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
        environment |= {"LD_PRELOAD": str(shim)} if shim else {}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.torture.runner"],
            cwd=code,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # an interrupt is for the one who counts
        )

    def __call__(self, work: str, root: Path, **request: Any) -> dict[str, Any]:
        """Runs it once. Returns its exit code (negative: the signal), the seconds that it took, and what it said."""
        assert self._process.stdin and self._process.stdout
        request |= {"work": work, "root": str(root), "home": str(root / "dagster"), "said": str(self._said)}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


@contextmanager
def analysts(published: Path, number: int, tally: Tally) -> Iterator[dict[str, str]]:
    """That many processes read the published file until the block ends, and what they saw is counted.

    The block fills the dictionary that it is given: the right checksum of each version's inputs.
    """
    command = [sys.executable, "-m", "tests.torture.reader", str(published)]
    readers = [
        subprocess.Popen(command, cwd=code_root(), stdout=subprocess.PIPE, text=True, start_new_session=True)
        for _ in range(number)
    ]
    right: dict[str, str] = {}
    for reader in readers:
        assert reader.stdout and reader.stdout.readline() == "ready\n"
    try:
        yield right
    finally:
        for reader in readers:
            reader.terminate()
        for reader in readers:
            saw = json.loads(reader.communicate()[0])
            tally.reads += saw["reads"]
            for error in saw["errors"]:
                tally.count("bad_reads", True, error)
            for inputs, checksums in saw["seen"].items():
                expected = [right[inputs]] if inputs in right else checksums[:1]
                tally.count("bad_reads", checksums != expected, f"{inputs}: {checksums}, not {expected}")


def compiled_shim(folder: Path) -> Path | None:
    """The shim that lets writes fail, compiled; None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    shim = folder / "write_faults.so"
    source = code_root() / "tests" / "torture" / "write_faults.c"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"], check=True)
    return shim
