"""What a stored value is as a cell's text, the same from every kind of file, and which texts are errors."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

_LITERALS = re.compile(r'"[^"]*"|[\\_*].')
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}")
_FIRST_TRUE_DAY = 60
"""Excel's day 60 is a 29 February 1900 that never was; the days before it count from one day later."""


def number_text(value: float) -> str:
    """A number in plain digits: the fewest that give the same number back. 94.0 is `94`, 1e-05 is `0.00001`."""
    text = repr(value)
    text = f"{Decimal(text):f}" if "e" in text else text.removesuffix(".0")
    return "0" if text == "-0" else text


def moment_text(moment: datetime) -> str:
    """A date or a time as the reader of .xlsx gives it: `2021-04-06 00:00:00`, milliseconds if it has any."""
    milliseconds = round(moment.microsecond / 1000)
    moment = moment.replace(microsecond=0) + timedelta(milliseconds=milliseconds)
    return moment.isoformat(sep=" ", timespec="milliseconds" if moment.microsecond else "seconds")


def serial_date_text(serial: float, *, from_1904: bool = False) -> str:
    """The date of Excel's day number; plain times and durations count from 31 December 1899.

    A number that no calendar holds (beyond the year 9999) stays a number.
    """
    if from_1904:
        origin = datetime(1904, 1, 1)
    else:
        origin = datetime(1899, 12, 30) if serial >= _FIRST_TRUE_DAY else datetime(1899, 12, 31)
    try:
        return moment_text(origin + timedelta(milliseconds=round(serial * 86_400_000)))
    except OverflowError:
        return number_text(serial)


def shows_percent(number_format: str) -> bool:
    """Whether a number format shows a fraction as a percentage: it has a % that is not quoted or escaped."""
    return "%" in number_format and "%" in _LITERALS.sub("", number_format)


def is_error(text: str) -> bool:
    """Whether a text is an error value of Excel or LibreOffice, such as `#REF!` or `Err:502`."""
    return text[:1] in ("#", "E") and _ERROR.fullmatch(text) is not None
