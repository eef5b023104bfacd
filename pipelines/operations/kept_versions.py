"""The kept versions of the published file: what they are, and going back to one of them in one swap."""

import getpass
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.files import HeldByAnother, alone
from pipelines.ledger.register import LOCAL_TIME
from pipelines.moments import in_order, moment_of
from pipelines.publication.writing import write_reports
from pipelines.settings import PUBLISHED_NAME, Paths
from pipelines.warehouse.publish import Stamp, is_as_published, point_at, publish_lock, stamp_of, version_folders
from pipelines.warehouse.rollbacks import (
    RELEASED,
    ROLLED_BACK,
    Made,
    Rollback,
    add_to_record,
    current_version,
    gone_back_from,
    rollback_in_force,
)


class NotRolledBack(Exception):
    """One cannot go back to it, or not now; the message says why, and which versions there are."""


@dataclass(frozen=True, slots=True)
class Version:
    """A kept version. published_at: in UTC. size: bytes. stamp: what it was made of, None where its folder does
    not say.

    is_whole: its file is as it was published. schema_version: that of `marts`, empty where the file does not tell.
    """

    name: str
    folder: Path
    published_at: datetime
    stamp: Stamp | None
    size: int
    schema_version: str
    is_current: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What came of a rollback. left: empty when no version was current.

    report_error: why the reports could not be cut from it, empty when they were.
    """

    left: str
    went_to: str
    reports: int
    report_error: str


def kept_versions(paths: Paths) -> list[Version]:
    """The versions that are kept, the latest first."""
    current = current_version(paths)
    found = [(folder, moment_of(folder.name)) for folder in reversed(version_folders(paths.versions))]
    return [_version(folder, moment, current) for folder, moment in found if moment]


def strangers(paths: Paths) -> str:
    """A sentence that names what lies among the versions and is none; empty where nothing does. It is left alone."""
    known = version_folders(paths.versions)
    found = sorted(path.name for path in paths.versions.glob("[!.]*") if path not in known)
    return f"{paths.versions} also holds what is no version and is passed over: {', '.join(found)}" if found else ""


def _version(folder: Path, published_at: datetime, current: str) -> Version:
    published = folder / PUBLISHED_NAME
    is_whole = is_as_published(folder)
    return Version(
        name=folder.name,
        folder=folder,
        published_at=published_at,
        stamp=stamp_of(folder),
        size=published.stat().st_size,
        schema_version=_schema_version(published) if is_whole else "",
        is_current=folder.name == current,
        is_whole=is_whole,
    )


def _schema_version(published: Path) -> str:
    try:
        with duckdb.connect(str(published), read_only=True) as connection:
            [(version,)] = connection.execute("select schema_version from audit.build").fetchall()
    except duckdb.Error:  # made before there were versions of the schema, or not to be opened
        return ""
    return str(version)


def roll_back(paths: Paths, wanted: str = "", who: str = "", why: str = "") -> RolledBack:
    """Makes an earlier version the current one and cuts the reports from it; without a name the one before.

    `wanted` is a version's name or its beginning. What was current is not published again by itself until inputs or
    code change, or somebody asks for a rebuild. The current version itself may be named, to cut the reports again.
    Where the link `current` is lost, it goes to the latest that nobody went back from, or to the one named.
    Raises NotRolledBack, also while a nightly builds or writes reports: it would publish, or write those of what was
    left, a moment later, and what the version before is would be another. Raises RecordError and OSError; then readers
    see what they saw.
    """
    if not version_folders(paths.versions):
        # nor are lock files left in a folder that is named by mistake
        raise NotRolledBack(f"nothing is published yet in {paths.warehouse}: run `neighbourhoods nightly` first")
    try:
        with alone(paths.being_published, waits=False):
            return _roll_back(paths, wanted, who, why)
    except HeldByAnother as held:
        raise NotRolledBack(
            "a nightly is building or writing reports right now, and may publish at any moment: wait until it has "
            "ended (`neighbourhoods doctor` names the locks that are held), look at `neighbourhoods versions`, "
            "and try again"
        ) from held


def _roll_back(paths: Paths, wanted: str, who: str, why: str) -> RolledBack:
    with publish_lock(paths):
        versions, gone_from = kept_versions(paths), gone_back_from(paths)
        left = before = current_version(paths)
        if versions and before not in {version.name for version in versions}:
            # the link is lost: readers saw the latest, so that one goes there, or from there to another
            left, before = _latest(versions, gone_from), ""
            target = _target(versions, left, wanted or left, gone_from)
            point_at(paths.current, paths.versions / left)
        else:
            target = _target(versions, left, wanted, gone_from)
        if target.name != left:
            held_back = _held_back(paths, left, target)
            add_to_record(paths, Rollback(ROLLED_BACK, _now(), who or _user(), why, left, target.name, held_back))
            point_at(paths.current, target.folder)
        try:
            reports, error = len(write_reports(paths)), ""
        except Exception as fault:  # readers see the version already: whatever stops the reports is told beside that
            reports, error = 0, ": ".join([type(fault).__name__, *str(fault).strip().splitlines()[:1]])
    return RolledBack(before, target.name, reports, error)


def _held_back(paths: Paths, left: str, target: Version) -> list[Made]:
    """What must not be published by itself: what was left, and what an earlier rollback had left, but for the target.

    What was left because somebody had written to it was right when it was made, and may come again. What was made of
    the same as the target, but later, as on a day when a figure fell due, is held back when one goes back from it.
    """
    before = rollback_in_force(paths)
    folder = paths.versions / left
    made = _made(stamp_of(folder)) if is_as_published(folder) else []
    held_back = {*(before.held_back if before else []), *made}.difference(_made(target.stamp))
    goes_back = in_order(target.name) < in_order(left)
    return sorted(held_back.union(made) if goes_back else held_back)


def release(paths: Paths) -> None:
    """Ends what a rollback holds back, since somebody asked for a rebuild."""
    with publish_lock(paths):
        rollback = rollback_in_force(paths)
        if rollback and rollback.held_back:
            why = "a rebuild was asked for"
            add_to_record(paths, Rollback(RELEASED, _now(), _user(), why, rollback.went_to, rollback.went_to, []))


def _latest(versions: Sequence[Version], left: Collection[str]) -> str:
    """The latest version that nobody has written to or gone back from."""
    found = next((version.name for version in versions if version.is_whole and version.name not in left), "")
    if not found:
        known = ", ".join(version.name for version in versions)
        raise NotRolledBack(
            f"no version is current, and none is kept that nobody has written to or gone back from. Kept are: {known}; "
            "run `neighbourhoods nightly --rebuild`"
        )
    return found


def _target(versions: Sequence[Version], current: str, wanted: str, left: Collection[str]) -> Version:
    """The version that is wanted by name; else the latest before the current one that was not gone back from."""
    known = ", ".join(version.name for version in versions) or "none"
    if not current:
        raise NotRolledBack("nothing is published yet: run `neighbourhoods nightly` first")
    if wanted:
        found = [version for version in versions if version.name.startswith(wanted)]
        if len(found) != 1:
            raise NotRolledBack(f"'{wanted}' names {len(found) or 'no'} versions. Kept are: {known}")
        if not found[0].is_whole:
            raise NotRolledBack(f"somebody has written to the version {found[0].name} since it was published")
        return found[0]
    earlier = [
        version
        for version in versions
        if in_order(version.name) < in_order(current) and version.is_whole and version.name not in left
    ]
    if not earlier:
        raise NotRolledBack(
            f"no version before {current} is kept that nobody went back from. Kept are: {known}; name one to go to it"
        )
    return earlier[0]


def _made(stamp: Stamp | None) -> list[Made]:
    return [(stamp.inputs_sha256, stamp.code_sha256)] if stamp else []


def _now() -> str:
    return datetime.now(LOCAL_TIME).isoformat(timespec="seconds")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in a container
        return "unknown user"
