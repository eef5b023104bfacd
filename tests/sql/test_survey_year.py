"""Rolling years: the mean of four consecutive waves, as it was known on each day; fewer waves, no value."""

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.rows import GREATER_MANCHESTER, STOCKPORT
from tests.sql.survey import RECEIVED, answers

RESPONSES = "staging.community_safety_survey_response"
GIVEN = {
    "Jul-Sep 2020": ("30", "45"),
    "Oct-Dec 2020": ("31", "46"),
    "Jan-Mar 2021": ("32", "47"),
    "Apr-Jun 2021": ("33", "49"),
}
"""Means: 31.5 strongly agree, 46.75 tend to agree, 78.25 in all."""

CORRECTION_DAY = "2021-09-01"
TRAFFORD = "E08000009"


def four_waves(**changes: str) -> list[Row]:
    return [row for wave, (strongly, tend) in GIVEN.items() for row in answers(wave, strongly, tend, **changes)]


def with_corrected(wave: str, strongly: str, tend: str, on: str) -> list[Row]:
    rows = [row | {"superseded_on": on} if row["period_label"] == wave else row for row in four_waves()]
    return rows + answers(wave, strongly, tend, as_at=on, workbook_sha256=f"corrected {wave}")


def figures(rows: list[Row]) -> list[Row]:
    return run("measures.community_safety_survey_year", {RESPONSES: rows})


def means(rows: list[Row], component: str = "total", area: str = STOCKPORT) -> list[Row]:
    found = run("marts.observation", {RESPONSES: rows})
    wanted = ("rolling", component, area)
    years = [row for row in found if (row["year_type"], row["component"], row["area_code"]) == wanted]
    return sorted(years, key=lambda row: (row["period_end"], row["as_at"]))


@pytest.mark.parametrize(
    ("component", "expected"), [("strongly agree", "31.5"), ("tend to agree", "46.75"), ("total", "78.25")]
)
def test_four_waves_give_their_mean(component: str, expected: str) -> None:
    [row] = means(four_waves(), component)
    assert (row["value"], row["availability"]) == (dec(expected), "value")


def test_the_year_is_named_after_its_last_month() -> None:
    [row] = means(four_waves())
    interval = (row["period_start"], row["period_end"])
    assert (row["period_label"], interval) == ("year to Jun 2021", (day("2020-07-01"), day("2021-07-01")))


@pytest.mark.parametrize(("component", "parts"), [("strongly agree", 4), ("tend to agree", 4), ("total", 8)])
def test_the_mean_names_all_its_cells(component: str, parts: int) -> None:
    cells = [row for row in figures(four_waves()) if row["component"] == component]
    assert {row["role"] for row in cells} == {"part"}
    assert len({(row["workbook_sha256"], row["cell"]) for row in cells}) == len(cells) == parts


@pytest.mark.parametrize("missing", GIVEN)
def test_three_of_four_waves_give_no_row(missing: str) -> None:
    rows = [row for row in four_waves() if row["period_label"] != missing]
    assert figures(rows) == []


def test_four_waves_with_a_gap_give_no_row() -> None:
    later = [row for row in four_waves() if row["period_label"] != "Jul-Sep 2020"]
    assert figures(answers("Apr-Jun 2020", "30", "45") + later) == []


def test_a_wave_without_an_answer_is_missing() -> None:
    later = [row for row in four_waves() if row["period_label"] != "Jul-Sep 2020"]
    assert figures(answers("Jul-Sep 2020", None, None) + later) == []


def test_five_waves_give_two_years() -> None:
    rows = answers("Apr-Jun 2020", "28", "41", as_at="2020-07-31") + four_waves()
    assert [(row["period_label"], row["value"]) for row in means(rows)] == [
        ("year to Mar 2021", dec("75")),
        ("year to Jun 2021", dec("78.25")),
    ]


def test_a_mean_is_known_when_its_last_wave_is() -> None:
    [row] = means(four_waves())
    assert (row["as_at"], row["superseded_on"]) == (day(RECEIVED["Apr-Jun 2021"]), None)


def test_a_wave_received_late_makes_the_mean_known_late() -> None:
    rows = [row | {"as_at": "2021-08-20"} if row["period_label"] == "Oct-Dec 2020" else row for row in four_waves()]
    [row] = means(rows)
    assert row["as_at"] == day("2021-08-20")


@pytest.mark.parametrize("wave", ["Jul-Sep 2020", "Apr-Jun 2021"])
def test_a_corrected_wave_makes_a_second_edition_of_the_mean(wave: str) -> None:
    strongly, tend = GIVEN[wave]
    first, second = means(with_corrected(wave, str(int(strongly) + 8), tend, CORRECTION_DAY))
    assert (first["value"], second["value"]) == (dec("78.25"), dec("80.25"))
    assert (first["as_at"], first["superseded_on"]) == (day("2021-07-30"), day(CORRECTION_DAY))
    assert (second["as_at"], second["superseded_on"]) == (day(CORRECTION_DAY), None)
    assert first["edition"] != second["edition"]


def test_a_wave_corrected_before_the_year_is_whole_leaves_one_edition() -> None:
    [row] = means(with_corrected("Jul-Sep 2020", "38", "45", "2020-12-01"))
    assert (row["value"], row["as_at"], row["superseded_on"]) == (dec("80.25"), day("2021-07-30"), None)


def test_two_corrections_make_three_editions() -> None:
    rows = with_corrected("Jul-Sep 2020", "38", "45", CORRECTION_DAY)
    rows = [row | {"superseded_on": "2021-10-01"} if row["period_label"] == "Apr-Jun 2021" else row for row in rows]
    rows += answers("Apr-Jun 2021", "37", "49", as_at="2021-10-01", workbook_sha256="corrected too")
    editions = means(rows)
    assert [row["value"] for row in editions] == [dec("78.25"), dec("80.25"), dec("81.25")]
    assert [row["superseded_on"] for row in editions] == [day(CORRECTION_DAY), day("2021-10-01"), None]


def test_the_second_edition_names_the_corrected_cells() -> None:
    cells = figures(with_corrected("Jul-Sep 2020", "38", "45", CORRECTION_DAY))
    later = {row["workbook_sha256"] for row in cells if row["as_at"] == day(CORRECTION_DAY)}
    assert later == {"corrected Jul-Sep 2020", *(f"hash of {wave}" for wave in GIVEN if wave != "Jul-Sep 2020")}


def test_greater_manchester_missing_in_one_wave_has_no_mean() -> None:
    elsewhere = [row for row in four_waves(area_code=GREATER_MANCHESTER) if row["period_label"] != "Oct-Dec 2020"]
    rows = four_waves() + elsewhere
    assert means(rows, area=GREATER_MANCHESTER) == []
    assert [row["value"] for row in means(rows)] == [dec("78.25")]


def test_greater_manchester_in_all_waves_has_a_mean_of_its_own() -> None:
    elsewhere = [row | {"cell": f"C{row['cell'][1:]}"} for row in four_waves(area_code=GREATER_MANCHESTER)]
    [row] = means(four_waves() + elsewhere, area=GREATER_MANCHESTER)
    assert row["value"] == dec("78.25")


def test_questions_are_not_mixed() -> None:
    other = answers("Jul-Sep 2020", "30", "45", measure_code="IN.11")
    rest = [row for row in four_waves() if row["period_label"] != "Jul-Sep 2020"]
    assert figures(other + rest) == []


def test_a_wave_with_one_answer_withheld_is_not_part_of_a_total() -> None:
    rows = [row for row in four_waves() if row["period_label"] != "Oct-Dec 2020"] + answers("Oct-Dec 2020", "31", None)
    assert [row["component"] for row in figures(rows) if row["component"] == "total"] == []


def test_a_mean_ends_when_a_correction_takes_an_answer_away() -> None:
    rows = [
        row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == "Oct-Dec 2020" else row
        for row in four_waves()
    ]
    rows += answers("Oct-Dec 2020", None, None, as_at=CORRECTION_DAY, workbook_sha256="corrected")
    [row] = means(rows)
    assert row["superseded_on"] == day(CORRECTION_DAY)


def test_a_mean_begins_again_when_the_answer_is_back() -> None:
    rows = [
        row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == "Oct-Dec 2020" else row
        for row in four_waves()
    ]
    withheld = {"as_at": CORRECTION_DAY, "superseded_on": "2021-10-01", "workbook_sha256": "corrected"}
    rows += answers("Oct-Dec 2020", None, None, **withheld)
    rows += answers("Oct-Dec 2020", "35", "46", as_at="2021-10-01", workbook_sha256="mended")
    first, second = means(rows)
    assert (first["as_at"], first["superseded_on"]) == (day("2021-07-30"), day(CORRECTION_DAY))
    assert (second["as_at"], second["superseded_on"], second["value"]) == (day("2021-10-01"), None, dec("79.25"))


@pytest.mark.parametrize("wave", ["Oct-Dec 2020", "Apr-Jun 2021"])
def test_a_mean_ends_when_a_corrected_wave_leaves_the_area_out(wave: str) -> None:
    rows = [row | {"superseded_on": CORRECTION_DAY} if row["period_label"] == wave else row for row in four_waves()]
    rows += answers(wave, "30", "40", as_at=CORRECTION_DAY, workbook_sha256="corrected", area_code="E08000009")
    [row] = means(rows)
    assert row["superseded_on"] == day(CORRECTION_DAY)


def test_only_means_of_the_authority_are_published() -> None:
    rows = [row for area in (STOCKPORT, TRAFFORD, GREATER_MANCHESTER) for row in four_waves(area_code=area)]
    for table in ("marts.survey", "marts.survey_interval"):
        found = run(table, {RESPONSES: rows})
        published = {(row["area_code"], row["period_label"]) for row in found if not row["is_illustrative"]}
        assert (len(found), published) == (15, {(STOCKPORT, "year to Jun 2021")})
