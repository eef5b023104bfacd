"""The console script `neighbourhoods`."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from pipelines.settings import Paths, default_paths

WRONG_USAGE = 64


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        self.print_usage(sys.stderr)
        self.exit(WRONG_USAGE, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code: 0, 1 or 2 as the command says, 64 for wrong usage."""
    parser = _Parser(prog="neighbourhoods", description="Council workbooks in, rated performance measures out.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    nightly = commands.add_parser(
        "nightly",
        help="take in new workbooks, build, check and publish the warehouse, write the reports",
        description="Exit code 0: all is well. 1: not published, what was published before stands. "
        "2: published, but a workbook was refused, or a decision or correction has no effect.",
    )
    nightly.add_argument("--root", type=Path, help="folder that holds raw/ and warehouse/ (default: this project)")
    nightly.add_argument("--rebuild", action="store_true", help="build and publish even when nothing has changed")
    chosen = parser.parse_args(arguments)
    # the process is short and makes many small objects at its start: looking for garbage less often saves a tenth
    gc.set_threshold(100_000, 50, 50)
    return _nightly(Paths(chosen.root.resolve()) if chosen.root else default_paths(), chosen.rebuild)


def _nightly(paths: Paths, rebuild: bool) -> int:
    from pipelines.nightly import exit_code, read_outcome, run_nightly, summary

    if not paths.raw.is_dir():
        print(
            f"neighbourhoods: {paths.raw} is not a folder; --root must name the folder that holds raw/", file=sys.stderr
        )
        return WRONG_USAGE
    print(f"Nightly of {paths.root}", flush=True)
    success = run_nightly(paths, rebuild=rebuild)
    outcome = read_outcome(paths)
    if outcome is not None:
        print(summary(paths, outcome, published=success))
    elif not success:
        print("\nNOT PUBLISHED, and nothing was published before.")
    return exit_code(outcome, success=success)


if __name__ == "__main__":
    sys.exit(main())
