"""Which quarters are told of editions that came into the warehouse or left it."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.calendar import quarters_between
from pipelines.periods import Period, academic_year, financial_quarter, whole_series
from pipelines.settings import Paths
from pipelines.warehouse.quarters import keep_told, quarters_known, told, untold_quarters

QUARTERS = quarters_between(date(2020, 4, 1), date(2022, 4, 1))


def found(period: Period | None) -> Period:
    assert period is not None
    return period


ACADEMIC, QUARTER = found(academic_year("2020-21")), found(financial_quarter("2020-21 Q1"))
SERIES = found(whole_series(""))


def untold(before: dict[str, Period], now: dict[str, Period]) -> list[str]:
    quarters = untold_quarters({"source": before}, {"source": now}, QUARTERS)
    return [quarter.label for quarter in quarters["source"]]


FIVE = ["2020-21-Q2", "2020-21-Q3", "2020-21-Q4", "2021-22-Q1", "2021-22-Q2"]


def test_a_new_edition_touches_exactly_its_quarters() -> None:
    assert untold({"a": QUARTER}, {"a": QUARTER, "b": ACADEMIC}) == FIVE


def test_a_corrected_edition_touches_them_again_and_what_stays_touches_nothing() -> None:
    assert untold({"a": ACADEMIC}, {"a": ACADEMIC}) == []
    assert untold({"a": ACADEMIC}, {"a": ACADEMIC, "a-corrected": ACADEMIC}) == FIVE


def test_a_retracted_edition_touches_the_quarters_that_it_leaves() -> None:
    assert untold({"a": QUARTER}, {}) == ["2020-21-Q1"]


def test_a_whole_series_touches_every_quarter_known_and_begins_none() -> None:
    assert untold({}, {"a": SERIES}) == [quarter.label for quarter in QUARTERS]
    known = quarters_known({"source": {"a": SERIES, "b": QUARTER}}, date(2022, 3, 31))
    assert known == QUARTERS


def test_a_source_new_or_gone_is_told_too() -> None:
    quarters = untold_quarters({"gone": {"a": QUARTER}}, {"new": {"b": QUARTER}}, QUARTERS)
    assert {source: [each.label for each in touched] for source, touched in quarters.items()} == {
        "gone": ["2020-21-Q1"],
        "new": ["2020-21-Q1"],
    }


def test_what_was_told_is_read_back(tmp_path: Path) -> None:
    paths = Paths(tmp_path)
    assert told(paths, pytest.fail) == {}
    keep_told(paths, {"source": {"a": ACADEMIC, "b": SERIES}})
    assert told(paths, pytest.fail) == {"source": {"a": ACADEMIC, "b": SERIES}}


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"source": {"a": {}}}', b"\xff"])
def test_damaged_record_of_what_was_told_is_named_and_all_is_told_again(tmp_path: Path, content: bytes) -> None:
    paths, said = Paths(tmp_path), list[str]()
    paths.staged.mkdir(parents=True)
    (paths.staged / "told.json").write_bytes(content)
    assert told(paths, said.append) == {}
    assert [line.partition(":")[0] for line in said] == [f"{paths.staged / 'told.json'} is damaged and passed over"]
