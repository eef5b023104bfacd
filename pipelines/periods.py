"""Periods as half-open intervals with a label, and how they are named in workbooks and file names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipelines.read.dates import MONTH

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Period:
    """`start` is in the period, `end` is the first day after it; `year_type` says which calendar the label is of."""

    label: str
    start: date
    end: date
    year_type: str

    @property
    def year(self) -> str:
        """The two years of the period's label as they are printed in headings, `2021/22`; empty where it has none."""
        found = re.match(r"(\d{4})-(\d{2})(?!\d)", self.label)
        return f"{found[1]}/{found[2]}" if found and self.year_type != "snapshot" else ""

    def year_from(self, years: int) -> str:
        """The two years that lie so many years after (below zero: before) those of `year`; empty where it has none."""
        first = int(self.year[:4]) + years if self.year else None
        return "" if first is None else f"{first}/{(first + 1) % 100:02d}"


PeriodFinder = Callable[[str], Period | None]
"""Finds the period of one calendar that a name or title speaks of; None when it names none."""

_YEAR = re.compile(r"(?<![\d/–-])(20\d{2})[-/–](\d{2})(?![\d/–-]\d|\d)")
_QUARTER = re.compile(r"(?<!\d)(20\d{2})[-/–](\d{2})\s+Q([1-4])(?!\d)", re.IGNORECASE)
_REPORT = re.compile(r"\b(mid[- ]?year|annual)\b", re.IGNORECASE)
_WAVE = re.compile(r"\b(Jan[-–]Mar|Apr[-–]Jun|Jul[-–]Sep|Oct[-–]Dec)\s+(20\d{2})(?!\d)", re.IGNORECASE)
_MONTH = re.compile(rf"\b({MONTH})\s+(20\d{{2}})(?!\d)", re.IGNORECASE)
_YEAR_ENDING = re.compile(rf"({MONTH})\s*(20\d{{2}}|\d{{2}})(?!\d)", re.IGNORECASE)
_MID_YEAR = re.compile(r"mid-?(?:year\s*estimates)?\s*(20\d{2})", re.IGNORECASE)


def add_months(day: date, months: int) -> date:
    """The first day of the month that lies so many months after (or before) the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _two_years(found: re.Match[str]) -> int | None:
    first = int(found[1])
    return first if int(found[2]) == (first + 1) % 100 else None


def financial_year(text: str) -> Period | None:
    """Financial year (April to March) that a text names as `2021-22` or `2021/22`."""
    for found in _YEAR.finditer(text):
        first = _two_years(found)
        if first is not None:
            return Period(f"{first}-{found[2]}", date(first, 4, 1), date(first + 1, 4, 1), "financial")
    return None


def academic_year(text: str) -> Period | None:
    """Academic year (August to July) that a text names as `2020-21` or `2020/21`."""
    year = financial_year(text)
    if year is None:
        return None
    return Period(f"{year.label} academic", date(year.start.year, 8, 1), date(year.end.year, 8, 1), "academic")


def financial_quarter(text: str) -> Period | None:
    """Quarter of a financial year that a text names as `2021-22 Q2`: that one is July to September 2021."""
    found = _QUARTER.search(text)
    first = _two_years(found) if found else None
    if found is None or first is None:
        return None
    start = add_months(date(first, 4, 1), 3 * (int(found[3]) - 1))
    return Period(f"{first}-{found[2]}-Q{found[3]}", start, add_months(start, 3), "quarter")


def reported_quarter(text: str) -> Period | None:
    """Last quarter that a performance report is about: `2021-22 mid-year`, `Annual Report 2021/22`, or `2021-22 Q3`."""
    year = financial_year(text)
    kind = _REPORT.search(text)
    if year is None or kind is None:
        return financial_quarter(text)
    return financial_quarter(f"{year.label} Q{2 if kind[1].casefold().startswith('mid') else 4}")


def financial_year_or_quarter(text: str) -> Period | None:
    """Quarter that a text names as `2021-22 Q2`, else the financial year; for sources that report by either.

    A quarter that is not written so, such as `2021-22-Q2` or `Q5`, names no period, and above all not the year.
    """
    if re.search(r"Q\s?\d", text, re.IGNORECASE):
        return financial_quarter(text)
    return financial_year(text)


def survey_wave(text: str) -> Period | None:
    """Calendar quarter that a text names as `Jul-Sep 2020`."""
    found = _WAVE.search(text)
    if found is None:
        return None
    start = date(int(found[2]), MONTHS.index(found[1][:3].lower()) + 1, 1)
    return Period(f"{found[1].replace('–', '-').title()} {found[2]}", start, add_months(start, 3), "wave")


def snapshot_month(text: str) -> Period | None:
    """Month that a text names as `October 2021` or `Oct 2021`; stands for a snapshot taken some day of it."""
    found = _MONTH.search(text)
    if found is None:
        return None
    start = date(int(found[2]), MONTHS.index(found[1][:3].lower()) + 1, 1)
    return Period(f"{start:%Y-%m}", start, add_months(start, 1), "snapshot")


def year_ending(text: str) -> Period | None:
    """Twelve months that a text names by their last, with or without spaces: `year ending March 2018`, `dec19`."""
    found = _YEAR_ENDING.search(text)
    if found is None:
        return None
    year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
    end = add_months(date(year, MONTHS.index(found[1][:3].lower()) + 1, 1), 1)
    return Period(f"year to {add_months(end, -1):%b %Y}", add_months(end, -12), end, "rolling")


def mid_year(text: str) -> Period | None:
    """June of the year that a text names as `mid-2020` or `midyearestimates2020`: the estimates are for 30 June."""
    found = _MID_YEAR.search(text)
    if found is None:
        return None
    start = date(int(found[1]), 6, 1)
    return Period(f"{start:%Y-%m}", start, add_months(start, 1), "snapshot")


def standing(label: str) -> PeriodFinder:
    """A finder that answers one and the same period for every text, so that each edition supersedes the one before.

    For tables of which every edition brings all years anew: the rows name their own periods.
    """
    period = Period(label, date(1900, 1, 1), date(2100, 1, 1), "series")
    return lambda _text: period


whole_series = standing("whole series")
"""The standing period of figures; other tables of such a source take one of their own."""
