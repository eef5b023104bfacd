"""Commentary as it is known at a quarter's cut-off, and what is said where it is missing or shown nowhere."""

from typing import Any

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.rows import MEASURE, QUARTER, definition, quarter, rated

CUT_OFF = "2021-11-12"


def text(said: str = "Enrolment is low.", **changes: Any) -> Row:
    """A row of marts.commentary."""
    row = {
        "measure_code": MEASURE,
        "report_quarter": QUARTER,
        "kind": "exception",
        "commentary": said,
        "approved_on": day("2021-11-01"),
        "as_at": day("2021-11-05"),
        "workbook": "Commentary 2021-22 Q2.xlsx",
        "workbook_sha256": "first",
        "sheet": "Commentary",
        "sheet_row": 2,
        "cell": "A2",
    }
    return row | changes


def known(*texts: Row) -> list[Row]:
    return run("marts.known_commentary", {"marts.reporting_quarter": [quarter()], "marts.commentary": texts})


def staged(codes: str, **changes: Any) -> list[Row]:
    row = {"measure_codes": codes, "kind": "Exception", "commentary": "Low.", "workbook": "C.xlsx", "row_number": 2}
    given: Row = {**row, "workbook_sha256": "c", "period_label": QUARTER, "approved_on": day("2021-11-12"), **changes}
    edition = {"source": "commentary", "workbook": "C.xlsx", "workbook_sha256": "c", "as_at": day("2021-11-10")}
    return run("marts.commentary", {"staged.commentary_texts": [given], "staging.edition": [edition]})


@pytest.mark.parametrize(
    ("codes", "measures"),
    [
        ("IN.16", ["IN.16"]),
        ("IN.11; IN.12;IN.13", ["IN.11", "IN.12", "IN.13"]),
        ("in.11 , IN.12", ["IN.11", "IN.12"]),
        ("IN.11; IN.11", ["IN.11"]),
    ],
)
def test_a_text_about_several_measures_is_a_row_for_each(codes: str, measures: list[str]) -> None:
    rows = staged(codes)
    assert [row["measure_code"] for row in rows] == measures
    assert {(row["kind"], row["report_quarter"], row["cell"]) for row in rows} == {("exception", QUARTER, "A2")}


@pytest.mark.parametrize(
    ("approved_on", "as_at"),
    [
        pytest.param("2021-11-08", "2021-11-10", id="received_after_it_was_approved"),
        pytest.param("2021-11-10", "2021-11-10", id="received_on_the_day"),
        pytest.param("2021-11-15", "2021-11-15", id="approved_after_it_was_received"),
    ],
)
def test_a_text_counts_once_it_has_been_received_and_approved(approved_on: str, as_at: str) -> None:
    [row] = staged("IN.16", approved_on=day(approved_on))
    assert row["as_at"] == day(as_at)


def test_several_texts_stand_in_the_order_of_their_sheet() -> None:
    [row] = known(text("third", sheet_row=9), text("first", sheet_row=2), text("second", sheet_row=4))
    assert row["commentary"] == "first\nsecond\nthird"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param([text(as_at=day(CUT_OFF))], "Enrolment is low.", id="received_on_the_cut_off"),
        pytest.param([text(as_at=day("2021-11-13"))], None, id="received_the_day_after"),
        pytest.param([text(report_quarter="2021-22-Q1")], None, id="of_another_quarter"),
        pytest.param([text("old", superseded_on=day(CUT_OFF))], None, id="superseded_on_the_cut_off"),
        pytest.param([text("old", superseded_on=day("2021-11-13"))], "old", id="superseded_the_day_after"),
        pytest.param(
            [
                text("old", superseded_on=day("2021-11-08")),
                text("new", as_at=day("2021-11-08"), workbook_sha256="second"),
            ],
            "new",
            id="two_editions",
        ),
    ],
)
def test_commentary_is_as_known_at_the_cut_off(texts: list[Row], expected: str | None) -> None:
    assert [row["commentary"] for row in known(*texts)] == ([] if expected is None else [expected])


def test_an_override_stands_beside_the_computed_status() -> None:
    said = {"report_quarter": QUARTER, "measure_code": MEASURE, "commentary": "Low."}
    override = {"override_status": "G", "override_reason": "as agreed"}
    given = {
        "marts.rating_definition": [definition(), definition(measure_code="IN.17")],
        "marts.rated_value": [rated(value="92"), rated(measure_code="IN.17")],
        "marts.known_commentary": [said | override],
    }
    overridden, other = run("marts.computed_status", given)
    assert (overridden["status"], overridden["override_status"]) == ("R", "G")
    assert (overridden["override_reason"], overridden["commentary"]) == ("as agreed", "Low.")
    assert (other["status"], other["override_status"], other["commentary"]) == ("A", None, None)


def status(report_quarter: str, status: str | None, commentary: str | None) -> Row:
    figures = {"value": "94", "target_value": "97", "measure_name": "Overall pass rate"}
    row = {"report_quarter": report_quarter, "measure_code": MEASURE, "status": status, "commentary": commentary}
    return row | figures


@pytest.mark.parametrize(
    ("row", "is_missing"),
    [
        pytest.param(status("2021-22-Q2", "R", None), True, id="red_of_the_latest_quarter"),
        pytest.param(status("2021-22-Q2", "A", None), True, id="amber_of_the_latest_quarter"),
        pytest.param(status("2021-22-Q2", "G", None), False, id="green_needs_none"),
        pytest.param(status("2021-22-Q2", None, None), False, id="unrated_needs_none"),
        pytest.param(status("2021-22-Q2", "R", "Low."), False, id="it_has_one"),
        pytest.param(status("2021-22-Q1", "R", None), True, id="quarter_with_commentary_on_another_measure"),
        pytest.param(status("2020-21-Q4", "R", None), False, id="earlier_quarter_without_any"),
    ],
)
def test_red_and_amber_measures_need_commentary(row: Row, is_missing: bool) -> None:
    quarters = [quarter(label) for label in ("2020-21-Q4", "2021-22-Q1", "2021-22-Q2")]
    given = {
        "marts.measure_status": [row],
        "marts.reporting_quarter": quarters,
        "marts.commentary": [text(report_quarter="2021-22-Q1", measure_code="IN.17")],
    }
    found = run("findings.commentary_missing", given)
    assert [each["subject"] for each in found] == ([f"{row['report_quarter']}, IN.16"] if is_missing else [])
    for each in found:
        assert "94 against a target of 97" in each["explanation"]
        has_edition = row["report_quarter"] == "2021-22-Q1"
        assert each["workbook"] == ("Commentary 2021-22 Q2.xlsx" if has_edition else None)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({}, None, id="shown"),
        pytest.param({"as_at": day(CUT_OFF)}, None, id="on_the_cut_off"),
        pytest.param({"as_at": day("2021-11-13")}, "counts from 13/11/2021 on", id="after_the_cut_off"),
        pytest.param({"measure_code": "IN.99"}, "no portfolio agreement lists IN.99", id="unknown_measure"),
        pytest.param({"report_quarter": "2021-22-Q3"}, "2021-22-Q3 is not reported", id="unknown_quarter"),
        pytest.param({"measure_code": "IN.99", "superseded_on": day("2021-11-07")}, None, id="mended_since"),
    ],
)
def test_commentary_that_is_shown_nowhere_is_a_finding(changes: Row, why: str | None) -> None:
    given = {
        "marts.commentary": [text(**changes)],
        "marts.reporting_quarter": [quarter()],
        "marts.measure_status": [status(QUARTER, "A", None if why else "Enrolment is low.")],
    }
    if why is None:
        assert run("findings.commentary_not_shown", given) == []
        return
    found = run_one("findings.commentary_not_shown", given)
    assert why in found["explanation"]
    assert (found["workbook"], found["sheet"], found["cell"]) == ("Commentary 2021-22 Q2.xlsx", "Commentary", "A2")


def test_decimals_are_said_in_full() -> None:
    given = {
        "marts.measure_status": [status(QUARTER, "R", None) | {"value": dec("93.185079"), "target_value": dec("100")}],
        "marts.reporting_quarter": [quarter()],
        "marts.commentary": [],
    }
    assert "Red (93.185079 against a target of 100)" in run_one("findings.commentary_missing", given)["explanation"]
