"""Runs a nightly, or publishing alone, in a process of its own that is killed, or whose writes fail, at some moment.

Started once with everything loaded, it forks a process per request: a JSON object a line in, one a line out.
"""

import ctypes
import json
import os
import signal
import sys
import time
import uuid
from pathlib import Path
from typing import Any

from pipelines.cli import main as cli
from pipelines.operations.leftovers import remove_leftovers
from pipelines.operations.living_runs import dead_runs, forget, hold, let_go
from pipelines.settings import Paths
from pipelines.warehouse.build import open_build
from pipelines.warehouse.publish import Stamp, private_build, publish

NIGHTLY, PUBLISHING = "nightly", "publishing"
ROWS = 2_000


def publish_version(paths: Paths, number: int) -> None:
    """Builds and publishes a version whose tables all say its number: what the nightly does after staging."""
    run_id = str(uuid.uuid4())
    hold(paths, run_id)
    remove_leftovers(paths)
    for dead in dead_runs(paths):
        forget(paths, dead)
    build = private_build(paths, run_id)
    with open_build(build, {}) as connection:
        connection.execute(f"create table audit.build as select '{number}' as inputs_sha256")
        for name in ("audit.workbook", "audit.row_set_aside", "staging.continuing_education_learners"):
            connection.execute(f"create table {name} as select {number} as number, range as row from range({ROWS})")
    publish(paths, build, Stamp(str(number), "code"))
    let_go(paths, run_id)


def _work(request: dict[str, Any]) -> int:
    root = Path(request["root"])
    output = os.open(request["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["DAGSTER_HOME"] = request["home"]
    if "at" in request:
        faults = ctypes.CDLL(os.environ["LD_PRELOAD"])
        faults.faults_arm(request["below"].encode(), ctypes.c_long(request["at"]), request["do"])
    if request["work"] == NIGHTLY:
        code = cli(["nightly", "--root", str(root), *request.get("options", ())])
    else:
        code = _publishing(Paths(root), request["number"])
    if "at" in request:
        print(f"\ncalls {faults.faults_calls()}")
    sys.stdout.flush()
    return code


def _publishing(paths: Paths, number: int) -> int:
    try:
        publish_version(paths, number)
    except Exception as error:
        print(error)
        return 1
    return 0


def _child(request: dict[str, Any]) -> None:
    code = 70
    try:
        code = _work(request)
    except BaseException as error:
        print(f"ESCAPED {type(error).__name__}: {error}", flush=True)
    finally:
        os._exit(code)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    begin = time.monotonic()
    process = os.fork()
    if process == 0:
        _child(request)
    if "kill_after" in request:
        time.sleep(request["kill_after"])
        os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    took = time.monotonic() - begin
    return {"code": os.waitstatus_to_exitcode(status), "took": took, "said": Path(request["said"]).read_text()}


def main() -> None:
    """Answers requests until there are no more."""
    import dagster  # noqa: F401  so that no child has to load it

    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
