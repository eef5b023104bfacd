"""A fault at every call by which building and publishing a version writes."""

import errno
import shutil
from pathlib import Path

from pipelines.settings import Paths
from pipelines.warehouse.publish import KEPT_VERSIONS
from tests.torture.bench import KILL, Runner, Tally, analysts
from tests.torture.reader import look
from tests.torture.runner import PUBLISHING

FAULTS = {"kill -9": KILL, "full disk (ENOSPC)": errno.ENOSPC, "broken disk (EIO)": errno.EIO}


def fault_at_every_write(run: Runner, folder: Path, what: str, tally: Tally, *, readers: int, every: int) -> None:
    """One round per write call (every n-th of them): the fault, then what is published, then publishing once more."""
    root = folder / "publishing"
    shutil.rmtree(root, ignore_errors=True)
    paths, number = Paths(root), 0
    for number in range(KEPT_VERSIONS + 1):  # so that old versions are removed in every round
        done = run(PUBLISHING, root, number=number)
        assert done["code"] == 0, done["said"]
    counted = run(PUBLISHING, root, number=(number := number + 1), below=str(root), at=0, do=0)
    calls = int(counted["said"].rsplit(maxsplit=1)[1])
    with analysts(paths.published, readers, tally):
        for call in range(1, calls + 1, every):
            old, number = number, number + 1
            failed = run(PUBLISHING, root, number=number, below=str(root), at=call, do=FAULTS[what])
            tally.rounds += 1
            tally.took_effect += failed["code"] != 0
            place = f"{what} at call {call} of {calls}"
            inputs, _ = look(paths.published)
            tally.count("neither_old_nor_new", inputs not in (str(old), str(number)), f"{place}: {inputs}")
            tally.count("not_told_plainly", "ESCAPED" in failed["said"], f"{place}: {failed['said']}")
            number += 1
            again = run(PUBLISHING, root, number=number)
            tally.count("missing_publications", look(paths.published)[0] != str(number), f"{place}: {again['said']}")
            _count_left(paths, tally, place)


def _count_left(paths: Paths, tally: Tally, place: str) -> None:
    versions = list((paths.warehouse / "versions").iterdir())
    strange = [path.name for path in versions if path.name.startswith(".")] + [*map(str, paths.build.iterdir())]
    tally.count("left_behind", bool(strange) or len(versions) > KEPT_VERSIONS, f"{place}: {strange}, {len(versions)}")
