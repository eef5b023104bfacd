"""Kills and starves the pipeline, with analysts reading all the while, and prints what came of it: `make torture`.

What dies is the process, not the machine: what a disk loses when the power goes is not tried here.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.torture.bench import MUST_BE_ZERO, Runner, Tally, compiled_shim
from tests.torture.nightlies import Installation, failing_writes, killed
from tests.torture.publishing import FAULTS, fault_at_every_write
from tests.torture.small import make_code

READERS = 3
SHARED_MEMORY = Path("/dev/shm")
SHOWN_NOTES = 10


def main() -> int:
    """Runs all rounds and prints a table. Returns 1 when a figure that must be zero is not."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="nightlies killed at a random moment")
    parser.add_argument("--failing", type=int, default=60, help="nightlies with a write that fails")
    parser.add_argument("--every", type=int, default=1, help="a fault at every n-th write call of publishing")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the random moments")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}", flush=True)
    tallies: dict[str, Tally] = {}
    # in memory: a killed process loses nothing that it has written, and the disk is spared
    with tempfile.TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as folder:
        try:
            _all_rounds(Path(folder), chosen, tallies)
        except KeyboardInterrupt:
            print("\ninterrupted: these are the figures up to here")
    _print_table(tallies)
    return 1 if any(tally.faults for tally in tallies.values()) else 0


def _all_rounds(folder: Path, chosen: argparse.Namespace, tallies: dict[str, Tally]) -> None:
    begin = time.monotonic()

    def tally_of(name: str) -> Tally:
        print(f"{time.monotonic() - begin:5.0f} s: {name}", flush=True)
        return tallies.setdefault(name, Tally())

    make_code(folder / "code")
    shim = compiled_shim(folder)
    run = Runner(folder / "code", folder, shim)
    chance = random.Random(chosen.seed)
    if shim is None:
        print("no C compiler: faults at write calls are left out, only kills at random moments are tried")
    else:
        for what in FAULTS:
            tally = tally_of(f"publishing: {what} at a write call")
            fault_at_every_write(run, folder, what, tally, readers=READERS, every=chosen.every)
    small = Installation(run, folder)
    print(f"a small nightly takes {small.seconds[True]:.1f} s, one with nothing new {small.seconds[False]:.1f} s")
    tally = tally_of("nightly: kill -9 at a random moment")
    small.rounds(chosen.kills, killed(chance), tally, readers=READERS)
    if shim is not None:
        tally = tally_of("nightly: full or broken disk from a random write on")
        harm = failing_writes(chance, small.root, small.count_writes())
        small.rounds(chosen.failing, harm, tally, readers=READERS)
    run.close()


def _print_table(tallies: dict[str, Tally]) -> None:
    figures = ("rounds", "took_effect", "reads", *MUST_BE_ZERO)
    width = max(len(name) for name in figures)
    for name, tally in tallies.items():
        print(f"\n{name}")
        for figure in figures:
            must = "  must be 0" if figure in MUST_BE_ZERO else ""
            print(f"  {figure.replace('_', ' '):{width}}{getattr(tally, figure):8}{must}")
        for note in tally.notes[:SHOWN_NOTES]:
            print(f"  ! {note}")


if __name__ == "__main__":
    sys.exit(main())
