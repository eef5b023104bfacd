"""`neighbourhoods nightly`: the whole job, in this process."""

from argparse import ArgumentParser, Namespace

from pipelines.commands.common import Place, add_root, wrong_usage

HELP = "take in new workbooks, build, check and publish the warehouse, write the reports"
DESCRIPTION = (
    "Exit code 0: all is well. 1: not published, what was published before stands. 2: published, but a workbook was "
    "refused, or a decision or correction has no effect."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    add_root(parser)
    parser.add_argument("--rebuild", action="store_true", help="build and publish even when nothing has changed")


def run(chosen: Namespace, place: Place) -> int:
    """Runs the job and says what came of it."""
    from pipelines.nightly import exit_code, read_outcome, run_nightly, summary
    from pipelines.operations.alerts import Ended, tell
    from pipelines.warehouse.publish import version_folders
    from pipelines.warehouse.rollbacks import current_version

    paths = place.paths
    if not paths.raw.is_dir():
        wrong = f"{paths.raw} is not a folder; --root must name the folder that holds raw/"
        # nobody sees the terminal of a night on which a disk was not mounted
        for line in tell(paths, Ended("", chosen.command, wrong)):
            print(f"  {line}")
        return wrong_usage(wrong)
    print(f"Nightly of {paths.root}", flush=True)
    before = {version.name for version in version_folders(paths.versions)}
    success = run_nightly(paths, rebuild=chosen.rebuild)
    # somebody may have gone back to an earlier version meanwhile: that is nothing that this run published
    outcome, is_new = read_outcome(paths), current_version(paths) not in {"", *before}
    if outcome is not None:
        print(summary(paths, outcome, published=success or is_new))
        if is_new and not success:
            print("PUBLISHED, but what follows on that could not be finished: the next nightly does it.")
    elif success:
        print("\nWhat is published was made by an earlier version of this code, and stands: somebody went back to it.")
        print("`neighbourhoods nightly --rebuild` publishes anew.")
    else:
        stands = "what an earlier version published still stands" if paths.published.exists() else "nothing was before"
        print(f"\nNOT PUBLISHED, and {stands}.")
    return exit_code(outcome, success=success)
