"""Crime that the police recorded: numbers, rates of the population that they name, and years without figures."""

import pytest

from tests.sql.community import INTERRUPTED
from tests.sql.harness import Row, day, dec, run, run_one

EDITION: Row = {"workbook": "GMP 2019-20.xlsx", "workbook_sha256": "crime"}


def supplied(offence: str, recorded: int | None, population: int | None, **changes: object) -> Row:
    """A row of staged.recorded_crime_figures, of the year 2019-20."""
    row: Row = {
        **EDITION,
        "sheet": "Table 1",
        "row_number": 5,
        "period_label": "2019-20",
        "period_start": day("2019-04-01"),
        "period_end": day("2020-04-01"),
        "offence": offence,
        "recorded": recorded,
        "recorded_availability": "not_available" if recorded is None else "value",
        "recorded_cell": "B5",
        "recorded_text": str(recorded or "N/A"),
        "population": population,
        "population_cell": population and "A2",
        "population_text": population and f"Population used: {population}",
        "rate_cell": "C5",
    }
    return row | changes


def given(*rows: Row, notes: tuple[str, ...] = ()) -> dict[str, list[Row]]:
    receipt = EDITION | {"source": "recorded_crime", "as_at": day("2020-07-15"), "outcome": "loaded"}
    noted = [
        {**EDITION, "source": "recorded_crime", "sheet": "Table 1", "row_number": number, "note": text}
        for number, text in enumerate(notes, 11)
    ]
    return {"staged.receipt": [receipt], "staged.note": noted, "staged.recorded_crime_figures": list(rows)}


def test_a_rate_is_of_the_population_that_the_table_names() -> None:
    row = run_one("marts.observation", given(supplied("Violent crime", 6259, 291045)))
    assert (row["measure_code"], row["period_label"], row["value"]) == ("IN.7", "2019-20", dec("21.505266"))
    assert (row["numerator"], row["denominator"]) == (dec("6259"), dec("291045"))


def test_numerator_and_denominator_each_have_their_cell() -> None:
    rows = run("marts.observation_origin", given(supplied("Thefts", 9626, 291045)))
    assert {row["role"]: (row["cell"], row["cell_text"]) for row in rows} == {
        "numerator": ("B5", "9626"),
        "denominator": ("A2", "Population used: 291045"),
    }


@pytest.mark.parametrize("recorded", [30, 0])
def test_revictimisation_is_a_number(recorded: int) -> None:
    row = run_one("marts.observation", given(supplied("Domestic abuse: revictimisation", recorded, 291045)))
    assert (row["measure_code"], row["value"], row["denominator"]) == ("IN.5", dec(str(recorded)), None)


@pytest.mark.parametrize("offence", ["Violent crime", "Domestic abuse: revictimisation"])
@pytest.mark.parametrize("population", [None, 291045])
def test_a_year_without_figures_is_not_available_for_the_reason_given(offence: str, population: int | None) -> None:
    row = run_one("marts.observation", given(supplied(offence, None, population), notes=(INTERRUPTED,)))
    assert (row["value"], row["availability"], row["note"]) == (None, "not_available", INTERRUPTED)


def test_notes_of_several_lines_are_kept_in_their_order() -> None:
    row = run_one("marts.observation", given(supplied("Thefts", None, None), notes=("Not available.", "IT system.")))
    assert row["note"] == "Not available. IT system."


def test_a_note_about_figures_that_are_there_is_not_theirs() -> None:
    row = run_one("marts.observation", given(supplied("Thefts", 9626, 291045), notes=("Provisional.",)))
    assert row["note"] is None


def test_a_number_without_a_population_gives_no_rate() -> None:
    row = run_one("marts.observation", given(supplied("Thefts", 9626, None)))
    assert (row["value"], row["availability"], row["note"]) == (None, "not_available", "nothing to divide by")


@pytest.mark.parametrize(
    ("supplied_rate", "found"),
    [
        pytest.param("21.5", False, id="rounded_to_one_place"),
        pytest.param("21.51", False, id="rounded_to_two"),
        pytest.param("22", False, id="rounded_to_whole"),
        pytest.param("21.6", True, id="one_more_in_the_last_place"),
        pytest.param("21.50", True, id="zero_in_the_last_place_counts"),
        pytest.param(None, False, id="no_rate_supplied"),
    ],
)
def test_a_rate_that_its_number_does_not_give_is_found(supplied_rate: str | None, *, found: bool) -> None:
    row = supplied("Violent crime", 6259, 291045, rate=supplied_rate, rate_text=supplied_rate)
    rows = run("findings.recorded_crime_rate", given(row))
    assert [each["cell"] for each in rows] == (["C5"] if found else [])


def test_a_rate_half_a_unit_off_in_its_last_place_may_be_rounded_either_way() -> None:
    exact = supplied("Thefts", 2125, 100000)
    rates = [exact | {"rate": rate, "rate_text": rate} for rate in ("21.2", "21.3")]
    assert [run("findings.recorded_crime_rate", given(row)) for row in rates] == [[], []]


def test_the_finding_says_which_population_would_fit() -> None:
    row = run_one(
        "findings.recorded_crime_rate", given(supplied("Thefts", 9626, 291045, rate="32.1", rate_text="32.1"))
    )
    assert (row["published"], row["recomputed"], row["difference"]) == ("32.1", "33.07", dec("0.973923"))
    assert "about 299875" in row["explanation"]
