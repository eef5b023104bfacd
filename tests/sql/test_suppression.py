"""Which counts of people are suppressed in everything public: the small ones, and what would give them away."""

from collections.abc import Sequence

import pytest

from tests.sql.harness import Given, Row, day, dec, run
from tests.sql.rows import quarter_start

PERIOD = "2021-22-Q2"
VICTIMS, RATE = "IN.5", "IN.16"


def measure(code: str, unit: str = "Number") -> Row:
    return {"measure_code": code, "measure_name": f"Measure {code}", "unit": unit}


def observed(
    value: str | None, period: str = PERIOD, component: str = "total", code: str = VICTIMS, **changes: object
) -> Row:
    is_quarter = "-Q" in period
    start = quarter_start(period) if is_quarter else day(f"{period[:4]}-04-01")
    row: Row = {
        "measure_code": code,
        "area_code": "E08000007",
        "period_label": period,
        "period_start": start,
        "year_type": "quarter" if is_quarter else "financial",
        "value_kind": "actual",
        "component": component,
        "value": None if value is None else dec(value),
        "availability": "value",
        "as_at": day("2021-10-15"),
        "edition": "first",
        "origin_id": f"{code} {period} {component}",
    }
    return row | changes


def rate(numerator: int, denominator: int, code: str = RATE) -> Row:
    """A share of people; equal counts of several shares are of the same people."""
    counts: Row = {"numerator": numerator, "denominator": denominator}
    return observed(str(dec(str(numerator)) * 100 / denominator), "2020-21", code=code, **counts)


def origins(rows: Sequence[Row]) -> list[Row]:
    """The cells of the observations: one for each value, numerator and denominator."""
    return [
        {"origin_id": row["origin_id"], "role": role, "amount": row[role], "workbook_sha256": row["edition"]}
        | {"sheet": "Sheet", "cell": f"{row[role]} of {row['origin_id'] if role == 'value' else 'the course'}"}
        | {"cell_text": str(row[role]), "workbook": "People.xlsx"}
        for row in rows
        for role in (("numerator", "denominator") if row.get("numerator") is not None else ("value",))
    ]


def given(*rows: Row, units: Sequence[Row] = (measure(VICTIMS), measure(RATE, "%"), measure("IN.17", "%"))) -> Given:
    return {"marts.observation": rows, "marts.observation_origin": origins(rows), "marts.measure": units}


def suppressed(*rows: Row) -> set[tuple[str, str]]:
    """Figures that are suppressed, by their observation and column."""
    return {(row["figure_key"], row["figure"]) for row in run("marts.suppression", given(*rows))}


def hidden(*rows: Row) -> set[str]:
    """Periods and parts of the counts that are suppressed."""
    return {key.removeprefix(f"{VICTIMS} ") for key, _ in suppressed(*rows)}


@pytest.mark.parametrize(("people", "is_hidden"), [("1", True), ("4", True), ("5", False), ("0", False), ("30", False)])
def test_count_below_threshold(people: str, is_hidden: bool) -> None:
    assert bool(hidden(observed(people))) is is_hidden


def test_zero_is_shown() -> None:
    [row] = run("marts.public_observation", given(observed("0")))
    assert (row["value"], row["availability"]) == (0, "value")


def test_exactly_at_threshold_is_shown() -> None:
    [row] = run("marts.public_observation", given(observed("5")))
    assert (row["value"], row["availability"], row["note"]) == (5, "value", None)


def test_a_suppressed_count_is_empty_and_says_so_and_so_does_its_cell() -> None:
    rows = given(observed("3", note="3 of them"))
    [shown] = run("marts.public_observation", rows)
    assert (shown["value"], shown["availability"]) == (None, "suppressed")
    assert "3" not in shown["note"]
    [cell] = run("marts.public_observation_origin", rows)
    assert (cell["amount"], cell["cell_text"], cell["sheet"]) == (None, "[c]", "Sheet")


def test_secondary_by_total_takes_the_least_of_the_other_parts() -> None:
    parts = [observed("3", component="A"), observed("9", component="B"), observed("20", component="C")]
    assert hidden(*parts, observed("32")) == {f"{PERIOD} A", f"{PERIOD} B"}


def test_secondary_by_total_never_takes_a_part_of_none_for_another() -> None:
    parts = [observed("3", component="A"), observed("0", component="B"), observed("20", component="C")]
    assert hidden(*parts, observed("23")) == {f"{PERIOD} A", f"{PERIOD} C"}


def test_secondary_by_total_where_there_is_no_other_part_takes_the_total() -> None:
    assert hidden(observed("3", component="A"), observed("0", component="B"), observed("3")) == {
        f"{PERIOD} A",
        f"{PERIOD} total",
    }


def test_two_small_parts_that_come_to_less_than_the_threshold_take_a_third() -> None:
    parts = [observed("1", component="A"), observed("2", component="B"), observed("20", component="C")]
    assert hidden(*parts, observed("23")) == {f"{PERIOD} A", f"{PERIOD} B", f"{PERIOD} C"}


def test_two_small_parts_that_come_to_the_threshold_protect_each_other() -> None:
    parts = [observed("1", component="A"), observed("4", component="B"), observed("20", component="C")]
    assert hidden(*parts, observed("25")) == {f"{PERIOD} A", f"{PERIOD} B"}


def test_parts_that_overlap_give_nothing_away() -> None:
    parts = [observed("3", component="A"), observed("9", component="B")]
    assert hidden(*parts, observed("10")) == {f"{PERIOD} A"}


def test_a_part_that_the_supplier_suppressed_is_not_given_away_either() -> None:
    parts = [observed(None, component="A", availability="suppressed"), observed("9", component="B")]
    assert hidden(*parts, observed("30"), observed("17", component="C")) == {f"{PERIOD} A", f"{PERIOD} B"}


def test_a_quarter_of_a_year_takes_another_quarter() -> None:
    quarters = [observed(people, f"2021-22-Q{number}") for number, people in enumerate(("3", "8", "9", "10"), 1)]
    assert hidden(*quarters, observed("30", "2021-22")) == {"2021-22-Q1 total", "2021-22-Q2 total"}


def test_a_figure_repeated_by_a_later_edition_is_hidden_in_both() -> None:
    parts = [observed("3", component="A"), observed("9", component="B"), observed("20", component="C")]
    again: Row = {"edition": "second", "as_at": day("2021-12-01")}
    later = [row | again | {"origin_id": f"{row['origin_id']} again"} for row in parts]
    corrected = [later[0], later[1] | {"value": dec("50")}, later[2]]
    found = hidden(*parts, observed("32"), *corrected, observed("73", edition="second", origin_id="total again"))
    # the part that protects the first in the corrected edition is no longer shown in the edition before
    assert {f"{PERIOD} A", f"{PERIOD} A again", f"{PERIOD} C", f"{PERIOD} C again"} <= found


def test_rate_with_small_numerator() -> None:
    rows = given(rate(3, 200))
    [shown] = run("marts.public_observation", rows)
    assert (shown["numerator"], shown["denominator"], shown["value"]) == (None, 200, None)
    assert {row["reason"] for row in run("marts.suppression", rows)} == {"below_threshold", "rate"}


def test_complement_total_minus_part_small() -> None:
    assert suppressed(rate(198, 200)) == {(f"{RATE} 2020-21 total", "numerator"), (f"{RATE} 2020-21 total", "value")}


@pytest.mark.parametrize(("passed", "is_hidden"), [(196, True), (195, False), (200, False)])
def test_complement_at_the_threshold_and_of_none(passed: int, is_hidden: bool) -> None:
    assert bool(suppressed(rate(passed, 200))) is is_hidden


def test_ratio_whose_denominator_is_public_in_another_rate() -> None:
    # the numerator of the second rate is the denominator of the first: both rates rest on the same three people
    found = suppressed(rate(2, 3), rate(3, 50, "IN.17"))
    assert {(f"{RATE} 2020-21 total", "value"), ("IN.17 2020-21 total", "value")} <= found
    assert ("IN.17 2020-21 total", "denominator") not in found


def test_what_nobody_has_declared_counts_people() -> None:
    assert run("marts.suppression", given(observed("3", code="NEW.1"), units=[measure("NEW.1")]))


@pytest.mark.parametrize(("code", "unit"), [("IN.2", "Number"), ("IN.3", "£")])
def test_what_does_not_count_people_is_shown(code: str, unit: str) -> None:
    assert not run("marts.suppression", given(observed("3", code=code), units=[measure(code, unit)]))


def test_the_public_is_not_told_which_figure_protects_which() -> None:
    parts = [observed("3", component="A"), observed("9", component="B")]
    rows = given(*parts, observed("12"))
    assert {row["reason"] for row in run("marts.suppression", rows)} == {"below_threshold", "gives_another_away"}
    assert {row["reason"] for row in run("marts.public_suppression", rows)} == {"confidential"}
