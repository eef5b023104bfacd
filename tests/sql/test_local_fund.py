"""Applications to the Local Fund: shares and counts by year or quarter, and a fund that did not run."""

from collections.abc import Mapping, Sequence

import pytest

from tests.sql.community import PAUSED
from tests.sql.harness import Row, day, dec, run

BY_NAME: list[Row] = [
    {"measure_code": "IN.N1", "measure_name": "Number of successful first-time applicants"},
    {"measure_code": "IN.N2", "measure_name": "Number of successful repeat applicants"},
]
YEAR, QUARTER = "2020-21", "2021-22-Q2"


def application(number: int, decision: str, awarded: str | None = None, **changes: object) -> Row:
    """A row of staging.local_fund_application: of a repeat applicant, in the register of 2020-21."""
    row: Row = {
        "edition_period": YEAR,
        "reference": f"SLF-{number}",
        "received_on": day("2020-05-04"),
        "applicant_type": "Repeat",
        "decision": decision,
        "is_awarded": decision == "Awarded",
        "awarded_pounds": awarded,
        "as_at": day("2021-04-30"),
        "workbook": "SLF.xlsx",
        "workbook_sha256": "fund",
        "sheet": "Register",
        "reference_cell": f"A{number}",
        "applicant_type_cell": f"D{number}",
        "decision_cell": f"F{number}",
        "awarded_cell": awarded and f"G{number}",
        "awarded_text": awarded,
    }
    return row | changes


def pause(edition_period: str, start: str, end: str, **changes: object) -> Row:
    """A row of staging.note: why the register of an edition has no rows."""
    row: Row = {
        "source": "local_fund",
        "edition_period": edition_period,
        "period_start": day(start),
        "period_end": day(end),
        "note": PAUSED,
        "says_why_empty": True,
        "as_at": day("2021-10-08"),
        "workbook": "SLF Q2.xlsx",
        "workbook_sha256": "paused",
        "sheet": "Register",
        "row_number": 5,
        "cell": "A5",
    }
    return row | changes


def observed(applications: Sequence[Row], notes: Sequence[Row] = ()) -> Mapping[tuple[str, str], Row]:
    """Observations of the fund by measure and period."""
    rows = run(
        "marts.observation",
        {
            "staging.local_fund_application": list(applications),
            "staging.note": list(notes),
            "staging.measure_by_name": BY_NAME,
        },
    )
    return {(row["measure_code"], row["period_label"]): row for row in rows}


def values(found: Mapping[tuple[str, str], Row], period: str) -> dict[str, object]:
    return {measure: row["value"] for (measure, label), row in found.items() if label == period}


def test_shares_of_successful_applications_and_of_small_grants() -> None:
    found = observed(
        [
            application(4, "Awarded", "499.99", applicant_type="First time"),
            application(5, "Awarded", "2500"),
            application(6, "Awarded", "500"),
            application(7, "Declined"),
            application(8, "Withdrawn", applicant_type="First time"),
        ]
    )
    assert values(found, YEAR) == {
        "IN.1.1": dec("60"),
        "IN.1.2": dec("33.333333"),
        "IN.N1": dec("1"),
        "IN.N2": dec("2"),
    }
    assert (found["IN.1.1", YEAR]["numerator"], found["IN.1.1", YEAR]["denominator"]) == (dec("3"), dec("5"))
    assert found["IN.1.1", YEAR]["year_type"] == "financial"


def test_an_award_of_exactly_500_is_not_under_500() -> None:
    found = observed([application(4, "Awarded", "500"), application(5, "Awarded", "499.99")])
    assert found["IN.1.2", YEAR]["numerator"] == dec("1")


def test_no_successful_application_is_none_and_not_missing() -> None:
    found = observed([application(4, "Declined"), application(5, "Withdrawn")])
    assert values(found, YEAR) == {"IN.1.1": dec("0"), "IN.1.2": None, "IN.N1": dec("0"), "IN.N2": dec("0")}
    small = found["IN.1.2", YEAR]
    assert (small["availability"], small["note"]) == ("not_available", "nothing to divide by")


@pytest.mark.parametrize(
    ("received_on", "period"),
    [("2021-04-01", "2021-22-Q1"), ("2021-06-30", "2021-22-Q1"), ("2021-07-01", "2021-22-Q2")],
)
def test_a_register_up_to_a_quarter_counts_by_the_quarter_of_receipt(received_on: str, period: str) -> None:
    found = observed([application(4, "Awarded", "900", edition_period=QUARTER, received_on=day(received_on))])
    assert values(found, period)["IN.1.1"] == dec("100")
    assert {label for _, label in found} == {period}
    assert {row["year_type"] for row in found.values()} == {"quarter"}


def test_a_fund_that_did_not_run_is_not_collected_in_each_quarter_so_far() -> None:
    found = observed([], [pause(QUARTER, "2021-07-01", "2021-10-01")])
    assert {label for _, label in found} == {"2021-22-Q1", "2021-22-Q2"}
    assert {measure for measure, _ in found} == {"IN.1.1", "IN.1.2", "IN.N1", "IN.N2"}
    assert {(row["value"], row["availability"], row["note"]) for row in found.values()} == {
        (None, "not_collected", PAUSED)
    }


@pytest.mark.parametrize(
    ("edition", "start", "end", "expected"),
    [
        pytest.param("2021-22-Q1", "2021-04-01", "2021-07-01", {"2021-22-Q1"}, id="first_quarter"),
        pytest.param(
            "2021-22-Q4",
            "2022-01-01",
            "2022-04-01",
            {"2021-22-Q1", "2021-22-Q2", "2021-22-Q3", "2021-22-Q4"},
            id="last_quarter_is_in_the_next_calendar_year",
        ),
        pytest.param("2021-22", "2021-04-01", "2022-04-01", {"2021-22"}, id="whole_year"),
    ],
)
def test_a_pause_covers_the_edition(edition: str, start: str, end: str, expected: set[str]) -> None:
    found = observed([], [pause(edition, start, end)])
    assert {label for _, label in found} == expected
    assert len(found) == 4 * len(expected)


@pytest.mark.parametrize("changes", [{"says_why_empty": False}, {"source": "recorded_crime"}])
def test_other_notes_say_nothing_of_the_fund(changes: Row) -> None:
    assert observed([], [pause(QUARTER, "2021-07-01", "2021-10-01", **changes)]) == {}


def test_a_corrected_register_stands_beside_the_first() -> None:
    first = application(4, "Declined", superseded_on=day("2021-06-01"))
    corrected = application(4, "Awarded", "900", as_at=day("2021-06-01"), workbook_sha256="corrected")
    tables = {"staging.local_fund_application": [first, corrected]}
    rows = run("marts.local_fund", {**tables, "staging.note": []})
    assert [(row["awarded_count"], row["success_pct"], row["superseded_on"]) for row in rows] == [
        (1, dec("100"), None),
        (0, dec("0"), day("2021-06-01")),
    ]


def test_the_fund_by_edition_of_its_register() -> None:
    given = [application(4, "Awarded", "499.99"), application(5, "Declined"), application(6, "Withdrawn")]
    given = [row | {"requested_pounds": "1000"} for row in given]
    notes = [pause(QUARTER, "2021-07-01", "2021-10-01")]
    year, paused = run("marts.local_fund", {"staging.local_fund_application": given, "staging.note": notes})
    counts = ("application_count", "awarded_count", "declined_count", "withdrawn_count", "small_grant_count")
    assert [year[name] for name in counts] == [3, 1, 1, 1, 1]
    assert (year["requested_pounds"], year["awarded_pounds"], year["small_grant_pct"]) == (
        dec("3000"),
        dec("499.99"),
        dec("100"),
    )
    assert [paused[name] for name in counts] == [None] * 5
    assert (paused["edition_period"], paused["note"]) == (QUARTER, PAUSED)


def test_an_application_that_was_not_awarded_is_neither_a_small_grant_nor_a_large_one() -> None:
    given = [application(4, "Declined"), application(5, "Awarded", "500"), application(6, "Awarded", "499.99")]
    rows = run("marts.local_fund_application", {"staging.local_fund_application": given})
    assert [row["is_small_grant"] for row in rows] == [None, False, True]
