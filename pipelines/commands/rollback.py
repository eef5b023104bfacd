"""`neighbourhoods rollback`: readers see an earlier version of the published file again."""

import sys
from argparse import ArgumentParser, Namespace

from pipelines.commands.common import DONE, FAILED, Place, add_root, not_empty

HELP = "go back to an earlier version of the published file, in one swap, and cut the reports from it"
DESCRIPTION = (
    "Whoever has the file open goes on reading what they read. The next nightly publishes again only when workbooks, "
    "decisions, corrections or code have changed, or with --rebuild. Exit code 0: done. 1: it could not be done, or "
    "the reports could not be cut from that version."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "version", nargs="?", type=not_empty, help="name of a version, or its beginning (default: the one before)"
    )
    parser.add_argument("--who", default="", help="who decided it (default: the user of this machine)")
    parser.add_argument("--why", default="", help="why, for the record")
    add_root(parser)


def run(chosen: Namespace, place: Place) -> int:
    """Goes back, and says what follows from it."""
    from pipelines.operations.kept_versions import NotRolledBack, roll_back, strangers
    from pipelines.warehouse.rollbacks import RecordError

    if named := strangers(place.paths):
        print(named)
    try:
        done = roll_back(place.paths, chosen.version or "", chosen.who, chosen.why)
    except (NotRolledBack, RecordError) as error:
        print(f"neighbourhoods: {error}", file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"neighbourhoods: not rolled back, readers see what they saw: {error}", file=sys.stderr)
        return FAILED
    if done.left == done.went_to:
        print(f"{done.went_to} is what readers see already.")
    elif not done.left:
        print(f"No version was current: the link was lost. Readers see the version {done.went_to} again.")
    else:
        print(f"Readers see the version {done.went_to} again, no longer {done.left}.")
        print("The next nightly leaves it so, until workbooks, decisions, corrections or code change;")
        print("`neighbourhoods nightly --rebuild` builds and publishes anew all the same.")
    if done.report_error:
        print(f"The reports could NOT be cut from it, and are of another version: {done.report_error}", file=sys.stderr)
        return FAILED
    print(f"Reports cut from it: {done.reports}.")
    return DONE
