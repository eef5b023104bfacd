"""A command for each of several councils, one after the other, each in a process of its own.

What one council's run runs into, be it memory, time or a bad file, ends with its process: the next one is done as if it
were alone.
"""

import subprocess
import sys
from collections.abc import Sequence

from pipelines.authorities import paths_of
from pipelines.settings import Paths, code_root

DONE, FAILED, WITHOUT_SOME = 0, 1, 2
"""Exit codes of commands; whatever else a process ends with is a failure."""


def run_in_turn(paths: Paths, keys: Sequence[str], arguments: Sequence[str]) -> int:
    """Runs the command line for each council; a nightly is followed by the joint file. The worst exit code of all."""
    commands = {key: [*arguments, "--root", str(paths_of(paths, key).root)] for key in keys}
    if arguments[0] == "nightly":
        commands["all of them together"] = ["joint", "--root", str(paths.root)]
    codes = {}
    for name, command in commands.items():
        print(f"\n{name}\n{'=' * len(name)}", flush=True)
        process = [sys.executable, "-m", "pipelines.cli", *command]
        codes[name] = subprocess.run(process, cwd=code_root(), check=False).returncode
    print()
    for name, code in codes.items():
        print(f"{name}: exit code {code}")
    if any(code not in (DONE, WITHOUT_SOME) for code in codes.values()):
        return FAILED
    return max(codes.values())
