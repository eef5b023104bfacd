"""Figures, ratings and periods as they are worded for a reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.report.wording import (
    NO_TREND_WORDS,
    POLARITY_WORDS,
    REASON_WORDS,
    STATUS_WORDS,
    TARGET_WORDS,
    TREND_WORDS,
    figure_in_words,
    period_in_words,
)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        pytest.param("93.19", "%", "93.2%", id="percent_to_one_decimal"),
        pytest.param("41", "%", "41%", id="whole_percent"),
        pytest.param("41.000000", "%", "41%", id="percent_as_stored"),
        pytest.param("92.15", "%", "92.2%", id="half_of_a_decimal_goes_up"),
        pytest.param("92.25", "%", "92.3%", id="half_goes_up_after_an_even_digit_too"),
        pytest.param("99.95", "%", "100%", id="percent_rounded_to_all"),
        pytest.param("0", "%", "0%", id="no_percent"),
        pytest.param("100", "%", "100%", id="noughts_of_a_whole_number_stay"),
        pytest.param("1000000", "£", "£1,000,000", id="a_million_pounds"),
        pytest.param("1999.5", "£", "£2,000", id="pounds_without_pence"),
        pytest.param("-1234", "£", "−£1,234", id="negative_pounds"),
        pytest.param("1672", "Number", "1,672", id="number_with_thousands"),
        pytest.param("184", "Number", "184", id="number_below_a_thousand"),
        pytest.param("10", "Number", "10", id="noughts_of_a_number_stay"),
        pytest.param("-5", "Number", "−5", id="negative_number"),
        pytest.param("21.50", "per 1,000", "21.5", id="rate_with_fewest_decimals"),
        pytest.param("21.455", "per 1,000", "21.46", id="rate_to_two_decimals"),
        pytest.param("20", "per 1,000", "20", id="whole_rate"),
        pytest.param("-3.25", "%", "−3.3%", id="negative_half_goes_away_from_zero"),
        pytest.param("-0.04", "%", "0%", id="percent_that_rounds_to_nought_has_no_minus"),
        pytest.param("-0.4", "Number", "0", id="number_that_rounds_to_nought_has_no_minus"),
        pytest.param("-0.4", "£", "£0", id="pounds_that_round_to_nought_have_no_minus"),
        pytest.param("-0.004", "per 1,000", "0", id="rate_that_rounds_to_nought_has_no_minus"),
    ],
)
def test_figure(value: str, unit: str, words: str) -> None:
    assert figure_in_words(Decimal(value), unit) == words


@pytest.mark.parametrize("unit", ["%", "£", "Number", "per 1,000"])
def test_no_figure_is_an_en_dash_without_a_unit(unit: str) -> None:
    assert figure_in_words(None, unit) == "–"


@pytest.mark.parametrize(
    ("label", "year_type", "words"),
    [
        pytest.param("2020-21 academic", "academic", "2020/21", id="academic_year"),
        pytest.param("2021-22", "financial", "2021/22", id="financial_year"),
        pytest.param("2021-22-Q2", "quarter", "2021-22-Q2", id="quarter"),
        pytest.param("2021-10", "snapshot", "October 2021", id="snapshot"),
        pytest.param("Jul-Sep 2020", "wave", "Jul-Sep 2020", id="wave"),
        pytest.param("year to Jun 2021", "rolling", "year to Jun 2021", id="rolling_year"),
    ],
)
def test_period(label: str, year_type: str, words: str) -> None:
    assert period_in_words(label, year_type) == words


def test_each_status_has_its_own_symbol_and_word() -> None:
    assert {code: words.split(" ", 1)[1] for code, words in STATUS_WORDS.items()} == {
        "R": "Red",
        "A": "Amber",
        "G": "Green",
    }
    assert len({words[0] for words in STATUS_WORDS.values()}) == 3


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        pytest.param(TREND_WORDS, {"better", "stable", "worse"}, id="trend"),
        pytest.param(TARGET_WORDS, {"none", "to_be_confirmed", "maximise", "minimise"}, id="target"),
        pytest.param(POLARITY_WORDS, {"high", "low", "none"}, id="polarity"),
        pytest.param(
            REASON_WORDS,
            {
                "contextual",
                "no_target",
                "target_to_be_confirmed",
                "maximise",
                "minimise",
                "polarity_not_given",
                "not_collected",
                "suppressed",
                "value_not_available",
            },
            id="reason",
        ),
    ],
)
def test_every_code_has_words_of_its_own(words: dict[str, str], codes: set[str]) -> None:
    assert words.keys() == codes
    assert len(set(words.values())) == len(codes)


@pytest.mark.parametrize("code", ["not_available", "not_collected", "suppressed", "polarity_not_given"])
def test_missing_trend_has_words(code: str) -> None:
    assert "_" not in NO_TREND_WORDS[code]


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_read_back(number: int) -> None:
    words = figure_in_words(Decimal(number), "Number")
    assert int(words.replace(",", "").replace("−", "-")) == number


@given(st.decimals(0, 10**6, places=4))
def test_printed_percentage_is_within_half_a_decimal(value: Decimal) -> None:
    words = figure_in_words(value, "%")
    assert words.endswith("%")
    assert abs(Decimal(words[:-1].replace(",", "")) - value) <= Decimal("0.05")
