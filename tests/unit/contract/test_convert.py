"""One cell against what its column promises."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.convert import NotAsPromised, Promise, convert, empty_values
from pipelines.contract.model import Column, Day, EditionPeriod, Figure, Printed, Text
from pipelines.periods import Period, survey_wave
from pipelines.read.sheet import Cell

WAVE = Period("Jul-Sep 2020", date(2020, 7, 1), date(2020, 10, 1), "wave")


def promise(column: Column, *, key: bool = False) -> Promise:
    return Promise("it", column, WAVE, survey_wave, key=key)


def values(column: Column, text: str, *, percent: bool = False, italic: bool = False) -> dict[str, object]:
    return convert(promise(column), Cell(4, 2, text, percent=percent, italic=italic))


def refusal(column: Column, text: str, *, percent: bool = False, problem: str | None = None) -> str:
    with pytest.raises(NotAsPromised) as raised:
        convert(promise(column), Cell(4, 2, text, problem, percent=percent))
    return str(raised.value)


def test_text_has_single_spaces() -> None:
    assert values(Text("It"), " Support\u00a0 Funds\n") == {"it": "Support Funds"}


def test_day_is_read_day_first() -> None:
    assert values(Day("It"), "04/05/2021") == {"it": date(2021, 5, 4)}


def test_printed_cell_is_kept_as_it_stands_with_the_figures_in_it() -> None:
    got = values(Printed("It"), "48%  (42/86)")
    assert (got["it"], got["it_cell"]) == ("48% (42/86)", "B4")
    assert [figure["value"] for figure in got["it_figures"]] == [48, 42, 86]  # type: ignore[attr-defined]
    assert values(Printed("It"), "0.36", percent=True)["it"] == "36%"
    assert empty_values("it", Printed("It")) == {"it": None, "it_cell": None, "it_figures": None}


def test_impossible_day_is_refused_with_an_example() -> None:
    assert "'31/02/2021' is not a day that exists; write the day as 22/04/2021" in refusal(Day("It"), "31/02/2021")


def test_row_of_the_editions_own_period() -> None:
    assert values(EditionPeriod("Wave"), "jul-sep 2020") == {"it": "Jul-Sep 2020"}


@pytest.mark.parametrize("text", ["Apr-Jun 2020", "Jul-Sep 2019", "2020"])
def test_row_of_another_period_is_refused(text: str) -> None:
    assert f"it says '{text}', but the file is of Jul-Sep 2020" in refusal(EditionPeriod("Wave"), text)


def test_approximate_figure_among_exact_ones_is_refused() -> None:
    assert "'c. 73' is approximate" in refusal(Figure("Starts", unit="", whole=True), "c. 73")


def test_figure_brings_all_that_its_cell_says() -> None:
    assert values(Figure("It", approximate=True), "c. £17.5k", italic=True) == {
        "it": Decimal(17500),
        "it_unit": "£",
        "it_qualifier": "about",
        "it_availability": "value",
        "it_italic": True,
        "it_note": None,
        "it_cell": "B4",
        "it_text": "c. £17.5k",
    }


def test_blank_figure_is_not_available() -> None:
    assert empty_values("it", Figure("It", unit="%")) == {
        "it": None,
        "it_unit": "",
        "it_qualifier": "exact",
        "it_availability": "not_available",
        "it_italic": False,
        "it_note": None,
        "it_cell": None,
        "it_text": None,
    }


def test_blank_text_and_day_are_null() -> None:
    assert empty_values("it", Text("It")) == empty_values("it", Day("It")) == {"it": None}


@pytest.mark.parametrize(
    ("column", "text", "percent", "expected", "unit"),
    [
        pytest.param(Figure("It", unit="%"), "36", False, "36", "%", id="plain_number_in_percent_column"),
        pytest.param(Figure("It", unit="%"), "36%", False, "36", "%", id="typed_percent"),
        pytest.param(Figure("It", unit="%"), "0.97", True, "97", "%", id="percent_format"),
        pytest.param(Figure("It", unit="%"), "0.4%", False, "0.4", "%", id="typed_percent_below_one"),
        pytest.param(Figure("It", unit="%"), "0", False, "0", "%", id="zero_is_both"),
        pytest.param(Figure("It", unit="%"), "1", False, "1", "%", id="one_point"),
        pytest.param(Figure("It", unit="%", plain_is_fraction=True), "0.36", False, "36", "%", id="proportion"),
        pytest.param(Figure("It", unit="%", plain_is_fraction=True), "1", False, "100", "%", id="whole_proportion"),
        pytest.param(Figure("It", unit="%", plain_is_fraction=True), "36%", False, "36", "%", id="percent_beside"),
        pytest.param(Figure("It", unit="£"), "123193.91", False, "123193.91", "£", id="plain_number_in_pounds"),
        pytest.param(Figure("It", unit="£"), "£79,877.86", False, "79877.86", "£", id="typed_pounds"),
        pytest.param(Figure("It"), "63%", False, "63", "%", id="own_unit_percent"),
        pytest.param(Figure("It"), "0.77", True, "77", "%", id="own_unit_percent_format"),
        pytest.param(Figure("It"), "1,672", False, "1672", "", id="own_unit_number"),
    ],
)
def test_figure_is_in_the_columns_unit(column: Figure, text: str, percent: bool, expected: str, unit: str) -> None:
    got = values(column, text, percent=percent)
    assert (got["it"], got["it_unit"], got["it_availability"]) == (Decimal(expected), unit, "value")


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        pytest.param(Figure("It", unit="%"), "0.97", "less than 1 in a column of percentages", id="proportion"),
        pytest.param(
            Figure("It", unit="%", plain_is_fraction=True),
            "36",
            "more than 1 in a column of proportions",
            id="percentage_among_proportions",
        ),
        pytest.param(Figure("It", unit="%"), "£36", "is in £, but the column is in %", id="pounds_in_percent"),
        pytest.param(Figure("It", unit="£"), "36%", "is in %, but the column is in £", id="percent_in_pounds"),
        pytest.param(Figure("It", unit=""), "36%", "is in %, but the column is in numbers", id="percent_in_numbers"),
        pytest.param(Figure("It", unit="", whole=True), "4.5", "not a whole number", id="half_a_learner"),
        pytest.param(Figure("It", unit=""), "soon", "'soon' is not a figure; enter a number such as", id="words"),
    ],
)
def test_figure_that_breaks_the_promise_is_refused(column: Figure, text: str, said: str) -> None:
    assert said in refusal(column, text)


def test_count_is_an_integer() -> None:
    got = values(Figure("It", unit="", whole=True), "1,672")
    assert got["it"] == 1672
    assert isinstance(got["it"], int)


@pytest.mark.parametrize(
    ("text", "availability"), [("..", "not_available"), ("tbc", "not_available"), ("*", "suppressed")]
)
def test_marker_gives_no_value_and_says_why(text: str, availability: str) -> None:
    got = values(Figure("It", unit="%", whole=True), text)
    assert (got["it"], got["it_availability"], got["it_text"]) == (None, availability, text)


def test_words_of_the_column_come_before_markers() -> None:
    column = Figure("Target", words={"N/A": "none", "TBC": "to_be_confirmed"})
    assert values(column, " tbc ")["it_availability"] == "to_be_confirmed"
    assert values(column, "n/a")["it_availability"] == "none"


@pytest.mark.parametrize("column", [Text("It"), Day("It"), EditionPeriod("It"), Figure("It"), Printed("It")])
def test_cell_with_a_problem_is_refused_in_every_column(column: Column) -> None:
    assert "it holds the error #REF!; enter the value itself" in refusal(column, "#REF!", problem="the error #REF!")


def test_column_without_a_rule_is_a_mistake_of_the_contract() -> None:
    with pytest.raises(TypeError, match="Column has no rule of conversion"):
        values(Column("It"), "x")


@given(st.decimals(1, 100, places=2))
def test_percentage_is_the_same_typed_plain_and_formatted(points: Decimal) -> None:
    column = Figure("It", unit="%")
    typed, plain = values(column, f"{points}%")["it"], values(column, f"{points}")["it"]
    formatted = values(column, f"{points.scaleb(-2):f}", percent=True)["it"]
    assert typed == plain == formatted == points


@given(text=st.text(max_size=12), whole=st.booleans(), unit=st.sampled_from([None, "", "%", "£"]))
def test_any_cell_of_figures_is_read_or_refused(text: str, whole: bool, unit: str | None) -> None:
    column = Figure("It", unit=unit, whole=whole)  # type: ignore[arg-type]
    try:
        got = values(column, text)
    except NotAsPromised:
        return
    assert (got["it"] is None) == (got["it_availability"] != "value")
    assert got["it_text"] == text
