"""`neighbourhoods backup` and `restore`: raw/ into a folder elsewhere, and back."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING

from pipelines.commands.common import DONE, FAILED, REFUSED, Place, add_root, named_path, not_empty, wrong_usage
from pipelines.settings import AUTHORITIES, SHARED, Paths

if TYPE_CHECKING:
    from pipelines.operations.backup import Restored

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
        parser.add_argument(
            "folder", type=named_path, metavar="FOLDER", help="where the backups are, best on another disk"
        )
        if self.restores:
            parser.add_argument("--backup", type=not_empty, metavar="NAME", help="which backup (default: the latest)")
            parser.add_argument("--replace", action="store_true", help="move a raw/ that holds something aside")
        add_root(parser)

    def run(self, chosen: Namespace, place: Place) -> int:
        """Copies, and says what was copied; of several councils each, and what they share. The worst exit code."""
        found = _parts(place.paths, chosen.folder, of_folder=self.restores)
        if len(found) > 1 and self.restores and chosen.backup:
            return wrong_usage("backups of several councils have names of their own: say which with --authority")
        codes = []
        for name, paths, folder in found:
            if name:
                print(f"\n{name}")
            codes.append(self._copy_one(Namespace(**vars(chosen) | {"folder": folder}), Place(paths, place.sources)))
        return FAILED if FAILED in codes else max(codes)

    def _copy_one(self, chosen: Namespace, place: Place) -> int:
        from pipelines.operations.backup_list import BackupError
        from pipelines.operations.faults import is_of_a_full_disk

        try:
            return self.copy(chosen, place)
        except BackupError as error:
            print(f"neighbourhoods: {error}", file=sys.stderr)
        except OSError as error:
            if is_of_a_full_disk(error):
                written = self._fullest(place.paths) if self.restores else chosen.folder
                why = f"the disk of {written} is full. Make room there, and run it again"
            else:
                read_and_written = f"{chosen.folder} or {place.paths.root}"
                why = f"{error.strerror or error}: {error.filename or read_and_written}"
            print(f"neighbourhoods: it was not finished: {why}", file=sys.stderr)
        return FAILED

    @staticmethod
    def _fullest(paths: Paths) -> Path:
        """raw/ where it is a volume of its own with less room than the root, in which a restore begins."""
        places = [path for path in (paths.root, paths.raw) if path.exists()]
        return min(places, key=lambda path: disk_usage(path).free, default=paths.root)


def _parts(paths: Paths, folder: Path, *, of_folder: bool) -> list[tuple[str, Paths, Path]]:
    """Name, installation and backup folder of all that is copied: of several councils each has its own, and `shared/`.

    of_folder: what the backup folder holds says which there are, since the installation may be gone.
    """
    if paths.several is not None:
        own = folder / AUTHORITIES / paths.root.name
        return [("", paths, own if own.parent.is_dir() else folder)]
    root = folder if of_folder else paths.root
    names = [f"{AUTHORITIES}/{path.name}" for path in sorted((root / AUTHORITIES).glob("[!.]*")) if path.is_dir()]
    if not names:
        return [("", paths, folder)]
    # what is shared was backed up once: where it went meanwhile, its part says so and fails
    shares = [SHARED] if (root / SHARED).is_dir() or (folder / SHARED).is_dir() else []
    return [(name, Paths(paths.root / name), folder / name) for name in [*names, *shares]]


def _back_up(chosen: Namespace, place: Place) -> int:
    from pipelines.moments import london_time, moment_of
    from pipelines.operations.backup import back_up

    done = back_up(place.paths, chosen.folder)
    total = sum(each.size for each in done.files) / 1e6
    made_at = moment_of(done.name)
    begun = f", {london_time(made_at)}" if made_at else ""
    print(f"Backup {done.name} of {place.paths.raw}{begun}: {len(done.files)} files, {total:.1f} MB")
    print(f"Copied: {done.copied} contents, {done.copied_bytes / 1e6:.1f} MB; the rest was there, and has its hash.")
    for wrong in done.wrong:
        print(f"  to be looked at: {wrong}")
    return REFUSED if done.wrong else DONE


def _restore(chosen: Namespace, place: Place) -> int:
    from pipelines.operations.backup import restore

    done = restore(place.paths, chosen.folder, chosen.backup or "", replace=chosen.replace)
    of_all = f"of {done.files + len(done.lost)} files; those have their hashes"
    said = f"{done.files} {of_all}" if done.lost else f"{done.files} files, every hash verified"
    print(f"Restored {place.paths.raw}{' IN PART' if done.lost else ''} from the backup {done.name}: {said}.")
    for path in done.from_raw:
        print(f"  damaged in {chosen.folder}, and taken from what lay in raw/: raw/{path}")
    for lost in done.lost:
        print(f"  NOT restored: {lost}", file=sys.stderr)
    if done.aside:
        print(f"What was there is now {done.aside}.")
    if done.lost:
        print(_what_helps(done, chosen.folder), file=sys.stderr)
    else:
        print("`neighbourhoods nightly` makes the warehouse and the reports from it.")
    return REFUSED if done.lost or done.from_raw else DONE


def _what_helps(done: "Restored", folder: Path) -> str:
    """What follows from files that were not restored, and how they come back."""
    follows = (
        f"Nothing is published until {', '.join(f'raw/{path}' for path in done.stopping)} is back."
        if done.stopping
        else "Register, decisions, corrections and locks are whole. `neighbourhoods doctor --deep` says which "
        "bytes are nowhere now."
    )
    return (
        f"{follows}\nBring back what is named, from a copy of {folder} or from another backup: "
        f"`neighbourhoods restore {folder} --backup NAME --root ELSEWHERE` puts one into another place."
    )


backup = Copying(
    "copy what cannot be made again into a folder: all of raw/",
    f"Copies {_HELD}; contents that the folder holds already are not copied again. A nightly may run meanwhile. Exit "
    "code 0: done. 1: it could not be done. 2: done, but something in raw/ or in the folder is to be looked at.",
    _back_up,
)
restore = Copying(
    "put raw/ back as it was at a backup",
    f"Puts back {_HELD}, once every hash of the backup has been verified; run it while no nightly runs. Exit code 0: "
    "done. 1: it could not be done, and nothing has changed. 2: done, but for what is named as damaged in the folder.",
    _restore,
    restores=True,
)
