"""Dates as the reader gives them and as people type them."""

import datetime
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.read.dates import NotADate, parse_date

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

this_century = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("2021-04-06", date(2021, 4, 6), id="iso"),
        pytest.param("2021-04-06 00:00:00", date(2021, 4, 6), id="excel_date_as_read"),
        pytest.param("2021-04-06 00:00:00.000000", date(2021, 4, 6), id="excel_date_with_fractions"),
        pytest.param("22/04/2021", date(2021, 4, 22), id="slashes"),
        pytest.param("04/05/2021", date(2021, 5, 4), id="day_first_where_both_could_be"),
        pytest.param("6.4.21", date(2021, 4, 6), id="dots_and_two_digit_year"),
        pytest.param("6-4-2021", date(2021, 4, 6), id="dashes_day_first"),
        pytest.param("6 April 2021", date(2021, 4, 6), id="month_in_words"),
        pytest.param("6th Apr 2021", date(2021, 4, 6), id="ordinal_and_short_month"),
        pytest.param("1 Sept 2021", date(2021, 9, 1), id="four_letter_september"),
        pytest.param("06 APRIL 2021", date(2021, 4, 6), id="capitals"),
        pytest.param("6\u00a0April\u00a02021", date(2021, 4, 6), id="no_break_spaces"),
        pytest.param("  22/04/2021 ", date(2021, 4, 22), id="spaces_around"),
        pytest.param("29/02/2020", date(2020, 2, 29), id="leap_day"),
        pytest.param("\u200b22/04/2021", date(2021, 4, 22), id="zero_width_space_before"),
        pytest.param("3 Sept 2021", date(2021, 9, 3), id="third_of_four_letter_september"),
        pytest.param("3rd September 2021", date(2021, 9, 3), id="ordinal_rd_and_whole_month"),
        pytest.param("6 Apr 21", date(2021, 4, 6), id="short_month_and_two_digit_year"),
        pytest.param("6-Apr-21", date(2021, 4, 6), id="as_excel_shows_it"),
        pytest.param("06-Apr-2021", date(2021, 4, 6), id="dashes_around_a_short_month"),
        pytest.param("06 April, 2021", date(2021, 4, 6), id="comma_before_the_year"),
        pytest.param("6th of April 2021", date(2021, 4, 6), id="of_a_month"),
        pytest.param("Tues 6 April 2021", date(2021, 4, 6), id="short_weekday"),
        pytest.param("Tuesday, 6th April 2021", date(2021, 4, 6), id="weekday_and_comma"),
        pytest.param("tue 06/04/2021", date(2021, 4, 6), id="weekday_before_slashes"),
        pytest.param("2021-04-06T00:00:00", date(2021, 4, 6), id="iso_with_t"),
        pytest.param("2021-04-06 14:30:00", date(2021, 4, 6), id="time_of_day"),
        pytest.param("6/4/2021 00:00", date(2021, 4, 6), id="typed_midnight"),
        pytest.param("6 April 2021 2:30 pm", date(2021, 4, 6), id="afternoon"),
        pytest.param("01/01/69", date(2069, 1, 1), id="last_two_digit_year"),
        pytest.param("01/01/00", date(2000, 1, 1), id="first_two_digit_year"),
    ],
)
def test_date_is_read(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("31/02/2021", id="no_such_day"),
        pytest.param("29/02/2021", id="no_leap_year"),
        pytest.param("04/22/2021", id="month_first"),
        pytest.param("31 June 2021", id="no_such_day_in_words"),
        pytest.param("00/01/2021", id="day_zero"),
        pytest.param("2021-13-01", id="month_thirteen"),
        pytest.param("2021-04-06 24:00", id="no_such_time"),
        pytest.param("2021-04-06 14:30:00 or later", id="words_behind_a_time"),
        pytest.param("6/4-2021", id="mixed_separators"),
        pytest.param("6-Apr 21", id="mixed_separators_around_a_month"),
        pytest.param("April 6 2021", id="month_first_in_words"),
        pytest.param("٦/4/2021", id="digit_of_another_script"),
        pytest.param("144292", id="six_digits"),
        pytest.param("6 Foo 2021", id="no_such_month"),
        pytest.param("1 Junk 2021", id="word_that_begins_like_june"),
        pytest.param("6 Mayhem 2021", id="word_that_begins_like_may"),
        pytest.param("3 Decem 2021", id="month_cut_short_oddly"),
        pytest.param("April 2021", id="no_day"),
        pytest.param("22/04", id="no_year"),
        pytest.param("22/04/021", id="three_digit_year"),
        pytest.param("44292", id="bare_serial_number"),
        pytest.param("", id="empty"),
        pytest.param("tbc", id="words"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        parse_date(text)


def test_refusal_quotes_the_cell() -> None:
    with pytest.raises(NotADate, match="'31/02/2021' is not a day that exists"):
        parse_date("31/02/2021")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("04/22/2021", "not a day that exists; dates are written day first", id="month_first"),
        pytest.param("4/22/21 10:00", "dates are written day first", id="month_first_with_a_time"),
        pytest.param("Mon 6 April 2021", "does not fit together: 6 April 2021 is a Tuesday", id="another_weekday"),
        pytest.param("Sunday 06/04/21", "6 April 2021 is a Tuesday", id="another_weekday_before_slashes"),
        pytest.param("01/01/70", "a year in two digits that may be of the last century", id="two_digit_1970"),
        pytest.param("31-Dec-99", "write all four", id="two_digit_1999"),
        pytest.param("06/04/0021", "not of a year from 1900 to 2199", id="year_of_noughts"),
        pytest.param("31/12/2201", "not of a year from 1900 to 2199", id="swapped_digits_of_a_year"),
        pytest.param("44292", "looks like an Excel date shown as a number, which would be 6 April 2021", id="serial"),
        pytest.param("44292.604", "which would be 6 April 2021", id="serial_with_a_time"),
        pytest.param("2021-04-06 23:59:59.999", "may be of the next day", id="moment_before_midnight"),
    ],
)
def test_refusal_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(NotADate) as raised:
        parse_date(text)
    assert said in str(raised.value)


def test_iso_date_with_too_many_months_is_not_called_month_first() -> None:
    with pytest.raises(NotADate, match=r"not a day that exists$"):
        parse_date("2021-22-04")


@given(this_century)
def test_every_day_round_trips_day_first(day: date) -> None:
    assert parse_date(f"{day.day:02}/{day.month:02}/{day.year}") == day


@given(st.dates(date(2000, 1, 1), date(2069, 12, 31)))
def test_every_day_round_trips_with_a_year_in_two_digits(day: date) -> None:
    assert parse_date(f"{day.day}.{day.month}.{day.year % 100:02}") == day
    assert parse_date(f"{day.day}-{MONTH_NAMES[day.month - 1][:3]}-{day.year % 100:02}") == day


@given(this_century)
def test_every_day_round_trips_in_words(day: date) -> None:
    month = MONTH_NAMES[day.month - 1]
    assert parse_date(f"{day.day} {month} {day.year}") == day
    assert parse_date(f"{day.day} {month[:3]}. {day.year}") == day


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.times())
def test_every_day_round_trips_with_a_time_of_day(day: date, time: datetime.time) -> None:
    assume(time < datetime.time(23, 59, 59))
    assert parse_date(f"{day} {time}") == parse_date(f"{day}T{time}") == day


@given(this_century, st.sampled_from(WEEKDAY_NAMES), st.sampled_from([3, None]))
def test_only_its_own_weekday_fits_a_day(day: date, weekday: str, length: int | None) -> None:
    text = f"{weekday[:length]} {day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    if WEEKDAY_NAMES[day.weekday()] == weekday:
        assert parse_date(text) == day
    else:
        with pytest.raises(NotADate, match="does not fit together"):
            parse_date(text)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_round_trips_as_excel_holds_it(day: date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.isoformat()} 00:00:00") == day


@given(st.one_of(st.text(max_size=20), st.text("0123456789/.- aprilfebstuTof,:", max_size=18)))
def test_any_text_is_a_day_or_refused(text: str) -> None:
    try:
        day = parse_date(text)
    except NotADate:
        return
    assert str(day.day) in text


@given(day=st.integers(13, 31), month=st.integers(13, 99))
def test_a_month_beyond_twelve_is_never_read_month_first(day: int, month: int) -> None:
    with pytest.raises(NotADate):
        parse_date(f"{day}/{month}/2021")
    with pytest.raises(NotADate):
        parse_date(f"12/{month}/2021")
