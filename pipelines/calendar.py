"""Reporting quarters, and how financial years, academic years and survey waves relate to them."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from pipelines.periods import MONTHS, Period, academic_year, add_months, financial_quarter, financial_year, survey_wave

WHOLE_SERIES = "series"
"""The year type of editions that bring all years anew: their period says nothing of when figures begin."""


def quarter_of(day: date) -> Period:
    """The reporting quarter in which a day lies."""
    start = add_months(day, -((day.month - 1) % 3))
    first = start.year - (1 if start.month < 4 else 0)
    number = (start.month - 4) % 12 // 3 + 1
    return Period(f"{first}-{(first + 1) % 100:02d}-Q{number}", start, add_months(start, 3), "quarter")


def quarters_between(first: date, end: date) -> list[Period]:
    """The reporting quarters that have a day from `first` on and before `end`, oldest first."""
    quarters = []
    while first < end:
        quarters.append(quarter_of(first))
        first = quarters[-1].end
    return quarters


def touched_by(period: Period, quarters: Iterable[Period]) -> list[Period]:
    """Those of the quarters that share a day with a period: five for an academic year, which begins within one."""
    return [quarter for quarter in quarters if period.start < quarter.end and quarter.start < period.end]


def known_quarters(periods: Iterable[Period], day: date) -> list[Period]:
    """Every reporting quarter from the earliest of the periods to the one in which a day lies, oldest first."""
    starts = [period.start for period in periods if period.year_type != WHOLE_SERIES]
    return quarters_between(min([*starts, day]), quarter_of(day).end)


def named_period(text: str) -> Period:
    """The period that a person names: `2021-22-Q2`, `2021-22`, `2020-21 academic` or `Jul-Sep 2020`.

    Raises ValueError, which says what can be named.
    """
    spaced = text.strip().replace("-Q", " Q").replace("-q", " Q")
    if "academic" in spaced.casefold():
        found = academic_year(spaced)
    else:
        # a quarter that is not one, such as Q5, must not be taken for its whole year
        found = financial_quarter(spaced) or survey_wave(spaced) or (None if "Q" in spaced else financial_year(spaced))
    # the first of several must not be taken for all of them
    if found is None or len(re.findall(r"(?<!\d)20\d{2}(?!\d)", spaced)) > 1:
        raise ValueError(
            f"'{text}' is no period: name a quarter (2021-22-Q2), a financial year (2021-22), an academic year "
            "('2020-21 academic') or a survey wave ('Jul-Sep 2020')"
        )
    return found


def named_span(words: Sequence[str]) -> Period:
    """The time from the first to the last of the periods that a person names: `A`, `A B` or `A to B`, quoted or not.

    Its label is the words. Raises ValueError, which says what can be named, or in which order.
    """
    said = " ".join(words)
    sides = re.split(r"\s+to(?:\s+|$)", said.strip(), flags=re.IGNORECASE)
    if len(sides) == 1 and len(words) == 2:
        sides = list(words)
    if len(sides) > 2 or not all(sides):
        raise ValueError(f"'{said}' is not a first and a last period with 'to' between them")
    first, last = named_period(sides[0]), named_period(sides[-1])
    if last.end < first.end:
        raise ValueError(
            f"'{sides[0]}' ends after '{sides[-1]}': name the earlier one first, '{sides[-1]} to {sides[0]}'"
        )
    return Period(said, first.start, last.end, "span")


def calendars_of(quarter: Period) -> dict[str, str]:
    """What else a reporting quarter is called: its financial year, survey wave, and academic year.

    The academic year is the one that contains the quarter's last day, as in marts.reporting_quarter: July to September
    lies in two, and is rated by the one that begins in it.
    """
    last = add_months(quarter.end, -1)
    first = last.year - (1 if last.month < 8 else 0)
    months = f"{MONTHS[quarter.start.month - 1]}-{MONTHS[last.month - 1]}".title()
    return {
        "financial year": quarter.label.rpartition("-")[0],
        "academic year": f"{first}-{(first + 1) % 100:02d} academic",
        "survey wave": f"{months} {quarter.start.year}",
    }
