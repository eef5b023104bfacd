"""What a cell is besides its text: errors, formulas, fonts, merged and hidden cells, and how keys are written."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.corpus import makers_xml as xml
from tests.corpus.case import CENTRES_FILE, Case, Must, centres_grid, centres_staged, count_rows
from tests.corpus.makers import Touch, xlsx
from tests.helpers import Sheets, Value

SESSIONS_FILE = "Sessions 2021-22 Q2.xlsx"
SESSIONS: list[list[Value]] = [
    ["District", "Activity", "Sessions", "Adults", "Children"],
    ["Central", "Swimming", 12, 140, 35],
    [None, "Reading", 4, 22, 9],
    ["Heatons", "Swimming", 8, 90, 21],
]
STAGED_SESSIONS = [
    {"district": "Central", "activity": "Swimming", "sessions": 12, "adults": 140, "children": 35},
    {"district": "Central", "activity": "Reading", "sessions": 4, "adults": 22, "children": 9},
    {"district": "Heatons", "activity": "Swimming", "sessions": 8, "adults": 90, "children": 21},
]


def _touched(
    name: str, kind: str, must: Must, touch: Touch, says: Sequence[str] = (), rows: Any = None, **changed: Value
) -> Case:
    """The three centres with something done to the workbook before it is saved."""
    sheets: Sheets = {"Visits": centres_grid(**changed)}
    make = lambda: xlsx(sheets, touch)  # noqa: E731
    return Case(name, kind, "centres", CENTRES_FILE, make, must, tuple(says), rows, count_rows(sheets))


def _sessions(name: str, must: Must, touch: Touch, says: Sequence[str] = (), rows: Any = None) -> Case:
    sheets: Sheets = {"Sessions": SESSIONS}
    make = lambda: xlsx(sheets, touch)  # noqa: E731
    return Case(name, "merged", "sessions", SESSIONS_FILE, make, must, tuple(says), rows, count_rows(sheets))


def _raw_cell(name: str, kind: str, cell: str, must: Must, says: Sequence[str] = (), rows: Any = None) -> Case:
    """The three centres with the XML of cell B3, the visits of Reddish, written by hand."""
    grid = centres_grid(visits="@@")
    data = xml.rows(grid).replace(xml.cell("B3", "@@"), cell)
    make = lambda: xml.book({"Visits": xml.sheet(data)})  # noqa: E731
    return Case(name, kind, "centres", CENTRES_FILE, make, must, tuple(says), rows, len(grid))


def _error(code: str) -> Case:
    name = "error_" + code.strip("#!?").replace("/", "_").lower()
    cell = f'<c r="B3" t="e"><f>1/0</f><v>{code}</v></c>'
    return _raw_cell(name, "marks", cell, "quarantine", ["sheet 'Visits', cell B3", code])


def _font(address: str, **font: Any) -> Touch:
    def touch(book: Any) -> None:
        book.worksheets[0][address].font = Font(**font)

    return touch


def _hide_row(book: Any) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True


def _hide_column(book: Any) -> None:
    book.worksheets[0].column_dimensions["D"].hidden = True


def _flatten_row(book: Any) -> None:
    book.worksheets[0].row_dimensions[3].height = 0


def _filter(book: Any) -> None:
    book.worksheets[0].auto_filter.ref = "A1:E4"
    book.worksheets[0].row_dimensions[2].hidden = True


def _merge(cells: str) -> Touch:
    return lambda book: book.worksheets[0].merge_cells(cells)


def _title(book: Any) -> None:
    sheet = book.worksheets[0]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Community centres"
    sheet.merge_cells("A1:E2")


def _rich(address: str, *runs: str | tuple[str, dict[str, Any]]) -> Touch:
    """Puts text in runs into a cell: plain, or with the font of the run."""

    def touch(book: Any) -> None:
        blocks = [run if isinstance(run, str) else TextBlock(InlineFont(**run[1]), run[0]) for run in runs]
        book.worksheets[0][address] = CellRichText(*blocks)

    return touch


SUPERSCRIPT = {"vertAlign": "superscript"}
B3 = "sheet 'Visits', cell B3"

MARKS = [
    *(_error(code) for code in ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!")),
    _raw_cell(
        "formula_without_result",
        "marks",
        '<c r="B3"><f>SUM(B4:B9)</f></c>',
        "quarantine",
        [B3, "without a stored result"],
    ),
    _raw_cell(
        "formula_with_an_empty_result",
        "marks",
        '<c r="B3"><f>B9</f><v></v></c>',
        "quarantine",
        ["sheet 'Visits'", "B3"],
    ),
    _raw_cell(
        "formula_with_its_result", "marks", '<c r="B3"><f>800+45</f><v>845</v></c>', "load", (), centres_staged()
    ),
    _raw_cell(
        "formula_of_text", "marks", '<c r="B3" t="str"><f>T("845")</f><v>845</v></c>', "load", (), centres_staged()
    ),
    _raw_cell("error_in_words", "marks", xml.cell("B3", "#REF!"), "quarantine", [B3]),
    _raw_cell("number_in_scientific_form", "marks", '<c r="B3"><v>8.45E2</v></c>', "load", (), centres_staged()),
    _raw_cell("number_that_is_none", "marks", '<c r="B3" t="n"><v>abc</v></c>', "quarantine", ["Visits"]),
    _raw_cell("cell_of_an_unknown_kind", "marks", '<c r="B3" t="q"><v>845</v></c>', "quarantine", ["Visits"]),
    _raw_cell("true_as_excel_holds_it", "marks", '<c r="B3" t="b"><v>1</v></c>', "quarantine", [B3]),
    _touched(
        "error_outside_the_table",
        "marks",
        "quarantine",
        lambda book: book.worksheets[0].__setitem__("G3", "=1/0"),
        ["sheet 'Visits', cell G3"],
    ),
    _touched("struck_through_figure", "marks", "quarantine", _font("B3", strike=True), [B3, "struck"]),
    _touched(
        "struck_through_key", "marks", "quarantine", _font("A3", strike=True), ["sheet 'Visits', cell A3", "struck"]
    ),
    _touched(
        "partly_struck_through", "marks", "quarantine", _rich("B3", ("8", {"strike": True}), "845"), [B3, "struck"]
    ),
    _touched(
        "italic_figure_is_marked", "marks", "load", _font("B3", italic=True), (), centres_staged(visits_italic=True)
    ),
    _touched("bold_is_only_bold", "marks", "load", _font("B3", bold=True), (), centres_staged(visits_italic=False)),
    _touched("white_on_white_is_a_figure", "marks", "load", _font("B3", color="FFFFFF"), (), centres_staged()),
    _touched(
        "hidden_row_in_the_table", "marks", "warn", _hide_row, ["sheet 'Visits'", "hidden", "3"], centres_staged()
    ),
    _touched(
        "hidden_column_in_the_table", "marks", "warn", _hide_column, ["sheet 'Visits'", "hidden", "D"], centres_staged()
    ),
    _touched("row_hidden_by_a_filter", "marks", "warn", _filter, ["sheet 'Visits'", "hidden", "2"], centres_staged()),
    _touched(
        "footnote_run_behind_a_key",
        "typography",
        "load",
        _rich("A3", "Reddish", ("1", SUPERSCRIPT)),
        (),
        centres_staged(centre="Reddish"),
    ),
    _touched(
        "footnote_run_behind_a_figure",
        "typography",
        "load",
        _rich("B3", "845", ("3", SUPERSCRIPT)),
        (),
        centres_staged(visits=845, visits_note="3"),
    ),
    _touched(
        "footnote_character_behind_a_figure",
        "typography",
        "load",
        lambda book: book.worksheets[0].__setitem__("B3", "845³"),
        (),
        centres_staged(visits=845, visits_note="³"),
    ),
    _touched(
        "figure_in_two_runs",
        "typography",
        "load",
        _rich("B3", ("8", {"b": True}), "45"),
        (),
        centres_staged(visits=845),
    ),
    _touched(
        "subscript_in_a_figure", "typography", "quarantine", _rich("B3", "845", ("2", {"vertAlign": "subscript"})), [B3]
    ),
]


def _key(name: str, written: str, staged: str) -> Case:
    """A key as typed, and as it is staged."""
    sheets: Sheets = {"Visits": centres_grid(centre=written)}
    make = lambda: xlsx(sheets)  # noqa: E731
    expected = centres_staged(centre=staged)
    return Case(name, "typography", "centres", CENTRES_FILE, make, "load", (), expected, count_rows(sheets))


KEYS = [
    _key("curly_apostrophe_in_a_key", "St Mark’s", "St Mark's"),
    _key("curly_quotes_in_a_key", "“The Hub”", '"The Hub"'),
    _key("dash_in_a_key", "Heaton–Norris", "Heaton-Norris"),
    _key("long_dash_in_a_key", "Heaton—Norris", "Heaton-Norris"),
    _key("letters_taken_apart", "Cafe\u0301 Reddish", "Café Reddish"),
    _key("letters_composed", "Café Reddish", "Café Reddish"),
    _key("no_break_space_in_a_key", "North\u00a0Reddish", "North Reddish"),
    _key("zero_width_space_in_a_key", "Red\u200bdish", "Reddish"),
    _key("byte_order_mark_in_a_key", "\ufeffReddish", "Reddish"),
    _key("soft_hyphen_in_a_key", "Red\u00addish", "Reddish"),
    _key("line_break_in_a_key", "North\nReddish", "North Reddish"),
    _key("superscript_behind_a_key", "Reddish¹", "Reddish"),
    _key("superscripts_behind_a_key", "Reddish¹²", "Reddish"),
    _key("text_that_looks_like_a_formula", "'=Reddish", "'=Reddish"),
    _key("long_key", "R" * 5_000, "R" * 5_000),
    _key("key_outside_the_basic_plane", "Reddish 🏊", "Reddish 🏊"),
]

UNDER = xml.sheet(
    xml.rows([SESSIONS[0], SESSIONS[1], ["Central", "Reading", 4, 22, 9], SESSIONS[3]]),
    '<mergeCells><mergeCell ref="C2:C3"/></mergeCells>',
)
MERGED = [
    _sessions("merged_keys_filled_down", "load", _merge("A2:A3"), (), STAGED_SESSIONS),
    _sessions("merged_figures_across_rows", "quarantine", _merge("C2:C3"), ["sheet 'Sessions'", "C2:C3"]),
    _sessions("merged_figures_across_columns", "quarantine", _merge("D2:E2"), ["sheet 'Sessions'", "D2:E2"]),
    _sessions("merged_block_of_figures", "quarantine", _merge("C3:D4"), ["sheet 'Sessions'", "C3:D4"]),
    _sessions("merged_key_with_figure", "quarantine", _merge("B2:C2"), ["sheet 'Sessions'", "B2:C2"]),
    _sessions("merged_cells_below_the_table", "load", _merge("A9:C9"), (), STAGED_SESSIONS),
    _touched("merged_keys_that_do_not_fill_down", "merged", "quarantine", _merge("A3:A4"), ["sheet 'Visits'", "A3:A4"]),
    replace(
        _touched(
            "merged_title_above",
            "merged",
            "load",
            _title,
            (),
            centres_staged(),
        ),
        read=5,
    ),
    Case(
        "figure_hidden_under_merged_cells",
        "merged",
        "sessions",
        SESSIONS_FILE,
        lambda: xml.book({"Sessions": UNDER}),
        "quarantine",
        ("sheet 'Sessions'", "C2:C3"),
    ),
]
OTHER_CALENDAR = [
    Case(
        "dates_counted_from_1904",
        "dates",
        "centres",
        CENTRES_FILE,
        lambda: xml.book(
            {"Visits": xml.sheet(xml.rows(centres_grid(opened=date(2021, 5, 4))))},
            properties='<workbookPr date1904="1"/>',
        ),
        "load",
        rows=centres_staged(
            rows=[
                ["Brinnington", 1672, 94, 486557, date(2025, 4, 23)],
                ["Reddish", 845, 88.5, 34329.5, date(2025, 5, 5)],
                ["Heaton Moor", 0, 100, -250, None],
            ]
        ),
        read=4,
    )
]

CASES = MARKS + KEYS + MERGED + OTHER_CALENDAR
