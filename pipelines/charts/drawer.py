"""Draws charts in a process of its own, which is started as this file: the drawing library lets nothing run beside it.

A line of JSON in, `{"spec": ..., "rows": ...}`, is answered by one line of JSON, `{"svg": ...}` or `{"error": ...}`,
until the input ends: so that it ends with the process that asked, however that one ends.
"""

import atexit
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any


class NotDrawnError(Exception):
    """A chart could not be drawn: its specification is wrong, or the process that draws has ended."""


class Drawer:
    """A process that draws one chart after the other while its caller goes on."""

    def __init__(self) -> None:
        """Starts the process; raises OSError where none can be started."""
        # Ctrl-C is for the caller alone, with whom this ends; -P lest the modules here hide installed ones
        self._process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._turns = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")
        self._asked: dict[str, Future[str]] = {}

    def draw(self, spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> "Future[str]":
        """The chart as SVG, once it is drawn; an equal one is drawn once. The future raises NotDrawnError."""
        asked = json.dumps({"spec": spec, "rows": rows}, sort_keys=True)
        if asked not in self._asked:
            self._asked[asked] = self._turns.submit(self._answer, asked)
        return self._asked[asked]

    def end(self) -> None:
        """Ends the process once what was asked for is drawn."""
        self._turns.shutdown(cancel_futures=True)
        self._process.communicate()

    def _answer(self, asked: str) -> str:
        assert self._process.stdin and self._process.stdout
        try:
            print(asked, file=self._process.stdin, flush=True)
            answer = json.loads(self._process.stdout.readline())
        except (BrokenPipeError, ValueError) as error:
            drawer.cache_clear()
            raise NotDrawnError(f"the process that draws charts has ended ({self._process.poll()})") from error
        if "error" in answer:
            raise NotDrawnError(answer["error"])
        return str(answer["svg"])


@cache
def drawer() -> Drawer:
    """The one of this process. The first call starts it, which takes it most of a second beside its caller."""
    started = Drawer()
    atexit.register(started.end)
    return started


def _main(requests: Iterable[str]) -> None:
    import vl_convert

    # its engine starts with the first call, whatever it is
    vl_convert.vega_to_svg({"$schema": "https://vega.github.io/schema/vega/v5.json", "marks": []})
    compiled: dict[str, dict[str, Any]] = {}
    for request in requests:
        asked = json.loads(request)
        try:
            key = json.dumps(asked["spec"])
            if key not in compiled:
                compiled[key] = vl_convert.vegalite_to_vega(asked["spec"])
            print(json.dumps({"svg": vl_convert.vega_to_svg(_with_rows(compiled[key], asked["rows"]))}), flush=True)
        except ValueError as error:
            print(json.dumps({"error": str(error)}), flush=True)


def _with_rows(compiled: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A compiled specification with the data of one chart: compiling costs most, and is done once."""
    data = [each | {"values": rows} if each["name"] == "rows" else each for each in compiled["data"]]
    return {**compiled, "data": data}


if __name__ == "__main__":
    _main(sys.stdin)
