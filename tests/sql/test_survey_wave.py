"""Single waves: both parts kept as components, their total, and Greater Manchester where a wave does not give it."""

from tests.sql.harness import Row, dec, run
from tests.sql.rows import GREATER_MANCHESTER, STOCKPORT
from tests.sql.survey import answers

WAVE = "Jul-Sep 2020"
RESPONSES = "staging.community_safety_survey_response"
TRAFFORD = "E08000009"


def figures(rows: list[Row]) -> list[Row]:
    return run("measures.community_safety_survey_wave", {RESPONSES: rows})


def observations(rows: list[Row], year_type: str = "wave") -> dict[tuple[str, str], Row]:
    found = run("marts.observation", {RESPONSES: rows})
    return {(row["area_code"], row["component"]): row for row in found if row["year_type"] == year_type}


def test_both_answers_and_their_total() -> None:
    found = observations(answers(WAVE, "31.5", "46.25"))
    assert {component: row["value"] for (area, component), row in found.items() if area == STOCKPORT} == {
        "strongly agree": dec("31.5"),
        "tend to agree": dec("46.25"),
        "total": dec("77.75"),
    }


def test_other_answers_are_no_agreement() -> None:
    cells = {row["cell"] for row in figures(answers(WAVE, "31", "46")) if row["cell"]}
    assert cells == {"B5", "B6"}


def test_greater_manchester_not_given_is_not_available() -> None:
    found = observations(answers(WAVE, "31", "46") + answers(WAVE, "29", "44", area_code=TRAFFORD))
    row = found[GREATER_MANCHESTER, "total"]
    assert (row["value"], row["availability"]) == (None, "not_available")
    assert row["note"]


def test_greater_manchester_given_is_as_it_was_given() -> None:
    found = observations(answers(WAVE, "31", "46") + answers(WAVE, "30", "45", area_code=GREATER_MANCHESTER))
    row = found[GREATER_MANCHESTER, "total"]
    assert (row["value"], row["availability"]) == (dec("75"), "value")


def test_greater_manchester_is_said_once_per_measure_and_wave() -> None:
    rows = [row for code in ("IN.11", "IN.12") for row in answers(WAVE, "31", "46", measure_code=code)]
    missing = [row for row in figures(rows) if row["area_code"] == GREATER_MANCHESTER]
    assert [(row["measure_code"], row["availability"]) for row in missing] == [
        ("IN.11", "not_available"),
        ("IN.12", "not_available"),
    ]


def test_greater_manchester_missing_for_one_measure_only() -> None:
    rows = answers(WAVE, "31", "46", measure_code="IN.11") + answers(WAVE, "31", "46")
    rows += answers(WAVE, "30", "45", measure_code="IN.11", area_code=GREATER_MANCHESTER)
    given = {
        row["measure_code"]: row["availability"] for row in figures(rows) if row["area_code"] == GREATER_MANCHESTER
    }
    assert given == {"IN.11": "value", "IN.12": "not_available"}


def test_a_total_with_a_withheld_part_has_no_value() -> None:
    found = observations(answers(WAVE, "31", None))
    assert found[STOCKPORT, "strongly agree"]["value"] == dec("31")
    assert (found[STOCKPORT, "total"]["value"], found[STOCKPORT, "total"]["availability"]) == (None, "not_available")


def test_the_total_names_both_cells() -> None:
    total = [row for row in figures(answers(WAVE, "31", "46")) if row["component"] == "total" and row["cell"]]
    assert [(row["role"], row["cell"], row["amount"]) for row in total] == [
        ("part", "B5", dec("31")),
        ("part", "B6", dec("46")),
    ]


def test_a_corrected_wave_stands_beside_the_first() -> None:
    first = answers(WAVE, "31", "46", superseded_on="2020-12-01")
    second = answers(WAVE, "33", "46", as_at="2020-12-01", workbook_sha256="corrected")
    found = run("marts.observation", {RESPONSES: first + second})
    totals = [row for row in found if row["component"] == "total" and row["area_code"] == STOCKPORT]
    assert sorted((row["edition"], row["value"]) for row in totals) == [
        ("corrected of 2020-12-01", dec("79")),
        (f"hash of {WAVE} of {first[0]['as_at']}", dec("77")),
    ]
