"""Measures that have stopped coming: two periods running without a figure, which one gap is not."""

from collections.abc import Sequence

import pytest

from tests.sql.community import INTERRUPTED
from tests.sql.harness import Row, day, run, run_one
from tests.sql.rows import definition, known, quarter

QUARTERS = [f"{year}-Q{number}" for year in ("2019-20", "2020-21") for number in (1, 2, 3, 4)]
QUARTERS += ["2021-22-Q1", "2021-22-Q2"]
CRIME = {"measure_code": "IN.6", "measure_name": "Victim-based crime", "year_type": "financial"}
GIVEN_YEAR = known("2019-20", "67.15", measure_code="IN.6")
MISSING_YEAR = known("2020-21", None, measure_code="IN.6")


def failures(figures: Sequence[Row], frequency: str = "Quarterly", **changes: str) -> list[Row]:
    """Failures as the quarter 2021-22-Q2 sees them."""
    defined = definition(**{**CRIME, **changes}, frequency=frequency)
    notes = [{"origin_id": row["origin_id"], "note": None if row["value"] else INTERRUPTED} for row in figures]
    return run(
        "marts.supply_failure",
        {
            "marts.reporting_quarter": [quarter(label) for label in QUARTERS],
            "marts.rating_definition": [defined],
            "marts.known_observation": list(figures),
            "marts.observation": notes,
        },
    )


def quarters(*labels: str) -> list[Row]:
    return [known(label, "5", measure_code="IN.6") for label in labels]


def test_not_available_for_a_year_and_nothing_since_is_a_failure_with_its_reason() -> None:
    [row] = failures([GIVEN_YEAR, MISSING_YEAR])
    assert (row["first_missing_period"], row["last_missing_period"]) == ("2020-21-Q1", "2021-22-Q2")
    assert (row["periods_missing"], row["supplied_until"]) == (6, day("2020-04-01"))
    assert (row["reason"], row["origin_id"]) == (INTERRUPTED, MISSING_YEAR["origin_id"])


def test_nothing_received_is_said_so() -> None:
    [row] = failures([GIVEN_YEAR])
    assert (row["reason"], row["origin_id"]) == ("nothing was received", None)


def test_not_available_without_a_reason_is_said_so() -> None:
    missing = MISSING_YEAR | {"origin_id": "of no note"}
    tables = [quarter(label) for label in QUARTERS]
    row = run_one(
        "marts.supply_failure",
        {
            "marts.reporting_quarter": tables,
            "marts.rating_definition": [definition(**CRIME, frequency="Quarterly")],
            "marts.known_observation": [missing],
            "marts.observation": [{"origin_id": "of no note"}],
        },
    )
    assert row["reason"] == "only 'not available' was received, without a reason"


@pytest.mark.parametrize(
    ("last", "missing"), [("2021-22-Q2", None), ("2021-22-Q1", None), ("2020-21-Q4", 2), ("2020-21-Q3", 3)]
)
def test_one_quarter_missing_is_no_failure_and_two_are(last: str, missing: int | None) -> None:
    rows = failures(quarters(*QUARTERS[: QUARTERS.index(last) + 1]))
    assert [row["periods_missing"] for row in rows] == ([] if missing is None else [missing])


def test_one_quarter_not_available_among_others_is_no_failure() -> None:
    gap = known("2021-22-Q1", None, measure_code="IN.6")
    assert failures([*quarters("2020-21-Q4", "2021-22-Q2"), gap]) == []


def test_a_gap_that_has_ended_is_no_failure() -> None:
    assert failures(quarters("2020-21-Q1", "2021-22-Q2")) == []


@pytest.mark.parametrize("availability", ["not_collected", "suppressed"])
def test_an_answer_that_there_is_none_is_no_failure(availability: str) -> None:
    answered = [known(label, None, measure_code="IN.6", availability=availability) for label in QUARTERS[-2:]]
    assert failures([GIVEN_YEAR, *answered]) == []


def test_a_measure_of_which_nothing_was_ever_known_is_no_failure() -> None:
    assert failures([]) == []


def test_a_measure_that_was_never_available_is_a_failure_from_its_first_period() -> None:
    [row] = failures([MISSING_YEAR])
    assert (row["first_missing_period"], row["periods_missing"]) == ("2020-21-Q1", 6)


def test_years_that_have_not_ended_are_not_missing() -> None:
    assert failures([GIVEN_YEAR], "Annual") == []
    assert failures([GIVEN_YEAR, MISSING_YEAR], "Annual") == []


def test_two_academic_years_without_a_figure_are_a_failure() -> None:
    figures = [known("2018-19 academic", "93", measure_code="IN.6")]
    [row] = failures(figures, "Annual", year_type="academic")
    assert (row["first_missing_period"], row["last_missing_period"]) == ("2019-20 academic", "2020-21 academic")


def test_a_forecast_of_a_later_year_is_received() -> None:
    assert failures([known("2021-22", "60", measure_code="IN.6", value_kind="forecast")]) == []


def test_the_last_quarters_failures_are_findings_at_their_cells() -> None:
    failed = {"measure_code": "IN.6", "measure_name": "Victim-based crime", "periods_missing": 6}
    failed |= {"first_missing_period": "2020-21-Q1", "last_missing_period": "2021-22-Q2", "reason": INTERRUPTED}
    cell = {"workbook": "GMP.xlsx", "sheet": "Table 1", "cell": "B4", "cell_text": "N/A", "origin_id": "o"}
    row = run_one(
        "findings.supply_failure",
        {
            "marts.reporting_quarter": [quarter(label) for label in QUARTERS],
            "marts.supply_failure": [
                failed | {"report_quarter": label, "origin_id": "o"} for label in ("2021-22-Q1", "2021-22-Q2")
            ],
            "marts.observation_origin": [cell | {"role": "numerator"}, cell | {"role": "denominator", "cell": "A2"}],
        },
    )
    assert (row["subject"], row["published"], row["severity"]) == ("IN.6, 2021-22-Q2", "N/A", "warn")
    assert (row["workbook"], row["sheet"], row["cell"]) == ("GMP.xlsx", "Table 1", "B4")
    assert "6 periods running, 2020-21-Q1 to 2021-22-Q2" in row["explanation"]
    assert row["explanation"].endswith(INTERRUPTED)


def test_a_failure_of_which_no_cell_speaks_is_a_finding_all_the_same() -> None:
    failed = {"report_quarter": "2021-22-Q2", "measure_code": "IN.6", "measure_name": "Crime", "periods_missing": 2}
    failed |= {"first_missing_period": "a", "last_missing_period": "b", "reason": "nothing was received"}
    row = run_one("findings.supply_failure", {"marts.reporting_quarter": [quarter()], "marts.supply_failure": [failed]})
    assert (row["published"], row["cell"]) == ("nothing", None)
