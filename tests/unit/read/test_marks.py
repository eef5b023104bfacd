"""Marks in the XML of a workbook: errors, empty formulas, italics, percent formats and where the sheets are."""

import io
from zipfile import ZipFile

import pytest

from pipelines.read.marks import SheetMarks, Style, read_blank_strings, read_marks, read_styles, sheet_parts

PLAIN = Style(italic=False, percent=False)
ITALIC = Style(italic=True, percent=False)
PERCENT = Style(italic=False, percent=True)


def archive_of(members: dict[str, str]) -> ZipFile:
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return ZipFile(content)


def marks_of(
    cells: str, styles: tuple[Style, ...] = (PLAIN, ITALIC, PERCENT), blank: frozenset[str] = frozenset()
) -> SheetMarks:
    archive = archive_of({"sheet.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>"})
    return read_marks(archive, "sheet.xml", list(styles), blank)


def styles_of(inside: str) -> list[Style]:
    return read_styles(archive_of({"xl/styles.xml": f"<styleSheet>{inside}</styleSheet>"}))


def test_number_and_inline_text_are_values() -> None:
    marks = marks_of('<row r="3"><c r="B3"><v>5</v></c><c r="C3" t="inlineStr"><is><t>x</t></is></c></row>')
    assert marks.valued == {(3, 2), (3, 3)}


def test_cells_without_an_address_follow_the_one_before() -> None:
    marks = marks_of('<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>')
    assert marks.valued == {(1, 1), (1, 4), (1, 5), (2, 1)}


def test_error_is_no_value() -> None:
    marks = marks_of('<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')
    assert marks.errors == {(1, 1): "#DIV/0!"}
    assert not marks.valued


@pytest.mark.parametrize(
    ("cell", "without_result", "valued"),
    [
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f></c>', {(1, 1)}, set(), id="no_result"),
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f><v/></c>', {(1, 1)}, set(), id="empty_result"),
        pytest.param('<c r="A1"><f>SUM(B1:B2)</f><v>7</v></c>', set(), {(1, 1)}, id="number"),
        pytest.param('<c r="A1" t="str"><f>""</f><v></v></c>', set(), set(), id="empty_text_is_a_result"),
    ],
)
def test_formula(cell: str, without_result: set[tuple[int, int]], valued: set[tuple[int, int]]) -> None:
    marks = marks_of(f'<row r="1">{cell}</row>')
    assert marks.formulas_without_result == without_result
    assert marks.valued == valued


def test_blank_shared_string_and_bare_style_are_no_values() -> None:
    marks = marks_of(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"/></row>',
        blank=frozenset({"0"}),
    )
    assert marks.valued == {(1, 2)}
    assert not marks.italic


def test_number_that_looks_like_a_blank_strings_index_is_a_value() -> None:
    assert marks_of('<row r="1"><c r="A1"><v>0</v></c></row>', blank=frozenset({"0"})).valued == {(1, 1)}


def test_italic_and_percent_are_told_apart() -> None:
    marks = marks_of(
        '<row r="1"><c r="A1" s="0"><v>1</v></c><c r="B1" s="1"><v>1</v></c><c r="C1" s="2"><v>1</v></c></row>'
    )
    assert marks.italic == {(1, 2)}
    assert marks.percent == {(1, 3)}


def test_text_in_a_percent_format_is_no_percentage() -> None:
    marks = marks_of('<row r="1"><c r="A1" s="2" t="s"><v>4</v></c><c r="B1" s="2" t="b"><v>1</v></c></row>')
    assert marks.valued == {(1, 1), (1, 2)}
    assert not marks.percent


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        pytest.param("0.0%", True, id="one_decimal"),
        pytest.param("0%;[Red]-0%", True, id="two_sections"),
        pytest.param("0.0&quot;%&quot;", False, id="quoted_sign_is_decoration"),
        pytest.param("0.0\\%", False, id="escaped_sign_is_decoration"),
        pytest.param("&quot;£&quot;#,##0", False, id="pounds"),
    ],
)
def test_percent_format(code: str, percent: bool) -> None:
    styles = styles_of(
        f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts><fonts><font/></fonts>'
        '<cellXfs><xf numFmtId="164" fontId="0"/></cellXfs>'
    )
    assert styles == [Style(italic=False, percent=percent)]


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [pytest.param("9", True, id="0%"), pytest.param("10", True, id="0.00%"), pytest.param("2", False, id="0.00")],
)
def test_built_in_format(number_format: str, percent: bool) -> None:
    styles = styles_of(f'<fonts><font/></fonts><cellXfs><xf numFmtId="{number_format}" fontId="0"/></cellXfs>')
    assert styles == [Style(italic=False, percent=percent)]


def test_italic_is_read_of_the_cells_own_fonts_only() -> None:
    styles = styles_of(
        '<fonts><font/><font><i/></font><font><i val="0"/></font></fonts>'
        '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
        "<dxfs><dxf><font><i/></font></dxf></dxfs>"
    )
    assert [style.italic for style in styles] == [False, True, False]


def test_workbook_without_styles_has_none() -> None:
    assert read_styles(archive_of({"x": ""})) == []


def test_blank_strings_are_numbered_as_cells_write_them() -> None:
    strings = "<si><t>a</t></si><si><t> </t></si><si><r><t>b</t></r></si><si><t>\u00a0</t></si><si><t/></si>"
    archive = archive_of({"xl/sharedStrings.xml": f"<sst>{strings}</sst>"})
    assert read_blank_strings(archive) == {"1", "3", "4"}
    assert read_blank_strings(archive_of({"x": ""})) == frozenset()


def test_sheet_parts_are_in_the_workbooks_order_without_charts() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    archive = archive_of(
        {
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{kind}/chartsheet" Target="chartsheets/sheet1.xml"/>'
            f'<Relationship Id="r3" Type="{kind}/worksheet" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
            "xl/workbook.xml": '<x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="Last" r:id="r3"/>'
            '<x:sheet name="Chart" r:id="r2"/><x:sheet name="First" r:id="r1"/></x:sheets></x:workbook>',
        }
    )
    assert list(sheet_parts(archive).items()) == [
        ("Last", "xl/worksheets/sheet9.xml"),
        ("First", "xl/worksheets/sheet1.xml"),
    ]
