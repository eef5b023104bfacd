"""Locks between processes."""

import subprocess
import sys
import threading
from pathlib import Path

from pipelines.files import alone
from pipelines.settings import code_root

HOLD = (
    "import sys, time; from pathlib import Path; from pipelines.files import alone\n"
    "with alone(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
)


def test_another_process_is_waited_for_and_a_killed_one_holds_nothing(tmp_path: Path) -> None:
    lock, entered = tmp_path / "new folder" / ".lock", threading.Event()

    def enter() -> None:
        with alone(lock):
            entered.set()

    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(command, cwd=code_root(), stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        waiting = threading.Thread(target=enter, daemon=True)
        waiting.start()
        assert not entered.wait(0.3)
        holder.kill()
        assert entered.wait(30)
        waiting.join()
