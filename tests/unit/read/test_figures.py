"""Figures as people type them into cells."""

from collections import Counter
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from pipelines.read.figures import MARKERS, Figure, NotAFigure, parse_figure, parse_parts, tidy

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
        pytest.param("£ 2,163", "2163", "£", id="space_behind_pounds"),
        pytest.param("2,163 £", "2163", "£", id="pounds_behind"),
        pytest.param("£1.2 million", "1200000", "£", id="pounds_and_million_in_words"),
        pytest.param("£-5", "-5", "£", id="minus_behind_pounds"),
        pytest.param("£(5)", "-5", "£", id="brackets_behind_pounds"),
        pytest.param("5-", "-5", "", id="minus_behind_as_ledgers_print_it"),
        pytest.param("1,672.50-", "-1672.50", "", id="minus_behind_pence"),
        pytest.param("‑5", "-5", "", id="no_break_hyphen_for_minus"),
        pytest.param("+5", "5", "", id="plus"),
        pytest.param("1\u00a0672", "1672", "", id="no_break_space_for_thousands"),
        pytest.param("£1\u202f672\u202f000.50", "1672000.50", "£", id="narrow_spaces_for_thousands"),
        pytest.param("1\u2009672", "1672", "", id="thin_space_for_thousands"),
        pytest.param("1\u2007672", "1672", "", id="figure_space_for_thousands"),
        pytest.param("1.5E-5", "0.000015", "", id="small_number_as_excel_writes_it"),
        pytest.param("1e-7", "0.0000001", "", id="small_number_in_small_letters"),
        pytest.param("1E+3", "1000", "", id="large_number_as_excel_writes_it"),
        pytest.param("93.189999999999998", "93.189999999999998", "", id="binary_fraction_as_read"),
        pytest.param("0.000012345678901234567", "0.000012345678901234567", "", id="noughts_are_no_digits"),
        pytest.param("94 per cent", "94", "%", id="per_cent_in_words"),
        pytest.param("94 percent", "94", "%", id="percent_in_a_word"),
        pytest.param("-0.5", "-0.5", "", id="negative_below_one"),
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
        pytest.param("c17,000", "17000", "", "about", id="c_before_thousands"),
        pytest.param("c 17,000", "17000", "", "about", id="c_and_a_space_before_thousands"),
        pytest.param("c£2m", "2000000", "£", "about", id="c_before_pounds"),
        pytest.param("~17,000", "17000", "", "about", id="tilde"),
        pytest.param("≈ 17", "17", "", "about", id="nearly_equal"),
        pytest.param("45 approx", "45", "", "about", id="approx_behind"),
        pytest.param("45% (approx.)", "45", "%", "about", id="approx_behind_in_brackets"),
        pytest.param("17,000+", "17000", "", "at_least", id="plus_behind"),
        pytest.param("£2m+", "2000000", "£", "at_least", id="plus_behind_millions"),
        pytest.param("≥45", "45", "", "at_least", id="greater_or_equal"),
        pytest.param(">= 45", "45", "", "at_least", id="greater_or_equal_in_two_signs"),
        pytest.param(">300", "300", "", "over", id="greater"),
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
        pytest.param("—", "not_available", id="em_dash"),
        pytest.param("−", "not_available", id="minus_sign"),
        pytest.param("...", "not_available", id="three_dots"),
        pytest.param("…", "not_available", id="ellipsis"),
        pytest.param(":", "not_available", id="colon"),
        pytest.param("[u]", "not_available", id="unreliable"),
        pytest.param("[w]", "not_available", id="none_recorded_in_survey"),
        pytest.param("TBC", "not_available", id="to_be_confirmed_cut_short"),
        pytest.param("To be confirmed", "not_available", id="to_be_confirmed"),
        pytest.param("n/k", "not_available", id="not_known_cut_short"),
        pytest.param("No data", "not_available", id="no_data"),
        pytest.param("[low]", "suppressed", id="rounds_to_nought"),
        pytest.param("~", "suppressed", id="rounds_to_nought_as_it_was"),
        pytest.param("[z]", "not_collected", id="not_applicable"),
        pytest.param("Z", "not_collected", id="capital_z"),
        pytest.param("<5", "suppressed", id="small_number"),
        pytest.param("< 10", "suppressed", id="largest_small_number"),
        pytest.param("fewer than 5", "suppressed", id="small_number_in_words"),
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
        pytest.param("lots", id="words"),
        pytest.param("0,672", id="comma_after_nought"),
        pytest.param("007", id="code_with_noughts"),
        pytest.param("000", id="noughts"),
        pytest.param("£000", id="heading_of_thousands"),
        pytest.param("1,672.", id="trailing_point_after_thousands"),
        pytest.param("1\u00a06722", id="four_digits_after_a_fixed_space"),
        pytest.param("2021\u00a0672", id="four_digits_before_a_fixed_space"),
        pytest.param("1\u00a0672\u202f000", id="two_kinds_of_space"),
        pytest.param("1\u00a0672,000", id="space_and_comma"),
        pytest.param("1\u200b672", id="zero_width_space_within"),
        pytest.param("\u00ad5", id="soft_hyphen"),
        pytest.param("1e3", id="exponent_without_a_sign"),
        pytest.param("１６７２", id="full_width_digits"),
        pytest.param("½", id="half"),
        pytest.param("5½", id="five_and_a_half"),
        pytest.param("5p", id="pence"),
        pytest.param("94pc", id="per_cent_or_constables"),
        pytest.param("±5", id="plus_or_minus"),
        pytest.param("5–", id="open_range"),
        pytest.param("- 5", id="dash_and_five"),
        pytest.param("-5-", id="two_minuses"),
        pytest.param("-£-5", id="two_minuses_around_pounds"),
        pytest.param("£5£", id="pounds_twice"),
        pytest.param("£5 per cent", id="pounds_and_percent_in_words"),
        pytest.param("c. 5 approx", id="approximate_twice"),
        pytest.param("over 5+", id="two_bounds"),
        pytest.param("(5)%", id="percent_behind_brackets"),
        pytest.param("10⁻³", id="power_of_ten"),
        pytest.param("0 [low]", id="nought_that_is_none"),
        pytest.param("5 [c]", id="confidential_and_given"),
        pytest.param("*5", id="star_before"),
        pytest.param("**", id="two_stars"),
        pytest.param("- p", id="letter_behind_a_dash"),
        pytest.param("[r]", id="nothing_but_a_status"),
        pytest.param("³", id="nothing_but_a_footnote"),
        pytest.param("5 r r2", id="letters_that_are_no_status"),
        pytest.param("<1", id="less_than_one"),
        pytest.param("5" + " [r]" * 60, id="longer_than_any_figure"),
        pytest.param("5" * 30_000, id="much_longer_than_any_figure"),
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("1,67", "a comma parts thousands, never decimals", id="comma_for_decimals"),
        pytest.param("1.672,50", "a comma parts thousands, never decimals", id="continental"),
        pytest.param("1,6723", "may end in a footnote; write it as 1,672 [note 3]", id="glued_footnote"),
        pytest.param("1672 3", "a space may part thousands, or a footnote", id="footnote_behind_a_space"),
        pytest.param("1 672", "a space may part thousands, or a footnote", id="space_for_thousands"),
        pytest.param("10³", "may be a power of ten", id="ten_to_the_third"),
        pytest.param("5 m²", "may be an area or a volume", id="square_metres"),
        pytest.param("£5m³", "may be an area or a volume", id="footnote_behind_millions"),
        pytest.param("5 (1)", "may be a footnote or a count", id="number_in_brackets_behind_a_number"),
        pytest.param("54 of 231", "give the percentage too", id="fraction_in_words"),
        pytest.param("54/231", "give the percentage too", id="fraction"),
        pytest.param("0123", "does not begin with 0", id="code"),
        pytest.param("<90%", "an upper bound is no figure", id="percentage_below"),
        pytest.param("<11", "an upper bound is no figure", id="bound_that_hides_no_small_number"),
        pytest.param("up to 50", "an upper bound is no figure", id="up_to"),
        pytest.param("5pp", "percentage points are no percentage", id="percentage_points_cut_short"),
        pytest.param("5 percentage points", "percentage points are no percentage", id="percentage_points"),
        pytest.param("nil", "enter 0 if it was counted", id="nil"),
        pytest.param("None", "enter 0 if it was counted", id="none"),
        pytest.param("#", "no agreed meaning", id="hash"),
        pytest.param("24% (54/231)", "54 of 231 cannot be 24%", id="counts_that_do_not_fit"),
        pytest.param("94.9% (1)", "1 cannot be 94.9%", id="count_that_can_be_of_no_whole"),
    ],
)
def test_refusal_says_what_may_be_meant(text: str, said: str) -> None:
    with pytest.raises(NotAFigure) as raised:
        parse_figure(text)
    assert repr(text) in str(raised.value)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("text", "value", "unit", "note"),
    [
        pytest.param("1,672³", "1672", "", "³", id="superscript"),
        pytest.param("45¹ ²", "45", "", "¹ ²", id="two_superscripts"),
        pytest.param("45¹,²", "45", "", "¹ ²", id="superscripts_with_a_comma"),
        pytest.param("45¹²", "45", "", "¹ ²", id="superscript_of_two_digits"),
        pytest.param("36%¹", "36", "%", "¹", id="superscript_behind_percent"),
        pytest.param("£10³", "10", "£", "³", id="ten_pounds_are_no_power"),
        pytest.param("£5m¹", "5000000", "£", "¹", id="superscript_behind_millions"),
        pytest.param("1,672ʳ", "1672", "", "ʳ", id="superscript_letter"),
        pytest.param("1,672 [1]", "1672", "", "[1]", id="number_in_brackets"),
        pytest.param("1,672[note 3]", "1672", "", "[note 3]", id="note_in_brackets"),
        pytest.param("5 [notes 1, 2]", "5", "", "[notes 1, 2]", id="two_notes_in_brackets"),
        pytest.param("5 [r]", "5", "", "[r]", id="revised"),
        pytest.param("5 [r][e]", "5", "", "[r] [e]", id="two_statuses"),
        pytest.param("5 [b]", "5", "", "[b]", id="break_in_series"),
        pytest.param("5 [u]", "5", "", "[u]", id="unreliable_but_given"),
        pytest.param("5 (p)", "5", "", "(p)", id="provisional_in_round_brackets"),
        pytest.param("(5) (r)", "-5", "", "(r)", id="negative_and_revised"),
        pytest.param("5 p", "5", "", "p", id="letter_behind_a_space"),
        pytest.param("1,672 R", "1672", "", "R", id="capital_letter_behind_a_space"),
        pytest.param("5 provisional", "5", "", "provisional", id="status_in_a_word"),
        pytest.param("1,672*", "1672", "", "*", id="star"),
        pytest.param("1,672 **", "1672", "", "**", id="two_stars"),
        pytest.param("1,672†", "1672", "", "†", id="dagger"),
        pytest.param("[r] 5", "5", "", "[r]", id="status_before"),
        pytest.param("³1,672", "1672", "", "³", id="superscript_before"),
        pytest.param("[1] 5 [r]", "5", "", "[1] [r]", id="before_and_behind"),
        pytest.param("c. £5k [e]", "5000", "£", "[e]", id="qualified"),
    ],
)
def test_note_is_no_part_of_the_figure(text: str, value: str, unit: str, note: str) -> None:
    figure = parse_figure(text)
    assert (figure.value, figure.unit, figure.note) == (Decimal(value), unit, note)


@pytest.mark.parametrize(
    ("text", "availability", "note"),
    [
        pytest.param("[c] [r]", "suppressed", "[r]", id="status_behind_confidential"),
        pytest.param("..¹", "not_available", "¹", id="superscript_behind_dots"),
        pytest.param("- [note 4]", "not_available", "[note 4]", id="note_behind_a_dash"),
        pytest.param("<5 [1]", "suppressed", "[1]", id="note_behind_a_small_number"),
    ],
)
def test_marker_may_have_a_note(text: str, availability: str, note: str) -> None:
    assert parse_figure(text) == Figure(None, availability=availability, note=note)


@pytest.mark.parametrize(
    ("text", "value", "numerator", "denominator"),
    [
        pytest.param("94.9% (1653)", "94.9", 1653, None, id="count_in_brackets"),
        pytest.param("93.2% (1,350)", "93.2", 1350, None, id="count_with_thousands"),
        pytest.param("23% (54/231)", "23", 54, 231, id="fraction_in_brackets"),
        pytest.param("23.38% (54 / 231)", "23.38", 54, 231, id="fraction_with_spaces_to_two_decimals"),
        pytest.param("23 per cent (54 out of 231)", "23", 54, 231, id="fraction_in_words_in_brackets"),
        pytest.param("54/231 (23%)", "23", 54, 231, id="fraction_first"),
        pytest.param("54 out of 231 (23.4%)", "23.4", 54, 231, id="out_of_first"),
        pytest.param("54 of 231 (23%)", "23", 54, 231, id="of_first"),
        pytest.param("12.5% (1/8)", "12.5", 1, 8, id="exact"),
        pytest.param("12% (1/8)", "12", 1, 8, id="half_to_even"),
        pytest.param("13% (1/8)", "13", 1, 8, id="half_up"),
        pytest.param("0% (0/8)", "0", 0, 8, id="none"),
        pytest.param("100% (8)", "100", 8, None, id="all"),
        pytest.param("120% (60/50)", "120", 60, 50, id="more_than_all"),
    ],
)
def test_percentage_keeps_its_counts(text: str, value: str, numerator: int, denominator: int | None) -> None:
    whole = None if denominator is None else Decimal(denominator)
    assert parse_figure(text) == Figure(Decimal(value), "%", numerator=Decimal(numerator), denominator=whole)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("12.4% (1/8)", id="a_tenth_off"),
        pytest.param("14% (1/8)", id="a_point_off"),
        pytest.param("0% (0/0)", id="of_none"),
        pytest.param("23% (0)", id="none_of_some"),
        pytest.param("0% (0.5)", id="half_a_count"),
        pytest.param("-5% (3)", id="negative_share"),
        pytest.param("23% (54/231/3)", id="three_counts"),
        pytest.param("23 (54/231)", id="no_percent_sign"),
        pytest.param("£23 (54/231)", id="pounds"),
    ],
)
def test_percentage_with_counts_that_do_not_fit_is_refused(text: str) -> None:
    with pytest.raises(NotAFigure):
        parse_figure(text)


def test_bracketed_number_alone_stays_negative() -> None:
    assert parse_figure("(1653)") == Figure(Decimal(-1653))


def test_contract_may_allow_some_markers_only() -> None:
    allowed = {mark: MARKERS[mark] for mark in ("[c]", "[x]")}
    assert parse_figure("[c]", markers=allowed).availability == "suppressed"
    for text in ("*", "-", "<5", "c"):
        with pytest.raises(NotAFigure):
            parse_figure(text, markers=allowed)


def test_no_marker_is_zero_and_each_is_written_as_it_is_looked_up() -> None:
    for mark, availability in MARKERS.items():
        assert mark == tidy(mark).casefold()
        assert parse_figure(mark.upper()) == Figure(None, availability=availability)
        assert availability in ("not_available", "suppressed", "not_collected")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Q1 = £486,557 Q2 = £34,329", {"Q1": "486557", "Q2": "34329"}, id="quarters"),
        pytest.param("Q1: 5\nQ2: 6", {"Q1": "5", "Q2": "6"}, id="lines"),
        pytest.param("Q1=1,672,Q2=6", {"Q1": "1672", "Q2": "6"}, id="commas_and_thousands"),
        pytest.param("Q1 = £2 million Q2 = 3", {"Q1": "2000000", "Q2": "3"}, id="magnitude_in_words"),
        pytest.param(
            "Total spend: £5; of which 2 grants: £3;", {"Total spend": "5", "of which 2 grants": "3"}, id="words"
        ),
        pytest.param("Adults = 5", {"Adults": "5"}, id="single"),
        pytest.param("Q1 = 5 [r], Q2 = -6", {"Q1": "5", "Q2": "-6"}, id="notes"),
    ],
)
def test_parts_are_read_by_label(text: str, expected: dict[str, str]) -> None:
    parts = parse_parts(text)
    assert {label: figure.value for label, figure in parts.items()} == {k: Decimal(v) for k, v in expected.items()}


def test_part_may_be_missing_and_keeps_its_unit_and_note() -> None:
    assert parse_parts("Q1 = n/a Q2 = 36% [p]") == {
        "Q1": Figure(None, availability="not_available"),
        "Q2": Figure(Decimal(36), "%", note="[p]"),
    }
    with pytest.raises(NotAFigure):
        parse_parts("Q1 = n/a Q2 = 36%", markers={})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("5", id="no_label"),
        pytest.param("= 5", id="empty_label"),
        pytest.param("Q1 =", id="no_figure"),
        pytest.param("Q1 = Q2 = 5", id="figure_missing"),
        pytest.param("Q1 = 5 Q1 = 6", id="label_twice"),
        pytest.param("Q1 = 5 and Q2 = 6", id="word_left_over"),
        pytest.param("Q1 = 5 Q2 total = 6", id="label_of_two_words_behind_a_space"),
        pytest.param("Q1 = 5 Q2 = 6 altogether", id="word_at_the_end"),
        pytest.param("Spend Q1 = 5; = 6", id="second_label_missing"),
        pytest.param("Q1 = £2 m = 5", id="magnitude_or_label"),
        pytest.param("Q1 = 5 p = 6", id="status_or_label"),
        pytest.param("Q1 = 10:30", id="time_of_day"),
        pytest.param("Q1 = 1, 672 Q2 = 6", id="comma_and_a_space_within"),
        pytest.param("2021/22 = 5", id="label_with_a_stroke"),
        pytest.param("Q1 = 5 " * 200, id="longer_than_any_list"),
    ],
)
def test_what_is_no_list_of_figures_is_refused(text: str) -> None:
    with pytest.raises(NotAFigure):
        parse_parts(text)


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
    amount=amounts.filter(bool),
    sign=st.sampled_from(["{}", "-{}", "−{}", "–{}", "({})", "{}-", "+{}"]),
    unit=st.sampled_from([("{}", ""), ("£{}", "£"), ("£ {}", "£"), ("{}%", "%"), ("{} per cent", "%")]),
    separator=st.sampled_from(["", ",", "\u00a0", "\u2007", "\u2009", "\u202f"]),
    before=st.sampled_from([("", "exact"), ("c. ", "about"), ("~", "about"), ("over ", "over"), ("≥", "at_least")]),
    note=st.sampled_from(["", "¹", " [note 12]", "[r] [p]", " (e)", "*", " R", " revised"]),
)
def test_amount_round_trips_in_any_office_form(
    amount: Decimal, sign: str, unit: tuple[str, str], separator: str, before: tuple[str, str], note: str
) -> None:
    number = f"{amount:,f}".replace(",", separator)
    figure = parse_figure(before[0] + sign.format(unit[0].format(number)) + note)
    negative = sign not in ("{}", "+{}")
    assert figure == Figure(-amount if negative else amount, unit[1], before[1], note=note.strip())


@given(number=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_number_round_trips_as_python_and_excel_write_it(number: float) -> None:
    shown = repr(number).removesuffix(".0")
    assert parse_figure(shown).value == Decimal(shown)
    assert parse_figure(shown.upper(), shown_as_percent=True).value == Decimal(shown) * 100


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6), places=st.integers(0, 4), data=st.data())
def test_counts_fit_the_percentage_that_they_make_and_no_other(
    part: int, whole: int, places: int, data: st.DataObject
) -> None:
    step = Decimal(1).scaleb(-places)
    with localcontext(prec=60):
        exact = Decimal(part * 100) / whole
        printed = exact.quantize(step, data.draw(st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN])))
    for text in (f"{printed:f}% ({part:,}/{whole})", f"{part} of {whole:,} ({printed:f}%)"):
        assert parse_figure(text) == Figure(printed, "%", numerator=Decimal(part), denominator=Decimal(whole))
    assert parse_figure(f"{printed:f}% ({part})").numerator == part
    with pytest.raises(NotAFigure, match="does not fit together"):
        parse_figure(f"{printed + 2 * step:f}% ({part}/{whole})")


@given(
    amount=amounts,
    form=st.sampled_from(["{:f}", "{:,f}", "£{:,f}", "{:f}%", "c. {:f}", "({:f})", "{:f} [r]", "{:f}³"]),
    stray=st.sampled_from("?=/$€&;_!qwyx°\u0663½⁻\u200b¢'\u00ad"),
    data=st.data(),
)
def test_figure_with_a_stray_character_is_refused(amount: Decimal, form: str, stray: str, data: st.DataObject) -> None:
    text = form.format(amount)
    place = data.draw(st.integers(1, text.index(next(filter(str.isdecimal, text))) + 1))
    assume(stray != "\u200b" or text[place - 1 : place + 1].isdecimal())
    with pytest.raises(NotAFigure):
        parse_figure(text[:place] + stray + text[place:])


TYPED = st.text("0123456789,.£%()-−–+kmbnc*†[]¹²³ʳrpe ~<>≥atleover/of\u00a0\u202f\u200b", max_size=16)


@given(TYPED)
@example("45¹ ²")
@example("1\u00a0672 [12]")
def test_no_digit_of_a_figure_is_left_over(text: str) -> None:
    try:
        figure = parse_figure(text)
    except NotAFigure:
        return
    if figure.value is None or figure.numerator is not None or "e-" in text.lower() or "e+" in text.lower():
        return
    in_text = Counter(filter(str.isdecimal, text)) - Counter(filter(str.isdecimal, figure.note))
    in_value = Counter(map(str, figure.value.as_tuple().digits))
    assert in_text - Counter("0" * 99) == in_value - Counter("0" * 99)


@given(
    parts=st.dictionaries(st.from_regex("[A-Z][a-z0-9]{2,6}", fullmatch=True), amounts, min_size=1, max_size=5),
    equals=st.sampled_from([" = ", "=", ": "]),
    separator=st.sampled_from(["\n", "; ", ", ", ",", " "]),
)
def test_parts_round_trip(parts: dict[str, Decimal], equals: str, separator: str) -> None:
    assume(not {label.casefold() for label in parts} & {"million", "billion", "approx", "revised", "prov"})
    text = separator.join(f"{label}{equals}£{amount:,f}" for label, amount in parts.items())
    assert parse_parts(text) == {label: Figure(amount, "£") for label, amount in parts.items()}


@given(st.one_of(st.text(max_size=40), st.text("Qa1,.=:;£ \n-mp", max_size=20)))
def test_any_text_is_a_list_of_figures_or_refused(text: str) -> None:
    try:
        parts = parse_parts(text)
    except NotAFigure:
        return
    for label in parts:
        assert label in tidy(text)


@given(
    text=st.one_of(st.text(max_size=30), TYPED),
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
