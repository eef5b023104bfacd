"""The process that draws charts: it answers in turn, says what is wrong, and never outlives who asked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.charts.drawer import Drawer, NotDrawnError
from pipelines.settings import code_root

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"name": "rows", "values": []},
    "mark": "text",
    "encoding": {"text": {"field": "said"}},
}

WHO_ASKS = """
import os, signal
from pipelines.charts.drawer import Drawer
drawer = Drawer()
drawer.draw({}, [])
print(drawer._process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def drawing() -> Iterator[Drawer]:
    drawing = Drawer()
    yield drawing
    drawing.end()


def test_charts_are_drawn_in_turn_and_equal_ones_once(drawing: Drawer) -> None:
    asked = [drawing.draw(SPEC, [{"said": f"figure {number}"}]) for number in (1, 2, 1)]
    assert [f"figure {number}" in chart.result() for number, chart in enumerate(asked[:2], 1)] == [True, True]
    assert asked[2] is asked[0]


def test_what_cannot_be_drawn_is_told_and_the_next_is_drawn(drawing: Drawer) -> None:
    wrong = drawing.draw({**SPEC, "mark": "no such mark"}, [])
    following = drawing.draw(SPEC, [{"said": "héllo"}])
    with pytest.raises(NotDrawnError, match="conversion failed"):
        wrong.result()
    assert "héllo" in following.result()


def test_end_of_the_process_is_told(drawing: Drawer) -> None:
    drawing.draw(SPEC, []).result()
    os.killpg(drawing._process.pid, signal.SIGKILL)
    with pytest.raises(NotDrawnError, match="has ended"):
        drawing.draw(SPEC, [{"said": "another"}]).result()


def test_process_ends_with_the_one_that_asked_however_that_one_ends() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", WHO_ASKS], cwd=code_root(), capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    until = time.monotonic() + 30
    while is_running(int(killed.stdout)):
        assert time.monotonic() < until, "the drawing process lives on"
        time.sleep(0.05)


def is_running(process: int) -> bool:
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"
