"""Whether means of four waves differ by more than chance may give: tested on the waves in which they differ."""

from collections.abc import Mapping
from math import sqrt
from random import Random
from statistics import NormalDist

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import STOCKPORT
from tests.sql.survey import RECEIVED, answers

RESPONSES = "staging.community_safety_survey_response"
WAVES = ["Jul-Sep 2019", "Oct-Dec 2019", "Jan-Mar 2020", "Apr-Jun 2020", *RECEIVED]
CORRECTION_DAY = "2021-09-01"
TRAFFORD = "E08000009"

Asked = tuple[int, int | None]
"""Who agrees, per cent, and the unweighted base."""


def rows_of(asked: Mapping[str, tuple[int, int | None]], **changes: str) -> list[Row]:
    return [
        row | {"base_count": base}
        for wave, (agree, base) in asked.items()
        for row in answers(wave, str(agree), "0", **changes)[:2]
    ]


def changes_of(rows: list[Row]) -> dict[tuple[str, str], Row]:
    found = run("marts.survey_change", {RESPONSES: rows})
    return {(row["period_label"], row["compared_period"]): row for row in found if row["area_code"] == STOCKPORT}


def last_quarter(new: Asked, old: Asked, between: Asked = (75, 300)) -> Row:
    """Year to June 2021 against year to March 2021: one new wave, one that dropped out, and three that both share."""
    asked = dict.fromkeys(WAVES[4:7], between) | {"Apr-Jun 2020": old, "Apr-Jun 2021": new}
    return changes_of(rows_of(asked))["year to Jun 2021", "year to Mar 2021"]


def two_proportions(new: Asked, old: Asked) -> float:
    """z of the textbook's test of two proportions, from counts of people."""
    (p1, n1), (p0, n0) = ((agree / 100, base or 0) for agree, base in (new, old))
    pooled = (p1 * n1 + p0 * n0) / (n1 + n0)
    return (p1 - p0) / sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n0)) if 0 < pooled < 1 else 0.0


def test_a_textbook_example() -> None:
    """80% of 100 against 65% of 120: pooled 158 of 220, z = 0.15 / sqrt(0.7182 x 0.2818 x (1/100 + 1/120)) = 2.4625."""
    row = last_quarter((80, 100), (65, 120))
    assert float(row["z_score"]) == 2.4625
    assert row["change_is_distinguishable"] is True


def test_overlapping_years_are_tested_on_the_two_waves_that_differ() -> None:
    chance, between = Random(1927), (75, 300)
    drawn = [((chance.randint(0, 100), chance.randint(1, 2000)), (chance.randint(0, 100), 300)) for _ in range(40)]
    drawn += [((share, 300), (share + step, 300)) for share in (0, 1, 50, 99) for step in (0, 1)]
    rows = [
        row
        for number, (new, old) in enumerate(drawn)
        for row in rows_of(
            dict.fromkeys(WAVES[4:7], between) | {WAVES[3]: old, WAVES[7]: new}, measure_code=f"IN.{number}"
        )
    ]
    found = run("marts.survey_change", {RESPONSES: rows})
    assert len(found) == len(drawn)
    for row in found:
        new, old = drawn[int(row["measure_code"].removeprefix("IN."))]
        assert float(row["z_score"]) == pytest.approx(two_proportions(new, old), abs=0.000051)
        assert row["change_is_distinguishable"] is (abs(row["z_score"]) >= dec("1.96"))
        assert (row["replaced_waves"], row["change_points"]) == (1, (dec(str(new[0])) - old[0]) / 4)
        assert (row["new_waves_pct"], row["new_base"], row["old_base"]) == (new[0], new[1], old[1])


def test_shared_waves_make_a_change_no_surer() -> None:
    assert (
        last_quarter((80, 317), (76, 316), (75, 300))["z_score"]
        == last_quarter((80, 317), (76, 316), (5, 9))["z_score"]
    )


def test_on_either_side_of_the_limit() -> None:
    """Of 400 each, 79% and 66% are distinguishable from 73%, and the next shares towards it are not."""
    rows = [
        row
        for agree in (66, 67, 78, 79)
        for row in rows_of(dict.fromkeys(WAVES[3:7], (73, 400)) | {WAVES[7]: (agree, 400)}, measure_code=f"{agree}%")
    ]
    found = run("marts.survey_change", {RESPONSES: rows})
    assert [row["change_is_distinguishable"] for row in found] == [True, False, False, True]
    for row in found:
        p_value = 2 * (1 - NormalDist().cdf(abs(two_proportions((int(row["new_waves_pct"]), 400), (73, 400)))))
        assert (p_value <= 0.05) is row["change_is_distinguishable"]


def test_years_that_share_no_wave_are_compared_on_all_eight() -> None:
    asked: dict[str, Asked] = {wave: (70 if wave in WAVES[:4] else 76, 250) for wave in WAVES}
    row = changes_of(rows_of(asked))["year to Jun 2021", "year to Jun 2020"]
    assert (row["replaced_waves"], row["new_base"], row["old_base"]) == (4, 1000, 1000)
    assert float(row["z_score"]) == pytest.approx(two_proportions((76, 1000), (70, 1000)), abs=0.000051)


def test_each_year_is_compared_with_those_one_to_four_quarters_earlier() -> None:
    found = changes_of(rows_of(dict.fromkeys(WAVES, (75, 300))))
    compared = {
        earlier: row["replaced_waves"] for (later, earlier), row in found.items() if later == "year to Jun 2021"
    }
    assert compared == {"year to Mar 2021": 1, "year to Dec 2020": 2, "year to Sep 2020": 3, "year to Jun 2020": 4}
    assert {earlier for (_, earlier), row in found.items() if row["is_year_end_compared"]} == {"year to Mar 2021"}


@pytest.mark.parametrize(("new", "old"), [((0, 300), (0, 200)), ((100, 300), (100, 200))])
def test_all_or_none_in_every_wave_is_no_change(new: Asked, old: Asked) -> None:
    row = last_quarter(new, old)
    assert (row["z_score"], row["change_is_distinguishable"], row["in_words"]) == (0, False, "no change")


def test_from_none_to_all_is_more_than_chance() -> None:
    assert last_quarter((100, 300), (0, 300))["change_is_distinguishable"] is True


@pytest.mark.parametrize("base", [None, 0])
def test_without_a_base_it_cannot_be_said(base: int | None) -> None:
    row = last_quarter((90, base), (60, 300))
    assert (row["z_score"], row["change_is_distinguishable"]) == (None, None)
    assert row["in_words"] == "cannot be tested: the base of a wave is not given"


def test_a_base_missing_in_a_shared_wave_does_no_harm() -> None:
    assert last_quarter((90, 300), (60, 300), (75, None))["change_is_distinguishable"] is True


def test_waves_that_do_not_follow_each_other_give_nothing_to_compare() -> None:
    asked: dict[str, Asked] = {wave: (75, 300) for wave in WAVES if wave != "Oct-Dec 2020"}
    assert {later for later, _ in changes_of(rows_of(asked))} == {"year to Sep 2020"}


def test_districts_are_compared_each_with_itself() -> None:
    asked = {"Apr-Jun 2020": (50, 300)} | dict.fromkeys(WAVES[4:], (75, 300))
    elsewhere = rows_of(dict.fromkeys(WAVES[3:], (75, 300)), area_code=TRAFFORD)
    found = run("marts.survey_change", {RESPONSES: rows_of(asked) + elsewhere})
    assert {row["area_code"]: row["change_is_distinguishable"] for row in found} == {STOCKPORT: True, TRAFFORD: False}


def test_a_corrected_wave_is_compared_anew_from_its_day_on() -> None:
    rows = rows_of(dict.fromkeys(WAVES[3:], (75, 300)))
    rows = [row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == WAVES[-1] else row for row in rows]
    rows += answers(WAVES[-1], "95", "0", as_at=CORRECTION_DAY, workbook_sha256="corrected", base_count=300)
    found = sorted(run("marts.survey_change", {RESPONSES: rows}), key=lambda row: row["as_at"])
    assert [(row["change_is_distinguishable"], row["as_at"], row["superseded_on"]) for row in found] == [
        (False, day(RECEIVED[WAVES[-1]]), day(CORRECTION_DAY)),
        (True, day(CORRECTION_DAY), None),
    ]


def test_a_corrected_wave_that_both_share_makes_a_pair_of_its_own_days() -> None:
    rows = rows_of(dict.fromkeys(WAVES[3:], (75, 300)))
    rows = [row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == "Oct-Dec 2020" else row for row in rows]
    rows += answers("Oct-Dec 2020", "95", "0", as_at=CORRECTION_DAY, workbook_sha256="corrected", base_count=300)
    found = sorted(run("marts.survey_change", {RESPONSES: rows}), key=lambda row: row["as_at"])
    assert [(row["agree_pct"], row["compared_pct"], row["z_score"]) for row in found] == [(75, 75, 0), (80, 80, 0)]
    assert found[0]["superseded_on"] == found[1]["as_at"] == day(CORRECTION_DAY)
