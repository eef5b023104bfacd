"""Sector3's returns: events counted where they are listed, and what is stated as it stands."""

from collections.abc import Sequence

from tests.sql.harness import Row, day, dec, run

ORIGIN: Row = {"as_at": day("2021-07-12"), "workbook": "Sector3 Q1.xlsx", "workbook_sha256": "Q1"}
PERIOD: Row = {"period_label": "2021-22-Q1", "period_start": day("2021-04-01"), "period_end": day("2021-07-01")}


def event(number: int, kind: str, **changes: object) -> Row:
    """A row of staging.sector_support_event: an event online to which twenty people came."""
    row: Row = {**ORIGIN, **PERIOD, "sheet": "Events", "row_number": number, "event_cell": f"B{number}", "event": kind}
    return row | {"held_on": day("2021-04-07"), "held": "Online", "attendance_count": 20} | changes


def statement(measure: str, amount: str | None, **changes: object) -> Row:
    """A row of staging.sector_support_statement."""
    row: Row = {**ORIGIN, **PERIOD, "sheet": "Return", "cell": f"B{measure[-1]}", "measure_code": measure}
    availability = "not_available" if amount is None else "value"
    return row | {"amount": amount, "cell_text": amount, "availability": availability} | changes


def figures(statements: Sequence[Row], events: Sequence[Row]) -> list[Row]:
    return run(
        "marts.observation",
        {"staging.sector_support_statement": list(statements), "staging.sector_support_event": list(events)},
    )


def test_each_event_is_a_part_of_its_kind_and_of_the_total() -> None:
    rows = figures([], [event(2, "Workshop"), event(3, "Q&A"), event(4, "Workshop")])
    assert {row["component"]: row["value"] for row in rows} == {"total": 3, "Workshop": 2, "Q&A": 1}
    assert {row["year_type"] for row in rows} == {"quarter"}


def test_two_events_of_a_kind_on_one_day_are_two() -> None:
    rows = figures([], [event(2, "Workshop"), event(3, "Workshop")])
    assert [row["value"] for row in rows if row["component"] == "total"] == [dec("2")]


def test_a_number_stated_beside_the_list_is_not_counted_again() -> None:
    rows = figures([statement("IN.2", "2")], [event(2, "Workshop"), event(3, "Q&A")])
    assert [row["value"] for row in rows if row["component"] == "total"] == [dec("2")]


def test_without_a_list_the_number_stated_counts() -> None:
    year = {"period_label": "2020-21", "workbook_sha256": "year"}
    rows = figures([statement("IN.2", "10", **year)], [event(2, "Workshop")])
    totals = {row["period_label"]: (row["value"], row["year_type"]) for row in rows if row["component"] == "total"}
    assert totals == {"2020-21": (dec("10"), "financial"), "2021-22-Q1": (dec("1"), "quarter")}


def test_what_is_stated_stands_as_it_is() -> None:
    rows = figures([statement("IN.3", "486557"), statement("IN.N3", "1"), statement("IN.N4", None)], [])
    assert {row["measure_code"]: (row["value"], row["availability"]) for row in rows} == {
        "IN.3": (dec("486557"), "value"),
        "IN.N3": (dec("1"), "value"),
        "IN.N4": (None, "not_available"),
    }


def test_events_by_kind() -> None:
    events = [
        event(2, "Workshop"),
        event(3, "Workshop", held="In person", held_on=day("2021-06-30"), attendance_count=None),
        event(4, "Q&A", held="Both"),
    ]
    talks, workshops = run("marts.sector_event", {"staging.sector_support_event": events})
    assert (talks["event"], talks["event_count"], talks["online_count"], talks["in_person_count"]) == ("Q&A", 1, 0, 0)
    counts = ("event_count", "online_count", "in_person_count", "attendance_count")
    assert [workshops[name] for name in counts] == [2, 1, 1, 20]
    assert (workshops["first_held_on"], workshops["last_held_on"]) == (day("2021-04-07"), day("2021-06-30"))


def test_editions_are_counted_apart() -> None:
    again = {"workbook_sha256": "corrected", "as_at": day("2021-08-01")}
    rows = run("marts.sector_event", {"staging.sector_support_event": [event(2, "Q&A"), event(2, "Q&A", **again)]})
    assert [row["event_count"] for row in rows] == [1, 1]
