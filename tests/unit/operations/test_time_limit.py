"""A run that takes too long is ended, whatever it is doing."""

import subprocess
import sys

from pipelines.operations.time_limit import ends_after
from pipelines.settings import code_root

ENDLESS = """
import duckdb
from pipelines.operations.time_limit import ends_after
with ends_after(0.5, 1):
    duckdb.sql("select sum(hash(a.range + b.range)) from range(10_000_000) a, range(10_000_000) b").fetchall()
"""


def test_query_that_never_ends_is_ended() -> None:
    command = [sys.executable, "-c", ENDLESS]
    done = subprocess.run(command, cwd=code_root(), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "took more than 0.00833333 minutes. What was published before stands." in done.stdout


def test_run_that_ends_in_time_is_left_alone() -> None:
    with ends_after(0.01, 70):
        pass
