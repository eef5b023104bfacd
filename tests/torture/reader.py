"""An analyst's process: opens the published file again and again, and says at its end what it saw."""

import json
import signal
import sys
import time
from pathlib import Path

import duckdb

LOOKED_AT = ("audit.workbook", "audit.row_set_aside", "staging.continuing_education_learners")


def look(path: Path) -> tuple[str, str]:
    """(inputs, checksum) of the version that is published now: what it was made of and what it holds.

    Both are read twice in one connection. Raises AssertionError when they change within it.
    """
    with duckdb.connect(str(path), read_only=True) as connection:
        sums = ", ".join(f"(select [count(*), bit_xor(hash(t))] from {name} as t)" for name in LOOKED_AT)
        query = f"select inputs_sha256, {sums} from audit.build"
        [first], [second] = connection.execute(query).fetchall(), connection.execute(query).fetchall()
    assert first == second
    return str(first[0]), str(first[1:])


def main(path: Path) -> None:
    """Reads until told to end; prints the number of reads, the versions seen, and the errors."""
    seen: dict[str, set[str]] = {}
    errors: list[str] = []
    reads = 0

    ended: list[int] = []
    # a flag, as an exception might be raised where it is swallowed
    signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    print("ready", flush=True)
    while not ended:
        reads += 1
        try:
            inputs, checksum = look(path)
            seen.setdefault(inputs, set()).add(checksum)
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        time.sleep(0.01)
    print(json.dumps({"reads": reads, "seen": {k: sorted(v) for k, v in seen.items()}, "errors": errors}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
