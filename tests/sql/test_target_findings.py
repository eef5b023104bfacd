"""Targets that ask for less than was reached, and targets that do not fit together."""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run

APPROVED = day("2021-06-29")
CELL = {"workbook": "Portfolio Agreement 2021-22.xlsx", "sheet": "Measures"}


def outturn(value: str, label: str = "2020-21", as_at: str = "2021-04-19", **changes: Any) -> Row:
    row = {
        "measure_code": "IN.3",
        "period_label": label,
        "period_start": day(f"{label[:4]}-04-01"),
        "year_type": "financial",
        "value": value,
        "as_at": day(as_at),
        "edition": as_at,
        "is_sum": False,
    }
    return row | changes


def findings(
    target_value: str, *outturns: Row, polarity: str = "high", unit: str = "£", target: Row | None = None
) -> list[Row]:
    """Findings of both rules about outturns, for one target of 2021-22 that was approved on 29 June 2021."""
    agreed = {
        "measure_code": "IN.3",
        "period_label": "2021-22",
        "period_start": day("2021-04-01"),
        "target_type": "numeric",
        "target_value": target_value,
        "approved_on": APPROVED,
        "cell": "L11",
        "cell_text": f"{target_value} agreed",
    } | CELL
    measure = {
        "measure_code": "IN.3",
        "measure_name": "External funding",
        "polarity": polarity,
        "unit": unit,
        "year_type": "financial",
        "printed_decimals": 1 if unit == "%" else 0,
    }
    given: dict[str, Sequence[Row]] = {
        "marts.target": [agreed | (target or {})],
        "marts.measure": [measure],
        "marts.outturn": outturns,
    }
    rules = ("findings.target_weaker_than_outturn", "findings.target_overtaken_by_outturn")
    return [row for rule in rules for row in run(rule, given)]


def names(*args: Any, **changes: Any) -> list[str]:
    return [row["check_name"] for row in findings(*args, **changes)]


WEAKER, OVERTAKEN = ["target_weaker_than_outturn"], ["target_overtaken_by_outturn"]


def test_a_target_below_the_last_outturn_is_found_at_its_cell() -> None:
    [row] = findings("100000", outturn("800916"))
    assert (row["check_name"], row["subject"]) == ("target_weaker_than_outturn", "IN.3, 2021-22")
    assert (row["published"], row["recomputed"]) == ("100000 agreed", "£800,916")
    assert (row["difference"], row["severity"]) == (dec("700916"), "warn")
    assert (row["workbook"], row["sheet"], row["cell"]) == (*CELL.values(), "L11")
    assert "29 June 2021" in row["explanation"]


@pytest.mark.parametrize(
    ("polarity", "target_value", "expected"),
    [
        pytest.param("high", "10", [], id="high_equal"),
        pytest.param("high", "11", [], id="high_stronger"),
        pytest.param("high", "9", WEAKER, id="high_weaker"),
        pytest.param("low", "10", [], id="low_equal"),
        pytest.param("low", "9", [], id="low_stronger"),
        pytest.param("low", "11", WEAKER, id="low_weaker"),
        pytest.param("none", "9", [], id="nobody_says_what_is_good"),
    ],
)
def test_weaker_by_what_is_good(polarity: str, target_value: str, expected: list[str]) -> None:
    assert names(target_value, outturn("10"), polarity=polarity, unit="Number") == expected


@pytest.mark.parametrize(("value", "expected"), [("93.049999", []), ("93.05", WEAKER)])
def test_an_outturn_is_taken_as_it_is_printed(value: str, expected: list[str]) -> None:
    assert names("93", outturn(value), unit="%") == expected


@pytest.mark.parametrize(
    ("unit", "value", "expected"),
    [("%", "96.270718", "96.3%"), ("%", "98", "98%"), ("£", "1234567.4", "£1,234,567"), ("Number", "1200", "1,200")],
)
def test_the_outturn_is_told_in_its_unit(unit: str, value: str, expected: str) -> None:
    [row] = findings("1", outturn(value), unit=unit)
    assert row["recomputed"] == expected


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        pytest.param("2021-06-28", WEAKER, id="known_the_day_before"),
        pytest.param("2021-06-29", WEAKER, id="known_on_the_day"),
        pytest.param("2021-06-30", OVERTAKEN, id="known_the_day_after"),
    ],
)
def test_what_was_known_when_the_target_was_approved(as_at: str, expected: list[str]) -> None:
    assert names("9", outturn("10", as_at=as_at)) == expected


def test_a_target_that_was_overtaken_says_since_when() -> None:
    [row] = findings("95", outturn("94.9", "2019-20", "2020-10-30"), outturn("96.3", as_at="2021-10-15"), unit="%")
    assert (row["check_name"], row["recomputed"]) == ("target_overtaken_by_outturn", "96.3%")
    assert row["difference"] == dec("1.3")
    assert "15 October 2021" in row["explanation"]


def test_a_target_that_was_weak_from_the_start_is_found_once() -> None:
    assert names("9", outturn("10", "2019-20", "2020-04-19"), outturn("12", as_at="2021-10-15")) == WEAKER


def test_the_last_year_counts_and_not_the_best() -> None:
    assert names("9", outturn("12", "2019-20", "2020-04-19"), outturn("8")) == []


def test_a_year_is_compared_with_a_year() -> None:
    assert names("9", outturn("10", year_type="snapshot")) == []


def test_the_targets_own_year_is_performance_and_not_a_finding() -> None:
    assert names("9", outturn("10", "2021-22", "2022-04-19")) == []


def test_an_outturn_corrected_after_the_approval_counts_as_it_was_known() -> None:
    first, corrected = outturn("8", superseded_on=day("2021-09-01")), outturn("10", as_at="2021-09-01")
    assert names("9", first, corrected) == OVERTAKEN


@pytest.mark.parametrize(
    "target",
    [
        pytest.param({"target_type": "maximise", "target_value": None}, id="no_number"),
        pytest.param({"superseded_on": day("2021-11-20")}, id="superseded"),
    ],
)
def test_targets_that_are_not_looked_at(target: Row) -> None:
    assert names("9", outturn("10"), target=target) == []


def test_without_an_outturn_there_is_nothing_to_compare() -> None:
    assert names("9") == []


RATES = {
    "PASS": ("Achieved", "Completed", "97"),
    "RETENTION": ("Completed", "Starts", "95"),
    "ACHIEVEMENT": ("Achieved", "Starts", "93"),
}


def components(polarity: str = "high", **changes: Row) -> list[Row]:
    rates = [
        {
            "measure_code": code,
            "measure_name": f"{code.capitalize()} rate",
            "agreement_year": "2021-22",
            "unit": "%",
            "polarity": polarity,
            "numerator": numerator,
            "denominator": denominator,
            "target_type": "numeric",
            "target_value": value,
            "target_text": f"{value}%",
            "target_cell": f"cell of {code}",
            "workbook_sha256": "agreement",
            "as_at": APPROVED,
        }
        | CELL
        | changes.get(code, {})
        for code, (numerator, denominator, value) in RATES.items()
    ]
    return run("findings.component_targets_that_do_not_fit", {"staging.portfolio_agreement_measure": rates})


def test_targets_whose_product_misses_the_target_of_the_whole() -> None:
    [row] = components()
    assert row["subject"] == "ACHIEVEMENT, 2021-22: PASS x RETENTION"
    assert (row["published"], row["recomputed"], row["difference"]) == ("93%", "92.15%", dec("-0.85"))
    assert (row["workbook"], row["sheet"], row["cell"]) == (*CELL.values(), "cell of ACHIEVEMENT")
    assert "97.9% for PASS, or 95.88% for RETENTION" in row["explanation"]


def test_no_target_above_all_is_proposed() -> None:
    [row] = components(RETENTION={"target_value": "92"})
    assert row["explanation"].endswith("A target of that for ACHIEVEMENT, or 95.88% for RETENTION, would mend it.")


@pytest.mark.parametrize(
    ("polarity", "whole", "found"),
    [
        pytest.param("high", "92.15", False, id="high_exactly_met"),
        pytest.param("high", "92.150001", True, id="high_just_missed"),
        pytest.param("high", "90", False, id="high_with_room"),
        pytest.param("low", "92.15", False, id="low_exactly_met"),
        pytest.param("low", "92.149999", True, id="low_just_missed"),
        pytest.param("low", "95", False, id="low_with_room"),
        pytest.param("none", "93", False, id="nobody_says_what_is_good"),
    ],
)
def test_the_product_is_on_the_good_side(polarity: str, whole: str, found: bool) -> None:
    assert bool(components(polarity, ACHIEVEMENT={"target_value": whole})) == found


@pytest.mark.parametrize("target_value", ["97.9", "98"])
def test_what_is_said_to_mend_it_does(target_value: str) -> None:
    assert components(PASS={"target_value": target_value}) == []
    assert components(RETENTION={"target_value": "95.88"}) == []


def test_words_are_compared_without_case_and_outer_spaces() -> None:
    assert len(components(PASS={"numerator": "achieved "})) == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"numerator": "Enrolled"}, id="another_numerator"),
        pytest.param({"denominator": None}, id="no_denominator"),
        pytest.param({"unit": "Number"}, id="not_a_rate"),
        pytest.param({"target_type": "to_be_confirmed", "target_value": None}, id="no_target"),
        pytest.param({"polarity": "low"}, id="another_polarity"),
        pytest.param({"workbook_sha256": "another"}, id="another_agreement"),
        pytest.param({"superseded_on": day("2021-11-20")}, id="superseded"),
    ],
)
def test_rates_that_are_not_multiplied(changes: Row) -> None:
    assert components(PASS=changes) == []


def known_since(*outturns: Row) -> list[str]:
    """Since when the findings of an overtaken target of 90 say that its outturn has been known."""
    rows = findings("90", *outturns, unit="%")
    return [row["explanation"].split("known since ")[1].split(",")[0] for row in rows if row["check_name"] in OVERTAKEN]


FIRST_KNOWN, CORRECTED, LATER = "2021-10-15", "2021-12-10", "2022-01-10"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        pytest.param("93.2", ["15 October 2021"], id="the_same_figure_given_again"),
        pytest.param("93.24", ["15 October 2021"], id="the_same_as_it_is_printed"),
        pytest.param("94", ["10 December 2021"], id="another_figure"),
        pytest.param("89", [], id="no_longer_beyond_the_target"),
    ],
)
def test_a_correction_elsewhere_does_not_make_an_outturn_known_anew(second: str, expected: list[str]) -> None:
    first = outturn("93.2", as_at=FIRST_KNOWN, superseded_on=day(CORRECTED))
    assert known_since(first, outturn(second, as_at=CORRECTED)) == expected


def test_a_figure_that_came_back_has_been_known_since_it_came_back() -> None:
    first = outturn("93.2", as_at=FIRST_KNOWN, superseded_on=day(CORRECTED))
    other = outturn("94", as_at=CORRECTED, superseded_on=day(LATER))
    assert known_since(first, other, outturn("93.2", as_at=LATER)) == ["10 January 2022"]


def test_a_figure_that_was_withdrawn_for_a_while_has_been_known_since_it_was_given_again() -> None:
    first = outturn("93.2", as_at=FIRST_KNOWN, superseded_on=day(CORRECTED))
    assert known_since(first, outturn("93.2", as_at=LATER)) == ["10 January 2022"]
