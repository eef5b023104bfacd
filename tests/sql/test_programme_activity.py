"""Programme activity: bounds stay bounds, each item as at its own month or quarter, and no quarter begins with it."""

import pytest

from tests.sql.harness import Row, day, dec, run, run_one
from tests.sql.staged import NAMES, figure, staged


def item(amount: str | None = "45", as_of: str = "Oct 2021", unit: str = "", qualifier: str = "exact") -> Row:
    row = staged("activity", 2, "2021-22-Q2", "2021-07-01", 3, programme="Champions", item="Trained (first-level)")
    row |= figure("activity", None if amount is None else dec(amount), "C", 2)
    return row | {"activity_unit": unit, "activity_qualifier": qualifier, "as_of": as_of}


def supplied(*rows: Row) -> dict[str, list[Row]]:
    receipt: Row = {"source": "programme_activity", "workbook": NAMES["activity"][1], "workbook_sha256": "activity"}
    receipt |= {"as_at": day("2021-10-29"), "received_on": day("2021-10-29"), "outcome": "loaded"}
    return {"staged.receipt": [receipt], "staged.programme_activity_activity": list(rows)}


@pytest.mark.parametrize(
    ("amount", "unit", "qualifier", "printed"),
    [
        ("45", "", "at_least", "at least 45"),
        ("374650", "£", "over", "over £374,650"),
        ("300", "", "over", "over 300"),
        ("17000", "", "about", "about 17,000"),
        ("310000", "£", "exact", "£310,000"),
        ("1250.5", "£", "exact", "£1,250.50"),
        ("62.5", "%", "exact", "62.5%"),
        ("0", "", "exact", "0"),
        (None, "", "exact", None),
    ],
)
def test_a_bound_is_printed_as_one(amount: str | None, unit: str, qualifier: str, printed: str | None) -> None:
    row = run_one("marts.programme_activity", supplied(item(amount, "Oct 2021", unit, qualifier)))
    assert (row["printed"], row["value"], row["value_qualifier"]) == (printed, amount and dec(amount), qualifier)
    assert row["availability"] == ("value" if amount else "not_available")


@pytest.mark.parametrize(
    ("as_of", "label", "start", "end"),
    [
        ("Oct 2021", "2021-10", "2021-10-01", "2021-11-01"),
        ("Dec 2021", "2021-12", "2021-12-01", "2022-01-01"),
        ("Q1 2021/22", "2021-22-Q1", "2021-04-01", "2021-07-01"),
        ("Q2 2021/22", "2021-22-Q2", "2021-07-01", "2021-10-01"),
        ("Q3 2021/22", "2021-22-Q3", "2021-10-01", "2022-01-01"),
        ("Q4 2021/22", "2021-22-Q4", "2022-01-01", "2022-04-01"),
    ],
)
def test_as_at_is_an_interval(as_of: str, label: str, start: str, end: str) -> None:
    row = run_one("marts.programme_activity", supplied(item(as_of=as_of)))
    assert (row["period_label"], row["period_start"], row["period_end"]) == (label, day(start), day(end))


def test_an_item_is_an_observation_with_its_cell_and_a_measure_for_context() -> None:
    given = supplied(item("45", qualifier="at_least"))
    row = run_one("marts.observation", given)
    assert (row["measure_code"], row["value_qualifier"]) == ("ACTIVITY.CHAMPIONS.TRAINED_FIRST_LEVEL", "at_least")
    origin = run_one("marts.observation_origin", given)
    assert (origin["origin_id"], origin["cell"], origin["cell_text"]) == (row["origin_id"], "C2", "45")
    [measure] = [each for each in run("marts.measure", given) if each["measure_code"] == row["measure_code"]]
    assert (measure["measure_name"], measure["unit"]) == ("Champions: Trained (first-level)", "Number")
    assert (measure["category"], measure["in_agreement"]) == ("Contextual", False)


def test_activity_begins_and_ends_no_reporting_quarter() -> None:
    assert run("marts.reporting_quarter", supplied(item(as_of="Q1 2021/22"))) == []


def test_a_measure_keeps_the_unit_of_an_item_that_is_not_available_now() -> None:
    given = supplied(item("310000", unit="£"))
    [receipt] = given["staged.receipt"]
    later = {"workbook_sha256": "later"}
    given["staged.receipt"] = [
        receipt | {"superseded_on": day("2021-11-05"), "outcome": "superseded"},
        receipt | later | {"as_at": day("2021-11-05")},
    ]
    given["staged.programme_activity_activity"].append(item(None) | later)
    assert run_one("staging.programme_activity_measure", given)["unit"] == "£"
    assert [row["printed"] for row in run("marts.programme_activity", given)] == ["£310,000", None]
