"""Writes what is made for every reported quarter, and removes what is made no more."""

import json
import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pipelines.files import written_whole
from pipelines.publication.public import public_figures
from pipelines.publication.quarter import Quarter
from pipelines.publication.quarters import reported_quarters
from pipelines.settings import Paths
from pipelines.warehouse.publish import Stamp, published_stamp, read_stamp

_STAMP, _WRITTEN = "build.json", "files.json"
_QUARTER = re.compile(r"\d{4}-\d{2}-Q[1-4]")
"""How the folder of a quarter is named."""


@dataclass(frozen=True)
class Written:
    """The files of one quarter's folder: their sizes in bytes, and which of them are new or have changed."""

    folder: Path
    sizes: Mapping[str, int]
    changed: Collection[str]


def reports_stamp(paths: Paths) -> Stamp | None:
    """What the reports on disk were made from; None when they were not all written."""
    return read_stamp(paths.reports / _STAMP)


def write_reports(paths: Paths) -> dict[str, Written]:
    """Writes all files of every reported quarter, each whole, and removes what it wrote before and makes no more.

    Returns what was written by quarter, oldest first. A file that nobody made here is left alone.
    """
    from pipelines.publication.outputs import quarter_files

    stamp, version = published_stamp(paths), paths.published.resolve()
    written = {}
    with public_figures(version) as connection:
        for label in reported_quarters(connection):
            files = quarter_files(Quarter(connection, label))
            written[label] = _write_quarter(paths.reports / label, files)
    if stamp is not None:
        _write(paths.reports / _STAMP, json.dumps(asdict(stamp)).encode())
        # when another version was published meanwhile, the reports are cut from that one next
        if paths.published.resolve() == version:
            _remove_all_but(paths, written)
    return written


def _write_quarter(folder: Path, files: Mapping[str, bytes]) -> Written:
    changed = [
        name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    ]
    # what was written before stays known until it is removed, should the process die between the two
    names = sorted({*_written_before(folder), *files})
    _write(folder / _WRITTEN, json.dumps(names).encode())
    for name in changed:
        _write(folder / name, files[name])
    return Written(folder, {name: len(content) for name, content in files.items()}, changed)


def _remove_all_but(paths: Paths, written: Mapping[str, Written]) -> None:
    """Removes what was written here and is made no more, and the folders that hold nothing else."""
    for folder in paths.reports.glob("*"):
        if not (folder.is_dir() and _QUARTER.fullmatch(folder.name)):
            continue
        stands = written[folder.name].sizes if folder.name in written else {}
        for name in set(_written_before(folder)) - set(stands):
            (folder / name).unlink(missing_ok=True)
            _remove_empty((folder / name).parent, folder)
        if stands:
            _write(folder / _WRITTEN, json.dumps(sorted(stands)).encode())
        else:
            (folder / _WRITTEN).unlink(missing_ok=True)
            with suppress(OSError):  # somebody keeps something of their own there
                folder.rmdir()


def _remove_empty(inner: Path, folder: Path) -> None:
    while inner != folder:
        try:
            inner.rmdir()
        except OSError:  # it holds something still
            return
        inner = inner.parent


def _written_before(folder: Path) -> list[str]:
    """Names of what was written here before; of a folder from before there was a list, the report alone."""
    try:
        names = json.loads((folder / _WRITTEN).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return ["report.html"]
    # never anything outside of the folder, whatever somebody wrote into the list
    return [
        name for name in names if isinstance(name, str) and (folder / name).resolve().is_relative_to(folder.resolve())
    ]


def _write(path: Path, content: bytes) -> None:
    with written_whole(path) as partial:
        partial.write_bytes(content)
