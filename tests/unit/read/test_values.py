"""Stored values as text: numbers in plain digits, dates of Excel's day numbers, percent formats, error values."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.values import is_error, moment_text, number_text, serial_date_text, shows_percent


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (94.0, "94"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
        (1e21, "1" + "0" * 21),
        (-0.0, "0"),
        (-2.50, "-2.5"),
        (100.0, "100"),
    ],
)
def test_number_is_in_plain_digits(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_text_gives_the_number_back_without_an_exponent(value: float) -> None:
    text = number_text(value)
    assert float(text) == value
    assert set(text) <= set("-.0123456789")


@pytest.mark.parametrize(
    ("serial", "from_1904", "text"),
    [
        pytest.param(44292.0, False, "2021-04-06 00:00:00", id="date"),
        pytest.param(42830.0, True, "2021-04-06 00:00:00", id="date_counted_from_1904"),
        pytest.param(44292.5, False, "2021-04-06 12:00:00", id="date_and_time"),
        pytest.param(0.5625, False, "1899-12-31 13:30:00", id="time_alone"),
        pytest.param(1.0, False, "1900-01-01 00:00:00", id="first_day"),
        pytest.param(59.0, False, "1900-02-28 00:00:00", id="last_day_before_the_false_leap_day"),
        pytest.param(61.0, False, "1900-03-01 00:00:00", id="first_day_after_the_false_leap_day"),
        pytest.param(44292.56267361111, False, "2021-04-06 13:30:15", id="noise_of_binary_fractions"),
        pytest.param(3e6, False, "3000000", id="beyond_every_calendar"),
    ],
)
def test_day_number(serial: float, from_1904: bool, text: str) -> None:
    assert serial_date_text(serial, from_1904=from_1904) == text


@given(st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(9998, 12, 31)))
def test_day_number_of_a_moment_gives_the_moment_to_the_millisecond(moment: datetime) -> None:
    moment = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert serial_date_text(serial) == moment_text(moment)


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [("0%", True), ("0.0%;[Red]-0.0%", True), ('0" %"', False), (r"0\%", False), ("General", False), ("0_%", False)],
)
def test_percent_format(number_format: str, percent: bool) -> None:
    assert shows_percent(number_format) is percent


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", "#NULL!", "#NUM!", "Err:502"])
def test_error_value(text: str) -> None:
    assert is_error(text)


@pytest.mark.parametrize("text", ["", "#", "#1", "# REF!", "see #REF!", "Error", "Err:5", "n/a"])
def test_text_that_is_no_error_value(text: str) -> None:
    assert not is_error(text)
