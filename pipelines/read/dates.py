"""A cell's text as a date: as the reader gives real dates, or typed by hand, day first."""

import re
from datetime import date, datetime

from pipelines.read.figures import tidy

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
"""Pattern of a month's name, whole or cut short."""

_READ_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?: 00:00:00(?:\.0+)?)?", re.ASCII)
_TYPED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_WORDED = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)? ({MONTH})\.? (\d{{4}})", re.ASCII | re.IGNORECASE)


class NotADate(ValueError):
    """The text is not a day that exists."""


def parse_date(text: str) -> date:
    """The day in a cell's text: `2021-04-06`, `22/04/2021`, `6.4.21` or `6 April 2021`; day first, never month first.

    Raises NotADate for anything else, 31/02/2021 and 04/22/2021 included.
    """
    stripped = tidy(text)
    try:
        if found := _READ_DATE.fullmatch(stripped):
            return date.fromisoformat(found[1])
        if found := _TYPED.fullmatch(stripped):
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1]))
        if found := _WORDED.fullmatch(stripped):
            return datetime.strptime(f"{found[1]} {found[2][:3]} {found[3]}", "%d %b %Y").date()
    except ValueError as error:
        raise NotADate(f"{text!r} is not a day that exists") from error
    raise NotADate(f"{text!r} is not a date")
