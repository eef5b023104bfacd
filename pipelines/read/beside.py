"""Work done in a copy of this process, on another processor, while this one goes on."""

import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Found = TypeVar("Found")


def begin_beside(work: Callable[[], Found]) -> Callable[[], Found]:
    """Begins pure Python work that pickles what it finds; what is returned waits for that.

    The copy sees all memory as it is now, so that nothing large is sent to it. Where it dies or raises, the work is
    done here instead, and ends or raises here.
    """
    fork = get_context("fork")
    receiving, sending = fork.Pipe(duplex=False)
    copy = fork.Process(target=_work_and_send, args=(work, sending), daemon=True)
    copy.start()
    sending.close()

    def finish() -> Found:
        """What the copy has found."""
        try:
            found: Found = receiving.recv()
        except (EOFError, OSError):
            return work()
        finally:
            receiving.close()
            copy.join()
        return found

    return finish


def _work_and_send(work: Callable[[], Found], sending: Connection) -> None:
    # whoever waits for the end of what this process writes must not wait for the copy too
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        os.dup2(nowhere, output)
    with suppress(BrokenPipeError):
        sending.send(work())
