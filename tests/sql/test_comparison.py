"""The authority beside its statistical neighbours: ranks, quartiles, gaps, and what has no value."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.published_editions import dictionary
from tests.sql.staged import figure, receipts, staged

NEIGHBOURS = ("334", "358", "896", "916", "919", "938", "937", "802", "803", "873")
STOCKPORT, NORTH_WEST, ENGLAND = "356", "981", "970"
NAMES = {STOCKPORT: "Stockport", NORTH_WEST: "North West", ENGLAND: "England"}
SHORT = {"high": "Attain8", "low": "FirstYJS", "none": "PriFSM"}
"""Measures of the made-up dictionary by polarity."""


def lists(*nearest: str, sha256: str = "lait neighbours") -> Row:
    row = staged("lait neighbours", 4, "2021-05", "2021-05-01", 1, la_number=STOCKPORT, la_name="Stockport")
    row |= {"workbook_sha256": sha256}
    row |= {f"closeness_{rank}": "Very close" for rank in range(1, 11)}
    return row | {f"neighbour_{rank}": number for rank, number in enumerate(nearest, 1)}


def figures(values: Mapping[str, str | None], polarity: str = "high") -> list[Row]:
    """A row per area; None is a value that is withheld."""
    rows = []
    for number, (la_number, value) in enumerate(values.items(), 2):
        row = staged("lait", number, "whole series", "1900-01-01", 2400, measure_short=SHORT[polarity], years="2019")
        row |= {"area": NAMES.get(la_number, f"Area {la_number}"), "la_number": la_number}
        row |= {"region": "NA" if la_number in (NORTH_WEST, ENGLAND) else "North West"}
        row |= figure("figure", None if value is None else dec(value), "E", number)
        rows.append(row if value is not None else row | {"figure_availability": "suppressed"})
    return rows


def given(
    values: Mapping[str, str | None], polarity: str = "high", changed: Mapping[str, list[Row]] | None = None
) -> dict[str, Any]:
    return {
        "staged.receipt": receipts(),
        "staged.lait_dictionary": dictionary(),
        "staged.lait_neighbours": [lists(*NEIGHBOURS)],
        "staged.lait_figures": figures(values, polarity),
        **(changed or {}),
    }


def beside(values: Sequence[str | None], stockport: str | None = "50") -> dict[str, str | None]:
    """Stockport's value and those of its neighbours, from the nearest on."""
    return {STOCKPORT: stockport, **dict(zip(NEIGHBOURS, values, strict=False))}


def places(values: Mapping[str, str | None], polarity: str = "high") -> dict[str, tuple[Any, Any]]:
    """Rank and quartile by area."""
    rows = run("marts.comparison_area", given(values, polarity))
    return {row["la_number"]: (row["rank"], row["quartile"]) for row in rows}


ELEVEN = beside([str(value) for value in (10, 20, 30, 40, 45, 60, 70, 80, 90, 100)])


LOWEST_FIRST = [*NEIGHBOURS[:5], STOCKPORT, *NEIGHBOURS[5:]]


@pytest.mark.parametrize(("polarity", "best_first"), [("high", LOWEST_FIRST[::-1]), ("low", LOWEST_FIRST)])
def test_the_best_of_eleven_is_first_and_quarters_are_three_three_two_three(
    polarity: str, best_first: list[str]
) -> None:
    quartiles = (1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4)
    expected = {number: (rank, quartiles[rank - 1]) for rank, number in enumerate(best_first, 1)}
    assert places(ELEVEN, polarity) == expected


def test_without_polarity_there_is_neither_rank_nor_quartile_but_gaps() -> None:
    assert set(places(ELEVEN, "none").values()) == {(None, None)}
    row = run_one("marts.comparison", given({**ELEVEN, ENGLAND: "40"}, "none"))
    assert (row["rank"], row["ranked_areas"], row["quartile"]) == (None, None, None)
    assert row["gap_to_england"] == dec("10")


def test_ties_share_a_rank_and_the_next_is_left_out() -> None:
    found = places(beside(["90", "90", "50", "10"]))
    assert [found[number][0] for number in (*NEIGHBOURS[:4], STOCKPORT)] == [1, 1, 3, 5, 3]


def test_figures_that_are_all_alike_are_all_first_and_in_the_best_quarter() -> None:
    for polarity in ("high", "low"):
        assert {places(beside(["50"] * 10), polarity)[number] for number in (STOCKPORT, *NEIGHBOURS)} == {(1, 1)}


def test_a_value_exactly_on_a_cut_belongs_to_the_better_quarter() -> None:
    found = places(beside(["10", "20", "30", "40"]))
    assert [found[number][1] for number in (STOCKPORT, *reversed(NEIGHBOURS[:4]))] == [1, 1, 2, 3, 4]


@pytest.mark.parametrize(("neighbours", "quartile"), [(2, None), (3, 1)])
def test_fewer_than_four_values_are_not_cut_into_quarters(neighbours: int, quartile: int | None) -> None:
    assert places(beside(["10", "20", "30"][:neighbours]))[STOCKPORT] == (1, quartile)


def test_what_is_withheld_or_missing_is_counted_and_never_zero() -> None:
    values: list[str | None] = ["60", None, "40", None, "50"]
    row = run_one("marts.comparison", given(beside(values), "low"))
    assert (row["rank"], row["ranked_areas"]) == (2, 4)
    assert (row["neighbours"], row["neighbours_with_value"]) == (10, 3)
    assert (row["neighbours_suppressed"], row["neighbours_missing"]) == (2, 5)
    assert (row["neighbours_mean"], row["neighbours_median"]) == (dec("50"), dec("50"))


def test_zero_is_a_value() -> None:
    assert places(beside(["0", "10", "20"]), "low")["334"] == (1, 1)


def test_the_authority_without_a_value_has_no_rank_and_no_gap_and_the_others_have() -> None:
    values = {**beside(["10", "20", "30", "40"], None), ENGLAND: "20"}
    row = run_one("marts.comparison", given(values))
    assert (row["value"], row["availability"], row["rank"], row["quartile"]) == (None, "suppressed", None, None)
    assert (row["gap_to_england"], row["gap_to_neighbours_mean"], row["is_latest"]) == (None, None, False)
    assert (row["neighbours_mean"], row["england_value"]) == (dec("25"), dec("20"))
    assert places(values)["916"] == (1, 1)


def test_without_any_neighbours_value_there_is_nothing_to_compare_with() -> None:
    row = run_one("marts.comparison", given(beside([])))
    assert (row["neighbours_with_value"], row["neighbours_mean"], row["gap_to_neighbours_median"]) == (0, None, None)
    assert (row["rank"], row["ranked_areas"]) == (1, 1)


def test_gaps_are_to_the_neighbours_the_region_and_england_the_authority_apart() -> None:
    values = {**beside(["10", "20", "40", "80"]), NORTH_WEST: "47.5", ENGLAND: "52.25"}
    row = run_one("marts.comparison", given(values))
    assert (row["gap_to_neighbours_mean"], row["gap_to_neighbours_median"]) == (dec("12.5"), dec("20"))
    assert (row["region"], row["gap_to_region"], row["gap_to_england"]) == ("North West", dec("2.5"), dec("-2.25"))


def test_areas_without_gss_codes_are_compared_all_the_same() -> None:
    rows = run("marts.comparison_area", given({**ELEVEN, NORTH_WEST: "1", ENGLAND: "2"}))
    coded = {row["la_number"] for row in rows if row["area_code"]}
    assert coded == {STOCKPORT, ENGLAND}
    assert len([row for row in rows if row["value"] is not None]) == 13


def test_neighbours_are_those_of_the_latest_list() -> None:
    [receipt] = [row for row in receipts() if row["workbook_sha256"] == "lait neighbours"]
    later = lists("831", *NEIGHBOURS[:9], sha256="later") | {"period_start": day("2022-05-01")}
    rows = run(
        "staging.lait_compared_area",
        given(
            ELEVEN,
            changed={
                "staged.receipt": [*receipts(), receipt | {"workbook_sha256": "later", "as_at": day("2022-06-01")}],
                "staged.lait_neighbours": [lists(*NEIGHBOURS), later],
            },
        ),
    )
    nearest = {row["neighbour_rank"]: row["la_number"] for row in rows if row["comparator"] == "neighbour"}
    assert nearest == dict(enumerate(("831", *NEIGHBOURS[:9]), 1))


def test_figures_of_a_superseded_extract_are_not_compared() -> None:
    old = [row | {"superseded_on": day("2021-07-01")} for row in receipts() if row["workbook_sha256"] == "lait"]
    rest = [row for row in receipts() if row["workbook_sha256"] != "lait"]
    assert run("marts.comparison", given(ELEVEN, changed={"staged.receipt": [*rest, *old]})) == []


def england(value: str, areas: int = 10, polarity: str = "low") -> list[Row]:
    values = {str(800 + number): str(100 + number) for number in range(areas)}
    return run("findings.whole_beyond_its_parts", given({**values, ENGLAND: value}, polarity))


@pytest.mark.parametrize(("value", "difference"), [("1258", "-1149"), ("99.9", "0.1")])
def test_a_rate_of_england_beyond_all_its_areas_is_found(value: str, difference: str) -> None:
    [row] = england(value)
    assert (row["published"], row["recomputed"]) == (value, "between 100.0 and 109.0")
    assert row["difference"] == dec(difference)
    assert "LAIT.FIRSTYJS, England, 2019" in row["subject"]
    assert row["cell"] == "E12"


@pytest.mark.parametrize(
    ("value", "areas"),
    [
        pytest.param("105", 10, id="among_them"),
        pytest.param("109", 10, id="exactly_the_greatest"),
        pytest.param("100", 10, id="exactly_the_least"),
        pytest.param("1258", 9, id="too_few_areas_to_judge_by"),
    ],
)
def test_a_rate_of_england_that_may_be_is_no_finding(value: str, areas: int) -> None:
    assert england(value, areas) == []


def test_a_gap_to_a_doubtful_figure_of_england_says_so() -> None:
    values = {**ELEVEN, ENGLAND: "1258"}
    assert run_one("marts.comparison", given(values))["england_in_doubt"]
    assert not run_one("marts.comparison", given({**ELEVEN, ENGLAND: "50"}))["england_in_doubt"]
