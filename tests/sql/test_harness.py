"""What a run leaves for the next one: nothing that was made of other rows."""

import duckdb
import pytest

from tests.sql.harness import Given, Row, dec, run
from tests.sql.test_sector_support import event, figures


def totals(*attended: int) -> list[Row]:
    rows = figures([], [event(number, "Workshop", attendance_count=count) for number, count in enumerate(attended, 2)])
    return [row["value"] for row in rows if row["component"] == "total"]


def test_each_run_is_of_its_own_rows() -> None:
    assert totals(20) == [dec("1")]
    assert totals(20, 20) == [dec("2")]
    assert totals() == []
    assert totals(20) == [dec("1")]


def test_a_table_is_given_then_made_then_given_again() -> None:
    given: Row = {"measure_code": "IN.1", "value": dec("1")}
    figure: Given = {
        "staging.sector_support_event": [event(2, "Workshop")],
        "staging.sector_support_statement": (),
    }
    assert len(run("marts.observation", {"marts.observation": [given]})) == 1
    assert {row["component"] for row in run("marts.observation", figure)} == {"total", "Workshop"}
    assert run("marts.observation", {}) == []
    assert len(run("marts.observation", {"marts.observation": [given]})) == 1


@pytest.mark.parametrize("wrong", [{"no_such_column": 1}, {"row_number": "no number"}])
def test_rows_that_cannot_be_given_leave_what_stood(wrong: Row) -> None:
    before = totals(20)
    with pytest.raises((ValueError, duckdb.Error)):
        run("marts.observation", {"staging.sector_support_event": [wrong], "staging.sector_support_statement": ()})
    assert totals(20) == before == [dec("1")]
