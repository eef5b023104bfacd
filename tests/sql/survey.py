"""Answers of the survey as staging has them, wave by wave."""

from datetime import date
from typing import Any

from tests.sql.harness import Row, day
from tests.sql.rows import STOCKPORT, months_later

STARTS = {"Jan-Mar": 1, "Apr-Jun": 4, "Jul-Sep": 7, "Oct-Dec": 10}

RECEIVED = {
    "Jul-Sep 2020": "2020-10-30",
    "Oct-Dec 2020": "2021-01-29",
    "Jan-Mar 2021": "2021-04-30",
    "Apr-Jun 2021": "2021-07-30",
}
"""Four consecutive waves and the days on which they were received."""


def answers(wave: str, strongly: str | None, tend: str | None, **changes: Any) -> list[Row]:
    """Rows of staging.community_safety_survey_response: all answers of one area and wave; None is not available."""
    given = {"Strongly agree": strongly, "Tend to agree": tend, "Neither agree nor disagree": "9", "Don't know": "1"}
    return [_answer(wave, index, response, amount) | changes for index, (response, amount) in enumerate(given.items())]


def _answer(wave: str, index: int, response: str, amount: str | None) -> Row:
    start = _start(wave)
    return {
        "measure_code": "IN.12",
        "area_code": STOCKPORT,
        "response": response,
        "respondents_pct": amount,
        "availability": "not_available" if amount is None else "value",
        "base_count": 500,
        "period_label": wave,
        "period_start": start,
        "period_end": months_later(start, 3),
        "as_at": day(RECEIVED.get(wave, "2020-01-01")),
        "workbook": f"Survey {wave}.xlsx",
        "workbook_sha256": f"hash of {wave}",
        "sheet": "Q5b",
        "cell": f"B{index + 5}",
        "cell_text": amount,
    }


def _start(wave: str) -> date:
    months, year = wave.split()
    return date(int(year), STARTS[months], 1)
