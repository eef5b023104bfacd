"""Editions of a warehouse in miniature, and builders of their staged rows."""

from datetime import date
from typing import Any

from tests.sql.harness import Row, day
from tests.sql.rows import months_later

RECEIPTS: list[tuple[str, str, str, str, str | None]] = [
    ("action_plan", "Action delivery plan 2010-11.xlsx", "plan", "2010-06-08", "2011-01-10"),
    ("action_plan", "Action delivery plan 2010-11.xlsx", "plan with days done", "2011-01-10", None),
    ("portfolio_agreement", "Portfolio Agreement 2021-22.xlsx", "agreement", "2021-06-29", "2021-11-20"),
    ("portfolio_agreement", "Portfolio Agreement 2021-22.xlsx", "agreement corrected", "2021-11-20", None),
    ("continuing_education", "CE classroom based 2019-20.xlsx", "courses 2019", "2020-10-30", None),
    ("continuing_education", "CE classroom based 2020-21.xlsx", "courses 2020", "2021-10-15", None),
    ("continuing_education", "CE forecast 2021-22 Q2.xlsx", "forecast", "2021-10-22", "2021-12-01"),
    ("continuing_education", "CE forecast 2021-22 Q2.xlsx", "forecast corrected", "2021-12-01", None),
    ("community_safety_survey", "Survey Apr-Jun 2020.xlsx", "Apr-Jun 2020", "2020-07-31", None),
    ("community_safety_survey", "Survey Jul-Sep 2020.xlsx", "Jul-Sep 2020", "2020-10-30", None),
    ("community_safety_survey", "Survey Oct-Dec 2020.xlsx", "Oct-Dec 2020", "2021-01-29", None),
    ("community_safety_survey", "Survey Jan-Mar 2021.xlsx", "Jan-Mar 2021", "2021-04-30", "2021-08-20"),
    ("community_safety_survey", "Survey Jan-Mar 2021.xlsx", "Jan-Mar 2021 corrected", "2021-08-20", None),
    ("community_safety_survey", "Survey Apr-Jun 2021.xlsx", "Apr-Jun 2021", "2021-07-30", None),
    ("state_of_the_sector", "State of the Sector May 2020.xlsx", "sector May 2020", "2020-05-29", None),
    ("state_of_the_sector", "State of the Sector May 2021.xlsx", "sector May", "2021-05-28", None),
    ("state_of_the_sector", "State of the Sector October 2021.xlsx", "sector October", "2021-10-20", None),
    ("dwp_grants", "DWP grant spend 2021-22 Q2.xlsx", "grants", "2021-10-15", None),
    ("published_report", "PPRR 2021-22 mid-year as printed.xlsx", "report", "2021-11-12", None),
    ("local_fund", "SLF applications 2020-21.xlsx", "fund", "2021-04-30", None),
    ("local_fund", "SLF applications 2021-22 Q2.xlsx", "fund paused", "2021-10-08", None),
    ("sector_support", "Sector3 monitoring 2020-21.xlsx", "return of the year", "2021-04-19", None),
    ("sector_support", "Sector3 monitoring 2021-22 Q1.xlsx", "return of Q1", "2021-07-12", None),
    ("sector_support", "Sector3 monitoring 2021-22 Q2.xlsx", "return of Q2", "2021-10-11", None),
    ("recorded_crime", "GMP recorded crime 2019-20.xlsx", "crime", "2020-07-15", None),
    ("recorded_crime", "GMP recorded crime 2020-21.xlsx", "crime interrupted", "2021-07-15", None),
    ("finance", "Revenue monitoring 2021-22 Q2.xlsx", "finance", "2021-10-29", "2021-11-15"),
    ("finance", "Revenue monitoring 2021-22 Q2.xlsx", "finance corrected", "2021-11-15", None),
    ("programme_activity", "Programme activity 2021-22 Q2.xlsx", "activity", "2021-10-29", None),
    ("commentary", "Commentary 2021-22 Q2.xlsx", "commentary", "2021-11-05", "2021-11-25"),
    ("commentary", "Commentary 2021-22 Q2.xlsx", "commentary corrected", "2021-11-25", None),
    ("population", "ukpopestimatesmid2020.xlsx", "residents", "2021-06-25", None),
    ("police_force_areas", "pfatablesdec19.xlsx", "offences", "2020-04-23", None),
    ("fe_learners", "FE learners by provider 2021-01-28.csv", "learners", "2021-01-28", "2021-07-15"),
    ("fe_learners", "FE learners by provider 2021-07-15.csv", "learners restated", "2021-07-15", None),
    ("lait", "LAIT extract 2021-06-01.xlsx", "lait", "2021-06-01", None),
    ("lait", "LAIT data dictionary.csv", "lait dictionary", "2021-06-01", None),
    ("lait", "Statistical neighbours May 2021.xlsx", "lait neighbours", "2021-05-20", None),
    ("national_indicators", "National indicators 2010-11.xlsx", "indicators", "2010-06-08", None),
]
"""Source, workbook, hash, day of receipt and day on which a later edition counts."""

NAMES = {sha256: (source, workbook) for source, workbook, sha256, _, _ in RECEIPTS}


def receipts() -> list[Row]:
    return [
        {
            "source": source,
            "workbook": workbook,
            "workbook_sha256": sha256,
            "received_on": day(as_at),
            "as_at": day(as_at),
            "superseded_on": None if superseded_on is None else day(superseded_on),
            "outcome": "loaded" if superseded_on is None else "superseded",
        }
        for source, workbook, sha256, as_at, superseded_on in RECEIPTS
    ]


def corrections() -> list[Row]:
    workbook = {"source": NAMES["grants"][0], "workbook": NAMES["grants"][1], "workbook_sha256": "grants"}
    return [{**workbook, "as_at": day("2021-10-15"), "sheet": "Sheet", "cell": "E6", "reason": "pence were missing"}]


def staged(sha256: str, row_number: int, label: str, start: str, length: int, /, **columns: Any) -> Row:
    """A staged row of an edition: where it stands, the period of the edition, and its own columns."""
    first: date = day(start)
    origin = {
        "workbook": NAMES[sha256][1],
        "workbook_sha256": sha256,
        "sheet": "Sheet",
        "row_number": row_number,
        "period_label": label,
        "period_start": first,
        "period_end": months_later(first, length),
    }
    return origin | columns


def figure(name: str, amount: Any, column: str, row_number: int) -> Row:
    """The staged columns of a figure that stands in a cell."""
    return {
        name: amount,
        f"{name}_unit": "",
        f"{name}_qualifier": "exact",
        f"{name}_availability": "not_available" if amount is None else "value",
        f"{name}_italic": False,
        f"{name}_cell": f"{column}{row_number}",
        f"{name}_text": str(amount),
    }
