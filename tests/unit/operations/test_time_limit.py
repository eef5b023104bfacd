"""A run that takes too long is ended, whatever it is doing."""

import subprocess
import sys
import time

from pipelines.operations.time_limit import ends_after
from pipelines.settings import code_root

ENDLESS = """
import duckdb
from pipelines.operations.time_limit import ends_after
with ends_after(0.5, 1, lambda why: print("TOLD", why)):
    duckdb.sql("select sum(hash(a.range + b.range)) from range(10_000_000) a, range(10_000_000) b").fetchall()
"""

ENDS_WHILE_TELLING_HANGS = """
import time
from pipelines.operations import time_limit
time_limit.SECONDS_TO_TELL = 0.2
with time_limit.ends_after(0.01, 3, lambda why: time.sleep(60)):
    time.sleep(0.1)
print("went on")
"""


def run(code: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=code_root(), capture_output=True, text=True, timeout=50, check=False)


def test_query_that_never_ends_is_ended() -> None:
    done = run(ENDLESS)
    assert done.returncode == 1
    why = "The run was ended, since it took more than 0.00833333 minutes. What was published before stands."
    assert why in done.stdout.splitlines()
    assert f"TOLD {why}" in done.stdout.splitlines()


def test_telling_that_hangs_keeps_it_from_neither_ending_nor_going_on_as_if_well() -> None:
    done = run(ENDS_WHILE_TELLING_HANGS)
    assert (done.returncode, "went on" in done.stdout) == (3, False)


def test_run_that_ends_in_time_is_left_alone() -> None:
    told: list[str] = []
    with ends_after(0.1, 70, told.append):
        pass
    time.sleep(0.2)
    assert told == []
