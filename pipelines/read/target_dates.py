"""When something is to be done, as plans say it in words: a day, a month, a season, a year, again and again, always."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from pipelines.read.dates import MONTH, NotADate, parse_date
from pipelines.read.figures import tidy

Kind = Literal["dated", "recurring", "ongoing", "undated"]

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""First month of each season, three months long: those of the Met Office. Winter 2010 begins in December 2010."""

_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"(?<![\d/])(?:(?P<day>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTH})\.?,? {_YEAR}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}|{_YEAR}-\d\d-\d\d)"
    rf"|\b(?P<month>{MONTH})\.?,? (?P<month_year>{_YEAR})"
    rf"|\b(?P<season>{'|'.join(SEASONS)})(?: of)?,? (?P<season_year>{_YEAR})(?:[/-]\d\d)?"
    rf"|\b(?:Q(?P<quarter>[1-4]) )?(?P<financial>{_YEAR})[/-](?P<second>\d\d)(?: Q(?P<quarter_behind>[1-4]))?"
    rf"|\bend(?: of)? (?P<end_year>{_YEAR})"
    rf"|(?P<year>{_YEAR}))(?![\w/])",
    re.IGNORECASE,
)
_UP_TO = re.compile(r" ?(?:to|until|till|[-–]) ?(?:the )?", re.IGNORECASE)
_REPEATS = re.compile(
    r"\b(?:daily|weekly|fortnightly|(?:bi-?|two-|six-)?monthly|quarterly|termly|annually|yearly|regularly|(?:every|each)"
    r" (?:\w+ )?(?:day|week|fortnight|month|quarter|term|year)s?)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\bon-?going\b|\bcontinuous(?:ly)?\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\b(?:from|commenc(?:e|es|ing)|start(?:s|ing)?|begin(?:s|ning)?)(?: in| on| from)?(?: the)? ?$", re.IGNORECASE
)
_UNTIL = re.compile(r"\b(?:until|till)(?: the)? ?$", re.IGNORECASE)


class Target(NamedTuple):
    """`start` is in the stretch of time, `end` is the first day after it; both None where none is named.

    dated: to be done in it, at the latest by its end. recurring, ongoing: to begin in it, or at once where none is
    named, and to go on. undated: the text names no time.
    """

    kind: Kind
    start: date | None
    end: date | None


class _Span(NamedTuple):
    start: date
    end: date
    first: int
    last: int


def parse_target_date(text: str) -> Target:
    """What a plan says of when an action is due; of several times named, the one that ends last.

    `Autumn 2010` is September to November, `End 2010` December, `2010/11` the financial year. Never raises: what
    names no time that exists is undated.
    """
    tidied = tidy(text)
    spans = list(_joined(tidied, _spans(tidied)))
    span = max(spans, key=lambda each: each.end, default=None)
    before = tidied[: span.first] if span else ""
    ends = bool(_UNTIL.search(before)) or (span is not None and bool(re.search(_UP_TO, tidied[span.first : span.last])))
    if _REPEATS.search(tidied):
        kind: Kind = "recurring"
    elif (_GOES_ON.search(tidied) or _BEGINS.search(before)) and not ends:
        kind = "ongoing"
    else:
        kind = "dated" if span else "undated"
    return Target(kind, span.start if span else None, span.end if span else None)


def _spans(text: str) -> Iterator[_Span]:
    for found in _SPAN.finditer(text):
        stretch = _stretch(found)
        if stretch is not None:
            yield _Span(*stretch, found.start(), found.end())


def _joined(text: str, spans: Iterator[_Span]) -> Iterator[_Span]:
    """The spans, those of `Autumn 2010 to Spring 2011` as one."""
    held: _Span | None = None
    for span in spans:
        if held is not None and _UP_TO.fullmatch(text[held.last : span.first]) and held.start < span.start:
            held = _Span(held.start, span.end, held.first, span.last)
            continue
        if held is not None:
            yield held
        held = span
    if held is not None:
        yield held


def _stretch(found: re.Match[str]) -> tuple[date, date] | None:
    """First day and first day after; None for a day that does not exist, or a year that is none (`2010/12`)."""
    said = found.groupdict()
    if said["day"]:
        return _one_day(said["day"])
    if said["month"]:
        return _months(parse_date(f"1 {said['month']} {said['month_year']}"), 1)
    if said["season"]:
        return _months(date(int(said["season_year"]), SEASONS[said["season"].casefold()], 1), 3)
    if said["year"] or said["end_year"]:
        whole = date(int(said["year"] or said["end_year"]), 1, 1)
        return _months(whole, 12) if said["year"] else _months(whole.replace(month=12), 1)
    return _financial(int(said["financial"]), int(said["second"]), said["quarter"] or said["quarter_behind"])


def _one_day(text: str) -> tuple[date, date] | None:
    try:
        day = parse_date(text)
    except NotADate:
        return None
    return day, day + timedelta(1)


def _financial(first: int, second: int, quarter: str | None) -> tuple[date, date] | None:
    if second != (first + 1) % 100:
        return None
    start = date(first, 4, 1)
    return _months(start, 12) if quarter is None else _months(_months(start, 3 * int(quarter) - 3)[1], 3)


def _months(start: date, length: int) -> tuple[date, date]:
    index = start.year * 12 + start.month - 1 + length
    return start, date(index // 12, index % 12 + 1, 1)
