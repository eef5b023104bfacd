"""Measures without a code are known by name: no agreement, however it is ordered, gives one the figures of another."""

import pytest

from tests.sql.harness import Row, day, run
from tests.sql.rows import STOCKPORT, quarter

FIRST, REPEAT = "Number of successful first-time applicants", "Number of successful repeat applicants"
NETWORKS = "Number of community networks representing communities of identity"
ENGAGED = "Organisations engaged with Sector3"
SUPPLIED = [("New measure", name) for name in (FIRST, REPEAT, NETWORKS, ENGAGED)]


class Agreement:
    """An edition of an agreement: its measures in sheet order, as (code, name), and when it was received."""

    def __init__(self, *measures: tuple[str, str], first: int = 2021, until: str | None = None, on: str = "") -> None:
        received = day(on or f"{first}-06-29")
        self.edition: Row = {
            "workbook": f"Portfolio Agreement {first}.xlsx",
            "workbook_sha256": f"agreement {first} of {received}",
        }
        self.staging = self.edition | {
            "source": "portfolio_agreement",
            "as_at": received,
            "superseded_on": day(until) if until else None,
        }
        self.rows: list[Row] = [
            self.edition
            | {"sheet": "Measures", "row_number": number, "code": code, "measure_name": name, "code_cell": f"A{number}"}
            | {"period_label": f"{first}-{first - 1999}", "period_start": day(f"{first}-04-01")}
            | {"priority": "1. Sector", "unit": "Number", "year": "Financial", "category": "Partnership"}
            | {"good_performance": "High", "rated_on": "Year to date", "target_availability": "to_be_confirmed"}
            | {"trend_compares": "Forecast year-end", "forecast_method": "None", "frequency": "Quarterly"}
            for number, (code, name) in enumerate(measures, 5)
        ]


def fund(received_on: str, *kinds: str) -> list[Row]:
    """Successful applications, an applicant of each kind."""
    origin: Row = {"workbook": "SLF.xlsx", "workbook_sha256": "fund", "sheet": "Register", "as_at": day("2021-10-08")}
    return [
        origin
        | {"edition_period": "2021-22-Q2", "reference": f"SLF-{number}", "reference_cell": f"A{number}"}
        | {"received_on": day(received_on), "is_awarded": True, "decision": "Awarded", "decision_cell": f"F{number}"}
        | {"applicant_type": kind, "applicant_type_cell": f"D{number}"}
        for number, kind in enumerate(kinds, 4)
    ]


def given(*agreements: Agreement, received_on: str = "2021-08-02") -> dict[str, list[Row]]:
    return {
        "staged.portfolio_agreement_measures": [row for each in agreements for row in each.rows],
        "staging.edition": [each.staging for each in agreements],
        # two first-time applicants and three repeat ones, so that no measure can pass for another
        "staging.local_fund_application": fund(received_on, *["First time"] * 2, *["Repeat"] * 3),
        "staging.note": [],
    }


def codes(*agreements: Agreement) -> list[tuple[str, str]]:
    """Names and codes of the measures, by agreement and in sheet order."""
    rows = run("staging.portfolio_agreement_measure", given(*agreements))
    rows.sort(key=lambda row: (row["as_at"], row["sheet_row"]))
    return [(row["measure_name"], row["measure_code"]) for row in rows]


def figures(*agreements: Agreement) -> dict[str, object]:
    """The figures of first-time and repeat applicants, by the code that they are published under."""
    rows = run("marts.observation", given(*agreements))
    return {row["measure_code"]: row["value"] for row in rows if row["measure_code"] not in ("IN.1.1", "IN.1.2")}


def in_quarter(label: str, *agreements: Agreement) -> dict[str, list[Row]]:
    return given(*agreements) | {
        "marts.reporting_quarter": [quarter(label)],
        "marts.area": [{"area_code": STOCKPORT, "area_name": "Stockport", "is_authority": True}],
    }


def shown(label: str, *agreements: Agreement) -> dict[str, object]:
    """What the measures of a reporting quarter show, by name."""
    return {row["measure_name"]: row["value"] for row in run("marts.measure_status", in_quarter(label, *agreements))}


def known(label: str, *agreements: Agreement) -> dict[str, object]:
    """The figures that a reporting quarter knew, by the code of each measure that they are of."""
    rows = run("marts.known_observation", in_quarter(label, *agreements))
    return {row["measure_code"]: row["value"] for row in rows}


def unlisted(*agreements: Agreement, received_on: str = "2021-08-02") -> list[tuple[str, str]]:
    """Names and cells of the finding."""
    rows = run("findings.figures_of_unlisted_measure", given(*agreements, received_on=received_on))
    return [(row["published"], row["cell"]) for row in rows]


AS_SUPPLIED = Agreement(*SUPPLIED)


def test_measures_without_a_code_are_numbered_in_sheet_order() -> None:
    assert [code for _, code in codes(AS_SUPPLIED)] == ["IN.N1", "IN.N2", "IN.N3", "IN.N4"]
    assert figures(AS_SUPPLIED) == {"IN.N1": 2, "IN.N2": 3}
    assert unlisted(AS_SUPPLIED) == []


def test_figures_follow_a_measure_that_is_given_a_code() -> None:
    coded = Agreement(("IN.1.3", FIRST), *SUPPLIED[1:])
    assert figures(coded) == {"IN.1.3": 2, dict(codes(coded))[REPEAT]: 3}
    assert shown("2021-22-Q2", coded) == {FIRST: 2, REPEAT: 3, NETWORKS: None, ENGAGED: None}
    assert unlisted(coded) == []


def test_the_others_keep_their_numbers_when_a_corrected_agreement_gives_one_a_code() -> None:
    first = Agreement(*SUPPLIED, until="2021-11-20")
    coded = Agreement(("IN.1.3", FIRST), *SUPPLIED[1:], on="2021-11-20")
    assert codes(first, coded)[4:] == [(FIRST, "IN.1.3"), (REPEAT, "IN.N2"), (NETWORKS, "IN.N3"), (ENGAGED, "IN.N4")]
    assert figures(first, coded) == {"IN.1.3": 2, "IN.N2": 3}


@pytest.mark.parametrize("label", ["2021-22-Q2", "2021-22-Q3"])
def test_a_quarter_shows_the_measure_under_the_code_that_it_had_then(label: str) -> None:
    first = Agreement(*SUPPLIED, until="2021-11-20")
    coded = Agreement(("IN.1.3", FIRST), *SUPPLIED[1:], on="2021-11-20")
    definitions = run("marts.rating_definition", in_quarter(label, first, coded))
    [code] = [row["measure_code"] for row in definitions if row["measure_name"] == FIRST]
    assert code == ("IN.N1" if label == "2021-22-Q2" else "IN.1.3")
    assert known(label, first, coded)[code] == 2


@pytest.mark.parametrize("later", [{"first": 2022}, {"on": "2021-11-20"}])
def test_an_uncoded_measure_that_is_put_between_renumbers_none(later: Row) -> None:
    measures = [SUPPLIED[0], ("New measure", "Number of volunteers"), *SUPPLIED[1:]]
    both = (Agreement(*SUPPLIED), Agreement(*measures, **later))
    assert dict(codes(*both)[4:]) == {
        FIRST: "IN.N1",
        "Number of volunteers": "IN.N5",
        REPEAT: "IN.N2",
        NETWORKS: "IN.N3",
        ENGAGED: "IN.N4",
    }
    assert figures(*both) == {"IN.N1": 2, "IN.N2": 3}
    assert unlisted(*both) == []


def test_the_order_of_the_next_agreement_changes_no_code() -> None:
    both = (AS_SUPPLIED, Agreement(*reversed(SUPPLIED), first=2022))
    assert dict(codes(*both)[4:]) == dict(codes(*both)[:4])
    assert figures(*both) == {"IN.N1": 2, "IN.N2": 3}


def test_marks_and_capitals_make_no_other_measure() -> None:
    both = (AS_SUPPLIED, Agreement(("New measure", "Number of successful first time Applicants"), first=2022))
    assert codes(*both)[4:] == [("Number of successful first time Applicants", "IN.N1")]


def test_names_that_differ_in_marks_alone_are_two_measures() -> None:
    assert [code for _, code in codes(Agreement(("New measure", "First-time"), ("New measure", "First time")))] == [
        "IN.N1",
        "IN.N2",
    ]


def test_a_code_in_the_next_agreement_continues_the_measure_and_is_said() -> None:
    both = (AS_SUPPLIED, Agreement(("IN.1.3", FIRST), *SUPPLIED[1:], first=2022))
    changes = {
        row["measure_code"]: (row["change_kind"], row["previous_code"], row["replaced_by"])
        for row in run("marts.measure_history", given(*both))
        if row["agreement_year"] == "2022-23"
    }
    assert changes["IN.1.3"] == ("renumbered", "IN.N1", None)
    assert changes["IN.N1"] == ("replaced", None, "IN.1.3")
    assert changes["IN.N2"] == ("unchanged", "IN.N2", None)
    assert figures(*both) == {"IN.1.3": 2, "IN.N2": 3}
    # a quarter of the first agreement's year goes by that one, and shows the same figures
    assert shown("2021-22-Q2", *both)[FIRST] == known("2022-23-Q1", *both)["IN.1.3"] == 2
    assert unlisted(*both) == []


def test_a_measure_under_another_name_has_no_figures_and_a_finding_names_those_it_may_have() -> None:
    renamed = Agreement(("New measure", "Applicants who are new"), *SUPPLIED[1:])
    assert figures(renamed) == {"UNLISTED.NUMBER_OF_SUCCESSFUL_FIRST_TIME_APPLICANTS": 2, "IN.N2": 3}
    assert shown("2021-22-Q2", renamed)["Applicants who are new"] is None
    assert unlisted(renamed) == [(FIRST, "D4")]


def test_a_renamed_measure_keeps_its_figures_where_the_next_agreement_says_what_it_replaces() -> None:
    renamed = Agreement(("IN.1.3", "Applicants who are new"), *SUPPLIED[1:], first=2022)
    assert unlisted(AS_SUPPLIED, renamed, received_on="2022-05-02") == [(FIRST, "D4")]
    assert unlisted(AS_SUPPLIED, renamed, received_on="2022-03-31") == []
    renamed.rows[0]["replaces"] = "IN.N1"
    assert unlisted(AS_SUPPLIED, renamed, received_on="2022-05-02") == []
    assert known("2022-23-Q1", AS_SUPPLIED, renamed)["IN.1.3"] == 2


def test_a_code_that_was_another_measures_brings_none_of_its_figures() -> None:
    both = (Agreement(*SUPPLIED, ("IN.1.3", "Another measure")), Agreement(("IN.1.3", FIRST), first=2022))
    members = {(row["measure_code"], row["member_code"]) for row in run("marts.measure_series", given(*both))}
    assert ("IN.N1", "IN.1.3") not in members
