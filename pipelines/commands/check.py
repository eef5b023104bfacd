"""`neighbourhoods check`: what a workbook's supplier has to know before it is sent."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipelines.commands.common import DONE, REFUSED, Place, add_root, wrong_usage
from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding
from pipelines.files import printable
from pipelines.settings import Paths

HELP = "say what is wrong with a workbook, cell by cell, and write a copy with the problems marked"
DESCRIPTION = (
    "Nothing is taken in: the file stays as it is and where it is. Exit code 0: it would load. 2: it would be refused."
)

MOST_SHOWN = 50
"""Problems printed; the marked copy lists all."""


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the workbook")
    parser.add_argument("--source", metavar="NAME", help="whose contract it should keep (default: told by its folder)")
    parser.add_argument(
        "--output", metavar="FILE", type=Path, help="where the marked copy goes (default: '... checked.xlsx' beside it)"
    )
    add_root(parser)


def run(chosen: Namespace, place: Place) -> int:
    """Says what would become of the workbook, and marks a copy where anything is to be said of a cell."""
    from pipelines.supplied_check import check_file, in_words, likeliest, what_it_would_do

    path: Path = chosen.file
    if not path.is_file():
        return wrong_usage(f"there is no file '{printable(str(path))}'")
    if (name := printable(str(path.absolute()))) != str(path.absolute()):
        print(f"{name}: this name is not in UTF-8, so the nightly would leave the file alone; rename it.")
        return REFUSED
    target = chosen.output or marked_copy_path(path, place.paths)
    if target.resolve() == path.resolve() or target.suffix.lower() != ".xlsx":
        return wrong_usage(f"--output must name an .xlsx other than the workbook itself, not '{target}'")
    sources = {source.name: source for source in place.sources()}
    named = chosen.source or path.resolve().parent.name
    if chosen.source and chosen.source not in sources:
        return wrong_usage(f"no source is called '{chosen.source}'; known are {', '.join(sources)}")
    if named in sources:
        checked = check_file(sources[named], path, place.paths)
        print(f"{path.name}, held against the contract of {checked.source.title} ({checked.source.name})")
    else:
        fitting = likeliest(list(sources.values()), path, place.paths)
        checked = fitting[0]
        print(_assumed(path, [one.source for one in fitting]))
    reading = checked.reading
    if reading.failures:
        print(f"\nIt would be REFUSED, whole. To be mended: {len(reading.failures)}")
        print("\n".join(in_words(reading.failures, MOST_SHOWN)))
    else:
        print("\nIt passes.")
        print("\n".join(what_it_would_do(checked, place.paths)))
    if reading.warnings:
        print(f"\nTo be looked at, and no reason to refuse it: {len(reading.warnings)}")
        print("\n".join(in_words(reading.warnings, MOST_SHOWN)))
    if reading.findings:
        _write_copy(path, target, reading.failures + reading.warnings)
    return DONE if reading.loads else REFUSED


def marked_copy_path(path: Path, paths: Paths) -> Path:
    """Beside the workbook; but `raw/` is given nothing that was not supplied: there it goes to `warehouse/checked/`."""
    name = f"{path.stem} checked.xlsx"
    for folder in path.resolve().parents:
        if folder == paths.raw.resolve() or (folder / paths.register.name).is_file():
            return Paths(folder.parent).warehouse / "checked" / name
    return path.with_name(name)


def _assumed(path: Path, sources: list[Source]) -> str:
    names = ", ".join(source.name for source in sources)
    if len(sources) > 1:
        return f"{path.name}: nothing tells which source it is of ({names}); --source says it."
    return f"{path.name}, taken for a workbook of {sources[0].title} ({names}); --source says otherwise."


def _write_copy(path: Path, target: Path, findings: list[Finding]) -> None:
    from pipelines.marked_copy import write_marked_copy
    from pipelines.supplied_check import read_sheets

    try:
        write_marked_copy(path, findings, target, read_sheets(path))
    except OSError as error:
        print(f"\nNo marked copy could be written: {error}. --output names another place.", file=sys.stderr)
        return
    print(f"\nMarked copy: {target}")
