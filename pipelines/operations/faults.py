"""What is wrong when something cannot be read or written, in plain words: what, where, and what to do."""

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from traceback import format_exception_only

_KINDS = (
    (errno.ENOSPC, "The disk is full", "Make room"),
    (errno.EDQUOT, "The space that this user may take on the disk is used up", "Make room, or have it raised"),
    (errno.EROFS, "The disk or folder is read-only", "Make it writable for the user that runs the pipeline"),
    (errno.EACCES, "Access is denied", "Make it readable and writable for the user that runs the pipeline"),
    (errno.EPERM, "Access is denied", "Make it readable and writable for the user that runs the pipeline"),
    (errno.EMFILE, "Too many files are open", "Raise the limit of open files (ulimit -n)"),
    (errno.EIO, "The disk cannot be read or written", "Have the disk looked at, then see that raw/ is whole"),
)
"""Faults of the machine that a person can mend: what is wrong and what to do."""

_OF_SQLITE = {
    errno.ENOSPC: "database or disk is full",
    errno.EIO: "disk I/O error",
    errno.EROFS: "attempt to write a readonly database",
}
"""How SQLite says the same, without a place; only Dagster's own storage is kept in it."""

STORAGE_IS_SET_ASIDE = (
    "run `neighbourhoods nightly`, then start the daemon again: it sets Dagster's storage aside and makes a new one; "
    "the data are not touched, and the history of runs begins anew"
)
"""What is to be done about storage of Dagster's that is damaged, and what comes of it."""

_ROOM = 1 << 20
_PATH = re.compile(r"""['"]((?:/|\.)[^'"\n]+)['"]""")


def in_plain_words(message: str, root: Path) -> str:
    """The message of an error as it is told to a person; `root` is named when the message names no file."""
    # an error begins with the full name of its class, which says nothing to a person
    return _fault_of_the_machine([message], root) or re.sub(r"^[\w.]+: ", "", message.strip())


def of_the_machine(fault: BaseException, root: Path) -> str:
    """What is wrong with the machine, in plain words; empty where the error says nothing of it."""
    return _fault_of_the_machine(["".join(format_exception_only(link)) for link in chain_of(fault)], root)


def told(fault: BaseException, root: Path) -> str:
    """The same of an error and those that it came from: what is wrong with the machine, else what came first."""
    first = "".join(format_exception_only(chain_of(fault)[-1]))
    return of_the_machine(fault, root) or in_plain_words(first, root)


def _fault_of_the_machine(messages: Sequence[str], root: Path) -> str:
    """The first of the kinds that a message names: a full disk leads to other errors, and is told before them."""
    home = Path(os.environ.get("DAGSTER_HOME", root))
    is_full = any(_OF_SQLITE[errno.EIO] in message for message in messages) and _is_full(home)
    for number, what, advice in _KINDS:
        for message in messages:
            of_sqlite = number in _OF_SQLITE and _OF_SQLITE[number] in message
            by_probing = number == errno.ENOSPC and is_full
            if of_sqlite or by_probing or os.strerror(number) in message:
                found = None if of_sqlite or by_probing else _PATH.search(message)
                below = home if of_sqlite or by_probing else root
                where = found.group(1) if found else f"somewhere below {below}"
                return f"{what}: {where}. {advice}, and run the nightly again; nothing else needs to be done."
    return ""


def is_of_a_full_disk(error: OSError) -> bool:
    """Whether the disk is full, or what this user may take of it is used up."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def _is_full(folder: Path) -> bool:
    """Whether there is no room for a megabyte: SQLite says `disk I/O error` for some writes to a full disk."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return is_of_a_full_disk(error)
    return False


def chain_of(fault: BaseException) -> list[BaseException]:
    """An error and those that it came from, the last first."""
    chain: list[BaseException] = []
    link: BaseException | None = fault
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain
