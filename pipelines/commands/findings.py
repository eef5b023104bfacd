"""`neighbourhoods findings`: what does not fit together in the figures that were supplied, as a page in Markdown."""

from argparse import ArgumentParser, Namespace

from pipelines.commands.common import DONE, Place, add_root, nothing_published

HELP = "print what does not fit together in the supplied figures and the printed report, each with its cell"
DESCRIPTION = (
    "Reads the published file alone, also while a nightly runs, and prints Markdown: docs/findings.md is this page. "
    "Exit code 0: printed. 1: nothing is published yet, or the file is damaged."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    add_root(parser)


def run(_chosen: Namespace, place: Place) -> int:
    """Prints the page."""
    from pipelines.findings import findings_page

    if not place.paths.published.exists():
        return nothing_published(place.paths)
    print(findings_page(place.paths.published), end="")
    return DONE
