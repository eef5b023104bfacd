"""Hostile workbooks: made to take all memory or time, or to be read in two ways."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.corpus import makers_xml as xml
from tests.corpus.case import CENTRES_FILE, Case, Must, centres_grid, centres_staged
from tests.corpus.makers_zip import archive, member, packed, repeated

GRID = centres_grid()
V = "'Visits'"
SHEET_PART, STRINGS_PART = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
DAMAGED = "damaged|cannot be read|is missing|do not agree|no sheet|more than 15 seconds|memory"
"""What a person is told who cannot know more: open it in Excel and save it again."""

Maker = Callable[[], bytes]


def _case(name: str, must: Must, make: Maker, *says: str, rows: Any = None, read: int | None = None) -> Case:
    expected = rows or (centres_staged() if must in ("load", "warn") else None)
    return Case(name, "hostile", "centres", CENTRES_FILE, make, must, says, expected, read)


def _refused(name: str, make: Maker, *says: str) -> Case:
    return _case(name, "quarantine", make, *(says or (DAMAGED,)))


def _loads(name: str, make: Maker) -> Case:
    return _case(name, "load", make, read=len(GRID))


def _sheet(data: str | None = None, after: str = "", before: str = "", **options: Any) -> bytes:
    """The three centres, or these rows of XML, with elements beside sheetData."""
    return xml.book({"Visits": xml.sheet(xml.rows(GRID) if data is None else data, after, before)}, **options)


def _with_row(row: str) -> Maker:
    return lambda: _sheet(xml.rows(GRID) + row)


def _instead(cell: str, *, shared: Sequence[str] = ()) -> Maker:
    """B3, the visits of the second centre, written otherwise."""
    data = xml.rows(centres_grid(visits="@@")).replace(xml.cell("B3", "@@"), cell)
    return lambda: _sheet(data, shared=xml.strings(shared) if shared else None)


def _in_sheet(text: Callable[[str], str]) -> Maker:
    """The XML of the sheet, changed as a whole."""
    return lambda: _changed({SHEET_PART: text(xml.sheet(xml.rows(GRID)))})


def _changed(changes: dict[str, str | bytes | None]) -> bytes:
    return _sheet(changes=changes)


def _without(part: str) -> Maker:
    return lambda: _changed({part: None})


def _numbered(number: str) -> Maker:
    """The row of the second centre under another number."""
    return lambda: _sheet("".join(ROW).replace('<row r="3">', f'<row r="{number}">'))


def _related(target: str, attributes: str = "") -> Maker:
    """The workbook's relation to its sheet, with another target."""
    relation = (
        f'<Relationships xmlns="{xml.PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{xml.RELATIONS}/worksheet" Target="{target}"{attributes}/></Relationships>'
    )
    return lambda: _changed({"xl/_rels/workbook.xml.rels": relation})


def _listed(sheets: str) -> Maker:
    """The workbook's list of sheets, written by hand."""
    book = f'<workbook xmlns="{xml.MAIN}" xmlns:r="{xml.RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    return lambda: _changed({"xl/workbook.xml": book})


def _swollen(part: str, before: str, block: str, times: int, after: str) -> Maker:
    """A workbook one part of which unpacks to very much."""

    def make() -> bytes:
        parts = xml.parts({"Visits": xml.sheet(xml.rows(GRID))}, shared=xml.strings(["<t>x</t>"]))
        big = repeated(part, before.encode(), block.encode(), times, after.encode())
        return archive([*(member(name, content) for name, content in parts.items() if name != part), big])

    return make


def _two_of_one_name() -> bytes:
    parts = xml.parts({"Visits": xml.sheet(xml.rows(GRID)), "@@": xml.sheet(xml.rows(centres_grid(visits=9)))})
    return packed(parts | {"xl/workbook.xml": parts["xl/workbook.xml"].replace(b"@@", b"Visits")})


def _overlapping() -> bytes:
    """Three hundred entries of the directory for one and the same packed sheet of 10 MB."""
    content = packed(xml.parts({"Visits": xml.sheet(xml.rows(GRID) + " " * (10 << 20))}))
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    entries = content[start:end].split(b"PK\x01\x02")[1:]
    sheet = next(entry for entry in entries if SHEET_PART.encode() in entry)
    again = [sheet.replace(b"sheet1", b"s%05d" % number) for number in range(300)]
    directory = b"".join(b"PK\x01\x02" + entry for entry in [*entries, *again])
    count = (len(entries) + len(again)).to_bytes(2, "little")
    tail = content[end:]
    size = len(directory).to_bytes(4, "little")
    return content[:start] + directory + tail[:8] + count + count + size + tail[16:]


LAUGHS = (
    "<!DOCTYPE x ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
LAUGHING = f'<worksheet xmlns="{xml.MAIN}"><sheetData><row r="1">{xml.cell("A1", "@@")}</row></sheetData></worksheet>'
BLANK_ROWS = "".join(f'<row r="{number}" ht="15"/>' for number in range(5, 1_048_577))
ROW = [xml.row(number, values) for number, values in enumerate(GRID, 1)]

SIZE = [
    _refused("two_gigabyte_sheet", _swollen(SHEET_PART, xml.sheet("")[:-30], " " * (1 << 20), 2048, ""), "more than"),
    _refused(
        "one_gigabyte_of_shared_strings",
        _swollen(STRINGS_PART, f'<sst xmlns="{xml.MAIN}">', "<si><t>x</t></si>" * 60_000, 1_000, "</sst>"),
        "more than",
    ),
    _refused(
        "gigabyte_in_a_part_that_nobody_reads", _swollen("xl/media/a.png", "", "x" * (1 << 20), 1024, ""), "more than"
    ),
    _refused("entries_that_overlap", _overlapping, "more than|damaged"),
    _refused(
        "290_megabytes_of_cells",
        _swollen(
            SHEET_PART, f'<worksheet xmlns="{xml.MAIN}"><sheetData>', ROW[1] * 5_000, 110, "</sheetData></worksheet>"
        ),
    ),
    _refused(
        "290_megabytes_of_strings",
        _swollen(STRINGS_PART, f'<sst xmlns="{xml.MAIN}">', "<si><t>x</t></si>" * 60_000, 280, "</sst>"),
    ),
    _refused(
        "value_in_the_last_cell_there_is",
        _with_row(f'<row r="1048576">{xml.cell("XFD1048576", 1)}</row>'),
        V,
        "XFD1048576",
    ),
    _refused(
        "space_in_the_last_cell_there_is",
        _with_row(f'<row r="1048576">{xml.cell("XFD1048576", " ")}</row>'),
        V,
        "XFD1048576",
    ),
    _refused("value_in_the_last_column", _with_row(f'<row r="9">{xml.cell("XFD9", 1)}</row>'), V, "XFD9"),
    _refused("value_in_the_last_row", _with_row(f'<row r="1048576">{xml.cell("A1048576", 1)}</row>'), V, "A1048576"),
    _loads("formatted_last_cell", _with_row('<row r="1048576"><c r="XFD1048576" s="1"/></row>')),
    _loads("dimension_of_the_whole_sheet", lambda: _sheet(before='<dimension ref="A1:XFD1048576"/>')),
    _loads("dimension_too_small", lambda: _sheet(before='<dimension ref="A1"/>')),
    _loads("a_million_blank_rows", lambda: _sheet(xml.rows(GRID) + BLANK_ROWS)),
    _refused(
        "a_million_filled_rows",
        _with_row("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(5, 1_000_000))),
        f"{V}|seconds",
    ),
    _refused("billion_laughs", _in_sheet(lambda _: LAUGHS + LAUGHING.replace("@@", "&a9;")), "document type"),
    _refused(
        "laughs_in_shared_strings",
        lambda: _changed({STRINGS_PART: f"{LAUGHS}<sst><si><t>&a9;</t></si></sst>"}),
        "document type",
    ),
    _refused(
        "one_long_entity_used_often",
        _in_sheet(lambda _: f'<!DOCTYPE x [<!ENTITY a "{"h" * 100_000}">]>' + LAUGHING.replace("@@", "&a;" * 20_000)),
        "document type",
    ),
    _loads(
        "a_million_elements_deep",
        _in_sheet(
            lambda text: text.replace(
                "</worksheet>", f"<extLst>{'<a>' * 1_000_000}{'</a>' * 1_000_000}</extLst></worksheet>"
            )
        ),
    ),
    _refused("same_cell_a_million_times", _with_row(f'<row r="5">{xml.cell("A5", 1) * 1_000_000}</row>'), V),
    _loads(
        "hundred_thousand_attributes",
        _in_sheet(
            lambda text: text.replace(
                "<sheetData>", f"<sheetPr {' '.join(f'a{n}=' + chr(34) * 2 for n in range(100_000))}/><sheetData>"
            )
        ),
    ),
    _loads(
        "thirty_thousand_merged_blocks",
        lambda: _sheet(
            after="<mergeCells>"
            + "".join(f'<mergeCell ref="G{n}:H{n}"/>' for n in range(100, 30_100))
            + "</mergeCells>"
        ),
    ),
    _loads(
        "merged_block_of_the_whole_sheet_below",
        lambda: _sheet(after='<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>'),
    ),
    _loads(
        "sixty_thousand_fonts",
        lambda: _sheet(style=xml.styles(xml.STYLES.replace("</fonts>", "<font><i/></font>" * 60_000 + "</fonts>"))),
    ),
    _loads(
        "format_of_a_million_quotes",
        lambda: _sheet(
            style=xml.styles(
                f"<numFmts><numFmt numFmtId='170' formatCode='{'&quot;' * 1_000_001}%'/></numFmts>" + xml.STYLES
            )
        ),
    ),
    _loads("hundred_thousand_empty_shared_strings", lambda: _sheet(shared=xml.strings(["<t/>"] * 100_000))),
    _loads("hidden_columns_to_the_end", lambda: _sheet(before='<cols><col min="7" max="16384" hidden="1"/></cols>')),
    _case(
        "hidden_columns_beyond_the_end",
        "warn",
        lambda: _sheet(before='<cols><col min="1" max="99999999999" hidden="1"/></cols>'),
        "hidden",
    ),
]

NUMBERS = [
    _refused("style_below_zero", _instead('<c r="B3" s="-1"><v>845</v></c>')),
    _refused("style_that_is_no_number", _instead('<c r="B3" s="abc"><v>845</v></c>')),
    _refused("style_that_does_not_exist", _instead('<c r="B3" s="999999999"><v>845</v></c>')),
    _refused("string_below_zero", _instead('<c r="B3" t="s"><v>-1</v></c>', shared=["<t>999</t>", "<t>845</t>"])),
    _refused("string_that_does_not_exist", _instead('<c r="B3" t="s"><v>7</v></c>', shared=["<t>845</t>"])),
    _refused("string_beyond_32_bits", _instead('<c r="B3" t="s"><v>4294967296</v></c>', shared=["<t>845</t>"])),
    _refused(
        "string_that_is_no_number", _instead('<c r="B3" t="s"><v>abc</v></c>', shared=["<t>999</t>", "<t>845</t>"])
    ),
    _refused("string_without_strings", _instead('<c r="B3" t="s"><v>0</v></c>')),
    _loads("string_by_its_number", _instead('<c r="B3" t="s"><v>1</v></c>', shared=["<t>0</t>", "<t>845</t>"])),
    _loads("string_in_two_runs", _instead('<c r="B3" t="s"><v>0</v></c>', shared=["<r><t>8</t></r><r><t>45</t></r>"])),
    _loads(
        "string_with_its_reading_aloud",
        _instead('<c r="B3" t="s"><v>0</v></c>', shared=['<t>845</t><rPh sb="0" eb="1"><t>99</t></rPh>']),
    ),
    _refused("infinite_number", _instead('<c r="B3"><v>1e400</v></c>'), V, "B3"),
    _refused("number_that_is_not_a_number", _instead('<c r="B3"><v>NaN</v></c>'), V, "B3"),
    _refused("number_in_hexadecimal", _instead('<c r="B3"><v>0x34D</v></c>'), V, "B3"),
    _refused("two_values_in_a_cell", _instead('<c r="B3"><v>845</v><v>9</v></c>')),
    _refused("comment_within_a_number", _instead('<c r="B3"><v>8<!-- -->45</v></c>')),
    _refused("element_within_a_number", _instead('<c r="B3"><v>8<b>9</b>45</v></c>')),
    _refused("cell_within_a_cell", _instead('<c r="B3"><c r="B9"><v>9</v></c><v>845</v></c>')),
]

ADDRESSES = [
    _refused("two_cells_of_one_address", _instead('<c r="B3"><v>845</v></c><c r="B3"><v>9</v></c>'), V, "B3"),
    _refused("two_rows_of_one_number", lambda: _sheet("".join([*ROW, xml.row(3, ["Reddish", 9, 9, 9])])), V),
    _refused("cell_of_another_row", _instead('<c r="B9"><v>845</v></c>'), V),
    _loads("rows_out_of_order", lambda: _sheet("".join([ROW[0], ROW[3], ROW[1], ROW[2]]))),
    _loads(
        "cells_out_of_order",
        lambda: _sheet(
            "".join(
                [
                    *ROW[:2],
                    '<row r="3">'
                    + "".join(
                        [
                            xml.cell("B3", 845),
                            xml.cell("A3", "Reddish"),
                            xml.cell("D3", 34329.5),
                            xml.cell("C3", 88.5),
                            xml.cell("E3", GRID[2][4]),
                        ]
                    )
                    + "</row>",
                    ROW[3],
                ]
            )
        ),
    ),
    _loads(
        "cells_without_addresses",
        lambda: _sheet(
            "".join(
                f'<row r="{n}">{"".join(xml.cell("", v) for v in values if v is not None)}</row>'
                for n, values in enumerate(GRID, 1)
            )
        ),
    ),
    _loads(
        "rows_without_numbers",
        lambda: _sheet("".join(line.replace(f' r="{n}"', "", 1) for n, line in enumerate(ROW, 1))),
    ),
    _loads(
        "neither_rows_nor_cells_numbered",
        lambda: _sheet(
            "".join(f"<row>{''.join(xml.cell('', v) for v in values if v is not None)}</row>" for values in GRID)
        ),
    ),
    _loads(
        "some_cells_without_addresses",
        lambda: _sheet("".join(ROW).replace('<c r="B3">', "<c>").replace('<c r="D3">', "<c>")),
    ),
    *(
        _refused(f"address_{name}", _instead(f'<c r="{address}"><v>845</v></c>'), f"{DAMAGED}|lies outside")
        for name, address in (
            ("of_row_zero", "B0"),
            ("beyond_the_columns", "XFE3"),
            ("of_four_letters", "AAAA3"),
            ("turned_round", "3B"),
            ("of_a_range", "B3:C3"),
            ("with_a_minus", "B-3"),
            ("in_another_script", "В3"),
            ("without_end", "B" + "9" * 400),
            ("empty", ""),
        )
    ),
    *(
        _refused(
            f"row_number_{name}",
            _numbered(number),
        )
        for name, number in (
            ("zero", "0"),
            ("below_zero", "-3"),
            ("in_words", "three"),
            ("beyond_all", "9" * 30),
            ("fraction", "3.5"),
        )
    ),
]

PARTS = [
    _refused("no_styles_so_days_are_numbers", _without("xl/styles.xml"), V, "E2"),
    _refused("no_sheet_part", _without(SHEET_PART)),
    _refused("no_relations", _without("xl/_rels/workbook.xml.rels")),
    _refused("sheet_part_empty", lambda: _changed({SHEET_PART: ""})),
    _refused("sheet_part_cut", _in_sheet(lambda text: text[: len(text) // 2])),
    _refused("sheet_part_is_a_picture", lambda: _changed({SHEET_PART: b"\x89PNG\r\n\x1a\n"})),
    _refused("sheet_part_with_two_roots", _in_sheet(lambda text: text + "<worksheet/>")),
    _refused("sheet_part_with_a_zero_byte", _in_sheet(lambda text: text.replace("Reddish", "Red\0dish"))),
    _refused(
        "sheet_part_in_a_wrong_encoding",
        lambda: _changed({SHEET_PART: xml.sheet(xml.rows(centres_grid(centre="Café"))).encode("cp1252")}),
    ),
    _refused("strings_part_cut", _instead('<c r="B3" t="s"><v>0</v></c>', shared=["<t>845</t></si><si"])),
    _loads("relation_with_an_absolute_path", _related("/xl/worksheets/sheet1.xml")),
    _refused("relation_to_itself", _related("workbook.xml")),
    _refused("relation_to_the_relations", _related("_rels/workbook.xml.rels")),
    _refused("relation_to_a_missing_part", _related("worksheets/sheet9.xml")),
    _refused("relation_out_of_the_archive", _related("../../../../etc/passwd")),
    _refused("relation_to_the_machine", _related("/etc/passwd")),
    _refused("relation_to_a_file", _related("file:///etc/passwd", ' TargetMode="External"')),
    _refused("relation_to_a_server", _related("http://[::1]/sheet1.xml", ' TargetMode="External"')),
    _refused("no_sheets_listed", _listed("")),
    _refused("sheet_listed_without_a_relation", _listed('<sheet name="Visits" sheetId="1" r:id="rId77"/>')),
    _refused("two_sheets_of_one_name", _two_of_one_name, "'Visits'"),
    _refused(
        "two_sheets_of_one_part",
        _listed('<sheet name="Visits" sheetId="1" r:id="rId1"/><sheet name="Centre visits" sheetId="2" r:id="rId1"/>'),
        "Centre visits",
    ),
    _refused("sheet_without_a_name", _listed('<sheet name="" sheetId="1" r:id="rId1"/>'), f"{DAMAGED}|not known"),
    _refused(
        "circle_of_parts",
        lambda: _changed({"xl/worksheets/_rels/sheet1.xml.rels": "", SHEET_PART: None}),
    ),
]

CASES = SIZE + NUMBERS + ADDRESSES + PARTS
