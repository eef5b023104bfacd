"""A printed cell as the figures in it; whatever is printed, nothing is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.read.printed import Printed, as_words, parse_printed


def brief(text: str) -> list[tuple[str, str | None, str]]:
    """Role, label and value of each figure."""
    return [(each.role, each.label, f"{each.value:f}{each.unit}") for each in parse_printed(text) if each.value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("23% (54/231)", [("value", None, "23%"), ("numerator", None, "54"), ("denominator", None, "231")]),
        ("23% (54 out of 231)", [("value", None, "23%"), ("numerator", None, "54"), ("denominator", None, "231")]),
        ("94.9% (1653)", [("value", None, "94.9%"), ("count", None, "1653")]),
        ("93.2% (1,350)", [("value", None, "93.2%"), ("count", None, "1350")]),
        ("67.15 (19,543)", [("value", None, "67.15"), ("count", None, "19543")]),
        ("184 (11%)", [("value", None, "184"), ("share", None, "11%")]),
        ("£100k", [("value", None, "100000£")]),
        ("£2.163m", [("value", None, "2163000£")]),
        ("-2%", [("value", None, "-2%")]),
        ("Q1 = £486,557 Q2 = £34,329", [("component", "Q1", "486557£"), ("component", "Q2", "34329£")]),
        ("Q1 = 46; Q2 = 21", [("component", "Q1", "46"), ("component", "Q2", "21")]),
        (
            "Strongly agree – 29% Tend to agree- 47% (March 2021)",
            [("component", "Strongly agree", "29%"), ("component", "Tend to agree", "47%")],
        ),
        ("1630 (May 2020)", [("value", None, "1630")]),
        ("Debt cleared from £10k investment", [("mentioned", None, "10000£")]),
        ("a change of -2%", [("mentioned", None, "-2%")]),
        ("13 x workshops; and 12 x meetings", [("mentioned", None, "13"), ("mentioned", None, "12")]),
        ("£1.5million of £2m", [("mentioned", None, "1500000£"), ("mentioned", None, "2000000£")]),
        ("events in Q1 and Q2 of 2021/22, July 2020 to June 2022", []),
    ],
)
def test_what_is_printed_is_read(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize("text", ["N/A", "TBC", "-", "illegible", "Aim to max- imise", "", "Stable", "IN.16-IN.19"])
def test_what_is_no_figure_gives_none(text: str) -> None:
    assert parse_printed(text) == []


def test_the_month_in_brackets_is_said_beside_the_figure() -> None:
    assert parse_printed("1672 (Oct 2021)")[1] == Printed("month", "Oct 2021", None, "", 0, None)


@pytest.mark.parametrize(
    ("text", "decimals", "step"),
    [("94.9%", 1, "0.1"), ("67.15", 2, "0.01"), ("24,000", 0, "1"), ("£141.5k", 1, "100"), ("£1m", 0, "1000000")],
)
def test_a_figure_knows_what_it_rounds_to(text: str, decimals: int, step: str) -> None:
    [figure] = parse_printed(text)
    assert (figure.decimals, figure.rounds_to) == (decimals, Decimal(step))


@pytest.mark.parametrize("text", ["1234567890123456789012", "1000000bn", "0.1234567", "5 (1234567890123456789012)"])
def test_what_is_too_long_or_too_large_is_no_figure(text: str) -> None:
    assert all(figure.value in (None, Decimal(5)) for figure in parse_printed(text))


def test_words_that_a_line_broke_are_whole() -> None:
    assert as_words(" Aim  to max- imise") == "Aim to maximise"
    assert as_words("Strongly agree– 29%") == "Strongly agree- 29%"


@given(st.text(max_size=80))
def test_no_text_is_refused(text: str) -> None:
    for figure in parse_printed(text):
        assert (figure.value is None) == (figure.rounds_to is None) == (figure.role == "month")


@given(st.decimals(0, 10_000, places=2), st.integers(0, 99_999), st.integers(1, 99_999))
def test_a_rate_with_its_fraction_comes_back(rate: Decimal, part: int, whole: int) -> None:
    values = [figure.value for figure in parse_printed(f"{rate}% ({part:,}/{whole:,})")]
    assert values == [rate, part, whole]


@given(
    st.dictionaries(st.from_regex(r"[A-Z][a-z]{1,5}( [a-z]{2,5})?", fullmatch=True), st.integers(0, 10**9), min_size=1)
)
def test_labelled_figures_come_back(parts: dict[str, int]) -> None:
    text = " ".join(f"{label} = £{value:,}" for label, value in parts.items())
    assert {figure.label: figure.value for figure in parse_printed(text)} == parts
