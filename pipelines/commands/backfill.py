"""`neighbourhoods backfill`: past quarters of a source, read again from the archive, and all that follows from them."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.calendar import named_span, touched_by
from pipelines.commands.common import DONE, FAILED, Place, add_root, wrong_usage

if TYPE_CHECKING:
    from pipelines.periods import Period

HELP = "read past quarters of a source again, and build and publish what follows from them"
DESCRIPTION = (
    "PERIOD is a quarter (2021-22-Q2), a financial year (2021-22), an academic year ('2020-21 academic') or a survey "
    "wave ('Jul-Sep 2020'), or from one to another ('2019-20 to 2021-22'). All are read in one run, from the archive, "
    "whether or not anything has changed. Exit code 0: published, or no file that came is of that time. 1: not "
    "published, what was published before stands."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    add_root(parser)
    parser.add_argument("source", help="a source's folder in raw/")
    parser.add_argument("period", nargs="+", help="a period, or the first and the last with 'to' between them")


def run(chosen: Namespace, place: Place) -> int:
    """Runs the backfill and says what came of it."""
    from pipelines.ledger.register import today
    from pipelines.warehouse.quarters import quarters_known, told

    names = [source.name for source in place.sources()]
    if chosen.source not in names:
        return wrong_usage(f"no source is called '{chosen.source}'; known are {', '.join(names)}")
    try:
        wanted = named_span(chosen.period)
    except ValueError as unknown:
        return wrong_usage(str(unknown))
    held = told(place.paths)
    if not held:
        print(f"Nothing of {place.paths.root} has been built yet: run `neighbourhoods nightly` first.")
        return FAILED
    known = quarters_known(held, today())
    quarters = touched_by(wanted, known)
    if not quarters:
        return wrong_usage(f"no quarter of that time is known: there are {known[0].label} to {known[-1].label}")
    return _read_again(place, chosen.source, quarters, known)


def _read_again(place: Place, source: str, quarters: "Sequence[Period]", known: "Sequence[Period]") -> int:
    from pipelines.backfill import run_backfill
    from pipelines.settings import code_root
    from pipelines.warehouse.quarters import nothing_came

    span = quarters[0].label + (f" to {quarters[-1].label}" if len(quarters) > 1 else "")
    if nothing_came(place.paths, source, quarters, code_root()):
        print(f"No file of {source} that came is of {span}: nothing is to be read again, and nothing is built.")
        return DONE
    print(f"Backfill of {source}, {span}, in {place.paths.root}", flush=True)
    if not run_backfill(place.paths, source, quarters, known):
        print("\nNOT PUBLISHED: what was published before still stands.")
        return FAILED
    print(f"Warehouse: {place.paths.published}")
    return DONE
