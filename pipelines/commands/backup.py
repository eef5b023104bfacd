"""`neighbourhoods backup` and `restore`: raw/ into a folder elsewhere, and back."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.commands.common import DONE, FAILED, REFUSED, Place, add_root

_HELD = "register, archive, decisions, corrections, locked figures, commentary and workbooks"


@dataclass(frozen=True)
class Copying:
    """One of the two commands."""

    HELP: str
    DESCRIPTION: str
    copy: Callable[[Namespace, Place], int]
    restores: bool = False

    def add_options(self, parser: ArgumentParser) -> None:
        """The options of the command."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the backups are, best on another disk")
        if self.restores:
            parser.add_argument("--backup", default="", metavar="NAME", help="which backup (default: the latest)")
            parser.add_argument("--replace", action="store_true", help="move a raw/ that holds something aside")
        add_root(parser)

    def run(self, chosen: Namespace, place: Place) -> int:
        """Copies, and says what was copied."""
        from pipelines.operations.backup import BackupError

        try:
            return self.copy(chosen, place)
        except (BackupError, OSError) as error:
            print(f"neighbourhoods: {error}", file=sys.stderr)
            return FAILED


def _back_up(chosen: Namespace, place: Place) -> int:
    from pipelines.operations.backup import back_up

    done = back_up(place.paths, chosen.folder)
    total = sum(each.size for each in done.files) / 1e6
    print(f"Backup {done.name} of {place.paths.raw}: {len(done.files)} files, {total:.1f} MB")
    print(f"Copied: {done.copied} contents, {done.copied_bytes / 1e6:.1f} MB; the rest was there already.")
    for wrong in done.wrong:
        print(f"  to be looked at: {wrong}")
    return REFUSED if done.wrong else DONE


def _restore(chosen: Namespace, place: Place) -> int:
    from pipelines.operations.backup import restore

    done, aside = restore(place.paths, chosen.folder, chosen.backup, replace=chosen.replace)
    print(f"Restored {place.paths.raw} from the backup {done.name}: {len(done.files)} files, every hash verified.")
    if aside:
        print(f"What was there is now {aside}.")
    print("`neighbourhoods nightly` makes the warehouse and the reports from it.")
    return DONE


backup = Copying(
    "copy what cannot be made again into a folder: all of raw/",
    f"Copies {_HELD}; contents that the folder holds already are not copied again. A nightly may run meanwhile. Exit "
    "code 0: done. 1: it could not be done. 2: done, but something in raw/ is to be looked at.",
    _back_up,
)
restore = Copying(
    "put raw/ back as it was at a backup",
    f"Puts back {_HELD}, once every hash of the backup has been verified; run it while no nightly runs. Exit code 0: "
    "done. 1: it could not be done, and nothing has changed.",
    _restore,
    restores=True,
)
