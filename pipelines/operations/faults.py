"""What is wrong when something cannot be read or written, in plain words: what, where, and what to do."""

import errno
import os
import re
from pathlib import Path
from traceback import format_exception_only

_KINDS = (
    (errno.ENOSPC, "The disk is full", "Free some space"),
    (errno.EDQUOT, "The space that this user may take on the disk is used up", "Free some space, or have it raised"),
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

_PATH = re.compile(r"""['"]((?:/|\.)[^'"\n]+)['"]""")


def in_plain_words(message: str, root: Path) -> str:
    """The message of an error as it is told to a person; `root` is named when the message names no file."""
    # an error begins with the full name of its class, which says nothing to a person
    return _fault_of_the_machine(message, root) or re.sub(r"^[\w.]+: ", "", message.strip())


def of_the_machine(fault: BaseException, root: Path) -> str:
    """What is wrong with the machine, in plain words; empty where the error says nothing of it."""
    messages = ["".join(format_exception_only(link)) for link in chain_of(fault)]
    return next((words for message in messages if (words := _fault_of_the_machine(message, root))), "")


def told(fault: BaseException, root: Path) -> str:
    """The same of an error and those that it came from: what is wrong with the machine, else what came first."""
    first = "".join(format_exception_only(chain_of(fault)[-1]))
    return of_the_machine(fault, root) or in_plain_words(first, root)


def _fault_of_the_machine(message: str, root: Path) -> str:
    for number, what, advice in _KINDS:
        of_sqlite = number in _OF_SQLITE and _OF_SQLITE[number] in message
        if of_sqlite or os.strerror(number) in message:
            home = os.environ.get("DAGSTER_HOME", root)
            found = _PATH.search(message)
            where = f"somewhere below {home if of_sqlite else root}" if of_sqlite or not found else found.group(1)
            return f"{what}: {where}. {advice}, and run the nightly again; nothing else needs to be done."
    return ""


def chain_of(fault: BaseException) -> list[BaseException]:
    """An error and those that it came from, the last first."""
    chain: list[BaseException] = []
    link: BaseException | None = fault
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    return chain
