"""A cell's text as a date: as the reader gives real dates, or typed by hand, day first."""

import re
from datetime import date, datetime

_READ_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?: 00:00:00(?:\.0+)?)?", re.ASCII)
_TYPED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)


class NotADate(ValueError):
    """The text is not a day that exists."""


def parse_date(text: str) -> date:
    """The day in a cell's text: `2021-04-06`, `22/04/2021`, `6.4.21` or `6 April 2021`; day first, never month first.

    Raises NotADate for anything else, 31/02/2021 and 04/22/2021 included.
    """
    stripped = " ".join(text.split())
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
