"""`neighbourhoods prune`: Dagster's storage without the runs that nobody looks at any more."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace

from pipelines.commands.common import DONE, FAILED, Place, add_root, wrong_usage

HELP = "delete old runs from Dagster's storage, with their events and logs"
DESCRIPTION = (
    "The workbooks and the warehouse are not touched, and runs that made what stands are kept. The daemon does the "
    "same on Sundays, as the job housekeeping: the command is for a server without it, and for a disk that is full."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--days", type=_days, help="how long runs are kept (default: 90)")
    add_root(parser)


def _days(text: str) -> int:
    from pipelines.retention import MOST_DAYS

    # of many digits Python itself makes no number
    if not (text.isdecimal() and len(text) <= len(str(MOST_DAYS)) and int(text) <= MOST_DAYS):
        raise ArgumentTypeError(f"'{text}' is no number of days from 0 to {MOST_DAYS}")
    return int(text)


def run(chosen: Namespace, place: Place) -> int:
    """Deletes them and says how many."""
    from pipelines.dagster_home import is_unusable
    from pipelines.operations.faults import STORAGE_IS_SET_ASIDE, told
    from pipelines.retention import KEPT_DAYS, prune_home

    if not place.paths.raw.is_dir():
        return wrong_usage(f"{place.paths.raw} is not a folder; --root must name the folder that holds raw/")
    days = KEPT_DAYS if chosen.days is None else chosen.days
    try:
        pruned = prune_home(place.paths, days)
    except Exception as fault:  # a damaged or unreachable database raises what its driver likes
        advice = f"; {STORAGE_IS_SET_ASIDE}" if is_unusable(fault) else ""
        print(f"Dagster's own storage could not be pruned: {told(fault, place.paths.root)}{advice}.")
        return FAILED
    print(f"{len(pruned.deleted)} runs older than {days} days deleted; {len(pruned.kept)} kept: they made what stands")
    return DONE
