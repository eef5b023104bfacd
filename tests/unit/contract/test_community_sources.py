"""The Local Fund's register, Sector3's returns and the police's figures: what their contracts let pass and refuse."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from assets.sources.local_fund import source as fund
from assets.sources.recorded_crime import source as crime
from assets.sources.sector_support import EVENTS_HELD, FUNDING
from assets.sources.sector_support import source as sector
from pipelines.contract.outcome import FOOTNOTE, WHY_EMPTY, Reading
from tests.helpers import SheetRows, Value, only_finding, stage_workbooks

Row = Sequence[Value]

YEAR, SO_FAR = "SLF applications 2020-21.xlsx", "SLF applications 2021-22 Q2.xlsx"
REGISTER: Row = ["Ref", "Received", "Organisation", "Applicant type", "Requested", "Decision", "Awarded (£)"]
AWARDED: Row = ["SLF-1", date(2020, 5, 8), "Marple Choir", "Repeat", 4000, "Awarded", 500]
DECLINED: Row = ["SLF-2", date(2020, 5, 9), "Reddish Food Club", "First time", 350, "Declined"]
PAUSED = "The Stockport Local Fund did not run in Q1 and Q2 of this financial year."


def register(folder: Path, *rows: Row, name: str = YEAR) -> Reading:
    """The reading of a register with these rows from row 3."""
    sheet = [["Stockport Local Fund – applications"], REGISTER, *rows]
    (reading,) = stage_workbooks(fund, folder, {name: {"Register": sheet}})
    return reading


def staged(folder: Path, table: str) -> pl.DataFrame:
    [path] = (folder / "staged").glob(f"*.{table}.parquet")
    return pl.read_parquet(path, glob=False)


def changed(row: Row, **values: Value) -> Row:
    """An application with some of its cells changed, by column letter."""
    return [values.get("ABCDEFG"[index], value) for index, value in enumerate([*row, None][:7])]


def test_applications_are_staged_with_the_cells_that_are_counted(tmp_path: Path) -> None:
    assert register(tmp_path, AWARDED, DECLINED).findings == []
    cells = ("reference_cell", "applicant_type_cell", "decision_cell", "awarded_cell")
    assert staged(tmp_path, "applications").select("reference", *cells).rows() == [
        ("SLF-1", "A3", "D3", "F3", "G3"),
        ("SLF-2", "A4", "D4", "F4", None),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param(
            changed(DECLINED, G=100), "an application that is Awarded has an amount", id="declined_with_award"
        ),
        pytest.param(changed(AWARDED, G=None), "an application that is Awarded has an amount", id="awarded_nothing"),
        pytest.param(changed(AWARDED, G=0), "must be more than 0", id="awarded_nought"),
        pytest.param(changed(AWARDED, F="Approved"), "must be one of", id="unknown_decision"),
        pytest.param(changed(AWARDED, B=date(2020, 3, 31)), "received in the financial year", id="day_before_the_year"),
        pytest.param(changed(AWARDED, B=date(2021, 4, 1)), "received in the financial year", id="day_after_the_year"),
    ],
)
def test_application_that_breaks_a_rule_is_refused(tmp_path: Path, row: Row, said: str) -> None:
    reading = register(tmp_path, row)
    assert not reading.loads
    assert said in reading.failures[0].message


@pytest.mark.parametrize(
    ("received", "loads"),
    [
        pytest.param(date(2021, 3, 31), False, id="year_before"),
        pytest.param(date(2021, 4, 1), True, id="first_quarter_of_the_year"),
        pytest.param(date(2021, 9, 30), True, id="last_day_of_the_quarter"),
        pytest.param(date(2021, 10, 1), False, id="quarter_after"),
    ],
)
def test_register_up_to_a_quarter_holds_the_year_so_far(tmp_path: Path, received: date, *, loads: bool) -> None:
    assert register(tmp_path, changed(AWARDED, B=received), name=SO_FAR).loads is loads


def test_award_above_the_request_is_a_warning_at_its_cell(tmp_path: Path) -> None:
    reading = register(tmp_path, changed(AWARDED, G=4000.01))
    assert reading.loads
    assert [(each.severity, each.cell) for each in reading.findings] == [("warn", "G3")]
    assert register(tmp_path, changed(AWARDED, G=4000)).findings == []


def test_register_without_rows_loads_where_a_note_says_why(tmp_path: Path) -> None:
    reading = register(tmp_path, [], [PAUSED], name=SO_FAR)
    assert (reading.findings, reading.rows_loaded) == ([], 0)
    [note] = [row for row in reading.set_aside if row.reason == WHY_EMPTY]
    assert (note.sheet, note.cell, note.text) == ("Register", "A4", PAUSED)
    assert staged(tmp_path, "applications").is_empty()


@pytest.mark.parametrize("below", [[], [[], ["Source: community investment team"]], [[], ["No applications yet."]]])
def test_register_without_rows_is_refused_where_no_note_says_why(tmp_path: Path, below: list[Row]) -> None:
    finding = only_finding(register(tmp_path, *below, name=SO_FAR))
    assert (finding.sheet, finding.rule) == ("Register", "rows below the headings")


def test_note_that_the_fund_did_not_run_below_applications_is_a_footnote(tmp_path: Path) -> None:
    reading = register(tmp_path, AWARDED, [], [PAUSED])
    assert (reading.findings, reading.rows_loaded) == ([], 1)
    assert [row.reason for row in reading.set_aside if row.text == PAUSED] == [FOOTNOTE]


QUARTER = "Sector3 monitoring 2021-22 Q2.xlsx"
EVENTS: Row = ["Date", "Event", "Held", "Attendance"]
WORKSHOP: Row = [date(2021, 7, 10), "Workshop", "Online", 16]


def monitoring(folder: Path, *events: Row, name: str = QUARTER, **stated: Value) -> Reading:
    """The reading of a return that states these items and lists these events; without any there is no such sheet."""
    items = {"funding": FUNDING, "events": EVENTS_HELD, "engaged": "Organisations engaged with Sector3"}
    sheets: dict[str, SheetRows] = {"Return": [["Item", "Value"], *[[items[item], at] for item, at in stated.items()]]}
    if events:
        sheets["Events"] = [EVENTS, *events]
    (reading,) = stage_workbooks(sector, folder, {name: sheets})
    return reading


def test_each_event_is_staged_with_the_cell_that_names_it(tmp_path: Path) -> None:
    assert monitoring(tmp_path, WORKSHOP, WORKSHOP, funding="£34,329").findings == []
    assert staged(tmp_path, "events").select("event", "event_cell", "attendance").rows() == [
        ("Workshop", "B2", 16),
        ("Workshop", "B3", 16),
    ]
    assert staged(tmp_path, "return").select("stated", "stated_unit", "stated_cell").rows() == [
        (Decimal("34329"), "£", "B2")
    ]


def test_return_without_a_list_of_events_states_their_number(tmp_path: Path) -> None:
    assert monitoring(tmp_path, name="Sector3 monitoring 2020-21.xlsx", funding="£800,916", events=10).loads


def test_return_that_says_nothing_of_events_is_refused(tmp_path: Path) -> None:
    finding = only_finding(monitoring(tmp_path, funding="£34,329"))
    assert (finding.sheet, finding.rule) == ("Return", "events stated or listed")
    assert "list them in the sheet 'Events', or add a row 'Collaboration events held'" in finding.message


def test_no_event_held_is_stated_as_nought(tmp_path: Path) -> None:
    assert monitoring(tmp_path, funding="£34,329", events=0).loads


@pytest.mark.parametrize(("stated", "loads"), [(1, False), (2, True), (3, False)])
def test_events_stated_are_as_many_as_are_listed(tmp_path: Path, stated: int, *, loads: bool) -> None:
    reading = monitoring(tmp_path, WORKSHOP, WORKSHOP, events=stated)
    assert reading.loads is loads
    assert [(each.cell, each.rule) for each in reading.findings] == (
        [] if loads else [("B2", "events stated as listed")]
    )


@pytest.mark.parametrize(
    ("held_on", "loads"),
    [(date(2021, 6, 30), False), (date(2021, 7, 1), True), (date(2021, 9, 30), True), (date(2021, 10, 1), False)],
)
def test_event_belongs_in_the_return_of_its_quarter(tmp_path: Path, held_on: date, *, loads: bool) -> None:
    assert monitoring(tmp_path, [held_on, *WORKSHOP[1:]], funding=1).loads is loads


@pytest.mark.parametrize(
    ("item", "value", "loads"),
    [
        ("funding", "£34,329", True),
        ("funding", 34329, True),
        ("funding", "34%", False),
        ("engaged", 21, True),
        ("engaged", "£21", False),
        ("engaged", "21%", False),
    ],
)
def test_what_is_stated_is_in_its_unit(tmp_path: Path, item: str, value: Value, *, loads: bool) -> None:
    assert monitoring(tmp_path, WORKSHOP, name=QUARTER, **{item: value}).loads is loads


def test_title_of_the_year_that_a_quarter_is_in_agrees_with_it(tmp_path: Path) -> None:
    titles = {"return 2021/22": True, "return 2021/22 Q2": True, "return 2021/22 Q1": False, "return 2020/21": False}
    for number, (title, loads) in enumerate(titles.items()):
        sheets: dict[str, SheetRows] = {"Return": [[title], ["Item", "Value"], [EVENTS_HELD, 3]]}
        folder = tmp_path / str(number)
        folder.mkdir()
        (reading,) = stage_workbooks(sector, folder, {QUARTER: sheets})
        assert reading.loads is loads, title


def test_title_of_a_quarter_in_the_return_of_a_year_is_reported(tmp_path: Path) -> None:
    sheets: dict[str, SheetRows] = {"Return": [["return 2020/21 Q4"], ["Item", "Value"], [EVENTS_HELD, 3]]}
    (reading,) = stage_workbooks(sector, tmp_path, {"Sector3 monitoring 2020-21.xlsx": sheets})
    assert only_finding(reading).rule == "one period"


POLICE = "GMP recorded crime 2019-20.xlsx"
THEFTS: Row = ["Thefts", 9626, 33.1]


def recorded(folder: Path, title: str | None, *rows: Row) -> Reading:
    """The reading of the police's workbook with this line above the headings and these rows below them."""
    above: list[Row] = [["Police recorded crime, 2019/20"], [title]] if title else []
    sheet = [*above, ["Measure", "Count", "Rate per 1,000 population"], *rows]
    (reading,) = stage_workbooks(crime, folder, {POLICE: {"Table 1": sheet}})
    return reading


def test_population_in_a_title_is_a_figure_with_its_cell(tmp_path: Path) -> None:
    assert recorded(tmp_path, "Population used: 291,045", THEFTS).findings == []
    found = staged(tmp_path, "figures")
    assert found.select("population", "population_cell", "population_text", "population_availability").rows() == [
        (291045, "A2", "Population used: 291,045", "value")
    ]


def test_year_without_figures_needs_no_population_and_keeps_its_note(tmp_path: Path) -> None:
    reading = recorded(tmp_path, None, ["Thefts", "N/A", "N/A"], [], ["Not available: a new IT system."])
    assert reading.findings == []
    assert [(row.cell, row.text) for row in reading.set_aside if row.reason == FOOTNOTE] == [
        ("A4", "Not available: a new IT system.")
    ]
    found = staged(tmp_path, "figures")
    assert found.select("recorded_availability", "population", "population_cell", "population_availability").rows() == [
        ("not_available", None, None, "not_available")
    ]


def test_rate_without_a_population_is_refused(tmp_path: Path) -> None:
    assert "a rate needs a line above the table" in only_finding(recorded(tmp_path, None, THEFTS)).message


@pytest.mark.parametrize("population", ["29,10,45", "291,0455"])
def test_population_that_is_no_figure_is_reported_at_its_cell(tmp_path: Path, population: str) -> None:
    finding = recorded(tmp_path, f"Population used: {population}", THEFTS).failures[0]
    assert (finding.sheet, finding.cell, finding.column_name) == ("Table 1", "A2", "population")
    assert population in finding.message


def test_an_event_of_another_quarter_is_refused_with_its_day(tmp_path: Path) -> None:
    late = [date(2021, 10, 1), *WORKSHOP[1:]]
    message = only_finding(monitoring(tmp_path, WORKSHOP, late, funding="£34,329")).message
    assert message.startswith("row 3: an event belongs in the return of the period in which it was held")
    assert message.endswith("; the row holds held_on 01/10/2021 (A3)")
