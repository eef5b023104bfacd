"""`neighbourhoods explain`: the way of a figure, from the rating to the cells."""

from argparse import ArgumentParser, Namespace

from pipelines.commands.common import DONE, Place, add_root, nothing_published, wrong_usage

HELP = "print the way of a figure: rating, rule, value, and every cell that it rests on"
DESCRIPTION = (
    "Reads the published file alone, also while a nightly runs. Exit code 0: explained. 1: nothing is "
    "published yet, or the file is damaged. 64: no such measure or quarter."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("measure", metavar="CODE", help="code of the measure, such as IN.16")
    parser.add_argument("--quarter", metavar="Q", help="such as 2021-22-Q2 (default: the last one reported)")
    parser.add_argument("--all", action="store_true", help="every cell on a line of its own, with its text and row")
    add_root(parser)


def run(chosen: Namespace, place: Place) -> int:
    """Prints the explanation."""
    from pipelines.explain import NotKnown, as_text, explain

    if not place.paths.published.exists():
        return nothing_published(place.paths)
    try:
        explanation = explain(place.paths.published, chosen.measure, chosen.quarter)
    except NotKnown as unknown:
        return wrong_usage(str(unknown))
    print(as_text(explanation, every_cell=chosen.all))
    return DONE
