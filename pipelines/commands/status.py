"""`neighbourhoods status`: the measures of a quarter as they were published, or as they were known on any day."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import date, datetime

from pipelines.commands.common import DONE, Place, add_root, nothing_published, wrong_usage

HELP = "print the measures of a quarter with value, target, status and trend, as they were known on any day"
DESCRIPTION = (
    "Reads the published file alone, also while a nightly runs. Without a day: as reported, which is as known at the "
    "quarter's cut-off. Exit code 0: printed, also when nothing was known on that day. 1: nothing is "
    "published yet, or the file is damaged. 64: no such quarter or day."
)

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y")


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--as-at", metavar="DAY", type=day, help="what was known on it, such as 2021-11-12 or 12/11/2021"
    )
    parser.add_argument(
        "--quarter",
        metavar="Q",
        help="such as 2021-22-Q2 (default: the last one reported, or that had ended by the day)",
    )
    parser.add_argument("--csv", action="store_true", help="comma-separated, with every column and all decimals")
    add_root(parser)


def day(text: str) -> date:
    """The day that `2021-11-12` or `12/11/2021` names. Raises ArgumentTypeError for anything else."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    raise ArgumentTypeError(f"'{text}' is not a day; write it as 2021-11-12 or 12/11/2021")


def run(chosen: Namespace, place: Place) -> int:
    """Prints the measures."""
    from pipelines.explain import NotKnown
    from pipelines.status import as_csv, as_table, nothing_known, status_of_quarter

    if not place.paths.published.exists():
        return nothing_published(place.paths)
    try:
        status = status_of_quarter(place.paths.published, chosen.as_at, chosen.quarter)
    except NotKnown as unknown:
        return wrong_usage(str(unknown))
    if chosen.csv:
        print(as_csv(status), end="")
        if not status.measures:
            print(nothing_known(status), file=sys.stderr)
    else:
        print(as_table(status))
    return DONE
