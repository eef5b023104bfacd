"""Rows that head others, and rows that a page break cuts in two: by rule, never silently."""

from collections.abc import Sequence

import pandera.polars as pa
import pytest

from assets.sources.action_plan import source as plan
from pipelines.contract.frames import table_frames
from pipelines.contract.model import Figure, Rows, Source, Table, Text
from pipelines.contract.outcome import Reading
from pipelines.periods import financial_year
from tests.helpers import Value, only_finding, read_and_account

Row = Sequence[Value]

HEADINGS: Row = [
    "Delivery",
    "Responsibility for delivery",
    "Target Date",
    "Financial implications / risks / barriers",
    "Link to indicator",
]
OBJECTIVE: Row = ["STRATEGIC OBJECTIVE 1: Voice"]
OUTCOME: Row = ["OUTCOME: Communities are engaged"]
GROUP: Row = ["ACTION 1A: More opportunities"]
TOP: list[Row] = [["Plan"], OBJECTIVE, OUTCOME, GROUP, HEADINGS]
PORTAL: Row = ["Develop a portal", "Information Office", "Autumn 2010", None, "NI 4"]
EVENTS: Row = ["Hold events", "MOVES"]


def read(*rows: Row, top: Sequence[Row] = tuple(TOP)) -> Reading:
    """The reading of a plan whose rows stand from row 6."""
    return read_and_account(plan, "Action delivery plan 2010-11.xlsx", {"Action plan": [*top, *rows]})


def actions(reading: Reading, *names: str) -> list[tuple[object, ...]]:
    assert reading.failures == []
    frame = table_frames(plan.tables[0], [reading])[0]
    return frame.select(names).rows()


def warned(reading: Reading) -> list[str]:
    return [f"{finding.cell} {finding.rule}" for finding in reading.warnings]


def test_sections_hold_for_the_rows_below_them() -> None:
    reading = read(PORTAL, ["For practitioners -"], EVENTS, ["ACTION 1B: Co-ordination"], HEADINGS, ["Review", "SCVS"])
    assert reading.findings == []
    assert actions(reading, "objective", "outcome", "action_group", "subheading", "row_number") == [
        ("1: Voice", "Communities are engaged", "1A: More opportunities", None, 6),
        ("1: Voice", "Communities are engaged", "1A: More opportunities", "For practitioners", 8),
        ("1: Voice", "Communities are engaged", "1B: Co-ordination", None, 11),
    ]


def test_a_new_section_ends_those_within_it() -> None:
    reading = read(PORTAL, ["STRATEGIC OBJECTIVE 2: Place"], ["ACTION 2A: Principles"], EVENTS)
    finding = only_finding(reading)
    assert (finding.severity, finding.cell, finding.column_name) == ("fail", "A9", "outcome")


def test_two_sections_of_one_level_right_below_one_another_both_hold_and_warn() -> None:
    reading = read(PORTAL, ["ACTION 2B: Analysing, and:"], ["ACTION 2C: Building"], HEADINGS, EVENTS)
    assert actions(reading, "action_group")[1] == ("2B: Analysing, and: | 2C: Building",)
    assert warned(reading) == ["A8 one section at a time"]


def test_a_section_row_that_holds_more_is_refused() -> None:
    finding = only_finding(read(PORTAL, ["ACTION 1B: Co-ordination", "SCVS"], EVENTS))
    assert (finding.severity, finding.cell) == ("fail", "A7")


@pytest.mark.parametrize(
    ("above", "below", "why"),
    [
        pytest.param(PORTAL, ["websites. And more", "and Council"], "begins in lower case", id="lower_case"),
        pytest.param(PORTAL, ["Websites. And more"], "no 'Responsibility for delivery'", id="nobody_responsible"),
        pytest.param(["The diary of", "SCVS"], ["Events", "Office"], "middle of a sentence", id="sentence_open"),
        pytest.param(["Maps,", "SCVS"], ["Events", "Office"], "middle of a sentence", id="comma"),
    ],
)
def test_a_row_cut_by_a_page_break_is_read_whole_with_a_warning(above: Row, below: Row, why: str) -> None:
    reading = read(above, HEADINGS, below, EVENTS)
    assert [row for (row,) in actions(reading, "row_number")] == [6, 9]
    assert warned(reading) == ["A8 cut by a page break"]
    assert why in reading.warnings[0].message
    assert actions(reading, "delivery")[0] == (f"{above[0]} {below[0]}",)


def test_a_cut_row_is_joined_column_by_column_and_names_its_cells() -> None:
    reading = read(PORTAL, HEADINGS, ["and websites", None, None, "Cost", "NI 6"])
    assert actions(reading, "delivery", "responsibility", "target_date", "risks", "indicators") == [
        ("Develop a portal and websites", "Information Office", "Autumn 2010", "Cost", "NI 4 NI 6")
    ]
    located = [f"{name}_cell" for name in ("delivery", "responsibility", "target_date", "risks", "indicators")]
    assert actions(reading, *located) == [("A6, A8", "B6", "C6", "D8", "E6, E8")]


def test_a_row_cut_twice_is_one_action() -> None:
    reading = read(PORTAL, HEADINGS, ["and websites"], HEADINGS, ["and more"])
    assert actions(reading, "delivery", "delivery_cell") == [("Develop a portal and websites and more", "A6, A8, A10")]
    assert warned(reading) == ["A8 cut by a page break", "A10 cut by a page break"]


def test_a_whole_row_below_repeated_headings_is_an_action_of_its_own() -> None:
    reading = read(PORTAL, HEADINGS, EVENTS)
    assert reading.findings == []
    assert actions(reading, "delivery") == [("Develop a portal",), ("Hold events",)]


def test_only_the_first_row_below_repeated_headings_can_be_the_rest_of_another() -> None:
    finding = only_finding(read(PORTAL, HEADINGS, EVENTS, ["Lonely words"], ["Hold more events", "MOVES"]))
    assert (finding.severity, finding.cell, finding.rule) == ("fail", "A9", "whole rows")


def test_headings_below_a_section_cut_nothing() -> None:
    finding = only_finding(read(PORTAL, ["ACTION 1B: Co-ordination"], HEADINGS, ["websites"], EVENTS))
    assert (finding.severity, finding.cell, finding.rule) == ("fail", "A9", "whole rows")


def test_a_blank_cell_is_located_where_it_would_stand() -> None:
    assert actions(read(EVENTS), "target_date", "target_date_kind", "target_date_cell", "done_on_cell") == [
        (None, "undated", "C6", None)
    ]


class Counts(pa.DataFrameModel):
    """One row per site."""

    site: str
    visits: int


@pytest.mark.parametrize(("rest", "loads"), [(["and hall", None], True), (["and hall", 3], False)])
def test_figures_are_never_pieced_together(rest: Row, loads: bool) -> None:
    columns = {"site": Text("Site"), "visits": Figure("Visits", unit="", whole=True)}
    layout = Rows(sheets=("Visits",), columns=columns, page_breaks=True)
    table = Table("visits", Counts, key=("site",), period=financial_year, layouts=[layout])
    source = Source("sites", "Sites", "", "", "", "Sites 2021-22.xlsx", [table])
    rows: list[Row] = [["Site", "Visits"], ["Library", 12], ["Site", "Visits"], rest]
    assert read_and_account(source, "Sites 2021-22.xlsx", {"Visits": rows}).loads == loads


def test_without_page_breaks_in_the_contract_no_row_is_joined() -> None:
    columns = {"site": Text("Site"), "visits": Figure("Visits", unit="", whole=True)}
    table = Table("v", Counts, ("site",), financial_year, [Rows(sheets=("Visits",), columns=columns)])
    source = Source("sites", "Sites", "", "", "", "Sites 2021-22.xlsx", [table])
    rows: list[Row] = [["Site", "Visits"], ["Library", 12], ["Site", "Visits"], ["and hall", 3]]
    reading = read_and_account(source, "Sites 2021-22.xlsx", {"Visits": rows})
    assert [row["site"] for row in reading.tables["v"].rows] == ["Library", "and hall"]


def test_a_section_that_is_not_there_is_missed_at_the_first_row() -> None:
    finding = only_finding(read(PORTAL, EVENTS, top=[["Plan"], OBJECTIVE, GROUP, HEADINGS]))
    assert (finding.cell, finding.column_name, finding.rule) == ("A5", "outcome", "sections as expected")
