"""A cell's text as a date: as the reader gives real dates, or typed by hand, day first."""

import re
from datetime import date, timedelta

from pipelines.read.figures import tidy

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
"""Pattern of a month's name, whole or cut short."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_CLOCK = r"(?:[ T](?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?[ap]m)?))?"
_WEEKDAY = (
    r"(?:(?P<weekday>mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\.?,? )?"
)
_DAY = rf"{_WEEKDAY}(?P<day>\d{{1,2}})"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_FORMS = [
    re.compile(form + _CLOCK, re.ASCII | re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_DAY}(?P<between>[/.-])(?P<month>\d{{1,2}})(?P=between){_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)?(?: of)?(?P<between>[ -])(?P<month>{MONTH})\.?,?(?P=between){_YEAR}",
    )
]

_SERIAL = re.compile(r"([1-9]\d{4})(?:\.\d+)?", re.ASCII)
_SERIAL_NOUGHT = date(1899, 12, 30)
"""Day from which Excel's serial numbers count, from 1 March 1900 on."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
LAST_SHORT_YEAR = 69
"""`69` is 2069; what is later may be of either century and is refused."""


class NotADate(ValueError):
    """The text is not a day that exists."""


def parse_date(text: str) -> date:
    """The day in a cell's text, day first, never month first: `22/04/2021`, `6.4.21`, `Tues 6 April 2021`.

    A time of day behind it is left out. Raises NotADate for anything else: 31/02/2021, 04/22/2021, a weekday that is
    not the date's, a year of the last century in two digits, a bare serial number.
    """
    tidied = tidy(text)
    for form in _FORMS:
        if found := form.fullmatch(tidied):
            return _day(text, found)
    if found := _SERIAL.fullmatch(tidied):
        day = _SERIAL_NOUGHT + timedelta(int(found[1]))
        raise NotADate(f"{text!r} looks like an Excel date shown as a number, which would be {_in_words(day)}")
    raise NotADate(f"{text!r} is not a date")


def _day(text: str, found: re.Match[str]) -> date:
    said = found.groupdict()
    written = said["month"].casefold()[:3]
    month = int(written) if written.isdigit() else _MONTHS.index(written) + 1
    number = int(said["day"])
    year = int(said["year"])
    if len(said["year"]) == 2:
        if year > LAST_SHORT_YEAR:
            raise NotADate(f"{text!r} has a year in two digits that may be of the last century; write all four")
        year += 2000
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate(f"{text!r} is not of a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        day = date(year, month, number)
    except ValueError as error:
        swapped = "; dates are written day first" if "between" in said and number <= 12 < month else ""
        raise NotADate(f"{text!r} is not a day that exists{swapped}") from error
    weekday = said.get("weekday")
    if weekday and not _WEEKDAYS[day.weekday()].casefold().startswith(weekday.casefold()[:3]):
        raise NotADate(f"{text!r} does not fit together: {_in_words(day)} is a {_WEEKDAYS[day.weekday()]}")
    if (said["clock"] or "").startswith("23:59:59."):
        raise NotADate(f"{text!r} is a moment before midnight, and may be of the next day")
    return day


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
