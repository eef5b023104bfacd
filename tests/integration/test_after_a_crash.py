"""After a kill, on a full disk, with Dagster's storage damaged: what stood stands, and the next nightly needs no hand.

The short form of `make torture`, which does the same at every moment and write call.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.settings import Paths
from tests.torture.bench import KILL, Runner, Tally, compiled_shim
from tests.torture.publishing import FAULTS, fault_at_every_write
from tests.torture.reader import look
from tests.torture.runner import NIGHTLY
from tests.torture.small import NEW, lay_out_raw, make_code

EVERY = 11
"""Every so many-th write call of publishing is tried here."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("torture")


@pytest.fixture(scope="module")
def run(folder: Path) -> Iterator[Runner]:
    shim = compiled_shim(folder)
    if shim is None:
        pytest.skip("needs a C compiler (cc)")
    make_code(folder / "code")
    runner = Runner(folder / "code", folder, shim)
    yield runner
    runner.close()


@pytest.mark.parametrize("what", FAULTS)
def test_fault_while_publishing(run: Runner, folder: Path, what: str) -> None:
    tally = Tally()
    fault_at_every_write(run, folder, what, tally, readers=1, every=EVERY)
    assert tally.faults == 0, tally.notes
    assert tally.took_effect > tally.rounds / 2
    assert tally.reads > 0


def test_next_nightly_needs_no_hand(run: Runner, folder: Path) -> None:
    root = folder / "installation"
    root.mkdir()
    paths, database = Paths(root), root / "dagster" / "history" / "runs.db"
    lay_out_raw(root, with_new=False)
    first = run(NIGHTLY, root)
    assert first["code"] == 0, first["said"]
    before = look(paths.published)

    lay_out_raw(root, with_new=True)
    full = run(NIGHTLY, root, below=str(paths.build), at=5, do=errno.ENOSPC)
    assert full["code"] == 1
    assert f"failed: The disk is full: {paths.build}" in full["said"]
    assert "NOT PUBLISHED: what was published before still stands." in full["said"]
    assert list(paths.build.iterdir()) == []

    assert run(NIGHTLY, root, below=str(paths.build), at=5, do=KILL)["code"] == -KILL
    assert look(paths.published) == before
    assert statuses(database) == {"SUCCESS": 1, "FAILURE": 1, "STARTED": 1}

    after = run(NIGHTLY, root)
    assert after["code"] == 0
    assert "a run of nightly whose process died was closed" in after["said"]
    assert statuses(database) == {"SUCCESS": 2, "FAILURE": 2}
    new = look(paths.published)
    assert new != before
    assert NEW in paths.register.read_text(encoding="utf-8")

    database.write_bytes(b"\xff" * database.stat().st_size)
    mended = run(NIGHTLY, root)
    assert mended["code"] == 0
    assert "Dagster's own storage cannot be used (file is not a database); the data are not touched." in mended["said"]
    assert "nothing new since the last publication" in mended["said"]
    assert look(paths.published) == new
    assert len(list((root / "dagster").glob("history set aside *"))) == 1


def statuses(database: Path) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("select status, count(*) from runs group by status").fetchall())
