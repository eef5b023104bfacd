"""Exact division and half of a printed step, against Python's decimal arithmetic."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sql.harness import dec, warehouse

STEP = Decimal("0.000001")
FIGURES = st.decimals(min_value=Decimal(-(10**12)), max_value=Decimal(10**12), places=6, allow_nan=False)
NUMERATORS = st.integers(min_value=-(10**9), max_value=10**9).map(Decimal) | FIGURES
EXAMPLES = settings(max_examples=200, deadline=None)


def value_of(expression: str, *parameters: object) -> Decimal | None:
    with warehouse({}) as connection:
        [(found,)] = connection.execute(f"select {expression}", parameters).fetchall()
    assert found is None or isinstance(found, Decimal)
    return found


def divided(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    return value_of("divided(cast(? as decimal(28, 6)), cast(? as decimal(28, 6)))", numerator, denominator)


def exactly(numerator: Decimal, denominator: Decimal) -> Decimal:
    with localcontext(prec=80):
        return (numerator / denominator).quantize(STEP, ROUND_HALF_UP)


@EXAMPLES
@given(numerator=NUMERATORS, denominator=FIGURES.filter(bool))
def test_divided_is_exact(numerator: Decimal, denominator: Decimal) -> None:
    assert divided(numerator, denominator) == exactly(numerator, denominator)


@EXAMPLES
@given(quotient=st.integers(min_value=-(10**9), max_value=10**9), denominator=st.integers(min_value=1, max_value=999))
def test_divided_rounds_halves_away_from_zero(quotient: int, denominator: int) -> None:
    half = (2 * abs(quotient) + 1) * (-1 if quotient < 0 else 1)
    numerator, doubled = Decimal(half * denominator) * STEP, Decimal(2 * denominator)
    expected = (abs(quotient) + 1) * (-1 if quotient < 0 else 1) * STEP
    assert divided(numerator, doubled) == expected


@pytest.mark.parametrize("numerator", ["0", "1", "-3.5"])
def test_divided_by_zero_is_null(numerator: str) -> None:
    assert divided(dec(numerator), dec("0")) is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        pytest.param("1", "3", "0.333333", id="down"),
        pytest.param("2", "3", "0.666667", id="up"),
        pytest.param("-2", "3", "-0.666667", id="up_below_zero"),
        pytest.param("1", "-2", "-0.5", id="negative_denominator"),
        pytest.param("0", "-2", "0", id="zero"),
        pytest.param("0.000001", "2", "0.000001", id="half_of_the_last_place"),
        pytest.param("99999999999999", "1", "99999999999999", id="beyond_a_float"),
    ],
)
def test_divided_cases(numerator: str, denominator: str, expected: str) -> None:
    assert divided(dec(numerator), dec(denominator)) == dec(expected)


@pytest.mark.parametrize("arguments", ["null, 2", "2, null", "null, null"])
def test_divided_with_nothing_is_null(arguments: str) -> None:
    assert value_of(f"divided({arguments})") is None


@pytest.mark.parametrize(
    ("figure", "most_decimals", "expected"),
    [
        pytest.param("92", 1, "0.5", id="whole_per_cent"),
        pytest.param("92.2", 1, "0.05", id="one_decimal"),
        pytest.param("92.185079", 1, "0.05", id="more_decimals_than_are_printed"),
        pytest.param("-92.2", 1, "0.05", id="below_zero"),
        pytest.param("7", 2, "0.5", id="whole_rate"),
        pytest.param("7.2", 2, "0.05", id="rate_of_one_decimal"),
        pytest.param("7.25", 2, "0.005", id="rate_of_two_decimals"),
        pytest.param("7.254321", 2, "0.005", id="rate_of_more_decimals"),
        pytest.param("1672", 0, "0.5", id="number"),
        pytest.param("1672.4", 0, "0.5", id="number_with_decimals"),
        pytest.param("0", 2, "0.5", id="zero"),
    ],
)
def test_half_step_is_half_of_the_last_printed_place(figure: str, most_decimals: int, expected: str) -> None:
    assert value_of("half_step(cast(? as decimal(28, 6)), ?)", dec(figure), most_decimals) == dec(expected)


def test_half_step_of_nothing_is_null() -> None:
    assert value_of("half_step(cast(null as decimal(28, 6)), 1)") is None
