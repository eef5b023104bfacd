"""From one agreement to the next: renumbered measures keep their trend, redefined ones break it, retired ones stay."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import STOCKPORT, known, quarter, years

OLD, NEW, NEWEST = 2021, 2022, 2023


def agreed(first: int, code: str = "IN.2", **changes: Any) -> Row:
    """A measure of the agreement of a year: a yearly rate, rated on its forecast."""
    row = {
        "measure_code": code,
        "measure_name": "Events held",
        "unit": "%",
        "year_type": "financial",
        "numerator": "Events",
        "denominator": "Plans",
        "polarity": "high",
        "is_contextual": False,
        "target_type": "numeric",
        "target_value": "50",
        "tolerance_value": "5",
        "tolerance_kind": "relative",
        "rated_on": "Forecast",
        "forecast_method": "None",
        "agreement_year": years(first),
        "agreement_start": day(f"{first}-04-01"),
        "as_at": day(f"{first}-06-29"),
        "workbook": f"Portfolio Agreement {years(first)}.xlsx",
        "workbook_sha256": f"agreement {first}",
        "sheet": "Measures",
        "code_cell": "A5",
    }
    return row | changes


def history(*measures: Row) -> dict[tuple[str, str], Row]:
    rows = run("marts.measure_history", {"staging.portfolio_agreement_measure": measures})
    return {(row["agreement_year"], row["measure_code"]): row for row in rows}


def kinds(*measures: Row, first: int = NEW) -> dict[str, str]:
    return {code: row["change_kind"] for (year, code), row in history(*measures).items() if year == years(first)}


def test_the_first_agreement_there_is_changes_nothing() -> None:
    [row] = history(agreed(OLD)).values()
    assert (row["change_kind"], row["breaks_series"], row["valid_from"], row["valid_to"]) == (
        "first",
        False,
        day("2021-04-01"),
        None,
    )


@pytest.mark.parametrize(
    ("later", "kind", "changed"),
    [
        pytest.param({}, "unchanged", None, id="the_same"),
        pytest.param({"measure_name": "Events  held."}, "unchanged", None, id="spaces_and_signs"),
        pytest.param({"measure_name": "Events > held"}, "redefined", "name", id="a_sign_that_means_something"),
        pytest.param({"numerator": "EVENTS"}, "unchanged", None, id="capitals"),
        pytest.param({"polarity": "low"}, "polarity_changed", "polarity", id="polarity"),
        pytest.param({"numerator": "Events and visits"}, "redefined", "numerator", id="numerator"),
        pytest.param({"denominator": None}, "redefined", "denominator", id="denominator_gone"),
        pytest.param(
            {"unit": "Number", "year_type": "snapshot"}, "redefined", "unit, calendar", id="unit_and_calendar"
        ),
        pytest.param({"measure_name": "Events attended"}, "redefined", "name", id="name"),
        pytest.param({"measure_name": "Events run", "replaces": "IN.2"}, "renamed", "name", id="renamed_and_said_so"),
        pytest.param(
            {"numerator": "Visits", "replaces": "IN.2"}, "redefined", "numerator", id="said_to_go_on_and_redefined"
        ),
    ],
)
def test_same_code_in_the_next_agreement(later: Row, kind: str, changed: str | None) -> None:
    row = history(agreed(OLD), agreed(NEW, **later))[years(NEW), "IN.2"]
    assert (row["change_kind"], row["changed"], row["breaks_series"]) == (kind, changed, kind == "redefined")


def test_a_measure_is_valid_until_the_next_agreement() -> None:
    found = history(agreed(OLD), agreed(NEW))
    assert [(row["valid_from"], row["valid_to"]) for row in found.values()] == [
        (day("2021-04-01"), day("2022-04-01")),
        (day("2022-04-01"), None),
    ]


def test_academic_measures_change_with_the_academic_year() -> None:
    found = history(*(agreed(first, year_type="academic") for first in (OLD, NEW)))
    assert found[years(NEW), "IN.2"]["valid_from"] == day("2022-08-01")


def test_codes_that_come_and_go() -> None:
    later = [agreed(NEW, "IN.20", replaces="IN.2", measure_name="Events run"), agreed(NEW, "IN.30")]
    assert kinds(agreed(OLD), agreed(OLD, "IN.3"), *later) == {
        "IN.2": "replaced",
        "IN.3": "retired",
        "IN.20": "renumbered",
        "IN.30": "new",
    }


def test_a_series_that_two_measures_claim_goes_on_in_neither() -> None:
    later = [agreed(NEW, code, replaces="IN.2") for code in ("IN.20", "IN.21")]
    found = history(agreed(OLD), *later)
    assert kinds(agreed(OLD), *later) == {"IN.2": "replaced", "IN.20": "redefined", "IN.21": "redefined"}
    assert found[years(NEW), "IN.2"]["replaced_by"] == "IN.20, IN.21"


def test_codes_that_are_swapped_break_both_series() -> None:
    later = [agreed(NEW, "IN.2", replaces="IN.3"), agreed(NEW, "IN.3", replaces="IN.2")]
    assert kinds(agreed(OLD), agreed(OLD, "IN.3"), *later) == {"IN.2": "redefined", "IN.3": "redefined"}


def test_a_corrected_agreement_is_compared_from_its_own_day_on() -> None:
    wrong = agreed(NEW, numerator="Visits", superseded_on=day("2022-09-01"))
    right = agreed(NEW, as_at=day("2022-09-01"), workbook_sha256="corrected")
    rows = run("marts.measure_history", {"staging.portfolio_agreement_measure": [agreed(OLD), wrong, right]})
    said = [
        (row["change_kind"], row["as_at"], row["superseded_on"]) for row in rows if row["agreement_year"] == years(NEW)
    ]
    assert said == [("redefined", day("2022-06-29"), day("2022-09-01")), ("unchanged", day("2022-09-01"), None)]


def observed(label: str, value: str, code: str = "IN.2") -> Row:
    row = known(label, value, measure_code=code, as_at=day("2022-05-01"), area_code=STOCKPORT, component="total")
    del row["report_quarter"]
    return row | {"edition": f"{label} of {code}"}


def status(*measures: Row, figures: Sequence[Row], label: str = "2022-23-Q2", wanted: str = "IN.2") -> Row:
    """The row of marts.measure_status for one measure in one quarter, from agreements and figures."""
    given = {
        "marts.reporting_quarter": [quarter(label)],
        "marts.area": [{"area_code": STOCKPORT, "area_name": "Stockport", "is_authority": True}],
        "marts.observation": figures,
        "staging.portfolio_agreement_measure": measures,
    }
    [row] = [row for row in run("marts.measure_status", given) if row["measure_code"] == wanted]
    return row


def compared(row: Row) -> tuple[object, ...]:
    return row["trend"], row["trend_reason"], row["previous_value"]


FIGURES = [observed("2021-22", "40"), observed("2022-23", "48")]


def test_a_measure_that_stays_as_it_is_keeps_its_trend() -> None:
    row = status(agreed(OLD), agreed(NEW), figures=FIGURES)
    assert compared(row) == ("better", "actual year-end against previous", dec("40"))


def test_a_redefined_measure_has_no_trend_over_the_break_and_says_so() -> None:
    row = status(agreed(OLD), agreed(NEW, numerator="Visits"), figures=FIGURES)
    assert compared(row) == (None, "series_break", dec("40"))
    assert (row["change_pct"], row["trend_robust"], row["status"]) == (None, None, "A")


def test_a_year_later_the_trend_does_not_cross_the_break_any_more() -> None:
    measures = [agreed(OLD), agreed(NEW, numerator="Visits"), agreed(NEWEST, numerator="Visits")]
    row = status(*measures, figures=[*FIGURES, observed("2023-24", "50")], label="2023-24-Q2")
    assert compared(row) == ("better", "actual year-end against previous", dec("48"))


def test_a_quarter_of_the_year_before_does_not_know_of_the_break() -> None:
    figures = [observed("2020-21", "30"), *FIGURES]
    row = status(agreed(OLD), agreed(NEW, numerator="Visits"), figures=figures, label="2021-22-Q4")
    assert compared(row) == ("better", "actual year-end against previous", dec("30"))


@pytest.mark.parametrize("later_code", ["IN.2", "IN.20"])
def test_a_renumbered_measure_keeps_its_trend_whatever_code_its_figures_come_under(later_code: str) -> None:
    figures = [observed("2021-22", "40"), observed("2022-23", "48", later_code)]
    row = status(agreed(OLD), agreed(NEW, "IN.20", replaces="IN.2"), figures=figures, wanted="IN.20")
    assert compared(row) == ("better", "actual year-end against previous", dec("40"))
    assert row["value"] == dec("48")


def test_a_measure_with_a_new_code_and_no_word_of_the_old_one_has_nothing_to_compare_with() -> None:
    figures = [observed("2021-22", "40"), observed("2022-23", "48", "IN.20")]
    row = status(agreed(OLD), agreed(NEW, "IN.20"), figures=figures, wanted="IN.20")
    assert compared(row) == (None, "previous_not_available", None)


def test_a_measure_renumbered_twice_keeps_its_years() -> None:
    measures = [agreed(OLD), agreed(NEW, "IN.20", replaces="IN.2"), agreed(NEWEST, "IN.21", replaces="IN.20")]
    given = {
        "marts.reporting_quarter": [quarter("2023-24-Q2")],
        "marts.area": [{"area_code": STOCKPORT, "is_authority": True}],
        "marts.observation": [observed("2021-22", "40"), observed("2022-23", "48", "IN.20")],
        "staging.portfolio_agreement_measure": measures,
    }
    rows = run("marts.known_observation", given)
    assert {row["period_label"]: row["value"] for row in rows if row["measure_code"] == "IN.21"} == {
        "2021-22": dec("40"),
        "2022-23": dec("48"),
    }


def test_an_old_code_that_another_measure_has_now_gives_its_earlier_figures_only() -> None:
    later = [agreed(NEW, "IN.20", replaces="IN.2"), agreed(NEW, "IN.2", measure_name="Visits", numerator="Visits")]
    figures = [*FIGURES, observed("2022-23", "55", "IN.20")]
    renumbered = status(agreed(OLD), *later, figures=figures, wanted="IN.20")
    assert (renumbered["value"], *compared(renumbered)[:1]) == (dec("55"), "better")
    assert status(agreed(OLD), *later, figures=figures[:2], wanted="IN.20")["value"] is None
    assert compared(status(agreed(OLD), *later, figures=figures)) == (None, "series_break", dec("40"))


@pytest.mark.parametrize(
    ("labels", "trend", "reason"),
    [
        pytest.param(("2021-10", "2022-05"), None, "series_break", id="over_the_break"),
        pytest.param(("2022-04", "2022-05"), "better", "latest against previous", id="both_after_it"),
        pytest.param(("2021-05", "2022-03"), "better", "latest against previous", id="both_before_it"),
    ],
)
def test_snapshots_about_a_break(labels: tuple[str, str], trend: str | None, reason: str) -> None:
    snapshot: Row = {"year_type": "snapshot", "rated_on": "Latest"}
    measures = [agreed(OLD, **snapshot), agreed(NEW, measure_name="Visits", **snapshot)]
    figures = [observed(label, value) for label, value in zip(labels, ("40", "48"), strict=True)]
    assert compared(status(*measures, figures=figures))[:2] == (trend, reason)


def test_a_retired_measure_stays_and_says_since_when() -> None:
    measures = [agreed(OLD), agreed(OLD, "IN.3"), agreed(NEW, "IN.20", replaces="IN.2")]
    rows = {row["measure_code"]: row for row in run("marts.measure", {"staging.portfolio_agreement_measure": measures})}
    said = {code: (row["retired_from"], row["replaced_by"]) for code, row in rows.items() if code.startswith("IN.")}
    assert said == {
        "IN.2": (day("2022-04-01"), "IN.20"),
        "IN.3": (day("2022-04-01"), None),
        "IN.20": (None, None),
    }


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ([agreed(NEW)], []),
        ([agreed(NEW, numerator="Visits")], [("measure_redefined", "IN.2, agreement 2022-23", "numerator")]),
        ([], []),
        ([agreed(NEW, "IN.20", replaces="IN.2")], []),
        (
            [agreed(NEW), agreed(NEW, "IN.20", replaces="IN.9")],
            [("replaces_unknown_measure", "IN.20, agreement 2022-23", None)],
        ),
        ([agreed(NEW, "IN.20")], [("measure_no_longer_listed", "IN.2, agreement 2022-23", None)]),
    ],
)
def test_what_the_agreements_leave_open_is_a_finding(
    later: list[Row], found: list[tuple[str, str, str | None]]
) -> None:
    rows = run("findings.measure_changes", {"staging.portfolio_agreement_measure": [agreed(OLD), *later]})
    assert [(row["check_name"], row["subject"], row["recomputed"]) for row in rows] == found


RECODED: Row = {"old_code": "00BS", "new_code": STOCKPORT, "changed_on": day("2022-04-01"), "change_kind": "recoded"}
OWN: Row = {"area_alias": "Stockport", "area_code": STOCKPORT, "area_name": "Stockport", "is_authority": True}


def over_a_change_of_area(change: Row) -> Row:
    """The status in the year after an area's code, whose figures stood under another one before, was changed."""
    given = {
        "marts.reporting_quarter": [quarter("2022-23-Q2")],
        "staging.area": [OWN],
        "staging.listed_area": [{"area_code": "00BS", "area_name": "Stockport"}],
        "staging.area_change": [change],
        "marts.observation": [observed("2021-22", "40") | {"area_code": "00BS"}, observed("2022-23", "48")],
        "staging.portfolio_agreement_measure": [agreed(OLD), agreed(NEW)],
    }
    [row] = run("marts.measure_status", given)
    return row


def test_an_area_that_only_has_another_code_keeps_its_trend() -> None:
    assert compared(over_a_change_of_area(RECODED)) == ("better", "actual year-end against previous", dec("40"))


@pytest.mark.parametrize("kind", ["boundary", "merged", "split"])
def test_figures_of_another_area_are_not_compared_with(kind: str) -> None:
    assert compared(over_a_change_of_area(RECODED | {"change_kind": kind})) == (None, "previous_not_available", None)


@pytest.mark.parametrize(
    ("old_code", "changed_on", "trend", "reason"),
    [
        ("E08000098", "2022-04-01", None, "series_break"),
        ("E08000098", "2021-04-01", "better", "actual year-end against previous"),
    ],
)
def test_no_trend_crosses_another_boundary(old_code: str, changed_on: str, trend: str | None, reason: str) -> None:
    change = {"old_code": old_code, "new_code": STOCKPORT, "changed_on": day(changed_on), "change_kind": "boundary"}
    row = status_with_change(change)
    assert compared(row)[:2] == (trend, reason)


def status_with_change(change: Row) -> Row:
    """The status of a measure whose figures stand under the authority's own code throughout."""
    given = {
        "marts.reporting_quarter": [quarter("2022-23-Q2")],
        "staging.area": [OWN],
        "staging.area_change": [change],
        "marts.observation": FIGURES,
        "staging.portfolio_agreement_measure": [agreed(OLD), agreed(NEW)],
    }
    [row] = run("marts.measure_status", given)
    return row


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], ("00BS", None, None, None)),
        ([RECODED], (STOCKPORT, day("2022-04-01"), "recoded", STOCKPORT)),
        (
            [RECODED | {"new_code": code, "change_kind": "split"} for code in ("E06000061", "E06000062")],
            ("00BS", day("2022-04-01"), "split", "E06000061, E06000062"),
        ),
    ],
)
def test_an_area_says_what_became_of_its_code(changes: list[Row], expected: tuple[object, ...]) -> None:
    given = {
        "staging.area": [OWN],
        "staging.listed_area": [{"area_code": "00BS", "area_name": "Stockport"}],
        "staging.area_change": changes,
    }
    [row] = [row for row in run("marts.area", given) if row["area_code"] == "00BS"]
    assert (row["current_code"], row["code_until"], row["change_kind"], row["replaced_by"]) == expected
    assert row["is_authority"] == (expected[0] == STOCKPORT)
