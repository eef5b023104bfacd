"""Figures of a period that had not begun when they were received are pointed out at their cell."""

import pytest

from tests.sql.harness import Row, day, run


def item(period: str, start: str, received: str, **changes: object) -> Row:
    row: Row = {
        "measure_code": "ACTIVITY.HUB.SESSIONS",
        "period_label": period,
        "period_start": day(start),
        "year_type": "snapshot",
        "amount": "62",
        "availability": "value",
        "as_at": day(received),
        "workbook": "Programme activity 2021-22 Q2.xlsx",
        "workbook_sha256": "activity",
        "sheet": "Activity",
        "cell": "C9",
        "cell_text": "62",
    }
    return row | changes


def found(*items: Row) -> list[Row]:
    return run("findings.figure_of_a_day_to_come", {"staging.programme_activity_item": list(items)})


def test_a_figure_as_at_a_year_to_come_is_found_at_its_cell() -> None:
    [row] = found(item("2031-09", "2031-09-01", "2021-10-29"))
    assert (row["subject"], row["sheet"], row["cell"]) == ("ACTIVITY.HUB.SESSIONS, 2031-09", "Activity", "C9")
    assert "of 2031-09, and was received on 29/10/2021, before that began" in row["explanation"]


@pytest.mark.parametrize(
    ("start", "received", "said"),
    [
        pytest.param("2021-10-01", "2021-09-30", True, id="the_day_before_it_begins"),
        pytest.param("2021-10-01", "2021-10-01", False, id="on_its_first_day"),
        pytest.param("2021-10-01", "2021-11-05", False, id="after_it"),
    ],
)
def test_a_month_counts_from_its_first_day(start: str, received: str, said: bool) -> None:
    assert bool(found(item("2021-10", start, received))) == said


def test_a_figure_that_was_corrected_since_is_past() -> None:
    wrong = item("2031-09", "2031-09-01", "2021-10-29", superseded_on=day("2021-11-02"))
    right = item("2021-09", "2021-09-01", "2021-11-02", workbook_sha256="corrected")
    assert found(wrong, right) == []


def test_a_forecast_may_be_of_any_day() -> None:
    figure: Row = {"measure_code": "IN.16", "period_label": "2021-22 academic", "period_start": day("2021-08-01")}
    figure |= {"value_kind": "forecast", "as_at": day("2021-07-01"), "origin_id": "one", "component": "total"}
    origin = {"origin_id": "one", "workbook": "CE forecast.xlsx", "sheet": "Forecast", "cell": "B4"}
    given = {"marts.observation": [figure], "marts.observation_origin": [origin]}
    assert run("findings.figure_of_a_day_to_come", given) == []
    given["marts.observation"] = [figure | {"value_kind": "actual"}]
    assert len(run("findings.figure_of_a_day_to_come", given)) == 1
