"""`neighbourhoods template`: an empty workbook that a source's contract asks for."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pipelines.commands.common import DONE, Place, add_root, named_path, wrong_usage

HELP = "write an empty workbook with a source's headings, formats and drop-down lists"
DESCRIPTION = "A source whose tables run by different calendars gets a workbook for each. No file is ever replaced."


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("source", metavar="SOURCE", help="name of the source, that of its folder in raw/")
    parser.add_argument(
        "--period", help="as it stands in file names, such as '2021-22 Q2' (default: the contract's own)"
    )
    parser.add_argument("--table", help="only the workbook that holds this table")
    parser.add_argument("--output", metavar="FOLDER", type=named_path, default=Path(), help="where to (default: here)")
    add_root(parser)


def run(chosen: Namespace, place: Place) -> int:
    """Writes the workbooks and says how they are to be used."""
    from pipelines.template import NoTemplate, write_template

    sources = {source.name: source for source in place.sources()}
    if chosen.source not in sources:
        return wrong_usage(f"no source is called '{chosen.source}'; known are {', '.join(sources)}")
    if not chosen.output.is_dir():
        return wrong_usage(f"'{chosen.output}' is not a folder")
    try:
        paths = write_template(sources[chosen.source], chosen.output, chosen.period, chosen.table)
    except (NoTemplate, FileExistsError) as error:
        return wrong_usage(str(error))
    for path in paths:
        print(f"Written: {path}")
    print("The period is in the name, the title and the headings: --period writes it for another one.")
    print(f'When it is filled: neighbourhoods check "{paths[0].name}" --source {chosen.source}')
    return DONE
