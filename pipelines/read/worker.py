"""The process in which files are read: requests come in on stdin, sheets or a refusal go out on stdout.

It has limits of memory and of time per file. A file that breaks them takes this process with it and nothing else.
"""

import json
import math
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from pipelines.read.guards import MAX_CSV_BYTES
from pipelines.read.sheet import UnreadableWorkbook
from pipelines.read.wire import dump_header, pack_sheets
from pipelines.read.workbook import read_workbook

MOST_BYTES = 2_000 * 1024 * 1024
MOST_SECONDS = 15
"""Memory of the process, and processor time for one file: some three times what the largest honest files need."""

TOO_MUCH_MEMORY = (
    f"Reading it takes more than {MOST_BYTES // 1024**2:,} MB of memory, far more than any workbook of figures. "
    "Copy the figures into a new workbook and send that."
)


def _answer(request: dict[str, str]) -> tuple[dict[str, object], list[memoryview]]:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    limit = math.ceil(spent.ru_utime + spent.ru_stime) + MOST_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
    try:
        with Path(request["path"]).open("rb") as file:
            content = file.read(MAX_CSV_BYTES + 1)
        return pack_sheets(read_workbook(request["name"], content))
    except UnreadableWorkbook as refusal:
        return {"refused": str(refusal)}, []
    except MemoryError:
        return {"refused": TOO_MUCH_MEMORY}, []
    except Exception as fault:  # whatever a reader raises, it is this file that cannot be read
        return {"refused": f"It cannot be read ({type(fault).__name__}: {fault}). Save it again in Excel."}, []


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answers each line of JSON with `path` and `name` until there are no more.

    An answer is a line with the lengths of what follows, then the header, then the texts of each sheet.
    """
    for line in requests:
        header, texts = _answer(json.loads(line))
        parts: list[bytes | memoryview] = [dump_header(header), *texts]
        answers.write(json.dumps([len(part) for part in parts]).encode() + b"\n")
        answers.writelines(parts)
        answers.flush()


def main() -> None:
    """Sets the limits and serves stdin."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # what a library may print must not get between the answers
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
