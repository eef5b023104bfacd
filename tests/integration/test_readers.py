"""Analysts at any hour: ten readers while versions are published, and one who opens the file to write and crashes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.operations.kept_versions import roll_back
from pipelines.settings import PUBLISHED_NAME, Paths
from pipelines.warehouse.publish import published_stamp
from tests.small_versions import ROWS, number_of, publish_small

READERS, PUBLICATIONS = 10, 12
NOBODY = 65534

READ = f"""
import duckdb, json, pathlib, sys, time
seen, reads = set(), 0
while True:
    last = pathlib.Path(sys.argv[2]).exists()
    with duckdb.connect(sys.argv[1], read_only=True, config={{"threads": 1}}) as connection:
        [(number,)] = connection.execute("select number from audit.build").fetchall()
        for table in ("one", "two"):
            found = connection.execute(f"select number, count(*), count(filling) from marts.{{table}} group by 1")
            assert found.fetchall() == [(number, {ROWS}, {ROWS})], (table, number)
        assert connection.execute("select number from audit.build").fetchall() == [(number,)]
    seen.add(number)
    reads += 1
    time.sleep(0.2)
    if reads == 1:
        print("ready", flush=True)
    if last:
        break
print(json.dumps([reads, sorted(seen)]))
"""

WRITE_AND_CRASH = """
import duckdb, os, sys
connection = duckdb.connect(sys.argv[1])
connection.execute("create table marts.mine as select 1 as mine")
connection.execute("update audit.build set number = -1")
print("written", flush=True)
os._exit(1)
"""

OPEN_AS_NOBODY = f"""
import duckdb, os, sys
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
"""


@pytest.fixture
def everybodys_paths() -> Iterator[Paths]:
    """A root that every user of the machine can look into, unlike pytest's own."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield Paths(root)
    shutil.rmtree(root)


def test_ten_readers_see_whole_versions_while_others_are_published_and_rolled_back(tmp_path: Path) -> None:
    paths, stop = Paths(tmp_path), tmp_path / "stop"
    publish_small(paths, 0)
    command = [sys.executable, "-c", READ, str(paths.published), str(stop)]
    readers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(READERS)
    ]
    for reader in readers:
        assert reader.stdout
        assert reader.stdout.readline() == "ready\n"
    for number in range(1, PUBLICATIONS + 1):
        publish_small(paths, number)
        if number % 6 == 0:
            roll_back(paths)
    stop.touch()
    ended = [reader.communicate(timeout=120) for reader in readers]
    assert [errors for _, errors in ended] == [""] * READERS
    reads, seen = zip(*(json.loads(out) for out, _ in ended), strict=True)
    # all ended on the version that the last rollback went to, and many were seen on the way
    assert {versions[0] for versions in seen} == {0}
    assert sum(reads) > 2 * READERS
    assert len(set().union(*seen)) > PUBLICATIONS // 3
    assert number_of(paths.published) == PUBLICATIONS - 1


def test_a_connection_keeps_its_version_after_it_was_pruned(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    first = publish_small(paths, 0)
    with duckdb.connect(str(paths.published), read_only=True) as all_day:
        for number in range(1, 9):
            publish_small(paths, number)
        assert not (paths.versions / first).exists()
        assert number_of(paths.published) == 8
        assert all_day.execute("select distinct number from marts.one").fetchall() == [(0,)]


def test_writer_who_crashes_spoils_no_later_publication(tmp_path: Path) -> None:
    """Root is not stopped by permissions, and neither is who changes them: this is what the worst of them can do."""
    paths = Paths(tmp_path)
    publish_small(paths, 1)
    paths.published.chmod(0o644)
    done = subprocess.run(
        [sys.executable, "-c", WRITE_AND_CRASH, str(paths.published)], capture_output=True, text=True, check=False
    )
    assert done.stdout == "written\n", done.stderr
    assert paths.published.with_name(f"{PUBLISHED_NAME}.wal").exists()
    # it no longer counts as published, so that the next nightly builds although nothing has changed
    assert published_stamp(paths) is None

    publish_small(paths, 1)
    assert number_of(paths.published) == 1
    with duckdb.connect(str(paths.published), read_only=True) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    assert sorted(tables) == [("one",), ("two",)]
    assert not list(paths.current.glob("*.wal"))
    assert published_stamp(paths) is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("owns_it", [False, True], ids=["another_user", "the_owner_of_the_files"])
def test_who_is_not_root_can_read_and_cannot_open_it_to_write(everybodys_paths: Paths, owns_it: bool) -> None:
    paths = everybodys_paths
    publish_small(paths, 1)
    if owns_it:
        for path in (paths.root, *paths.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    def opened_to(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", OPEN_AS_NOBODY, str(paths.published), what]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    refused = opened_to("write")
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr
    reading = opened_to("read")
    assert reading.returncode == 0, reading.stderr
    assert sorted(path.name for path in paths.current.iterdir()) == ["build.json", PUBLISHED_NAME, "seal.json"]


def test_versions_are_read_only_and_the_warehouse_can_be_deleted(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    publish_small(paths, 1)
    assert {path.stat().st_mode & 0o777 for path in paths.current.iterdir()} == {0o444}
    subprocess.run(["rm", "-r", "--interactive=never", str(paths.warehouse)], check=True)
