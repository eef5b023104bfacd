"""A limit of time for a run in this process, whatever it is doing: also inside a query that never ends."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS_TO_TELL = 60
"""How long the end may wait for those who are to be told of it: a server may hang too."""


@contextmanager
def ends_after(seconds: float, exit_code: int, tell: Callable[[str], None]) -> Iterator[None]:
    """Ends the process with that exit code when the block takes longer, and says so; `tell` is given why.

    It ends as if killed: a query gives no chance to stop it in order, and what a kill leaves is repaired at the next
    start.
    """
    timer = threading.Timer(seconds, _end, [seconds, exit_code, tell])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        # once it is told that the run was ended, it ends
        timer.join()


def _end(seconds: float, exit_code: int, tell: Callable[[str], None]) -> None:
    try:
        why = f"The run was ended, since it took more than {seconds / 60:g} minutes. What was published before stands."
        print(f"\n{why}\nRun it again; should it take as long again, look at what its last line speaks of.", flush=True)
        # a thread of its own, since whatever hangs there must not keep the process from ending
        telling = threading.Thread(target=tell, args=[why], daemon=True)
        telling.start()
        telling.join(SECONDS_TO_TELL)
        sys.stdout.flush()
    finally:
        os._exit(exit_code)
