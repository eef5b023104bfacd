"""Robustness and sensitivity of ratings, against a search in Python of all values that round to the printed one."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.sql.harness import Row, dec, run
from tests.sql.rows import definition, rated

STEP = Decimal("0.000001")
"""Values have six decimals: two that differ at all differ by so much."""

MOST_DECIMALS = {"%": 1, "per 1,000": 2, "Number": 0, "£": 0}


@dataclass(frozen=True)
class Case:
    """A measure and its figures."""

    unit: str
    polarity: str
    target: Decimal
    tolerance: Decimal
    tolerance_kind: str
    value: Decimal
    previous: Decimal


def decimals_of(printed: Decimal) -> int:
    """How many decimals a printed figure shows: as few as it needs."""
    return max(-int(printed.normalize().as_tuple().exponent), 0)


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def alike(value: Decimal, unit: str, critical: Iterable[Decimal]) -> list[Decimal]:
    """Values that round to the printed one: the outermost, the value itself, and any on or beside a critical figure."""
    printed = rounded(value, MOST_DECIMALS[unit])
    decimals = decimals_of(printed)
    half = Decimal("0.5").scaleb(-decimals)
    about = {value, printed - half, printed + half, *(rounded(point, 6) for point in critical)}
    tried = {point + step for point in about for step in (-STEP, Decimal(0), STEP)}
    return [point for point in tried if rounded(point, decimals) == printed]


def shortfall(case: Case, value: Decimal) -> Decimal:
    return case.target - value if case.polarity == "high" else value - case.target


def status_of(case: Case, value: Decimal, tolerance_kind: str) -> str:
    missed = shortfall(case, value)
    allowed = case.tolerance * (abs(case.target) / 100 if tolerance_kind == "relative" else 1)
    return "G" if missed <= 0 else "A" if missed <= allowed else "R"


def trend_of(case: Case, value: Decimal, previous: Decimal) -> str | None:
    if previous == 0:
        return None
    if abs(value - previous) <= abs(previous) / 100:
        return "stable"
    return "better" if (value > previous) == (case.polarity == "high") else "worse"


def expected(case: Case) -> tuple[str | None, bool | None, str | None, bool | None, bool | None]:
    """Status and whether it is robust, trend and whether it is robust, and whether the status is reading sensitive."""
    allowed = [case.tolerance * abs(case.target) / 100, case.tolerance]
    edges = [case.target, *(case.target + sign * width for sign in (-1, 1) for width in allowed)]
    status = status_of(case, case.value, case.tolerance_kind)
    statuses = {status_of(case, value, case.tolerance_kind) for value in alike(case.value, case.unit, edges)}
    trend = trend_of(case, case.value, case.previous)
    hundredth = Decimal("0.01")
    trends = {
        trend_of(case, value, previous)
        for previous in alike(case.previous, case.unit, [Decimal(0), case.value / Decimal("1.01"), case.value])
        for value in alike(case.value, case.unit, [previous * (1 - hundredth), previous, previous * (1 + hundredth)])
    }
    other = "absolute" if case.tolerance_kind == "relative" else "relative"
    sensitive = status_of(case, case.value, other) != status if case.unit == "%" else None
    return status, statuses == {status}, trend, None if trend is None else trends == {trend}, sensitive


def found(cases: list[Case]) -> list[tuple[str | None, bool | None, str | None, bool | None, bool | None]]:
    definitions: list[Row] = []
    values: list[Row] = []
    for number, case in enumerate(cases):
        definitions.append(
            definition(
                measure_code=f"{number:03}",
                unit=case.unit,
                polarity=case.polarity,
                target_value=case.target,
                tolerance_value=case.tolerance,
                tolerance_kind=case.tolerance_kind,
            )
        )
        values.append(rated(measure_code=f"{number:03}", value=case.value, previous_value=case.previous))
    rows = run("marts.measure_status", {"marts.rating_definition": definitions, "marts.rated_value": values})
    columns = ("status", "status_robust", "trend", "trend_robust", "reading_sensitive")
    return [tuple(row[column] for column in columns) for row in rows]


def figures(target: Decimal) -> st.SearchStrategy[Decimal]:
    """Figures on, beside and about a target and what 1% and 5% of it allow, and any others; a few of each sign."""
    edges = [target * Decimal(share) / 100 for share in (95, 99, 100, 101, 105)]
    near = st.builds(
        lambda edge, steps: rounded(edge, 6) + steps * STEP,
        st.sampled_from(edges),
        st.sampled_from([-500_000, -50_000, -5_000, -1, 0, 1, 5_000, 50_000, 500_000]),
    )
    return (
        near | st.decimals(min_value=-120, max_value=120, places=2) | st.decimals(min_value=-2, max_value=2, places=6)
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    target = draw(st.sampled_from([Decimal(0), Decimal(-4)]) | st.decimals(min_value=1, max_value=110, places=2))
    return Case(
        unit=draw(st.sampled_from(sorted(MOST_DECIMALS))),
        polarity=draw(st.sampled_from(["high", "low"])),
        target=target,
        tolerance=draw(st.sampled_from([Decimal(5), Decimal(2), Decimal("0.5")])),
        tolerance_kind=draw(st.sampled_from(["relative", "absolute"])),
        value=draw(figures(target)),
        previous=draw(figures(target)),
    )


# to shrink fifty cases at once takes minutes, and the message names those that are wrong
@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(cases(), min_size=40, max_size=60))
def test_ratings_are_as_sure_as_the_search_says(drawn: list[Case]) -> None:
    with localcontext(prec=60):
        wanted = [expected(case) for case in drawn]
    wrong = [(case, said, want) for case, said, want in zip(drawn, found(drawn), wanted, strict=True) if said != want]
    assert wrong == []


@pytest.mark.parametrize(
    ("value", "previous", "robust"),
    [
        pytest.param("5", "0.3", False, id="previous_prints_as_zero"),
        pytest.param("5", "0.5", True, id="previous_prints_as_one"),
        pytest.param("-4", "-3.5", False, id="alike_at_some_ends_below_zero"),
    ],
)
def test_trend_about_zero(value: str, previous: str, robust: bool) -> None:
    case = Case("Number", "high", Decimal(10), Decimal(5), "relative", dec(value), dec(previous))
    [(_, _, _, trend_robust, _)] = found([case])
    assert trend_robust is robust
    assert expected(case)[3] is robust
