"""Figures as people type them into cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.figures import Figure, NotAFigure, parse_figure, tidy

amounts = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=4)
counts = st.integers(0, 10**15)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        pytest.param("1672", "1672", "", id="plain"),
        pytest.param("1,672", "1672", "", id="thousands"),
        pytest.param("1,234,567.89", "1234567.89", "", id="thousands_and_pence"),
        pytest.param("0", "0", "", id="zero"),
        pytest.param(".5", "0.5", "", id="no_leading_nought"),
        pytest.param("21.50", "21.50", "", id="trailing_nought"),
        pytest.param("£486,557", "486557", "£", id="pounds"),
        pytest.param("£2.163m", "2163000", "£", id="millions"),
        pytest.param("£141.5k", "141500", "£", id="thousands_as_k"),
        pytest.param("£100k", "100000", "£", id="whole_k"),
        pytest.param("£1bn", "1000000000", "£", id="billions"),
        pytest.param("£2 Million", "2000000", "£", id="million_in_words"),
        pytest.param("3 thousand", "3000", "", id="thousand_in_words"),
        pytest.param("17K", "17000", "", id="capital_k"),
        pytest.param("36%", "36", "%", id="percent"),
        pytest.param("93.19 %", "93.19", "%", id="percent_after_a_space"),
        pytest.param("-5", "-5", "", id="minus"),
        pytest.param("−5", "-5", "", id="true_minus_sign"),
        pytest.param("–5", "-5", "", id="en_dash_for_minus"),
        pytest.param("(1,234)", "-1234", "", id="brackets"),
        pytest.param("(£1,234.50)", "-1234.50", "£", id="brackets_around_pounds"),
        pytest.param("-£500", "-500", "£", id="minus_before_pounds"),
        pytest.param("(3.5%)", "-3.5", "%", id="brackets_around_percent"),
        pytest.param("\u00a01,672\u00a0", "1672", "", id="no_break_spaces_around"),
        pytest.param("\u200b1,672\ufeff", "1672", "", id="zero_width_spaces_around"),
        pytest.param("£2.163\u202fm", "2163000", "£", id="narrow_space_within"),
    ],
)
def test_exact_figure_is_read(text: str, value: str, unit: str) -> None:
    assert parse_figure(text) == Figure(Decimal(value), unit, "exact", "value")


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        pytest.param("c. 17,000", "17000", "", "about", id="c_dot"),
        pytest.param("c.17,000", "17000", "", "about", id="c_dot_without_space"),
        pytest.param("ca. 40", "40", "", "about", id="ca_dot"),
        pytest.param("Circa 17,000", "17000", "", "about", id="circa"),
        pytest.param("about £2m", "2000000", "£", "about", id="about"),
        pytest.param("around 12%", "12", "%", "about", id="around"),
        pytest.param("approx. 300", "300", "", "about", id="approx"),
        pytest.param("approximately 300", "300", "", "about", id="approximately"),
        pytest.param("At least 45", "45", "", "at_least", id="at_least"),
        pytest.param("at\u00a0least\u00a045", "45", "", "at_least", id="at_least_with_no_break_spaces"),
        pytest.param("over £374,650", "374650", "£", "over", id="over"),
        pytest.param("More than 1,000", "1000", "", "over", id="more_than"),
    ],
)
def test_qualified_figure_keeps_its_qualifier(text: str, value: str, unit: str, qualifier: str) -> None:
    assert parse_figure(text) == Figure(Decimal(value), unit, qualifier, "value")


@pytest.mark.parametrize(
    ("text", "availability"),
    [
        pytest.param("..", "not_available", id="two_dots"),
        pytest.param("N/A", "not_available", id="n_a_capitals"),
        pytest.param("n/a", "not_available", id="n_a"),
        pytest.param("NA", "not_available", id="na"),
        pytest.param("-", "not_available", id="dash"),
        pytest.param("–", "not_available", id="en_dash"),
        pytest.param("[x]", "not_available", id="x_in_brackets"),
        pytest.param("*", "suppressed", id="star"),
        pytest.param("[c]", "suppressed", id="c_in_brackets"),
        pytest.param("C", "suppressed", id="capital_c"),
        pytest.param(" ..\u00a0", "not_available", id="spaces_around"),
        pytest.param("\u200b*", "suppressed", id="zero_width_space_before"),
    ],
)
def test_marker_says_why_there_is_no_value(text: str, availability: str) -> None:
    assert parse_figure(text) == Figure(None, "", "exact", availability)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        pytest.param("0.97", "97", id="fraction"),
        pytest.param("0.949", "94.9", id="tenths_of_a_point"),
        pytest.param("1", "100", id="whole"),
        pytest.param("-0.02", "-2", id="negative"),
        pytest.param("1.2", "120", id="more_than_all"),
    ],
)
def test_number_shown_as_percent_is_in_points(text: str, points: str) -> None:
    assert parse_figure(text, shown_as_percent=True) == Figure(Decimal(points), "%")


def test_typed_percent_and_percent_format_give_the_same_unit_and_scale() -> None:
    assert parse_figure("97%") == parse_figure("0.97", shown_as_percent=True)


@pytest.mark.parametrize(("text", "points"), [("36%", "36"), ("0.5 %", "0.5"), ("-2%", "-2")])
def test_typed_percent_in_a_percent_format_is_not_scaled_again(text: str, points: str) -> None:
    assert parse_figure(text, shown_as_percent=True) == Figure(Decimal(points), "%")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   ", id="blank"),
        pytest.param("tbc", id="words"),
        pytest.param("1,67", id="misplaced_comma"),
        pytest.param("1,6722", id="too_many_digits_after_comma"),
        pytest.param("1 672", id="space_for_thousands"),
        pytest.param("1.2.3", id="two_points"),
        pytest.param("12.", id="trailing_point"),
        pytest.param("12-15", id="range"),
        pytest.param("(5", id="bracket_not_closed"),
        pytest.param("5)", id="bracket_not_opened"),
        pytest.param("36% (2019: 34%)", id="two_figures"),
        pytest.param("1e5", id="exponent"),
        pytest.param("NaN", id="not_a_number"),
        pytest.param("Infinity", id="infinity"),
        pytest.param("٣٦", id="digits_of_another_script"),
        pytest.param("$5", id="dollars"),
        pytest.param("c17", id="c_without_dot"),
        pytest.param("#REF!", id="error_text"),
        pytest.param("(-5)", id="brackets_and_minus"),
        pytest.param("(−£5)", id="brackets_and_true_minus_before_pounds"),
        pytest.param("£36%", id="pounds_and_percent"),
        pytest.param("5k%", id="percentage_of_thousands"),
        pytest.param("9" * 40, id="forty_digits"),
        pytest.param("0." + "1" * 40, id="forty_decimals"),
    ],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(NotAFigure):
        parse_figure(text)


def test_tidy_makes_every_run_of_spaces_one() -> None:
    assert tidy("\ufeff Support\u00a0\u00a0Funds\u200b \n(FSM)\t") == "Support Funds (FSM)"


@given(amounts)
def test_amount_round_trips_plain_and_with_thousands(amount: Decimal) -> None:
    assert parse_figure(f"{amount:f}") == Figure(amount)
    assert parse_figure(f"{amount:,f}") == Figure(amount)


@given(amounts)
def test_amount_round_trips_with_its_unit(amount: Decimal) -> None:
    assert parse_figure(f"£{amount:,f}") == Figure(amount, "£")
    assert parse_figure(f"{amount:f}%") == Figure(amount, "%")


@given(amounts.filter(lambda amount: amount != 0))
def test_negative_round_trips_in_brackets_and_with_each_dash(amount: Decimal) -> None:
    for text in (f"({amount:,f})", f"-{amount:f}", f"−{amount:,f}", f"–{amount:f}"):
        assert parse_figure(text) == Figure(-amount)
    for text in (f"(£{amount:,f})", f"-£{amount:f}"):
        assert parse_figure(text) == Figure(-amount, "£")


@given(amount=amounts, magnitude=st.sampled_from([("k", 10**3), ("m", 10**6), ("bn", 10**9), (" million", 10**6)]))
def test_amount_round_trips_with_a_magnitude(amount: Decimal, magnitude: tuple[str, int]) -> None:
    suffix, factor = magnitude
    assert parse_figure(f"£{amount:f}{suffix}") == Figure(amount * factor, "£")


@given(count=counts, words=st.sampled_from([("c. ", "about"), ("At least ", "at_least"), ("over ", "over")]))
def test_count_round_trips_with_a_qualifier(count: int, words: tuple[str, str]) -> None:
    prefix, qualifier = words
    assert parse_figure(f"{prefix}{count:,}") == Figure(Decimal(count), "", qualifier)


@given(st.integers(-(10**9), 10**9))
def test_percent_format_is_a_hundred_times_the_number(millionths: int) -> None:
    number = Decimal(millionths).scaleb(-6)
    assert parse_figure(f"{number:f}", shown_as_percent=True) == Figure(number * 100, "%")


@given(
    text=st.one_of(st.text(max_size=30), st.text("0123456789,.£%()-−–kmbnc* atleover\u00a0\u200b", max_size=16)),
    shown_as_percent=st.booleans(),
)
def test_any_text_is_a_figure_or_refused(text: str, shown_as_percent: bool) -> None:
    try:
        figure = parse_figure(text, shown_as_percent=shown_as_percent)
    except NotAFigure:
        return
    assert (figure.value is None) == (figure.availability != "value")
    assert figure.unit in ("", "%", "£")
    assert figure.qualifier in ("exact", "about", "at_least", "over")
