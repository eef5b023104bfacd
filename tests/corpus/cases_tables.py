"""Tables: headings, blank rows and columns, columns and sheets that changed, keys and totals."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.corpus.case import CENTRES_FILE, Case, Grid, Must, centres_grid, centres_staged, count_rows
from tests.corpus.cases_cells import SESSIONS, SESSIONS_FILE, STAGED_SESSIONS
from tests.corpus.makers import Touch, xlsx
from tests.helpers import Sheets, Value

V = "sheet 'Visits'"
Change = Callable[[Grid], Grid]


def table_case(
    name: str,
    kind: str,
    must: Must,
    sheets: Sheets,
    says: Sequence[str] = (),
    rows: Any = None,
    *touches: Touch,
    source: str = "centres",
    file: str = CENTRES_FILE,
) -> Case:
    return Case(name, kind, source, file, lambda: xlsx(sheets, *touches), must, tuple(says), rows, count_rows(sheets))


def _loads(name: str, kind: str, change: Change, rows: Any = None) -> Case:
    """The three centres in another shape, which gives the same rows."""
    return table_case(name, kind, "load", {"Visits": change(centres_grid())}, (), rows or centres_staged())


def _refused(name: str, kind: str, change: Change, *says: str) -> Case:
    return table_case(name, kind, "quarantine", {"Visits": change(centres_grid())}, (V, *says))


def _sessions(name: str, kind: str, must: Must, grid: Grid, says: Sequence[str] = (), rows: Any = None) -> Case:
    return table_case(name, kind, must, {"Sessions": grid}, says, rows, source="sessions", file=SESSIONS_FILE)


def _fact(name: str, title: list[Value]) -> Case:
    """A table below a title that says of what stage its figures are."""
    sheets: Sheets = {"Measures": [title, ["Measure", "Figure"], ["Footfall", 1672]]}
    rows = [{"measure": "Footfall", "figure": 1672, "stage": "interim"}]
    return table_case(name, "layout", "load", sheets, (), rows, source="measures", file="Measures 2021-22 Q2.xlsx")


def _renamed(**names: Value) -> Change:
    """Other headings, by the letter of their column."""
    letters = "ABCDE"
    return lambda grid: [[names.get(letters[place], text) for place, text in enumerate(grid[0])], *grid[1:]]


def _columns(*order: int | None) -> Change:
    return lambda grid: [[None if place is None else row[place] for place in order] for row in grid]


def above(*rows: Sequence[Value]) -> Change:
    return lambda grid: [*(list(row) for row in rows), *grid]


def _below(*rows: Sequence[Value]) -> Change:
    return lambda grid: [*grid, *(list(row) for row in rows)]


def _between(*rows: Sequence[Value]) -> Change:
    """Rows between the second centre and the third."""
    return lambda grid: [*grid[:3], *(list(row) for row in rows), *grid[3:]]


def _set(row: int, column: int, value: Value) -> Change:
    def change(grid: Grid) -> Grid:
        grid[row - 1] += [None] * (column - len(grid[row - 1]))
        grid[row - 1][column - 1] = value
        return grid

    return change


HEADINGS = [
    _loads("headings_in_capitals", "headings", _renamed(A="CENTRE", B="VISITS")),
    _loads("headings_with_stray_spaces", "headings", _renamed(A=" Centre ", B="Visits\u00a0")),
    _loads("heading_broken_over_lines", "headings", _renamed(C="Satisfied\n%")),
    _loads("heading_by_another_known_name", "headings", _renamed(B="Footfall", C="% satisfied")),
    _loads("heading_with_the_year", "headings", _renamed(D="Income 2021/22")),
    _refused("heading_with_last_year", "headings", _renamed(D="Income 2020/21"), "cell D1", "Income 2020/21"),
    _loads("heading_with_a_footnote_mark", "headings", _renamed(B="Visits¹")),
    _loads("title_above", "headings", above(["Community centres, 2021-22 Q2"], [])),
    _loads("many_lines_above", "headings", above(*([f"Line {number}"] for number in range(30)))),
    _refused("headings_too_far_down", "headings", above(*([f"Line {number}"] for number in range(60))), "headings"),
    _loads(
        "headings_repeated_in_the_middle", "headings", _between(["Centre", "Visits", "Satisfied %", "Income", "Opened"])
    ),
    _refused("no_headings", "headings", lambda grid: grid[1:], "headings"),
    _refused("headings_and_nothing_below", "headings", lambda grid: grid[:1], "no rows below"),
    _refused("heading_of_a_used_column_blank", "headings", _renamed(C=None)),
    _refused("error_for_a_heading", "headings", _renamed(C="#REF!"), "cell C1"),
    _sessions(
        "two_rows_of_headings",
        "headings",
        "load",
        [["District", "Activity", "Sessions", "Attendances"], [None, None, None, "Adults", "Children"], *SESSIONS[1:]],
        (),
        STAGED_SESSIONS,
    ),
    _sessions(
        "two_rows_of_headings_that_contradict",
        "headings",
        "quarantine",
        [["District", "Activity", "Sessions", "Staff"], [None, None, None, "Adults", "Children"], *SESSIONS[1:]],
        ["sheet 'Sessions', cell D1", "Staff"],
    ),
]

LAYOUT = [
    _loads("blank_rows_above", "layout", above([], [], [])),
    _loads("blank_columns_before", "layout", _columns(None, None, 0, 1, 2, 3, 4)),
    _loads("blank_rows_and_columns", "layout", lambda grid: above([], [])(_columns(None, 0, 1, 2, 3, 4)(grid))),
    _loads("blank_column_between", "layout", _columns(0, 1, None, 2, 3, 4)),
    _loads("blank_row_between", "layout", _between([])),
    _loads("footnote_below", "layout", _below([], ["Figures for Reddish are provisional."])),
    _loads("footnotes_below", "layout", _below([], ["1 Closed in July."], ["2 Estimate."])),
    _refused("lone_text_between_rows", "layout", _between(["Closed for repairs"]), "cell A4", "stands alone"),
    _refused("value_right_of_the_table", "layout", _set(3, 8, "check!"), "cell H3", "check!"),
    _refused("second_table_below", "layout", _below([], ["Staff", "Hours"], ["Smith", 12])),
    _refused(
        "second_table_beside", "layout", lambda grid: _set(1, 7, "Staff")(_set(2, 7, "Smith")(grid)), "cell G1", "Staff"
    ),
    _refused("row_without_its_key", "layout", _set(3, 1, None), "Centre", "row 3"),
    _refused("figures_without_their_key_at_the_end", "layout", _below([None, 12, None, None]), "cell B5|row 5"),
    _refused("one_figure_without_its_key_and_a_gap", "layout", _below([], [None, None, None, 12]), "cell D6|row 6"),
    _fact("fact_in_the_title", ["Return, interim"]),
    _fact("fact_in_a_title_with_a_cell_beside", ["Return, interim", None, None, "Draft"]),
    _fact("fact_in_the_second_cell_of_the_title", ["Return", None, "interim"]),
    table_case(
        "label_below_the_rows_without_its_figure",
        "layout",
        "quarantine",
        {"Measures": [["Measure", "Figure"], ["Footfall", 1672], ["Grants"]]},
        ["sheet 'Measures', cell A3"],
        source="measures",
        file="Measures 2021-22 Q2.xlsx",
    ),
    _loads("only_one_row", "layout", lambda grid: grid[:2], centres_staged()[:1]),
]

COLUMNS = [
    _loads("columns_in_another_order", "columns", _columns(4, 2, 0, 3, 1)),
    _loads("two_columns_swapped_with_their_headings", "columns", _columns(0, 2, 1, 3, 4)),
    _refused(
        "values_swapped_under_their_headings", "columns", lambda grid: [grid[0], *_columns(0, 3, 2, 1, 4)(grid[1:])]
    ),
    _refused(
        "extra_column",
        "columns",
        lambda grid: [[*grid[0], "Staff"], *([*row, 4] for row in grid[1:])],
        "cell F1",
        "Staff",
    ),
    _refused("missing_column", "columns", _columns(0, 1, 3, 4), "Satisfied %", "missing"),
    _refused("missing_optional_value_but_column_gone", "columns", _columns(0, 1, 2, 3), "Opened"),
    _refused("renamed_column", "columns", _renamed(B="Visitors"), "cell B1", "Visitors", "'Visits'"),
    _refused("column_twice", "columns", lambda grid: [[*row, row[1]] for row in grid], "cell F1", "twice"),
    _refused(
        "column_twice_under_two_names",
        "columns",
        lambda grid: [[*grid[0], "Footfall"], *([*row, 5] for row in grid[1:])],
        "cell F1",
    ),
    _refused("misspelt_column", "columns", _renamed(B="Vists"), "cell B1", "Vists"),
]

SHEETS = [
    table_case("sheet_by_its_other_name", "sheets", "load", {"Centre visits": centres_grid()}, (), centres_staged()),
    table_case("sheet_name_in_capitals", "sheets", "load", {"VISITS": centres_grid()}, (), centres_staged()),
    table_case("sheet_name_with_a_space_behind", "sheets", "load", {"Visits ": centres_grid()}, (), centres_staged()),
    table_case("sheet_renamed", "sheets", "quarantine", {"Sheet1": centres_grid()}, ["sheet 'Sheet1'", "'Visits'"]),
    table_case("sheet_missing", "sheets", "quarantine", {"Notes": [["Nothing yet"]]}, ["no sheet with figures"]),
    table_case(
        "extra_sheet_with_values",
        "sheets",
        "quarantine",
        {"Visits": centres_grid(), "Sheet2": [[1]]},
        ["sheet 'Sheet2'"],
    ),
    table_case(
        "extra_sheet_that_is_empty", "sheets", "load", {"Visits": centres_grid(), "Sheet2": []}, (), centres_staged()
    ),
    table_case(
        "notes_are_set_aside",
        "sheets",
        "load",
        {"Notes": [["About"], [], ["Made up", 3]], "Visits": centres_grid()},
        (),
        centres_staged(),
    ),
    table_case(
        "both_names_of_a_sheet",
        "sheets",
        "quarantine",
        {"Visits": centres_grid(), "Centre visits": centres_grid()},
        ["sheet 'Centre visits'"],
    ),
    table_case("empty_workbook", "sheets", "quarantine", {"Visits": []}, ["no sheet with figures"]),
    table_case(
        "hidden_sheet_of_figures",
        "sheets",
        "warn",
        {"Notes": [["About"]], "Visits": centres_grid()},
        [V, "hidden"],
        centres_staged(),
        lambda book: setattr(book["Visits"], "sheet_state", "hidden"),
    ),
    table_case(
        "hidden_sheet_that_nobody_knows",
        "sheets",
        "warn",
        {"Visits": centres_grid(), "Lookup": [["a", 1]]},
        ["sheet 'Lookup'", "hidden"],
        centres_staged(),
        lambda book: setattr(book["Lookup"], "sheet_state", "hidden"),
    ),
    table_case(
        "very_hidden_sheet_that_nobody_knows",
        "sheets",
        "warn",
        {"Visits": centres_grid(), "Lookup": [["a", 1]]},
        ["sheet 'Lookup'", "hidden"],
        centres_staged(),
        lambda book: setattr(book["Lookup"], "sheet_state", "veryHidden"),
    ),
    table_case(
        "chart_sheet_beside",
        "sheets",
        "load",
        {"Visits": centres_grid()},
        (),
        centres_staged(),
        lambda book: book.create_chartsheet("Chart"),
    ),
    table_case(
        "fifty_empty_sheets",
        "sheets",
        "load",
        {"Visits": centres_grid(), **{f"S{n}": [] for n in range(50)}},
        (),
        centres_staged(),
    ),
]

KEYS = [
    _refused("key_repeated_with_the_same_values", "keys", _below(centres_grid()[1]), "row 5", "repeats", "Brinnington"),
    _refused(
        "key_repeated_with_other_values",
        "keys",
        _below(["Brinnington", 1, 1, 1, None]),
        "row 5",
        "conflicts",
        "Brinnington",
    ),
    _refused("key_repeated_in_capitals", "keys", _below(["BRINNINGTON", 1, 1, 1, None]), "row 5"),
    _refused(
        "key_repeated_with_a_no_break_space", "keys", _below(["Heaton\u00a0Moor", 1, 1, 1, None]), "row 5", "conflicts"
    ),
    _refused("key_repeated_with_a_footnote", "keys", _below(["Brinnington¹", 1, 1, 1, None]), "row 5", "conflicts"),
    _refused("key_is_an_error", "keys", _set(3, 1, "#N/A"), "cell A3", "#N/A"),
    _loads("key_is_a_number", "keys", _set(3, 1, 2021), centres_staged(centre="2021")),
    _sessions("same_activity_in_two_districts", "keys", "load", SESSIONS, (), STAGED_SESSIONS),
    _sessions(
        "nothing_to_fill_down_from",
        "keys",
        "quarantine",
        [SESSIONS[0], [None, *SESSIONS[1][1:]], *SESSIONS[2:]],
        ["sheet 'Sessions'", "District"],
    ),
    _sessions(
        "attendance_without_a_session",
        "keys",
        "quarantine",
        [*SESSIONS, ["Heatons", "Chess", 0, 4, 0]],
        ["sheet 'Sessions'", "row 5", "no session was held"],
    ),
]

SUBTOTALS: Grid = [
    *SESSIONS[:3],
    ["Central total", None, 16, 162, 44],
    SESSIONS[3],
    ["Heatons total", None, 8, 90, 21],
    ["Total", None, 24, 252, 65],
]


def _stated(row: int, column: int, value: Value) -> Grid:
    return _set(row, column, value)([list(line) for line in SUBTOTALS])


S = "sheet 'Sessions'"
TOTALS = [
    _sessions("totals_that_agree", "totals", "load", SUBTOTALS, (), STAGED_SESSIONS),
    _sessions("total_that_does_not_agree", "totals", "quarantine", _stated(7, 4, 253), [S, "cell D7", "253", "252"]),
    _sessions("subtotal_that_does_not_agree", "totals", "quarantine", _stated(4, 5, 43), [S, "cell E4", "43", "44"]),
    _sessions("subtotal_of_an_unknown_group", "totals", "quarantine", _stated(4, 1, "Centrl total"), [S]),
    _sessions("total_with_blanks", "totals", "load", _stated(7, 5, None), (), STAGED_SESSIONS),
    _sessions("total_in_capitals", "totals", "load", _stated(7, 1, "TOTAL"), (), STAGED_SESSIONS),
    _sessions("total_in_words", "totals", "quarantine", _stated(7, 4, "lots"), [S, "cell D7"]),
    _sessions("total_by_formula_without_result", "totals", "load", _stated(7, 4, "=SUM(D2:D5)"), (), STAGED_SESSIONS),
    _sessions("total_not_declared", "totals", "quarantine", _stated(7, 1, "Borough"), [S]),
    _sessions("total_is_an_error", "totals", "quarantine", _stated(7, 4, "#REF!"), [S, "cell D7", "#REF!"]),
    _sessions(
        "derived_row_is_set_aside",
        "totals",
        "load",
        [*SUBTOTALS, ["Attendances per session", None, None, 10.5]],
        (),
        STAGED_SESSIONS,
    ),
    _refused("total_off_by_one", "totals", _below(["Total", 2518, None, None, None]), "cell B5", "2518", "2517"),
    _loads("total_in_thousands_separators", "totals", _below(["Total", "2,517", None, "£520,636.50"])),
    _refused(
        "total_repeated_above_the_rows",
        "totals",
        lambda grid: [grid[0], ["Total", 1, None, None], *grid[1:]],
        "cell B2",
    ),
]

CASES = HEADINGS + LAYOUT + COLUMNS + SHEETS + KEYS + TOTALS
