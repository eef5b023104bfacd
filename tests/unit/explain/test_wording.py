"""An explanation in words: the rule with its numbers, and cells as runs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.explain import as_text
from pipelines.explain.answer import Explanation, Observation, Rating, Trend
from pipelines.explain.cells import Origin
from pipelines.explain.wording import WIDTH, runs
from pipelines.read.address import cell_address, cell_position

RATING = Rating(
    status="A",
    status_reason="forecast",
    polarity="high",
    rated_on="Forecast",
    forecast_method="Service forecast",
    value=Decimal("92.150000"),
    value_kind="forecast",
    value_period="2021-22 academic",
    target_type="numeric",
    target_value=Decimal("97.000000"),
    tolerance_value=Decimal("5.000000"),
    tolerance_kind="relative",
    shortfall=Decimal("4.850000"),
    shortfall_pct=Decimal("5.000000"),
    status_robust=False,
    reading_sensitive=False,
    override_status=None,
    override_reason=None,
    commentary=None,
    locked_on=None,
    restated_on=None,
    restated_why=None,
    is_computed_otherwise=False,
    target_workbook="Portfolio Agreement 2021-22.xlsx",
    target_sheet="Measures",
    target_cell="L23",
    target_text="97%",
    approved_on=date(2021, 6, 29),
)
TREND = Trend(
    trend="worse",
    trend_reason="forecast year-end against previous",
    trend_value=Decimal("92.150000"),
    trend_basis="forecast year-end",
    previous_value=Decimal("93.185079"),
    previous_period="2020-21 academic",
    change_pct=Decimal("-1.110778"),
    trend_robust=True,
)


def origin(role: str, cell: str, text: str, factor: str = "100") -> Origin:
    return Origin(
        role=role,
        amount=Decimal(text),
        factor=Decimal(factor),
        workbook="CE classroom based 2020-21.xlsx",
        sheet="CBL",
        cell=cell,
        cell_text=text,
        workbook_sha256="b" * 64,
        received_on=date(2021, 10, 15),
        supplier="Continuing Education Service",
        illustrative="Single courses are illustrative.",
        row_words="English, GCSE",
    )


def observation(*origins: Origin) -> Observation:
    return Observation(
        use="previous",
        period_label="2020-21 academic",
        year_type="academic",
        value_kind="actual",
        component="total",
        value=Decimal("93.185079"),
        value_qualifier="exact",
        availability="value",
        numerator=Decimal("1299.000000"),
        denominator=Decimal("1394.000000"),
        note=None,
        as_at=date(2021, 10, 15),
        superseded_on=None,
        edition="b",
        origin_id="1",
        origins=origins,
    )


EXPLANATION = Explanation(
    measure_code="IN.16",
    measure_name="Overall Pass Rate",
    priority="2. Opportunities",
    owner="Continuing Education Service",
    unit="%",
    report_quarter="2021-22-Q2",
    known_by=date(2021, 11, 12),
    known_from=date(2020, 10, 30),
    other_areas=0,
    rating=RATING,
    trend=TREND,
    observations=(),
)


def said(rating: Rating = RATING, trend: Trend = TREND, unit: str = "%") -> str:
    return " ".join(as_text(replace(EXPLANATION, rating=rating, trend=trend, unit=unit)).split())


def test_exactly_on_the_tolerance_is_amber_in_words() -> None:
    assert "Rating: Amber" in said()
    assert "misses the target by 4.85 points, which is 5% of it: at most 5% of the target, so it is Amber" in said()


@pytest.mark.parametrize(
    ("shortfall", "status", "words"),
    [
        ("0", "G", "The value is exactly the target, so it is Green."),
        ("-2", "G", "The value is better than the target by 2 points"),
        ("9", "R", "misses the target by 9 points, which is 5% of it: more than 5% of the target, so it is Red."),
    ],
)
def test_judgement_follows_the_stored_shortfall(shortfall: str, status: str, words: str) -> None:
    assert words in said(replace(RATING, shortfall=Decimal(shortfall), status=status))


@pytest.mark.parametrize(
    ("known_from", "other_areas", "words"),
    [
        pytest.param(None, 0, "No figure of it is known: no workbook that was received", id="of_nobody"),
        pytest.param(None, 44, "are of 44 other areas, and marts.observation holds them.", id="of_others_alone"),
        pytest.param(date(2021, 11, 13), 44, "by then: the first came on 13/11/2021.", id="after_the_cut_off"),
        pytest.param(date(2021, 11, 12), 0, "No figure of it is known", id="on_the_cut_off_of_a_later_period"),
    ],
)
def test_why_no_figure_is_known(known_from: date | None, other_areas: int, words: str) -> None:
    text = as_text(replace(EXPLANATION, rating=None, trend=None, known_from=known_from, other_areas=other_areas))
    assert words in " ".join(text.split())


def test_target_of_zero_has_no_percentage() -> None:
    rating = replace(RATING, target_value=Decimal(0), shortfall=Decimal(2), shortfall_pct=None, status="R")
    assert "misses the target by 2: more than 5% of the target, so it is Red." in said(rating, unit="Number")


def test_absolute_tolerance_is_said_in_points_and_low_polarity_in_its_own_words() -> None:
    rating = replace(RATING, tolerance_kind="absolute", tolerance_value=Decimal(3), polarity="low")
    assert "Low is good. Green is at or below the target, Amber misses it by at most 3 points, Red by more." in said(
        rating
    )


def test_no_status_gives_its_reason_and_the_value_all_the_same() -> None:
    rating = replace(RATING, status=None, status_reason="maximise", target_value=None, target_type="maximise")
    assert "Rating: Not rated: aim to maximise Value: 92.15%, the forecast of 2021-22 academic." in said(rating)
    assert "Rule:" not in said(rating).split("Trend:")[0]


def test_override_keeps_the_computed_rating_beside_it() -> None:
    rating = replace(RATING, override_status="R", override_reason="the fund closed")
    assert "Rating: Amber A person put Red in its place: the fund closed" in said(rating)


def test_commentary_stands_text_by_text() -> None:
    text = as_text(replace(EXPLANATION, rating=replace(RATING, commentary="Enrolment is low.\nRetention holds.")))
    assert "\n\nCommentary:\n  Enrolment is low.\n  Retention holds." in text
    assert "Commentary" not in as_text(EXPLANATION)


def test_locked_figures_say_since_when_and_what_an_erratum_restated() -> None:
    locked = replace(RATING, locked_on=date(2021, 12, 9))
    stays = "Locked on 09/12/2021: these figures stay as they were published."
    assert stays in said(locked) and "Restated" not in said(locked) and "others" not in said(locked)
    restated = replace(locked, restated_on=date(2022, 1, 5), restated_why="counted twice", is_computed_otherwise=True)
    assert f"{stays} Restated on 05/01/2022: counted twice Without the lock they would be others" in said(restated)
    assert "Locked" not in said()


def test_trend_without_a_previous_figure_says_so() -> None:
    trend = replace(TREND, trend=None, trend_reason="previous_not_available", previous_value=None, change_pct=None)
    assert "Trend: none (no earlier figure) 92.15% (forecast year-end) has nothing before it" in said(trend=trend)


def test_measure_outside_the_agreement_is_not_rated() -> None:
    text = as_text(replace(EXPLANATION, rating=None, trend=None))
    assert "Not rated: no portfolio agreement lists it." in text
    assert "No figure of it is known" in text


def test_rate_shows_what_is_divided_and_few_cells_show_their_text() -> None:
    figure = observation(origin("numerator", "F2", "64"), origin("denominator", "E2", "76"))
    text = as_text(replace(EXPLANATION, observations=(figure,)))
    assert "= 100 × 1,299 / 1,394" in text
    assert "CBL!F2 says '64'  English, GCSE" in text
    assert "known from 15/10/2021, supplied by" in text
    assert "Note: Single courses are illustrative." in text


def test_many_cells_are_runs_unless_every_cell_is_wanted() -> None:
    cells = [origin("numerator", f"F{row}", str(row)) for row in range(2, 21)]
    explanation = replace(EXPLANATION, observations=(observation(*cells),))
    assert "Numerator from 19 cells:" in as_text(explanation)
    assert "CBL!F2:F20" in as_text(explanation)
    assert "CBL!F11 says '11'" not in as_text(explanation)
    assert "CBL!F11 says '11'" in as_text(explanation, every_cell=True)


def test_text_keeps_to_the_width_of_a_terminal() -> None:
    long = replace(EXPLANATION, measure_name="a long name " * 30)
    assert max(map(len, as_text(long).splitlines())) <= WIDTH


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 4)), unique=True))
def test_runs_name_every_cell_once_and_none_besides(positions: list[tuple[int, int]]) -> None:
    cells = [cell_address(row, column) for column, row in sorted((column, row) for row, column in positions)]
    named = []
    for run in runs("S", cells):
        first, _, last = run.removeprefix("S!").partition(":")
        (top, column), (bottom, _) = cell_position(first), cell_position(last or first)
        named += [cell_address(row, column) for row in range(top, bottom + 1)]
    assert named == cells
