"""Grants: allocated, paid and not spent, whom they reached and what came of them."""

from datetime import date
from decimal import Decimal

from pipelines.report.sections.grants import grants_chart, schemes_table
from tests.unit.report.rows import HOSTILE, cells

SCHEME = {
    "scheme": "Household Support Fund",
    "funder": "DWP",
    "period_start": date(2021, 10, 1),
    "period_end": date(2022, 4, 1),
    "period_state": "not_begun",
    "edition_period": "2021-22-Q2",
    "allocation_pounds": Decimal(2163000),
    "national_total_pounds": Decimal(500000000),
    "paid_pounds": Decimal(0),
    "spent_pct": Decimal(0),
    "unspent_pounds": Decimal(2163000),
    "residents_count": None,
    "cost_per_resident_pounds": None,
}
GRANT = {
    "recipient": HOSTILE,
    "scheme": "Local Support",
    "strand": "Third sector",
    "paid_pounds": Decimal(10000),
    "payment_count": 1,
    "households_count": None,
    "residents_count": 300,
    "outcome": "Debt cleared",
    "outcome_pounds": Decimal(141500),
    "outcome_per_pound": Decimal("14.15"),
}


def test_a_scheme_that_has_not_begun() -> None:
    assert cells(schemes_table([SCHEME])) == [
        {
            "scheme": "Household Support Fund | DWP",
            "period": "October 2021 to March 2022 | not begun on 30 September 2021",
            "allocation": "£2,163,000 | of £500,000,000 nationally",
            "paid": "£0 | 0% of the allocation",
            "unspent": "£2,163,000",
            "residents": "Not counted",
            "cost": "Not available",
        }
    ]


def test_a_period_to_the_end_of_a_year() -> None:
    [row] = cells(schemes_table([SCHEME | {"period_end": date(2022, 1, 1)}]))
    assert row["period"].startswith("October 2021 to December 2021")


def test_the_chart_says_in_words_what_it_shows_and_has_the_figures_beside_it() -> None:
    chart = grants_chart([GRANT | {"recipient": "Schools", "paid_pounds": Decimal(800000), "outcome": None}, GRANT])
    assert chart.alt == "Bar chart of £810,000 paid to 2 recipients. The largest is Schools with £800,000."
    assert [row["paid"] for row in chart.rows] == [800.0, 10.0]
    first, second = cells(chart.table)
    assert first["outcome"] == "None reported"
    assert (second["recipient"], second["households"]) == (f"{HOSTILE} | Local Support", "Not counted")
    assert second["outcome"] == "Debt cleared: £141,500 | £14.15 for each pound paid"
