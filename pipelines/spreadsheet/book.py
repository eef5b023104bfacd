"""Writes the workbook of a quarter by the Analysis Function's guidance "Releasing statistics in spreadsheets".

A cover, the contents and notes come first; then one table a sheet from column A, with its title in A1 and what must be
known above it, marked up as a table with a name. No cells are merged, none is empty, and no colour means anything.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import Any

from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import (
    NO_TREND_WORDS,
    REASON_WORDS,
    STATUS_WORDS,
    TREND_WORDS,
    quarter_in_words,
)
from pipelines.spreadsheet.more_sheets import MORE_SHEETS
from pipelines.spreadsheet.sheets import CONFIDENTIAL, NOT_APPLICABLE, SHEETS, SHORTHAND, BookColumn, Sheet, named_for

LONGEST_TEXT = 32767
"""Characters that a cell can hold."""

_FORMATS: Mapping[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "title": {"bold": True, "font_size": 16, "text_wrap": True},
    "line": {"bold": True, "font_size": 16},
    "heading": {"bold": True, "text_wrap": True, "bottom": 1},
    "shorthand": {"align": "right"},
    "date": {"num_format": "d mmmm yyyy", "align": "left"},
    "whole": {"num_format": "#,##0"},
    "pounds": {"num_format": "£#,##0"},
    "pence": {"num_format": "£#,##0.00"},
    "percent": {"num_format": "0.0"},
    "rate": {"num_format": "#,##0.00"},
}

LINE, _TITLE = 16, 22
"""Heights in points of a line and of a title: not every program makes a row as tall as its text."""

_OF_WIDTH = 1.0
"""Letters to a column's unit of width, which is a digit of the narrower font that Excel counts in."""

_MOST_LINES = 409 // LINE
"""Excel has no row that is taller than 409 points."""

_FIGURE_FORMATS = {"%": "percent", "£": "pounds", "Number": "whole"}
"""How a figure is shown by its unit; the cell holds all its digits. Other units are rates."""


@dataclass(frozen=True)
class Filled:
    """A sheet with its rows."""

    sheet: Sheet
    rows: Sequence[Row]


def workbook_files(quarter: Quarter) -> dict[str, bytes]:
    """`measures.xlsx`; equal figures give equal bytes."""
    [head] = quarter.rows("select * from marts.reporting_quarter where report_quarter = $quarter")
    [rule] = quarter.rows("select rule from marts.suppression_rule")
    publisher = quarter.publisher
    sheets = [named_for(sheet, publisher.area) for sheet in (*SHEETS, *MORE_SHEETS)]
    filled = [Filled(sheet, quarter.rows(sheet.sql)) for sheet in sheets]
    return {"measures.xlsx": workbook(head, rule["rule"], filled, publisher.organisation)}


def workbook(head: Row, rule: str, filled: Sequence[Filled], organisation: str) -> bytes:
    """The workbook. head: the quarter's row of marts.reporting_quarter. rule: of suppression, in words."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options | {"default_format_properties": {"font_name": "Arial", "font_size": 12}})
    title = f"Inclusive Neighbourhoods: measures, {quarter_in_words(head)}"
    cut_off: date = head["cut_off"]
    # the day of the cut-off, and not of the making, so that the same figures make the same file
    created = datetime(cut_off.year, cut_off.month, cut_off.day)
    book.set_properties({"title": title, "author": organisation, "company": organisation, "created": created})
    writer = _Writer(book, {name: book.add_format({"valign": "top"} | look) for name, look in _FORMATS.items()})
    with_rows = [each for each in filled if each.rows]
    writer.cover(title, head, f"Published by {organisation} under the Open Government Licence v3.0.", rule)
    for sheet, rows in _front(with_rows, [each.sheet for each in filled if not each.rows]):
        writer.table(sheet, rows)
    for each in with_rows:
        writer.table(each.sheet, each.rows)
    book.close()
    return out.getvalue()


def _front(filled: Sequence[Filled], without_rows: Sequence[Sheet]) -> list[tuple[Sheet, list[Row]]]:
    """The contents, the notes and the shorthand, each a table on a sheet of its own."""
    name = BookColumn("Worksheet", "name", width=20)
    contents = Sheet("Contents", "Contents", "contents_of_workbook", (name, BookColumn("Title", "title", width=90)), "")
    notes = Sheet("Notes", "Notes", "notes_on_figures", (BookColumn("Note", "note", width=110),), "")
    meanings = (BookColumn("Shorthand", "shorthand", width=14), BookColumn("Meaning", "meaning", width=90))
    shorthand = Sheet("Shorthand", "Shorthand used in the tables", "shorthand_used", meanings, "")
    listed = [notes, shorthand, *(each.sheet for each in filled)]
    said = [
        f"{STATUS_WORDS['R']}: misses the target by more than 5% of it. {STATUS_WORDS['A']}: misses it by 5% or less. "
        f"{STATUS_WORDS['G']}: on target or better.",
        f"{TREND_WORDS['stable']}: within 1% either side of the previous figure. {TREND_WORDS['better']} and "
        f"{TREND_WORDS['worse']}: changed by more, and so that it is more or less favourable.",
        "Figures are shown rounded; each cell holds all digits. The cells of workbooks that a figure comes from are in "
        "the open data, in observation_origin.csv.",
    ]
    said += [f"There is no worksheet {sheet.name}: there is nothing in it this quarter." for sheet in without_rows]
    return [
        (contents, [{"name": sheet.name, "title": sheet.title} for sheet in listed]),
        (notes, [{"note": note} for note in said]),
        (shorthand, [{"shorthand": symbol, "meaning": meaning} for symbol, meaning in SHORTHAND]),
    ]


@dataclass(frozen=True)
class _Writer:
    """Puts sheets into a workbook."""

    book: Any
    formats: Mapping[str, Any]

    def cover(self, title: str, head: Row, published: str, rule: str) -> None:
        """The first sheet: what this is, as known when, and by whom, all in column A."""
        sheet = self.book.add_worksheet("Cover")
        sheet.set_column(0, 0, 100)
        sheet.set_default_row(LINE)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, self.formats["title"])
        sheet.set_row(0, 2 * _TITLE)
        said = [
            published,
            f"Figures are as they were known on {head['cut_off']:%-d %B %Y}, the cut-off of the quarter.",
            "Contents lists the worksheets. Each has one table, with its title above it.",
            "Shorthand says what the letters in brackets mean. No figure is missing without one of them.",
            rule,
        ]
        for line, text in enumerate(said, 1):
            sheet.write_string(line, 0, text, self.formats["text"])
            sheet.set_row(line, LINE * lines_of(text, 100))

    def table(self, sheet: Sheet, rows: Sequence[Row]) -> None:
        """A sheet with its title, its notes, and its rows as a table."""
        page = self.book.add_worksheet(sheet.name)
        page.set_default_row(LINE)
        page.write_string(0, 0, sheet.title, self.formats["line"])
        page.set_row(0, _TITLE)
        above = (f"This worksheet has one table, of {len(rows):,} rows.", *sheet.notes)
        for line, text in enumerate(above, 1):
            page.write_string(line, 0, text)
        first = len(above) + 1
        headings = [{"header": each.heading, "header_format": self.formats["heading"]} for each in sheet.columns]
        look = {"name": sheet.table, "columns": headings, "autofilter": False, "style": None}
        page.add_table(first, 0, first + len(rows), len(sheet.columns) - 1, look)
        page.set_row(first, LINE * max(lines_of(each.heading, each.width) for each in sheet.columns))
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
        for line, row in enumerate(rows, first + 1):
            tallest = max(self._cell(page, line, index, column, row) for index, column in enumerate(sheet.columns))
            if tallest > 1:
                page.set_row(line, LINE * tallest)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(first)

    def _cell(self, page: Any, line: int, index: int, column: BookColumn, row: Row) -> int:
        """Writes a cell; returns how many lines it takes."""
        value = _worded(column, row)
        if isinstance(value, date):
            page.write_datetime(line, index, value, self.formats["date"])
        elif isinstance(value, Decimal | int):
            look = column.kind if column.kind != "figure" else _FIGURE_FORMATS.get(row["unit"], "rate")
            page.write_number(line, index, value, self.formats[look])
        elif value in _SYMBOLS and column.kind not in ("text", "status", "trend"):
            page.write_string(line, index, value, self.formats["shorthand"])
        elif column.heading == "Worksheet":
            page.write_url(line, index, f"internal:'{value}'!A1", string=value)
        else:
            text = whole_text(str(value))
            page.write_string(line, index, text, self.formats["text"])
            return lines_of(text, column.width)
        return 1


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column of that width, rather too many than too few, as far as a row can be tall."""
    return min(sum(ceil(len(each) / (width * _OF_WIDTH)) or 1 for each in text.split("\n")), _MOST_LINES)


_SYMBOLS = {symbol for symbol, _ in SHORTHAND}


def _worded(column: BookColumn, row: Row) -> Any:
    """What a cell says: its figure or day, words for a rating, and shorthand in the place of nothing."""
    value = row[column.key]
    if column.kind in ("status", "trend"):
        words = STATUS_WORDS if column.kind == "status" else TREND_WORDS
        reasons = REASON_WORDS if column.key == "status" else NO_TREND_WORDS
        return words.get(value or "") or reasons.get(row.get(f"{column.key}_reason") or "") or NOT_APPLICABLE
    return _shorthand(column, row) if value is None or value == "" else value


def _shorthand(column: BookColumn, row: Row) -> str:
    """What stands for nothing in a row's cell."""
    said: str = row.get("missing") or NOT_APPLICABLE
    if column.key in (row.get("hidden") or ()):
        return CONFIDENTIAL
    if column.missing:
        return column.missing
    is_number = column.kind in _FORMATS.keys() - {"text", "date"}
    return said if column.kind == "figure" or (is_number and said == CONFIDENTIAL) else NOT_APPLICABLE


def whole_text(text: str) -> str:
    """A text as long as a cell can hold; one that is cut says so, and how long it is."""
    if len(text) <= LONGEST_TEXT:
        return text
    note = f" [cut here: the whole text has {len(text):,} characters, and is in the open data]"
    return text[: LONGEST_TEXT - len(note)] + note
