"""Which quarters are reported, and the labels, years and cut-off of each."""

import pytest

from pipelines.calendar import calendars_of, quarter_of
from tests.sql.harness import Row, day, run

LEARNERS = {"workbook": "CE classroom based 2020-21.xlsx", "workbook_sha256": "learners"}
SECTOR = {"workbook": "State of the Sector May 2021.xlsx", "workbook_sha256": "sector"}
CRIME = {"workbook": "pfatablesdec19.xlsx", "workbook_sha256": "crime"}
AGREEMENT = {"workbook": "Portfolio Agreement 2021-22.xlsx", "workbook_sha256": "agreement"}


def received(source: str, received_on: str, of: Row, outcome: str = "loaded") -> Row:
    return {"source": source, "received_on": day(received_on), "outcome": outcome, **of}


def quarters(first_figure: str, last_receipt: str, *others: Row) -> list[Row]:
    figures = [
        {"measure_code": "IN.16", "period_start": day(first_figure), **LEARNERS},
        {"measure_code": "IN.14", "period_start": day("2021-04-01"), **SECTOR},
        {"measure_code": "SECTOR.1", "period_start": day("2012-05-01"), **SECTOR},
        {"measure_code": "PFA.ROBBERY", "period_start": day("2018-01-01"), **CRIME},
    ]
    receipts = [
        received("continuing_education", last_receipt, LEARNERS),
        received("state_of_the_sector", "2020-01-05", SECTOR),
        *others,
    ]
    given = {
        "measures.figure": figures,
        "staged.receipt": receipts,
        "staging.contextual_measure": [{"measure_code": "SECTOR.1"}, {"measure_code": "PFA.ROBBERY"}],
        "staging.portfolio_agreement_measure": [{"measure_code": "IN.16", **AGREEMENT}],
    }
    return run("marts.reporting_quarter", given)


def by_label(first_figure: str = "2019-04-01", last_receipt: str = "2022-05-31") -> dict[str, Row]:
    return {row["report_quarter"]: row for row in quarters(first_figure, last_receipt)}


@pytest.mark.parametrize(
    ("first_figure", "expected"),
    [
        pytest.param("2021-04-01", "2021-22-Q1", id="on_the_first_day_of_a_quarter"),
        pytest.param("2020-08-01", "2020-21-Q2", id="within_a_quarter"),
        pytest.param("2020-06-30", "2020-21-Q1", id="on_the_last_day_of_a_quarter"),
        pytest.param("2020-01-01", "2019-20-Q4", id="in_the_last_quarter_of_a_financial_year"),
    ],
)
def test_the_first_quarter_is_that_of_the_first_observation(first_figure: str, expected: str) -> None:
    assert min(by_label(first_figure, "2021-11-12")) == expected


@pytest.mark.parametrize(
    ("last_receipt", "expected"),
    [
        pytest.param("2021-09-30", "2021-22-Q1", id="on_its_last_day"),
        pytest.param("2021-10-01", "2021-22-Q2", id="on_the_first_day_after_it"),
        pytest.param("2021-11-12", "2021-22-Q2", id="on_its_cut_off"),
        pytest.param("2021-12-31", "2021-22-Q2", id="on_the_last_day_of_the_next"),
    ],
)
def test_the_last_quarter_had_ended_when_the_last_file_came(last_receipt: str, expected: str) -> None:
    assert max(by_label(last_receipt=last_receipt)) == expected


def test_figures_for_context_begin_no_quarter() -> None:
    assert min(by_label("2021-04-01", "2021-11-12")) == "2021-22-Q1"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(received("police_force_areas", "2026-04-08", CRIME), "2021-22-Q2", id="of_figures_for_context"),
        pytest.param(received("state_of_the_sector", "2022-01-05", SECTOR), "2021-22-Q3", id="of_a_source_of_both"),
        pytest.param(received("portfolio_agreement", "2022-01-05", AGREEMENT), "2021-22-Q3", id="of_an_agreement"),
    ],
)
def test_only_files_of_the_agreements_sources_carry_the_quarters_on(other: Row, expected: str) -> None:
    assert max(row["report_quarter"] for row in quarters("2021-04-01", "2021-11-12", other)) == expected


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("loaded", "2021-22-Q3"),
        ("superseded", "2021-22-Q3"),
        ("retracted", "2021-22-Q3"),
        ("quarantined", "2021-22-Q2"),
        ("conflict", "2021-22-Q2"),
        ("missing_bytes", "2021-22-Q2"),
        ("duplicate", "2021-22-Q2"),
        ("alias", "2021-22-Q2"),
    ],
)
def test_only_files_that_were_loaded_carry_the_quarters_on(outcome: str, expected: str) -> None:
    later = {"workbook": "Sector.xlsx", "workbook_sha256": "later"}
    other = received("state_of_the_sector", "2022-01-05", later, outcome)
    assert max(row["report_quarter"] for row in quarters("2021-04-01", "2021-11-12", other)) == expected


def test_an_agreement_that_is_refused_does_not_carry_the_quarters_on() -> None:
    refused = received(
        "portfolio_agreement", "2022-01-05", {"workbook": "New.xlsx", "workbook_sha256": "n"}, "quarantined"
    )
    loaded = received("portfolio_agreement", "2021-04-01", AGREEMENT)
    assert max(row["report_quarter"] for row in quarters("2021-04-01", "2021-11-12", loaded, refused)) == "2021-22-Q2"


def test_every_quarter_between_is_reported() -> None:
    assert list(by_label("2020-10-05", "2021-11-12")) == ["2020-21-Q3", "2020-21-Q4", "2021-22-Q1", "2021-22-Q2"]


def test_without_figures_no_quarter_is_reported() -> None:
    receipts = [received("continuing_education", "2021-11-12", LEARNERS)]
    assert run("marts.reporting_quarter", {"measures.figure": [], "staged.receipt": receipts}) == []


@pytest.mark.parametrize(
    ("label", "start", "end", "cut_off"),
    [
        ("2021-22-Q2", "2021-07-01", "2021-10-01", "2021-11-12"),
        ("2021-22-Q1", "2021-04-01", "2021-07-01", "2021-08-12"),
        ("2020-21-Q4", "2021-01-01", "2021-04-01", "2021-05-13"),
        ("2019-20-Q3", "2019-10-01", "2020-01-01", "2020-02-12"),
    ],
)
def test_a_quarter_and_its_cut_off(label: str, start: str, end: str, cut_off: str) -> None:
    row = by_label()[label]
    assert (row["quarter_start"], row["quarter_end"]) == (day(start), day(end))
    assert (row["cut_off"], row["known_by"]) == (day(cut_off), day(cut_off))


@pytest.mark.parametrize(
    ("label", "number", "year", "previous", "year_start"),
    [
        ("2021-22-Q1", 1, "2021-22", "2020-21", "2021-04-01"),
        ("2020-21-Q3", 3, "2020-21", "2019-20", "2020-04-01"),
        ("2020-21-Q4", 4, "2020-21", "2019-20", "2020-04-01"),
    ],
)
def test_a_quarter_and_its_financial_year(label: str, number: int, year: str, previous: str, year_start: str) -> None:
    row = by_label()[label]
    assert (row["quarter_number"], row["report_year"], row["previous_report_year"]) == (number, year, previous)
    assert row["year_start"] == day(year_start)


@pytest.mark.parametrize(
    ("label", "year", "previous"),
    [
        pytest.param("2021-22-Q1", "2020-21 academic", "2019-20 academic", id="ends_in_June"),
        pytest.param("2021-22-Q2", "2021-22 academic", "2020-21 academic", id="ends_in_September"),
        pytest.param("2021-22-Q3", "2021-22 academic", "2020-21 academic", id="ends_in_December"),
        pytest.param("2020-21-Q4", "2020-21 academic", "2019-20 academic", id="ends_in_March"),
    ],
)
def test_the_academic_year_contains_the_quarters_last_day(label: str, year: str, previous: str) -> None:
    row = by_label()[label]
    assert (row["academic_year"], row["previous_academic_year"]) == (year, previous)


def test_the_label_crosses_the_century() -> None:
    assert "1999-00-Q4" in by_label("2000-01-01", "2000-06-30")


def test_other_names_of_a_quarter_are_those_of_the_calendar() -> None:
    rows = by_label()
    assert len(rows) == 12
    for label, row in rows.items():
        quarter = quarter_of(row["quarter_start"])
        named = {"financial year": row["report_year"], "academic year": row["academic_year"]}
        assert (label, named | {"survey wave": row["survey_wave"]}) == (quarter.label, calendars_of(quarter))
