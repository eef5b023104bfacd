"""Reporting quarters, and what they are in other calendars."""

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.calendar import (
    calendars_of,
    known_quarters,
    named_period,
    named_span,
    quarter_of,
    quarters_between,
    touched_by,
)
from pipelines.periods import Period, academic_year, financial_quarter, financial_year, survey_wave, whole_series

days = st.dates(date(2001, 4, 1), date(2098, 3, 31))


def labels(periods: list[Period]) -> list[str]:
    return [period.label for period in periods]


@given(days)
def test_every_day_is_in_one_quarter_that_reads_back_from_its_label(day: date) -> None:
    quarter = quarter_of(day)
    assert quarter.start <= day < quarter.end
    assert financial_quarter(quarter.label.replace("-Q", " Q")) == quarter
    assert named_period(quarter.label) == quarter


@given(days, st.integers(1, 2000))
def test_quarters_follow_each_other_without_a_gap(first: date, length: int) -> None:
    quarters = quarters_between(first, first + timedelta(length))
    assert quarters[0].start <= first < quarters[0].end
    assert quarters[-1].start < first + timedelta(length) <= quarters[-1].end
    assert all(one.end == next_.start for one, next_ in itertools.pairwise(quarters))


@given(days)
def test_a_quarters_other_names_name_periods_that_touch_it(day: date) -> None:
    quarter = quarter_of(day)
    names = calendars_of(quarter)
    found = {name: named_period(text) for name, text in names.items()}
    assert touched_by(found["survey wave"], [quarter]) == [quarter]
    assert (found["survey wave"].start, found["survey wave"].end) == (quarter.start, quarter.end)
    assert found["financial year"].start <= quarter.start < quarter.end <= found["financial year"].end
    last_day = quarter.end - timedelta(1)
    assert found["academic year"].start <= last_day < found["academic year"].end


def test_summer_quarter_belongs_to_the_academic_year_that_begins_in_it() -> None:
    assert calendars_of(quarter_of(date(2021, 7, 1))) == {
        "financial year": "2021-22",
        "academic year": "2021-22 academic",
        "survey wave": "Jul-Sep 2021",
    }


def test_academic_year_touches_five_quarters_and_financial_year_four() -> None:
    quarters = quarters_between(date(2019, 4, 1), date(2022, 4, 1))
    academic, financial = academic_year("2020-21"), financial_year("2020-21")
    assert academic is not None and financial is not None
    assert labels(touched_by(academic, quarters)) == [
        "2020-21-Q2",
        "2020-21-Q3",
        "2020-21-Q4",
        "2021-22-Q1",
        "2021-22-Q2",
    ]
    assert labels(touched_by(financial, quarters)) == ["2020-21-Q1", "2020-21-Q2", "2020-21-Q3", "2020-21-Q4"]


def test_quarters_are_known_from_the_earliest_edition_to_today() -> None:
    wave, later = survey_wave("Oct-Dec 2020"), financial_year("2021-22")
    series = whole_series("")
    assert wave is not None and later is not None and series is not None
    known = ["2020-21-Q3", "2020-21-Q4", "2021-22-Q1"]
    assert labels(known_quarters([later, series, wave], date(2021, 4, 1))) == known
    assert labels(known_quarters([series], date(2021, 4, 1))) == ["2021-22-Q1"]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1)),
        ("2021/22 q4", date(2022, 1, 1), date(2022, 4, 1)),
        ("2021-22", date(2021, 4, 1), date(2022, 4, 1)),
        ("2020-21 academic", date(2020, 8, 1), date(2021, 8, 1)),
        ("Jul-Sep 2020", date(2020, 7, 1), date(2020, 10, 1)),
    ],
)
def test_a_person_may_name_a_period_of_any_calendar(text: str, start: date, end: date) -> None:
    period = named_period(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["", "2021-22-Q5", "2021-23", "last year", "2021-22-q0", "academic"])
def test_what_names_no_period_says_what_may_be_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no period: name a quarter"):
        named_period(text)


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        (["2019-20 to 2021-22"], date(2019, 4, 1), date(2022, 4, 1)),
        (["2019-20", "to", "2021-22"], date(2019, 4, 1), date(2022, 4, 1)),
        (["2019-20", "2021-22"], date(2019, 4, 1), date(2022, 4, 1)),
        (["2019-20"], date(2019, 4, 1), date(2020, 4, 1)),
        (["2021-22-Q1 TO 2021-22"], date(2021, 4, 1), date(2022, 4, 1)),
        (["Jul-Sep", "2020", "to", "2020-21", "academic"], date(2020, 7, 1), date(2021, 8, 1)),
        (["2020-21 academic", "2021-22-Q2"], date(2020, 8, 1), date(2021, 10, 1)),
    ],
)
def test_span_that_a_person_names(words: list[str], start: date, end: date) -> None:
    span = named_span(words)
    assert (span.start, span.end) == (start, end)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2021-22 to 2019-20"], "'2021-22' ends after '2019-20': name the earlier one first, '2019-20 to 2021-22'"),
        (["2021-22", "2021-22-Q1"], "'2021-22-Q1 to 2021-22'"),
        (["2019-20 2020-21 2021-22"], "'2019-20 2020-21 2021-22' is no period"),
        (["2019-20 - 2021-22"], "is no period"),
        (["2019-20 to 2020-21 to 2021-22"], "is not a first and a last period"),
        (["2019-20 to 2020-21", "2021-22"], "'2020-21 2021-22' is no period"),
        (["2019-20", "to"], "'2019-20 to' is not a first and a last period"),
    ],
)
def test_span_that_is_none_is_told(words: list[str], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        named_span(words)
