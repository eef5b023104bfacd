"""Formats: other kinds of workbook and of text that hold the same three centres."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.corpus import makers_xml as xml
from tests.corpus.case import CENTRES_FILE, Case, Must, centres_grid, centres_staged
from tests.corpus.makers import csv_text, ods, ods_rows, xls, xlsx
from tests.corpus.makers_zip import changed, parts_of
from tests.helpers import SheetRows, Sheets

GRID = centres_grid()
SHEETS: Sheets = {"Visits": GRID}
CSV_FILE, ODS_FILE, XLS_FILE = (f"Centres 2021-22 Q2.{suffix}" for suffix in ("csv", "ods", "xls"))
Maker = Callable[[], bytes]


def _file(name: str, file: str, must: Must, make: Maker, *says: str, rows: Any = None, read: int | None = None) -> Case:
    expected = rows or (centres_staged() if must == "load" else None)
    return Case(name, "formats", "centres", file, make, must, says, expected, read)


def _csv(name: str, text: str, encoding: str = "utf-8", rows: Any = None, read: int | None = 4) -> Case:
    return _file(name, CSV_FILE, "load", lambda: text.encode(encoding), rows=rows, read=read)


def _csv_refused(name: str, content: bytes, *says: str) -> Case:
    return _file(name, CSV_FILE, "quarantine", lambda: content, *says)


PLAIN = csv_text(GRID)
POUNDS: SheetRows = centres_grid(centre="Café – Reddish’s", income="£34,329.50")
POUNDS_STAGED = centres_staged(centre="Café - Reddish's")

CSV = [
    _csv("csv_of_excel", PLAIN),
    _csv("csv_with_byte_order_mark", PLAIN, "utf-8-sig"),
    _csv("csv_in_utf_16", PLAIN, "utf-16"),
    _csv("csv_in_utf_16_of_the_other_end", "\ufeff" + PLAIN, "utf-16-be"),
    _csv("csv_of_an_english_windows", csv_text(POUNDS), "cp1252", POUNDS_STAGED),
    _csv("csv_in_utf_8_with_pounds", csv_text(POUNDS), "utf-8", POUNDS_STAGED),
    _csv("csv_with_semicolons", csv_text(GRID, ";")),
    _csv("csv_with_tabs", csv_text(GRID, "\t")),
    _csv("csv_with_bars", csv_text(GRID, "|")),
    _csv("csv_with_tabs_in_utf_16", csv_text(GRID, "\t"), "utf-16"),
    _csv("csv_with_semicolons_and_commas_in_numbers", csv_text(POUNDS, ";"), "utf-8", POUNDS_STAGED),
    _csv("csv_with_unix_lines", csv_text(GRID, line_end="\n")),
    _csv("csv_with_old_mac_lines", csv_text(GRID, line_end="\r")),
    _csv("csv_with_a_title", csv_text([["Community centres, 2021-22 Q2"], [], *GRID]), read=5),
    _csv("csv_with_a_title_and_semicolons", csv_text([["Community centres: visits, income"], [], *GRID], ";"), read=5),
    _csv("csv_with_blank_lines_behind", PLAIN + "\r\n,,,,\r\n\r\n"),
    _csv("csv_without_a_last_line_end", PLAIN.rstrip()),
    _csv(
        "csv_with_everything_quoted",
        "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in PLAIN.splitlines()),
    ),
    _csv(
        "csv_with_a_line_break_in_a_cell",
        csv_text(centres_grid(centre="North\nReddish")),
        rows=centres_staged(centre="North Reddish"),
    ),
    _csv(
        "csv_with_quotes_in_a_cell",
        csv_text(centres_grid(centre='The "Hub", Reddish')),
        rows=centres_staged(centre='The "Hub", Reddish'),
    ),
    _csv_refused("csv_cell_that_is_no_figure", csv_text(centres_grid(visits="lots")).encode(), "sheet 'csv', cell B3"),
    _csv_refused("csv_cell_with_a_formula", csv_text(centres_grid(visits="=1+1")).encode(), "cell B3"),
    _csv_refused("csv_line_with_too_many_cells", PLAIN.replace("34329.5", "34,329.5").encode(), "3"),
    _csv_refused("csv_with_an_open_quote", PLAIN.replace("Reddish", '"Reddish').encode(), "Line 3"),
    _csv_refused("csv_with_zero_bytes", PLAIN.replace("Reddish", "Red\0dish").encode(), "xlsx"),
    _csv_refused("csv_in_no_encoding", PLAIN.replace("Reddish", "Caf@").encode().replace(b"@", b"\x81\xe9"), "Line 3"),
    _csv_refused("csv_half_of_a_utf_16_character", PLAIN.encode("utf-16")[:-1], "UTF-16"),
    _csv_refused("csv_that_is_empty_but_for_a_mark", b"\xef\xbb\xbf", "no sheet"),
    _csv_refused("csv_of_commas", b"," * 1_000_000, "no sheet"),
    _csv_refused("csv_of_quotes", b'"' * 1_000_001, "Line 1"),
    _csv_refused("csv_of_line_ends", b"\n" * 2_000_000, "no sheet"),
    _csv_refused("csv_beyond_100_megabytes", b"1," * (51 << 20), "at most"),
    _csv_refused("csv_of_1100000_rows", (PLAIN + "x,1,1,1,\r\n" * 1_100_000).encode(), "cell D1048577"),
    _csv_refused("web_page_called_csv", b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page"),
    _file("tabs_under_tsv", "Centres 2021-22 Q2.tsv", "load", lambda: csv_text(GRID, "\t").encode(), read=4),
]


def _macros() -> bytes:
    """A workbook with macros, as Excel saves it: another type in the list of contents, and a part of code."""
    content = xlsx(SHEETS)
    listed = parts_of(content)["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    )
    return changed(content, {"[Content_Types].xml": listed, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(1_000)})


def _strict(grid: SheetRows = GRID) -> bytes:
    return xml.book({"Visits": xml.sheet(xml.rows(grid), main=xml.STRICT_MAIN)}, strict=True)


def _strict_days() -> bytes:
    """Strict OOXML may hold days as text of the kind d."""
    content = _strict(centres_grid(opened="@@"))
    part = parts_of(content)["xl/worksheets/sheet1.xml"].decode()
    day = part.replace(xml.cell("E3", "@@"), '<c r="E3" s="1" t="d"><v>2020-07-01T00:00:00</v></c>')
    return changed(content, {"xl/worksheets/sheet1.xml": day.encode()})


def _prefixed() -> bytes:
    """Every element under a prefix, as some report writers have it."""
    text = xml.sheet(xml.rows(GRID))
    for name in ("worksheet", "sheetData", "row", "c", "v", "is", "t"):
        for end in (" ", ">"):
            text = text.replace(f"<{name}{end}", f"<x:{name}{end}")
        text = text.replace(f"</{name}>", f"</x:{name}>")
    return xml.book({"Visits": text.replace("xmlns=", "xmlns:x=")})


def _in_utf_16() -> bytes:
    text = xml.sheet(xml.rows(GRID)).replace("UTF-8", "UTF-16")
    return xml.book({"Visits": ""}, changes={"xl/worksheets/sheet1.xml": text.encode("utf-16")})


def _escaped() -> bytes:
    return xlsx({"Visits": centres_grid(centre="Red_x0064_ish")})


def _odf(name: str, must: Must, make: Maker, *says: str, read: int | None = 4, rows: Any = None) -> Case:
    return _file(name, ODS_FILE, must, make, *says, read=read, rows=rows)


def _ods_rows(change: Callable[[list[str]], Sequence[str]]) -> bytes:
    """The three centres with the XML of the rows changed."""
    return ods({"Visits": change(ods_rows(GRID))})


def _ods_cell(attributes: str, shown: str) -> Maker:
    """C3, how many were satisfied with the second centre, written by hand."""
    old = '<table:table-cell office:value-type="float" office:value="88.5"><text:p>88.5</text:p></table:table-cell>'
    new = f"<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"
    return lambda: _ods_rows(lambda rows: [row.replace(old, new) for row in rows])


LAUGH = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
BLANK_BELOW = (
    '<table:table-row table:number-rows-repeated="1048570">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)
MANY = (
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1">'
    "<text:p>1</text:p></table:table-cell></table:table-row>"
)

OTHERS = [
    _file("with_macros", "Centres 2021-22 Q2.xlsm", "load", _macros, read=4),
    _file("strict_ooxml", CENTRES_FILE, "load", _strict, read=4),
    _file("strict_ooxml_with_days_as_text", CENTRES_FILE, "load", _strict_days, read=4),
    _file("prefixed_elements", CENTRES_FILE, "load", _prefixed, read=4),
    _file("parts_in_utf_16", CENTRES_FILE, "quarantine", _in_utf_16, "Visits"),
    _file("text_with_escapes_of_excel", CENTRES_FILE, "load", _escaped, read=4),
    _file("xls_of_excel_97", XLS_FILE, "load", lambda: xls(SHEETS), read=4),
    _file(
        "xls_with_a_bad_cell",
        XLS_FILE,
        "quarantine",
        lambda: xls({"Visits": centres_grid(visits="lots")}),
        "sheet 'Visits', cell B3",
    ),
    _file("xls_cut", XLS_FILE, "quarantine", lambda: xls(SHEETS)[:2_000], "damaged"),
    _file("xls_of_zeros", XLS_FILE, "quarantine", lambda: xls(SHEETS)[:512] + bytes(5_000), "damaged"),
    _odf("ods", "load", lambda: ods(SHEETS)),
    _odf(
        "ods_with_a_bad_cell",
        "quarantine",
        lambda: ods({"Visits": centres_grid(visits="lots")}),
        "sheet 'Visits', cell B3",
    ),
    _odf("ods_with_a_million_blank_rows", "load", lambda: _ods_rows(lambda rows: [*rows, BLANK_BELOW])),
    _odf("ods_with_rows_repeated", "quarantine", lambda: _ods_rows(lambda rows: [*rows, MANY]), "Visits"),
    _odf(
        "ods_row_given_twice_at_once",
        "quarantine",
        lambda: _ods_rows(
            lambda rows: [
                *rows[:3],
                rows[3].replace("<table:table-row", '<table:table-row table:number-rows-repeated="2"'),
            ]
        ),
        "sheet 'Visits'",
        "row 5",
        read=5,
    ),
    _odf("ods_percent", "load", _ods_cell('office:value-type="percentage" office:value="0.885"', "88.5%")),
    _odf("ods_text", "load", _ods_cell('office:value-type="string"', "88.5%")),
    _odf(
        "ods_error",
        "quarantine",
        _ods_cell('table:formula="of:=1/0" office:value-type="string" office:string-value=""', "#DIV/0!"),
        "sheet 'Visits', cell C3",
    ),
    _odf("ods_formula_without_result", "quarantine", _ods_cell('table:formula="of:=[.B3]*2"', ""), "sheet 'Visits'"),
    _odf(
        "ods_with_a_document_type", "quarantine", lambda: ods(SHEETS, {"content.xml": LAUGH.encode()}), "document type"
    ),
    _odf("ods_without_content", "quarantine", lambda: changed(ods(SHEETS), {"content.xml": None}), "content.xml"),
    _odf(
        "ods_locked_by_password",
        "quarantine",
        lambda: ods(SHEETS, {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "password",
    ),
    _file("ods_called_xlsx", CENTRES_FILE, "quarantine", lambda: ods(SHEETS), "xlsx"),
]


CASES = CSV + OTHERS
