"""What a process says of the one thing that it was started for: seconds, peak memory and answer, as a line of JSON.

Only of Python's own library, since peers import it in environments that hold nothing of the project's.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path


def print_measured(work: Callable[[], object]) -> None:
    """Does the work and prints seconds by the clock and of processors, peak_mb of this process, and the answer."""
    start, before = time.perf_counter(), time.process_time()
    answer = work()
    seconds, processor = time.perf_counter() - start, time.process_time() - before
    said = {"seconds": seconds, "processor": processor, "peak_mb": peak_mb(), "answer": answer}
    print(json.dumps(said, default=str))


def peak_mb() -> float:
    """The most memory that this process has held; what the system tells of children includes who started them."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
