"""`neighbourhoods doctor`: whether all is well, on one screen."""

from argparse import ArgumentParser, Namespace
from datetime import datetime

from pipelines.commands.common import DONE, FAILED, Place, add_root

HELP = "say of code, schedules, ledger, published file, disk and locks whether they are well, and what to do"
DESCRIPTION = (
    "Every line begins with ok, look or bad; what is not ok says what to do. Changes nothing. Exit code 0: nothing is "
    "bad. 1: something is."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--deep", action="store_true", help="hash every archived file, not only some of them")
    add_root(parser)


def run(chosen: Namespace, place: Place) -> int:
    """Examines the installation."""
    from pipelines.instance import read_instance
    from pipelines.ledger.register import LOCAL_TIME
    from pipelines.operations.doctor import BAD, Patient, as_text, examine
    from pipelines.operations.doctor_data import EXAMINATIONS

    now = datetime.now(LOCAL_TIME)
    patient = Patient(place.paths, place.sources, read_instance(place.paths), now, chosen.deep)
    lines = examine(patient, EXAMINATIONS)
    print(f"{place.paths.root}, {now:%d/%m/%Y %H:%M}\n\n{as_text(lines)}")
    return FAILED if any(line.state == BAD for line in lines) else DONE
