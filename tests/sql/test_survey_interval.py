"""How sure a survey figure is: Wilson's 95% score interval of waves and of means of four, from the unweighted bases."""

from decimal import Decimal
from math import sqrt
from statistics import NormalDist, harmonic_mean

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import GREATER_MANCHESTER, STOCKPORT
from tests.sql.survey import RECEIVED, answers

RESPONSES = "staging.community_safety_survey_response"
WAVE = "Jul-Sep 2020"
YEAR = "year to Jun 2021"
CORRECTION_DAY = "2021-09-01"
TRAFFORD = "E08000009"


def intervals(rows: list[Row]) -> dict[str, Row]:
    found = run("marts.survey_interval", {RESPONSES: rows})
    return {row["period_label"]: row for row in found if row["area_code"] == STOCKPORT}


def four_waves(bases: tuple[int | None, ...] = (312, 324, 308, 317), **changes: str) -> list[Row]:
    return [
        row | {"base_count": base}
        for wave, base in zip(RECEIVED, bases, strict=True)
        for row in answers(wave, "31", "46", **changes)
    ]


def by_bisection(share: float, base: float, *, upper: bool) -> float:
    """Wilson's definition: the share, in per cent, from which the observed one is just 1.96 standard errors away."""
    z = NormalDist().inv_cdf(0.975)
    inside, outside = share, 1.0 if upper else 0.0
    for _ in range(80):
        middle = (inside + outside) / 2
        if abs(share - middle) <= z * sqrt(middle * (1 - middle) / base):
            inside = middle
        else:
            outside = middle
    return 100 * inside


NEWCOMBE = {
    "81 of 263": ("30.798479", 263, "25.53", "36.62"),
    "15 of 148": ("10.135135", 148, "6.24", "16.05"),
    "0 of 20": ("0", 20, "0", "16.11"),
    "1 of 29": ("3.448276", 29, "0.61", "17.18"),
}
"""Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3: share, base, ends."""


def test_published_intervals() -> None:
    rows = [
        row
        for case, (agree, base, _, _) in NEWCOMBE.items()
        for row in answers(WAVE, agree, "0", measure_code=case, base_count=base)
    ]
    found = {
        row["measure_code"]: row
        for row in run("marts.survey_interval", {RESPONSES: rows})
        if row["agree_pct"] is not None
    }
    assert {case: (row["low_pct"], row["high_pct"]) for case, row in found.items()} == {
        case: (dec(low), dec(high)) for case, (_, _, low, high) in NEWCOMBE.items()
    }
    assert {case: row["effective_base"] for case, row in found.items()} == {
        case: base for case, (_, base, _, _) in NEWCOMBE.items()
    }


def test_an_interval_is_what_its_definition_says() -> None:
    asked = [(agree, base) for agree in range(0, 101, 4) for base in (1, 2, 50, 317, 5000)]
    rows = [
        row | {"measure_code": f"IN.{number}", "base_count": base}
        for number, (agree, base) in enumerate(asked)
        for row in answers(WAVE, str(agree), "0")[:2]
    ]
    found = [row for row in run("marts.survey_interval", {RESPONSES: rows}) if row["area_code"] == STOCKPORT]
    assert len(found) == len(asked)
    for row in found:
        agree, base = asked[int(row["measure_code"].removeprefix("IN."))]
        assert float(row["low_pct"]) == pytest.approx(by_bisection(agree / 100, base, upper=False), abs=0.00501)
        assert float(row["high_pct"]) == pytest.approx(by_bisection(agree / 100, base, upper=True), abs=0.00501)


@pytest.mark.parametrize("bases", [(312, 324, 308, 317), (1000, 1000, 1000, 10)])
def test_a_mean_of_four_waves_is_as_sure_as_four_times_their_harmonic_mean(bases: tuple[int, ...]) -> None:
    row = intervals(four_waves(bases))[YEAR]
    base = round(4 * harmonic_mean(bases), 1)
    assert (row["wave_count"], row["base_count"], float(row["effective_base"])) == (4, sum(bases), base)
    assert float(row["low_pct"]) == pytest.approx(by_bisection(0.77, base, upper=False), abs=0.00501)
    assert float(row["high_pct"]) == pytest.approx(by_bisection(0.77, base, upper=True), abs=0.00501)


@pytest.mark.parametrize("base", [None, 0])
def test_without_a_base_there_is_no_interval(base: int | None) -> None:
    found = intervals(four_waves((312, base, 308, 317)))
    for period in ("Oct-Dec 2020", YEAR):
        row = found[period]
        assert (row["agree_pct"], row["low_pct"], row["high_pct"], row["effective_base"]) == (77, None, None, None)
        assert row["no_interval_reason"] == "base_not_given"
    assert found[WAVE]["no_interval_reason"] is None


def test_a_base_missing_beside_one_of_both_answers_is_missing() -> None:
    first, *others = answers(WAVE, "31", "46")
    row = intervals([first | {"base_count": None}, *others])[WAVE]
    assert (row["low_pct"], row["no_interval_reason"]) == (None, "base_not_given")


def test_a_figure_that_is_not_available_has_no_interval() -> None:
    rows = answers(WAVE, "31", "46")
    found = run("marts.survey_interval", {RESPONSES: rows})
    [elsewhere] = [row for row in found if row["area_code"] == GREATER_MANCHESTER]
    assert (elsewhere["low_pct"], elsewhere["no_interval_reason"]) == (None, "not_available")


def test_shares_that_were_rounded_to_more_than_all_count_as_all() -> None:
    row = intervals(answers(WAVE, "60", "41", base_count=100))[WAVE]
    assert (row["agree_pct"], row["high_pct"]) == (101, 100)
    assert float(row["low_pct"]) == pytest.approx(by_bisection(1.0, 100, upper=False), abs=0.00501)


def test_each_district_has_its_own_base() -> None:
    rows = answers(WAVE, "31", "46") + answers(WAVE, "31", "46", area_code=TRAFFORD, base_count=50)
    found = {row["area_code"]: row for row in run("marts.survey_interval", {RESPONSES: rows})}
    assert found[TRAFFORD]["base_count"] == 50
    assert found[TRAFFORD]["high_pct"] - found[TRAFFORD]["low_pct"] > Decimal(20)


def test_a_corrected_base_counts_from_the_day_of_its_edition() -> None:
    rows = [row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == WAVE else row for row in four_waves()]
    rows += answers(WAVE, "31", "46", as_at=CORRECTION_DAY, workbook_sha256="corrected", base_count=78)
    found = run("marts.survey_interval", {RESPONSES: rows})
    mine = [row for row in found if (row["area_code"], row["period_label"]) == (STOCKPORT, YEAR)]
    years = sorted(mine, key=lambda row: row["as_at"])
    assert [(row["base_count"], row["as_at"]) for row in years] == [
        (1261, day(RECEIVED["Apr-Jun 2021"])),
        (1027, day(CORRECTION_DAY)),
    ]
    assert [row["superseded_on"] for row in years] == [day(CORRECTION_DAY), None]
