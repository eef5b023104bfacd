"""A run lives for as long as its process does, however that ends."""

import subprocess
import sys
from pathlib import Path

from pipelines.operations.leftovers import remove_leftovers
from pipelines.operations.living_runs import dead_runs, forget, hold, let_go, other_runs_live
from pipelines.settings import Paths, code_root

HOLDS = """
import sys
from pathlib import Path
from pipelines.operations.living_runs import hold
from pipelines.settings import Paths
hold(Paths(Path(sys.argv[1])), "other")
print("held", flush=True)
sys.stdin.read()
"""


def other_process(root: Path) -> "subprocess.Popen[str]":
    """A process that holds the run "other" until it is killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(root)],
        cwd=code_root(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_run_of_another_process_lives_until_it_is_killed(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    process = other_process(tmp_path)
    assert (dead_runs(paths), other_runs_live(paths)) == ([], True)
    process.kill()
    process.communicate()
    assert (dead_runs(paths), other_runs_live(paths)) == (["other"], False)
    forget(paths, "other")
    assert dead_runs(paths) == []


def test_own_run_lives_until_it_is_let_go(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    hold(paths, "own")
    hold(paths, "own")
    assert (dead_runs(paths), other_runs_live(paths)) == ([], False)
    let_go(paths, "own")
    let_go(paths, "own")
    assert dead_runs(paths) == ["own"]


def test_what_a_dead_run_left_is_removed_and_what_a_living_one_has_is_not(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    process = other_process(tmp_path)
    for name in ("own", "gone"):
        hold(paths, name)
    let_go(paths, "gone")
    paths.build.mkdir(parents=True)
    half = paths.archive / ".abc.xlsx.1a2b3c4d.partial"
    half.parent.mkdir(parents=True)
    builds = [paths.build / f"{run}.duckdb" for run in ("own", "other", "gone")]
    for path in (*builds, paths.build / "gone.duckdb.wal", half):
        path.write_text("half")
    (paths.build / "gone.duckdb.tmp").mkdir()
    unfinished = paths.warehouse / "versions" / ".20211122T023000-abc"
    unfinished.mkdir(parents=True)

    assert remove_leftovers(paths) == 1
    assert sorted(paths.build.iterdir()) == sorted(builds[:2])
    assert not unfinished.exists()
    assert half.exists(), "it may be the other run's"

    process.kill()
    process.communicate()
    assert remove_leftovers(paths) == 2
    assert list(paths.build.iterdir()) == builds[:1]
    assert not half.exists()
    let_go(paths, "own")
