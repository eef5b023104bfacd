"""The nightly's clock: one tick each local day, also where the clocks change."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from pipelines.schedules import nightly_schedule

LONDON = ZoneInfo("Europe/London")
CLOCKS_CHANGE = [date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)]


def local_ticks(first: date, days: int) -> list[datetime]:
    """When the daemon runs the schedule, by the iterator that it uses, on the clock on the wall."""
    start = datetime(first.year, first.month, first.day, tzinfo=LONDON)
    end = datetime.fromordinal(first.toordinal() + days).replace(tzinfo=LONDON).timestamp()
    ticks: list[datetime] = []
    zone = nightly_schedule.execution_timezone
    for tick in schedule_execution_time_iterator(start.timestamp(), nightly_schedule.cron_schedule, zone):
        if tick.timestamp() >= end:
            return ticks
        ticks.append(tick.astimezone(LONDON))
    raise AssertionError("the schedule ends")


@pytest.mark.parametrize("day", CLOCKS_CHANGE, ids=str)
def test_one_nightly_a_day_where_the_clocks_change(day: date) -> None:
    midnights = [datetime.fromordinal(day.toordinal() + after).replace(tzinfo=LONDON).timestamp() for after in (0, 1)]
    assert midnights[1] - midnights[0] in (23 * 3600, 25 * 3600), "the clocks do not change on that day"
    ticks = local_ticks(day - timedelta(2), 5)
    assert [tick.date() for tick in ticks] == [day + timedelta(after) for after in range(-2, 3)]
    assert {(tick.hour, tick.minute) for tick in ticks} == {(2, 30)}


def test_one_nightly_on_each_day_of_two_years() -> None:
    ticks = Counter(tick.date() for tick in local_ticks(date(2026, 1, 1), 730))
    assert len(ticks) == 730
    assert set(ticks.values()) == {1}
