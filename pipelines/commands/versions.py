"""`neighbourhoods versions`: the kept versions of the published file."""

import sys
from argparse import ArgumentParser, Namespace

from pipelines.commands.common import DONE, FAILED, Place, add_root

HELP = "list the kept versions of the published file, and which of them readers see"
DESCRIPTION = (
    "Exit code 0: printed. 1: nothing is published yet, none is current, or the record of rollbacks cannot be read."
)


def add_options(parser: ArgumentParser) -> None:
    """The options of the command."""
    add_root(parser)


def run(_chosen: Namespace, place: Place) -> int:
    """Prints a line for every version, the latest first."""
    from pipelines.moments import london_time
    from pipelines.operations.kept_versions import kept_versions, strangers
    from pipelines.warehouse.rollbacks import ROLLED_BACK, RecordError, read_rollbacks, rollback_in_force

    versions = kept_versions(place.paths)
    if not versions:
        print(f"Nothing is published in {place.paths.warehouse} yet: run `neighbourhoods nightly` first.")
        return FAILED
    print(f"  {'published':<21} {'version':<32} {'marts':<7} {'inputs':<9} {'code':<9} {'size':>8}")
    for version in versions:
        made = (version.stamp.inputs_sha256[:8], version.stamp.code_sha256[:8]) if version.stamp else ("?", "?")
        print(
            f"{'*' if version.is_current else ' '} {london_time(version.published_at)}  {version.name:<32} "
            f"{version.schema_version or '?':<7} {made[0]:<9} {made[1]:<9} {version.size / 1e6:>5.1f} MB"
            f"{'' if version.is_whole else '  written to since it was published'}"
        )
    is_lost = not any(version.is_current for version in versions)
    if is_lost:
        print(
            f"NONE is current: {place.paths.current} points to none of them, so readers see nothing of these. "
            "`neighbourhoods rollback` goes to the latest."
        )
    print("* is what readers see. `neighbourhoods rollback VERSION` goes back to another.")
    if named := strangers(place.paths):
        print(named)
    try:
        past, in_force = read_rollbacks(place.paths), rollback_in_force(place.paths)
    except RecordError as error:
        print(f"neighbourhoods: {error}", file=sys.stderr)
        return FAILED
    for line in past:
        moved = f"from {line.left} to {line.went_to}" if line.action == ROLLED_BACK else f"at {line.went_to}"
        print(f"{line.at[:16]} {line.action.replace('_', ' ')} {moved} by {line.who}. {line.why}".rstrip())
    if in_force:
        print("The next nightly leaves it so, until workbooks, decisions, corrections or code change.")
    return FAILED if is_lost else DONE
