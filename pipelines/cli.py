"""The console script `neighbourhoods`."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from pipelines.authorities import AuthorityError, authority_keys, paths_of, read_authority
from pipelines.commands import (
    backfill,
    backup,
    check,
    deciding,
    doctor,
    explain,
    findings,
    joint,
    nightly,
    prune,
    rollback,
    status,
    template,
    versions,
)
from pipelines.commands.common import DONE, WRONG_USAGE, Place, published_is_damaged, wrong_usage
from pipelines.settings import Paths, default_paths

if TYPE_CHECKING:
    from pipelines.contract.model import Source

COMMANDS: "dict[str, ModuleType | deciding.Deciding | backup.Copying]" = {
    "nightly": nightly,
    "backfill": backfill,
    "check": check,
    "template": template,
    "explain": explain,
    "status": status,
    "findings": findings,
    "joint": joint,
    "versions": versions,
    "rollback": rollback,
    "backup": backup.backup,
    "restore": backup.restore,
    "doctor": doctor,
    "lock": deciding.lock,
    "sign-off": deciding.sign_off,
    "erratum": deciding.erratum,
    "prune": prune,
}


OF_EACH = ("nightly", "doctor")
"""Commands that do each council of several in turn, when none is named."""

OF_ALL = ("joint", "backup", "restore")
"""Commands about all councils together, when none is named."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0, 1 or 2 as the command says, 64 for wrong usage."""
    parser = _Parser(prog="neighbourhoods", description="Council workbooks in, rated performance measures out.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    for name, command in COMMANDS.items():
        command.add_options(commands.add_parser(name, help=command.HELP, description=command.DESCRIPTION))
    chosen = parser.parse_args(arguments)
    # the process is short and makes many small objects at its start: looking for garbage less often saves a tenth
    gc.set_threshold(100_000, 50, 50)
    paths = Paths(chosen.root.resolve()) if chosen.root else default_paths()
    try:
        exit_code = _run(chosen, paths, sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # who reads the output, such as `head`, has seen enough; nothing more can be said, not even at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except AuthorityError as unknown:
        return wrong_usage(str(unknown))
    except Exception as fault:
        if not _is_of_duckdb(fault):
            raise
        return published_is_damaged(paths, fault)
    return exit_code


def _run(chosen: argparse.Namespace, paths: Paths, arguments: Sequence[str]) -> int:
    """Runs a command where it belongs: in the one council's installation, or in that of one of several."""
    keys = authority_keys(paths)
    if chosen.authority:
        paths = paths_of(paths, chosen.authority)
    elif keys and chosen.command in OF_EACH:
        from pipelines.operations.in_turn import run_in_turn

        return run_in_turn(paths, keys, arguments)
    elif keys and chosen.command not in OF_ALL:
        return wrong_usage(f"{paths.root} holds several councils; say which with --authority: {', '.join(keys)}")
    exit_code: int = COMMANDS[chosen.command].run(chosen, Place(paths, lambda: _sources(paths)))
    return exit_code


def _is_of_duckdb(fault: Exception) -> bool:
    """Whether DuckDB raised it: commands open the published file alone with it, and builds say their own faults."""
    duckdb = sys.modules.get("duckdb")  # not to be loaded for commands that need none
    return duckdb is not None and isinstance(fault, duckdb.Error)


def _sources(paths: Paths) -> "list[Source]":
    from assets.sources import all_sources

    return all_sources(read_authority(paths))


if __name__ == "__main__":
    sys.exit(main())
