"""The parts of a workbook that its sheets refer to: the list of sheets, cell styles and shared strings."""

from xml.parsers.expat import ExpatError

import pytest

from pipelines.read.parts import (
    Parts,
    RichText,
    SharedStrings,
    SheetPart,
    Style,
    read_shared_strings,
    read_sheet_list,
    read_styles,
)


def archive_of(members: dict[str, str]) -> Parts:
    return {name: text.encode() for name, text in members.items()}


def styles_of(inside: str) -> tuple[Style, ...]:
    return read_styles(archive_of({"xl/styles.xml": f"<styleSheet>{inside}</styleSheet>"}))


def strings_of(inside: str) -> SharedStrings:
    return read_shared_strings(archive_of({"xl/sharedStrings.xml": f"<sst>{inside}</sst>"}))


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
    assert styles == (Style(percent=percent),)


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [pytest.param("9", True, id="0%"), pytest.param("10", True, id="0.00%"), pytest.param("2", False, id="0.00")],
)
def test_built_in_format(number_format: str, percent: bool) -> None:
    styles = styles_of(f'<fonts><font/></fonts><cellXfs><xf numFmtId="{number_format}" fontId="0"/></cellXfs>')
    assert styles == (Style(percent=percent),)


def test_italic_is_read_of_the_cells_own_fonts_only() -> None:
    styles = styles_of(
        '<fonts><font/><font><i/></font><font><i val="0"/></font></fonts>'
        '<cellStyleXfs><xf fontId="1"/></cellStyleXfs>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
        "<dxfs><dxf><font><i/></font></dxf></dxfs>"
    )
    assert [style.italic for style in styles] == [False, True, False]


def test_struck_through_and_superscript_fonts() -> None:
    styles = styles_of(
        '<fonts><font><strike/></font><font><vertAlign val="superscript"/></font>'
        '<font><vertAlign val="subscript"/></font></fonts>'
        '<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs>'
    )
    assert styles == (Style(struck=True), Style(superscript=True), Style())


def test_workbook_without_styles_has_none() -> None:
    assert read_styles(archive_of({"x": ""})) == ()


def test_blank_strings_are_numbered_as_cells_write_them() -> None:
    strings = "<si><t>a</t></si><si><t> </t></si><si><r><t>b</t></r></si><si><t>\u00a0</t></si><si><t/></si>"
    assert strings_of(strings) == SharedStrings(blank=frozenset({"1", "3", "4"}))
    assert read_shared_strings(archive_of({"x": ""})) == SharedStrings()


@pytest.mark.parametrize(
    "blank",
    [
        "<si><t>\n</t></si>",
        "<si><t>\u00a0</t></si>",
        "<si><t>&#32;</t></si>",
        "<si><t>&#xA0;</t></si>",
        "<si/>",
        "<si></si>",
        "<si><r><t> </t></r></si>",
    ],
    ids=[
        "line_break",
        "no_break_space",
        "space_by_number",
        "no_break_space_by_number",
        "no_text",
        "nothing_inside",
        "run_of_a_space",
    ],
)
def test_string_of_nothing_to_see_is_blank_however_it_is_written(blank: str) -> None:
    assert strings_of(f"<si><t>a</t></si>{blank}").blank == {"1"}


def test_superscript_runs_are_a_note() -> None:
    superscript = "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    assert strings_of(f"<si><r><t>Barnet</t></r>{superscript}</si>").rich == {
        "0": RichText("Barnet", "1", struck=False)
    }


def test_subscript_runs_are_text() -> None:
    assert strings_of("<si><r><t>CO</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>2</t></r></si>").rich == {}


def test_struck_through_run_counts_where_there_is_something_to_see() -> None:
    struck = "<si><r><t>12 </t></r><r><rPr><strike/></rPr><t>{}</t></r></si>"
    assert strings_of(struck.format("13")).rich == {"0": RichText("12 13", "", struck=True)}
    assert strings_of(struck.format(" ")).rich == {}


def test_phonetic_hints_are_no_text() -> None:
    hint = "<rPh sb='0' eb='1'><t>hint</t></rPh>"
    superscript = "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    assert strings_of(f"<si><r><t>A</t></r>{superscript}{hint}</si>").rich == {"0": RichText("A", "1", struck=False)}


def test_strings_cut_short_raise() -> None:
    with pytest.raises(ExpatError):
        read_shared_strings(archive_of({"xl/sharedStrings.xml": "<sst><si><t> </t></si>"}))


def test_sheet_list_is_in_the_workbooks_order_without_charts() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    archive = archive_of(
        {
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{kind}/chartsheet" Target="chartsheets/sheet1.xml"/>'
            f'<Relationship Id="r3" Type="{kind}/worksheet" Target="/xl/worksheets/sheet9.xml"/></Relationships>',
            "xl/workbook.xml": '<x:workbook xmlns:x="m" xmlns:r="n"><x:sheets><x:sheet name="Last" r:id="r3"/>'
            '<x:sheet name="Chart" r:id="r2"/><x:sheet name="First" r:id="r1" state="veryHidden"/></x:sheets>'
            "</x:workbook>",
        }
    )
    assert read_sheet_list(archive) == [
        SheetPart("Last", "xl/worksheets/sheet9.xml", hidden=False),
        SheetPart("First", "xl/worksheets/sheet1.xml", hidden=True),
    ]
