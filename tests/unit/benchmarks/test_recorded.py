"""What of the smallest benchmarks counts as worse than recorded."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.ratios import Ratio
from benchmarks.recorded import AGAIN, WORSE, read_recorded, record, worse_by_half, worse_each_time

BEFORE = 2.0


@pytest.mark.parametrize(
    ("value", "at_least", "is_worse"),
    [
        pytest.param(BEFORE * WORSE, False, False, id="exactly half as much again is not worse"),
        pytest.param(BEFORE * WORSE + 0.01, False, True, id="more is worse"),
        pytest.param(0.1, False, False, id="less is better"),
        pytest.param(BEFORE / WORSE - 0.01, True, True, id="where more is better less is worse"),
        pytest.param(BEFORE * 10, True, False, id="where more is better more is not"),
    ],
)
def test_worse_by_half(value: float, at_least: bool, is_worse: bool) -> None:
    found = worse_by_half([Ratio("one", value, at_least=at_least)], {"one": BEFORE})
    assert found == ({"one": f"{value:.2f}, recorded 2.00"} if is_worse else {})


def test_what_was_never_recorded_is_told() -> None:
    assert "nothing is recorded" in worse_by_half([Ratio("new", 1.0)], {"one": BEFORE})["new"]


def measured_again(values: Iterator[float]) -> Sequence[Ratio]:
    return [Ratio("one", next(values))]


@pytest.mark.parametrize(
    ("again", "is_worse"),
    [
        pytest.param([9.0] * AGAIN, True, id="worse every time"),
        pytest.param([9.0] * (AGAIN - 1) + [2.0], False, id="a slow minute"),
        pytest.param([2.0], False, id="once as recorded is enough"),
    ],
)
def test_a_worse_ratio_is_measured_again(again: list[float], is_worse: bool) -> None:
    values = iter(again)
    found = worse_each_time({"part": [Ratio("one", 8.0)]}, lambda _: measured_again(values), {"one": BEFORE})
    assert bool(found) == is_worse
    assert not list(values)


def test_what_is_recorded_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    record([Ratio("one", 1.234), Ratio("other", 5)], tmp_path / "recorded.json")
    assert read_recorded(tmp_path / "recorded.json") == {"one": 1.23, "other": 5}
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    assert read_recorded(tmp_path / "recorded.json") is None
