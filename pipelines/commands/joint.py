"""`neighbourhoods joint`: what several councils have published, as one file."""

import sys
from argparse import ArgumentParser, Namespace

from pipelines.commands.common import DONE, FAILED, Place, add_root, wrong_usage

HELP = "publish the marts of several councils as one file, each table with the council's code"
DESCRIPTION = (
    "Made of published files alone; `nightly` without --authority does it at its end. Exit code 0: published, or "
    "nothing has changed. 1: it could not be made, and what stood before stands."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    add_root(parser)


def run(_chosen: Namespace, place: Place) -> int:
    """Publishes the file and says what is in it."""
    from pipelines.authorities import authority_keys
    from pipelines.warehouse.joint import JointError, publish_joint

    if not authority_keys(place.paths):
        return wrong_usage(f"{place.paths.root} holds one council: there is no {place.paths.authorities}")
    try:
        made = publish_joint(place.paths)
    except JointError as error:
        print(f"neighbourhoods: {error}", file=sys.stderr)
        return FAILED
    for line in made.members:
        print(f"  {line}")
    print(f"{'Published' if made.is_new else 'Nothing new since it was published'}: {place.paths.joint.published}")
    return DONE
