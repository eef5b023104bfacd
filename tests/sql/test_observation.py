"""Observations from their cells: rates from sums, zero denominators, qualifiers, what is withheld, editions."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.rows import STOCKPORT


def figure(role: str, amount: str | None, **changes: Any) -> Row:
    row = {
        "measure_code": "IN.16",
        "area_code": STOCKPORT,
        "period_label": "2020-21 academic",
        "period_start": day("2020-08-01"),
        "period_end": day("2021-08-01"),
        "year_type": "academic",
        "value_kind": "actual",
        "component": "total",
        "role": role,
        "amount": amount,
        "factor": "100" if role == "numerator" else "1",
        "qualifier": "exact",
        "availability": "value" if amount is not None else "not_available",
        "as_at": day("2021-10-15"),
        "edition": "first",
        "workbook": "courses.xlsx",
        "workbook_sha256": "first",
        "sheet": "Classroom based",
        "cell": f"{role[0].upper()}{amount}",
        "cell_text": amount,
    }
    return row | changes


def observe(*figures: Row) -> Row:
    return run_one("marts.observation", {"measures.figure": figures})


def test_a_rate_is_its_summed_numerators_over_its_summed_denominators() -> None:
    row = observe(
        figure("numerator", "10"), figure("numerator", "54"), figure("denominator", "12"), figure("denominator", "84")
    )
    assert (row["numerator"], row["denominator"]) == (dec("64"), dec("96"))
    assert row["value"] == dec("66.666667")
    assert (row["availability"], row["value_qualifier"]) == ("value", "exact")


def test_a_rate_is_not_the_mean_of_rates() -> None:
    rates = [figure("numerator", "1"), figure("denominator", "1"), figure("numerator", "0"), figure("denominator", "3")]
    assert observe(*rates)["value"] == dec("25")


@pytest.mark.parametrize("numerator", ["0", "5"])
def test_zero_denominator_is_not_available_and_not_zero(numerator: str) -> None:
    row = observe(figure("numerator", numerator), figure("denominator", "0"))
    assert (row["value"], row["availability"]) == (None, "not_available")
    assert row["note"]


def test_zero_numerator_is_a_value() -> None:
    row = observe(figure("numerator", "0"), figure("denominator", "7"))
    assert (row["value"], row["availability"]) == (dec("0"), "value")


@pytest.mark.parametrize("withheld", ["suppressed", "not_available", "not_collected"])
def test_what_is_withheld_has_no_value(withheld: str) -> None:
    row = observe(figure("value", None, availability=withheld))
    assert (row["value"], row["availability"]) == (None, withheld)


def test_a_sum_with_a_suppressed_part_is_suppressed() -> None:
    row = observe(figure("part", "40"), figure("part", None, availability="suppressed"))
    assert (row["value"], row["availability"]) == (None, "suppressed")


def test_a_rate_with_a_suppressed_part_is_suppressed() -> None:
    parts = [figure("numerator", "40"), figure("numerator", None, availability="suppressed")]
    row = observe(*parts, figure("denominator", "90"))
    assert (row["value"], row["availability"]) == (None, "suppressed")


@pytest.mark.parametrize("qualifier", ["about", "at_least", "over"])
def test_a_qualifier_is_kept(qualifier: str) -> None:
    row = observe(figure("value", "17000", qualifier=qualifier))
    assert (row["value"], row["value_qualifier"]) == (dec("17000"), qualifier)


def test_a_sum_is_about_when_a_part_of_it_is() -> None:
    row = observe(figure("part", "10", qualifier="about"), figure("part", "20"))
    assert (row["value"], row["value_qualifier"]) == (dec("30"), "about")


def test_parts_are_added_with_their_factors() -> None:
    waves = [figure("part", amount, factor="0.25", cell=amount) for amount in ("40", "41", "43", "43.5")]
    assert observe(*waves)["value"] == dec("41.875")


def test_components_kinds_periods_and_areas_stand_apart() -> None:
    figures = [
        figure("value", "1"),
        figure("value", "2", component="strongly agree"),
        figure("value", "3", value_kind="forecast"),
        figure("value", "4", period_label="2019-20 academic"),
        figure("value", "5", area_code="E47000001"),
    ]
    rows = run("marts.observation", {"measures.figure": figures})
    assert sorted(row["value"] for row in rows) == [dec(text) for text in "12345"]
    assert len({row["origin_id"] for row in rows}) == 5


def test_editions_stand_side_by_side() -> None:
    first = figure("value", "93", superseded_on=day("2021-11-01"))
    second = figure("value", "94", as_at=day("2021-11-01"), edition="second")
    rows = run("marts.observation", {"measures.figure": [first, second]})
    said = {row["edition"]: (row["value"], row["as_at"], row["superseded_on"]) for row in rows}
    assert said == {
        "first": (dec("93"), day("2021-10-15"), day("2021-11-01")),
        "second": (dec("94"), day("2021-11-01"), None),
    }


def test_an_observation_names_all_its_cells() -> None:
    parts = [figure("numerator", "10"), figure("numerator", "54"), figure("denominator", "96")]
    given = {"measures.figure": parts}
    origins = run("marts.observation_origin", given)
    assert {row["origin_id"] for row in origins} == {observe(*parts)["origin_id"]}
    assert {(row["role"], row["cell"], row["amount"]) for row in origins} == {
        ("numerator", "N10", dec("10")),
        ("numerator", "N54", dec("54")),
        ("denominator", "D96", dec("96")),
    }


def corrected(cell: str, from_day: str, until: str | None = None) -> Row:
    return {
        "workbook": "courses.xlsx",
        "workbook_sha256": "first",
        "sheet": "Classroom based",
        "cell": cell,
        "as_at": day(from_day),
        "superseded_on": day(until) if until else None,
        "reason": "digits swapped",
    }


@pytest.mark.parametrize(
    ("correction", "note"),
    [
        pytest.param(corrected("N10", "2021-10-15"), "corrected: digits swapped", id="one_of_its_cells"),
        pytest.param(corrected("N11", "2021-10-15"), None, id="another_cell"),
        pytest.param(corrected("N10", "2021-10-16"), None, id="only_later"),
        pytest.param(corrected("N10", "2021-10-01", "2021-10-15"), None, id="only_earlier"),
    ],
)
def test_a_figure_that_rests_on_a_corrected_cell_says_so(correction: Row, note: str | None) -> None:
    figures = [figure("numerator", "10"), figure("denominator", "12")]
    row = run_one("marts.observation", {"measures.figure": figures, "staging.correction": [correction]})
    assert (row["note"], row["numerator"]) == (note, dec("10"))


def test_a_correction_is_said_beside_the_note_of_the_figure() -> None:
    figures = [figure("value", "10", note="base 500")]
    row = run_one(
        "marts.observation", {"measures.figure": figures, "staging.correction": [corrected("V10", "2021-10-15")]}
    )
    assert row["note"] == "base 500; corrected: digits swapped"
