"""Exact division, the ends of a rounding interval and quartiles, against Python's arithmetic."""

import statistics
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


def text_of(expression: str, *parameters: object) -> str:
    with warehouse({}) as connection:
        [(found,)] = connection.execute(f"select {expression}", parameters).fetchall()
    return str(found)


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
    ("figure", "most_decimals", "least", "greatest"),
    [
        pytest.param("92", 1, "91.5", "92.499999", id="whole_per_cent"),
        pytest.param("92.2", 1, "92.15", "92.249999", id="one_decimal"),
        pytest.param("92.185079", 1, "92.15", "92.249999", id="more_decimals_than_are_printed"),
        pytest.param("92.15", 1, "92.15", "92.249999", id="rounds_up_from_the_half"),
        pytest.param("92.96", 1, "92.5", "93.499999", id="printed_as_a_whole_per_cent"),
        pytest.param("7", 2, "6.5", "7.499999", id="whole_rate"),
        pytest.param("7.2", 2, "7.15", "7.249999", id="rate_of_one_decimal"),
        pytest.param("7.25", 2, "7.245", "7.254999", id="rate_of_two_decimals"),
        pytest.param("7.254321", 2, "7.245", "7.254999", id="rate_of_more_decimals"),
        pytest.param("1672.4", 0, "1671.5", "1672.499999", id="number_with_decimals"),
        pytest.param("0", 2, "-0.499999", "0.499999", id="zero"),
        pytest.param("0.3", 0, "-0.499999", "0.499999", id="printed_as_zero"),
        pytest.param("-0.3", 0, "-0.499999", "0.499999", id="printed_as_zero_below_it"),
        pytest.param("-3.5", 0, "-4.499999", "-3.5", id="below_zero_halves_round_down"),
        pytest.param("-92.25", 1, "-92.349999", "-92.25", id="below_zero_one_decimal"),
    ],
)
def test_the_ends_of_all_figures_that_are_printed_alike(
    figure: str, most_decimals: int, least: str, greatest: str
) -> None:
    ends = [
        value_of("rounding_end(cast(? as decimal(28, 6)), ?, ?)", dec(figure), most_decimals, end) for end in (-1, 1)
    ]
    assert ends == [dec(least), dec(greatest)]


@pytest.mark.parametrize("figure", ["92.185079", "-3.5", "0"])
def test_between_the_ends_is_the_figure_itself(figure: str) -> None:
    assert value_of("rounding_end(cast(? as decimal(28, 6)), 1, 0)", dec(figure)) == dec(figure)


@EXAMPLES
@given(figure=FIGURES, most_decimals=st.integers(min_value=0, max_value=2))
def test_the_ends_are_printed_alike_and_what_lies_beyond_is_not(figure: Decimal, most_decimals: int) -> None:
    least, greatest = (
        value_of("rounding_end(cast(? as decimal(28, 6)), ?, ?)", figure, most_decimals, end) for end in (-1, 1)
    )
    assert least is not None
    assert greatest is not None
    with localcontext(prec=80):
        printed = figure.quantize(Decimal(1).scaleb(-most_decimals), ROUND_HALF_UP).normalize()
        shown = Decimal(1).scaleb(min(int(printed.as_tuple().exponent), 0))
        rounded = [value.quantize(shown, ROUND_HALF_UP) for value in (least - STEP, least, greatest, greatest + STEP)]
    assert least <= figure <= greatest
    assert [value == printed for value in rounded] == [False, True, True, False]


@EXAMPLES
@given(figure=FIGURES, most_decimals=st.integers(min_value=0, max_value=2))
def test_a_figure_is_printed_as_python_rounds_it(figure: Decimal, most_decimals: int) -> None:
    with localcontext(prec=80):
        expected = figure.quantize(Decimal(1).scaleb(-most_decimals), ROUND_HALF_UP)
    assert value_of("printed(cast(? as decimal(28, 6)), ?)", figure, most_decimals) == expected


@pytest.mark.parametrize("end", [-1, 0, 1])
def test_nothing_has_no_ends(end: int) -> None:
    assert value_of("rounding_end(cast(null as decimal(28, 6)), 1, ?)", end) is None


@EXAMPLES
@given(figure=NUMERATORS)
def test_a_figure_with_commas_is_the_figure_in_full(figure: Decimal) -> None:
    written = text_of("with_commas(cast(? as decimal(28, 6)))", figure)
    whole, _, decimals = f"{figure:,.6f}".partition(".")
    sign = "" if figure else whole.removesuffix("0")
    assert written == f"{whole.removeprefix(sign)}.{decimals}".rstrip("0").rstrip(".")


@EXAMPLES
@given(amount=NUMERATORS)
def test_an_amount_is_written_in_pounds_with_pence_where_it_has_any(amount: Decimal) -> None:
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    expected = f"{sign}£{abs(rounded):,.2f}".removesuffix(".00")
    assert text_of("in_pounds(cast(? as decimal(28, 6)))", amount) == expected


@pytest.mark.parametrize(("amount", "written"), [("-0.004", "£0"), ("-0.005", "-£0.01"), ("999.995", "£1,000")])
def test_pence_are_rounded_before_the_sign_and_the_pounds_are_written(amount: str, written: str) -> None:
    assert text_of("in_pounds(cast(? as decimal(28, 6)))", dec(amount)) == written


def quartile(values: list[Decimal], which: int) -> Decimal | None:
    ascending = sorted(values)
    return value_of("quartile(list_transform(?, lambda x: cast(x as decimal(28, 6))), ?)", ascending, which)


@EXAMPLES
@given(values=st.lists(FIGURES, min_size=2, max_size=15), which=st.integers(min_value=1, max_value=3))
def test_quartiles_are_those_of_the_inclusive_method(values: list[Decimal], which: int) -> None:
    with localcontext(prec=80):
        assert quartile(values, which) == statistics.quantiles(values, n=4, method="inclusive")[which - 1]


@pytest.mark.parametrize("which", [1, 2, 3])
def test_the_quartiles_of_one_figure_are_the_figure(which: int) -> None:
    assert quartile([dec("24.8")], which) == dec("24.8")


def test_nothing_has_no_quartiles() -> None:
    assert value_of("quartile(cast([] as decimal(28, 6)[]), 2)") is None
