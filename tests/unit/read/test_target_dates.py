"""When an action is due, in the words of plans: what is understood, what is undated, and that nothing is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.target_dates import SEASONS, parse_target_date


def said(text: str) -> tuple[str, str]:
    target = parse_target_date(text)
    return target.kind, "" if target.start is None else f"{target.start} {target.end}"


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Report to Stockport Partnership 26 May 2010", "2010-05-26 2010-05-27"),
        ("26th May 2010", "2010-05-26 2010-05-27"),
        ("by 04/05/2010", "2010-05-04 2010-05-05"),
        ("2010-05-26", "2010-05-26 2010-05-27"),
        ("31 December 2010", "2010-12-31 2011-01-01"),
        ("Report to Stockport Partnership in May 2010", "2010-05-01 2010-06-01"),
        ("Dec 2010", "2010-12-01 2011-01-01"),
        ("Website to go live in Autumn 2010", "2010-09-01 2010-12-01"),
        ("Spring 2011", "2011-03-01 2011-06-01"),
        ("Winter 2010/11", "2010-12-01 2011-03-01"),
        ("2011", "2011-01-01 2012-01-01"),
        ("End 2010", "2010-12-01 2011-01-01"),
        ("First review by end of 2010", "2010-12-01 2011-01-01"),
        ("2010/11", "2010-04-01 2011-04-01"),
        ("Q1 2010/11", "2010-04-01 2010-07-01"),
        ("2010-11 Q4", "2011-01-01 2011-04-01"),
        ("pulled together over Summer 2010 for launch in Autumn 2010", "2010-09-01 2010-12-01"),
        ("Launch in Autumn 2010, draft in Summer 2010", "2010-09-01 2010-12-01"),
        ("From Autumn 2010 to Spring 2011", "2010-09-01 2011-06-01"),
        ("Ongoing until March 2011", "2011-03-01 2011-04-01"),
    ],
)
def test_dated(text: str, interval: str) -> None:
    assert said(text) == ("dated", interval)


@pytest.mark.parametrize(
    ("text", "kind", "interval"),
    [
        ("Quarterly, from Spring 2011", "recurring", "2011-03-01 2011-06-01"),
        ("Every six months", "recurring", ""),
        ("Every month", "recurring", ""),
        ("each financial year", "recurring", ""),
        ("Ongoing", "ongoing", ""),
        ("On-going", "ongoing", ""),
        ("From Autumn 2010", "ongoing", "2010-09-01 2010-12-01"),
        ("To commence in Autumn 2011", "ongoing", "2011-09-01 2011-12-01"),
        ("To commence Autumn 2010", "ongoing", "2010-09-01 2010-12-01"),
        ("Autumn 2010 and then ongoing", "ongoing", "2010-09-01 2010-12-01"),
    ],
)
def test_what_goes_on(text: str, kind: str, interval: str) -> None:
    assert said(text) == (kind, interval)


@pytest.mark.parametrize(
    "text",
    ["", "See detail in plan", "tbc", "31 February 2010", "2010/12", "Phase 2010a", "room 12010", "Autumn", "May"],
)
def test_what_names_no_time_is_undated(text: str) -> None:
    assert said(text) == ("undated", "")


@given(st.text())
def test_no_text_is_refused_and_an_interval_is_one(text: str) -> None:
    target = parse_target_date(text)
    assert (target.start is None) == (target.end is None)
    assert target.start is None or target.end is None or target.start < target.end
    assert (target.kind == "undated") == (target.start is None and target.kind not in ("recurring", "ongoing"))


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2098, 12, 31)), st.sampled_from(["", "by ", "Report on "]))
def test_every_day_is_itself(day: date, before: str) -> None:
    texts = [f"{day.day} {day:%B %Y}", f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}"]
    assert {parse_target_date(before + text)[1:] for text in texts} == {(day, day + timedelta(1))}


@given(st.integers(min_value=1901, max_value=2098))
def test_the_seasons_of_a_year_follow_one_another_and_are_a_year_long(year: int) -> None:
    targets = [parse_target_date(f"{season} {year}") for season in SEASONS]
    assert [target.end for target in targets[:-1]] == [target.start for target in targets[1:]]
    assert (targets[0].start, targets[-1].end) == (date(year, 3, 1), date(year + 1, 3, 1))
