"""What the commands share: where they run, the sources, and how wrong usage is told."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.settings import Paths

if TYPE_CHECKING:
    from pipelines.contract.model import Source

DONE, FAILED, REFUSED, WRONG_USAGE = 0, 1, 2, 64
"""Exit codes: all is well; it could not be done; a workbook was refused; the command was not used as it should be."""


@dataclass(frozen=True)
class Place:
    """Where a command runs. `sources` loads the contracts, which takes a second: call it only where it is needed."""

    paths: Paths
    sources: "Callable[[], list[Source]]"


def add_root(parser: ArgumentParser) -> None:
    """The option that says which installation is meant."""
    parser.add_argument("--root", type=named_path, help="folder that holds raw/ and warehouse/ (default: this project)")
    parser.add_argument(
        "--authority",
        type=not_empty,
        metavar="KEY",
        help="which council, by its folder in authorities/, where several are",
    )


def not_empty(text: str) -> str:
    """A name that says something: a script whose variable is empty must not get what stands for no name at all."""
    if not text.strip():
        raise ArgumentTypeError("it is empty; give a name, or leave it out where it may be")
    return text


def named_path(text: str) -> Path:
    """The same of a file or folder, since an empty one would be the current folder."""
    return Path(not_empty(text))


def nothing_published(paths: Paths) -> int:
    """Tells on standard error that readers see nothing, and what ends that."""
    from pipelines.warehouse.publish import version_folders

    if version_folders(paths.versions):
        advice = (
            f"None of the versions that are kept in {paths.versions} is current: the link {paths.current} is lost. "
            "`neighbourhoods rollback` points it at the latest."
        )
    else:
        advice = f"Nothing is published in {paths.warehouse} yet: run `neighbourhoods nightly` first."
    print(advice, file=sys.stderr)
    return FAILED


def published_is_damaged(paths: Paths, fault: BaseException) -> int:
    """Tells on standard error that the published file cannot be read, and what mends that."""
    from pipelines.operations.faults import of_the_machine

    why = str(fault).strip().splitlines()[0]
    damaged = (
        f"the published file {paths.published} is damaged, or was made by other code ({why}); run `neighbourhoods "
        "nightly --rebuild`, or go back with `neighbourhoods rollback`"
    )
    print(f"neighbourhoods: {of_the_machine(fault, paths.root) or damaged}", file=sys.stderr)
    return FAILED


def wrong_usage(message: str) -> int:
    """Tells on standard error how the command should be used."""
    print(f"neighbourhoods: {message}", file=sys.stderr)
    return WRONG_USAGE
