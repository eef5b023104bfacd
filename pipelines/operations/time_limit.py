"""A limit of time for a run in this process, whatever it is doing: also inside a query that never ends."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ends_after(seconds: float, exit_code: int) -> Iterator[None]:
    """Ends the process with that exit code when the block takes longer, and says so.

    It ends as if killed: a query gives no chance to stop it in order, and what a kill leaves is repaired at the next
    start.
    """
    timer = threading.Timer(seconds, _end, [seconds, exit_code])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _end(seconds: float, exit_code: int) -> None:
    print(f"\nThe run was ended, since it took more than {seconds / 60:g} minutes. What was published before stands.")
    print("Run it again; should it take as long again, look at what its last line speaks of.")
    sys.stdout.flush()
    os._exit(exit_code)
