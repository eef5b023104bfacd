"""Nightlies killed at random moments, and nightlies whose writes fail, each followed by one that is left in peace."""

import errno
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from pipelines.settings import Paths
from tests.torture.bench import Runner, Tally, analysts
from tests.torture.reader import look
from tests.torture.runner import NIGHTLY
from tests.torture.small import lay_out_raw

UNFINISHED = "select count(*) from runs where status not in ('SUCCESS', 'FAILURE', 'CANCELED')"
Harm = Callable[[int, float], dict[str, Any]]
"""What is asked of the runner in a round: by the round's number, and the seconds that such a nightly takes."""


class Installation:
    """A small installation that goes to and fro between two states of raw/, and what a clean build of each holds."""

    def __init__(self, run: Runner, folder: Path) -> None:
        self.run, self.root = run, folder / "installation"
        self.paths = Paths(self.root)
        self.clean: list[tuple[str, str]] = []
        self.seconds: dict[bool, float] = {}
        for state in (False, True):
            root = folder / f"clean-{state}"
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            lay_out_raw(root, with_new=state)
            self._nightly(root)
            self.clean.append(look(Paths(root).published))
        shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir()
        lay_out_raw(self.root, with_new=False)
        self._nightly(self.root)
        self.seconds[False] = self._nightly(self.root)
        lay_out_raw(self.root, with_new=True)
        self.seconds[True] = self._nightly(self.root)
        self.state = True

    def _nightly(self, root: Path) -> float:
        done = self.run(NIGHTLY, root)
        assert done["code"] == 0, done["said"]
        return float(done["took"])

    def count_writes(self) -> int:
        """How many calls by which a nightly with changed inputs writes."""
        self.state = not self.state
        lay_out_raw(self.root, with_new=self.state)
        done = self.run(NIGHTLY, self.root, below=str(self.root), at=0, do=0)
        return int(done["said"].rsplit(maxsplit=1)[1])

    def rounds(self, number: int, harm: Harm, tally: Tally, *, readers: int) -> None:
        """So many rounds: two with changed inputs, then one with nothing new, and so on."""
        with analysts(self.paths.published, readers, tally) as right:
            right.update(self.clean)
            for index in range(number):
                changed = index % 3 != 2
                if changed:
                    self.state = not self.state
                    lay_out_raw(self.root, with_new=self.state)
                self._round(harm(index, self.seconds[changed]), tally)

    def _round(self, request: dict[str, Any], tally: Tally) -> None:
        harmed = self.run(NIGHTLY, self.root, **request)
        tally.rounds += 1
        tally.took_effect += harmed["code"] not in (0, 2)
        place = str(request)
        tally.count("neither_old_nor_new", look(self.paths.published) not in self.clean, place)
        if harmed["code"] == 1:
            told = harmed["said"]
            plain = "Traceback" not in told and "ESCAPED" not in told and ("failed: " in told or "stopped: " in told)
            tally.count("not_told_plainly", not plain, f"{place}: {told}")
        after = self.run(NIGHTLY, self.root)
        tally.count("missing_publications", after["code"] != 0, f"{place}: {after['said']}")
        tally.count("unequal_to_clean", look(self.paths.published) != self.clean[self.state], place)
        self._count_left(tally, place)

    def _count_left(self, tally: Tally, place: str) -> None:
        runs = self.root / "dagster" / "history" / "runs.db"
        with closing(sqlite3.connect(runs)) as connection:
            [(unfinished,)] = connection.execute(UNFINISHED).fetchall()
        tally.count("runs_left_open", unfinished > 0, f"{place}: {unfinished}")
        left = [path for path in self.root.rglob("*.partial") if path.is_file()]
        left += [*self.paths.build.iterdir(), *(self.paths.warehouse / "versions").glob(".*")]
        tally.count("left_behind", bool(left), f"{place}: {left}")


def killed(chance: random.Random) -> Harm:
    """A kill -9 at a moment that is as likely early as late in the nightly."""
    return lambda _, seconds: {"kill_after": chance.uniform(0, seconds)}


def failing_writes(chance: random.Random, root: Path, calls: int) -> Harm:
    """A full disk, then a broken one, and so on, from one of the calls on by which a nightly writes."""

    def harm(index: int, _: float) -> dict[str, Any]:
        do = (errno.ENOSPC, errno.EIO)[index % 2]
        return {"below": str(root), "at": chance.randint(1, calls), "do": do}

    return harm
