"""Published editions from staged rows to observations: periods, areas by name, codes, what is missing, restatements."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run
from tests.sql.published_editions import (
    CHESHIRE_POLICE,
    GREATER_MANCHESTER_POLICE,
    GROUPS_OF_LEARNERS,
    LAIT_AREAS,
    MEASURES_BY_CALENDAR,
    OFFENCES,
    dictionary,
    lait_figures,
    learner_row,
    published_rows,
)
from tests.sql.rows import STOCKPORT
from tests.sql.staged import receipts

STAGED_FROM_EDITIONS = (
    "staging.fe_learners_count",
    "staging.lait_figure",
    "staging.lait_left_out",
    "staging.lait_measure",
    "staging.lait_neighbour",
    "staging.listed_area",
    "staging.police_force_areas_offences",
    "staging.police_force_areas_rates",
    "staging.population_estimate",
)


def of(table: str, **changed: list[Row]) -> list[Row]:
    """Rows of a model over the made-up editions, some staged tables changed."""
    given = published_rows() | {f"staged.{name}": rows for name, rows in changed.items()}
    return run(table, {**given, "staged.receipt": receipts()})


def observed(**wanted: Any) -> list[Row]:
    return [row for row in of("marts.observation") if all(row[name] == value for name, value in wanted.items())]


@pytest.mark.parametrize(
    ("academic_year", "label", "end", "year_type"),
    [
        ("2022/23", "2022-23 academic", "2023-08-01", "academic"),
        ("1999/00", "1999-00 academic", "2000-08-01", "academic"),
        ("2023/24 (Q3 Aug to Apr)", "2023-24 academic Aug-Apr", "2024-05-01", "months"),
        ("2024/25 (Aug to Apr)", "2024-25 academic Aug-Apr", "2025-05-01", "months"),
        ("2025/26 (Aug to Oct)", "2025-26 academic Aug-Oct", "2025-11-01", "months"),
        ("2025/26 (Q2 Aug to Jan)", "2025-26 academic Aug-Jan", "2026-02-01", "months"),
    ],
)
def test_an_academic_year_so_far_is_not_the_year(academic_year: str, label: str, end: str, year_type: str) -> None:
    council = ("STOCKPORT METROPOLITAN BOROUGH COUNCIL", "10006335")
    row = learner_row("learners", 2, academic_year, *council, "Total", 630)
    counted = of("staging.fe_learners_count", fe_learners_learners=[row])
    start = day(f"{academic_year[:4]}-08-01")
    found = {(each["period_label"], each["period_start"], each["period_end"], each["year_type"]) for each in counted}
    assert found == {(label, start, day(end), year_type)}


def test_a_restated_count_stands_beside_the_one_before() -> None:
    counts = observed(
        measure_code="FE.EDUCATION_AND_TRAINING",
        area_code=STOCKPORT,
        period_label="2019-20 academic",
        component="total",
    )
    history = {row["as_at"]: (row["value"], row["superseded_on"]) for row in counts}
    assert history == {
        day("2021-01-28"): (dec("630"), day("2021-07-15")),
        day("2021-07-15"): (dec("1050"), None),
    }


def test_a_corrected_count_stands_from_its_day_and_the_supplied_one_before() -> None:
    supplied = published_rows()["staged.fe_learners_learners"]
    corrected = [row | {"corrections": "key", "education_and_training": 1060} for row in supplied]
    [restated] = [row for row in receipts() if row["workbook_sha256"] == "learners restated"]
    known = [row for row in receipts() if row != restated]
    known.append(restated | {"outcome": "superseded", "superseded_on": day("2021-09-01")})
    known.append(restated | {"corrections": "key", "as_at": day("2021-09-01")})
    given = published_rows() | {"staged.fe_learners_learners": supplied + corrected, "staged.receipt": known}
    history = [
        (row["as_at"], row["superseded_on"], row["value"])
        for row in run("marts.observation", given)
        if (row["measure_code"], row["area_code"]) == ("FE.EDUCATION_AND_TRAINING", STOCKPORT)
        and (row["period_label"], row["component"]) == ("2019-20 academic", "total")
    ]
    assert sorted(history) == [
        (day("2021-01-28"), day("2021-07-15"), dec("630")),
        (day("2021-07-15"), day("2021-09-01"), dec("1050")),
        (day("2021-09-01"), None, dec("1060")),
    ]


@pytest.mark.parametrize("table", STAGED_FROM_EDITIONS)
def test_rows_read_with_corrections_that_count_on_no_day_are_left_out(table: str) -> None:
    doubled = {
        name.removeprefix("staged."): rows + [row | {"corrections": "key"} for row in rows]
        for name, rows in published_rows().items()
    }
    assert of(table, **doubled) == of(table) != []


def test_few_learners_are_suppressed_and_kinds_not_asked_for_are_absent() -> None:
    rows = [row for row in of("marts.observation") if row["measure_code"].startswith("FE.")]
    said = {(row["measure_code"], row["availability"]) for row in rows}
    assert said == {
        ("FE.APPRENTICESHIPS", "suppressed"),
        ("FE.EDUCATION_AND_TRAINING", "value"),
        ("FE.COMMUNITY_LEARNING", "value"),
    }


def test_learners_are_of_councils_and_groups_are_named_as_in_the_latest_edition() -> None:
    rows = of("staging.fe_learners_count")
    assert {row["area_code"] for row in rows} == {STOCKPORT, "E08000003"}
    assert {row["component"] for row in rows} == {"total", "lldd - with learning difficulty / disability"}
    assert len({row["component"] for row in rows}) == len(GROUPS_OF_LEARNERS)


def test_a_force_that_sent_nothing_is_not_available() -> None:
    rows = observed(area_code=GREATER_MANCHESTER_POLICE)
    assert {(row["value"], row["availability"]) for row in rows} == {(None, "not_available")}
    assert len(rows) == 2 * len(OFFENCES) + 1


def test_numbers_and_rates_of_offences_have_codes_of_their_own() -> None:
    values = {row["measure_code"]: row["value"] for row in observed(area_code=CHESHIRE_POLICE)}
    assert len(values) == 2 * len(OFFENCES) + 1
    assert (values["PFA.ROBBERY"], values["PFA.ROBBERY.RATE"]) == (dec("7"), dec("7.5"))
    assert values["PFA.RESIDENTIAL_BURGLARY_HOUSEHOLDS.RATE"] == dec("1.5")
    units = {row["measure_code"]: row["unit"] for row in of("marts.measure")}
    assert {code: units[code] for code in values if "HOUSEHOLDS" in code or code.startswith("PFA.THEFT")} == {
        "PFA.RESIDENTIAL_BURGLARY_HOUSEHOLDS.RATE": "per 1,000 households",
        "PFA.THEFT": "Number",
        "PFA.THEFT.RATE": "per 1,000",
        "PFA.THEFT_FROM_THE_PERSON": "Number",
        "PFA.THEFT_FROM_THE_PERSON.RATE": "per 1,000",
    }


def test_police_without_an_area_are_staged_and_not_observed() -> None:
    staged = [row for row in of("staging.police_force_areas_offences") if row["area_code"] is None]
    assert {row["area_name"] for row in staged} == {"British Transport Police"}
    assert not [row for row in of("marts.observation") if row["area_code"] is None]


@pytest.mark.parametrize(
    ("measure", "label", "start", "end"),
    [
        pytest.param("KS2", "2015-16 academic", "2015-08-01", "2016-08-01", id="academic_year_named_by_its_end"),
        pytest.param("HE_19_FSM", "2014-15 academic", "2014-08-01", "2015-08-01", id="academic_year_named_whole"),
        pytest.param("16-17 NEET", "2018-19", "2018-04-01", "2019-04-01", id="financial_year_named_by_its_end"),
        pytest.param("FirstYJS", "2018", "2018-01-01", "2019-01-01", id="calendar_year"),
        pytest.param("PriFSM", "2021-01", "2021-01-01", "2021-02-01", id="january"),
    ],
)
def test_a_year_is_of_the_calendar_that_the_dictionary_gives(measure: str, label: str, start: str, end: str) -> None:
    [measure_code] = [row["measure_code"] for row in of("staging.lait_measure") if row["measure_short"] == measure]
    [row] = [row for row in observed(area_code=STOCKPORT) if row["measure_code"] == measure_code]
    assert (row["period_label"], row["period_start"], row["period_end"]) == (label, day(start), day(end))


def test_units_and_polarities_come_from_the_dictionary() -> None:
    said = {row["measure_short"]: (row["unit"], row["polarity"]) for row in of("staging.lait_measure")}
    assert said == {
        "KS2": ("%", "high"),
        "HE_19_FSM": ("%", "high"),
        "16-17 NEET": ("%", "low"),
        "FirstYJS": ("per 100,000", "low"),
        "Conceptions": ("per 1,000", "low"),
        "PriFSM": ("%", "none"),
        "Attain8": ("Score per pupil", "high"),
    }


def test_areas_are_found_by_name_and_never_a_force_area() -> None:
    found = {row["area"]: row["area_code"] for row in of("staging.lait_area") if row["la_number"] in LAIT_AREAS}
    assert found == {
        "Stockport": STOCKPORT,
        "Gloucestershire": "E10000013",
        "North West": "E12000002",
        "England": "E92000001",
        "Barsetshire": None,
    }


def test_what_is_left_out_is_a_finding() -> None:
    findings = {(row["check_name"], row["subject"]) for row in of("marts.reconciliation_finding")}
    assert findings == {("measure_without_definition", "NotDefined"), ("area_without_code", "Barsetshire")}


def test_without_its_dictionary_an_extract_gives_no_observations_and_says_so() -> None:
    assert of("measures.lait", lait_dictionary=[]) == []
    left_out = of("staging.lait_left_out", lait_dictionary=[])
    undefined = {row["subject"] for row in left_out if row["check_name"] == "measure_without_definition"}
    assert undefined == {*MEASURES_BY_CALENDAR, "NotDefined"}
    assert undefined == {row["measure_short"] for row in lait_figures()}


def test_a_definition_that_nothing_uses_is_no_measure() -> None:
    unused = dictionary()[0] | {"measure_short": "Unused"}
    assert "Unused" not in {
        row["measure_short"] for row in of("staging.lait_measure", lait_dictionary=[*dictionary(), unused])
    }


def test_areas_keep_the_name_of_the_mixed_case_tables() -> None:
    areas = {row["area_code"]: (row["area_name"], row["area_type"]) for row in of("marts.area")}
    assert areas["E12000002"] == ("North West", "region")
    assert areas["E92000001"] == ("England", "country")
    assert areas["E10000013"] == ("Gloucestershire", "county")
    assert areas["E23000037"] == ("Gloucestershire", "police force area")


def test_neighbours_are_known_where_both_areas_are() -> None:
    [row] = of("marts.neighbour")
    assert (row["area_code"], row["neighbour_rank"], row["neighbour_area_code"]) == (STOCKPORT, 1, "E10000013")


def test_without_published_editions_nothing_of_them_is_listed() -> None:
    empty: dict[str, list[Row]] = {name.removeprefix("staged."): [] for name in published_rows()}
    codes = {row["measure_code"].split(".")[0] for row in of("marts.measure", **empty)}
    assert codes == {"SECTOR", "GRANT"}
    assert len(of("marts.area", **empty)) == 14
