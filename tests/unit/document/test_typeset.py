"""Documents as PDF: tagged and named for whoever cannot see them, equal bytes for equal ones, no text that acts."""

import re

import pytest
import typst

from pipelines.document.model import (
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Definitions,
    Document,
    Folded,
    Heading,
    Paragraph,
    Run,
    Table,
)
from pipelines.document.typeset import pdf

HOSTILE = "#panic() *x* _y_ $z$ @ref <label> [a] \\u{41} // c </script>\"' {{ 7 * 7 }} =cmd()"
COLUMNS = [Column("code", "PI code", is_head=True), Column("value", "Value", numeric=True), Column("why", "Why")]
SPEC = {
    "width": 400,
    "height": 100,
    "mark": "line",
    "encoding": {"x": {"field": "period", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}},
}


def document(*blocks: Block, title: str = "A title") -> Document:
    return Document(title, "A council", ["a line"], blocks, ["a foot"])


def table(text: str = "IN.1", name: str = "measures") -> Table:
    row: dict[str, Cell | str] = {"code": text, "value": Cell("93.2%", text, tone="A", emphasis=True), "why": text}
    return Table(name, f"Measures {text}", COLUMNS, [row])


def chart(alt: str = "It rises.") -> Chart:
    rows = [{"period": "2020-21", "value": 1.5}, {"period": "2021-22", "value": 2.5}]
    return Chart("trend", "Trend", alt, SPEC, rows, table(name="trend-table"))


def texts(content: bytes, name: str) -> list[str]:
    """Text strings of the dictionary entries of that name, in the two forms that PDF has for them."""
    plain = rb"\((?:[^()\\]|\\.|\([^()]*\))*\)"  # brackets in pairs stand as they are
    found = re.findall(rb"/" + name.encode() + rb"\s?(" + plain + rb"|<FEFF[0-9A-F]*>)", content, flags=re.S)
    return [_text(each) for each in found]


def _text(each: bytes) -> str:
    if each.startswith(b"<"):
        return bytes.fromhex(each[1:-1].decode()).decode("utf-16")
    unescaped = re.sub(rb"\\(.)", rb"\1", each[1:-1])
    return unescaped.decode("utf-16") if unescaped.startswith(b"\xfe\xff") else unescaped.decode("latin-1")


def test_a_reader_program_is_told_title_language_structure_and_bookmarks() -> None:
    made = pdf(document(Heading(2, "First", "first"), Heading(3, "Within", "within"), table()))
    assert made.startswith(b"%PDF-1.7")
    assert b"/MarkInfo<</Marked true" in made and b"/StructTreeRoot" in made
    assert b"/DisplayDocTitle true" in made and b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert texts(made, "Lang")[0] == "en-GB"
    assert {"A title", "First", "Within"} <= set(texts(made, "Title"))
    assert b"/S/Table" in made and made.count(b"/S/TH/") == len(COLUMNS) and b"/Scope/Column" in made
    assert b"/S/Caption" in made


def test_a_chart_has_its_words_and_the_table_of_its_figures() -> None:
    made = pdf(document(chart("It rises to 2.5.")))
    assert "It rises to 2.5." in texts(made, "Alt")
    assert made.count(b"/S/Table/") == 1


def test_what_a_page_folds_stands_unfolded() -> None:
    folded = Folded(Heading(2, "Second", "second"), [chart("It rises.")])
    made = pdf(document(Heading(2, "First", "first"), folded))
    assert {"First", "Second"} <= set(texts(made, "Title")) and "It rises." in texts(made, "Alt")


def test_equal_documents_give_equal_bytes() -> None:
    assert pdf(document(table(), chart())) == pdf(document(table(), chart()))


def test_hostile_text_stands_as_text() -> None:
    words = [Run(HOSTILE, "strong"), Run(HOSTILE, "code"), Run(HOSTILE, "emphasis"), Run(HOSTILE)]
    definitions = Definitions([(HOSTILE, HOSTILE)])
    blocks: list[Block] = [Heading(2, HOSTILE, "h"), Paragraph(words), Bullets([HOSTILE]), definitions, table(HOSTILE)]
    made = pdf(document(*blocks, title=HOSTILE))
    assert texts(made, "Title").count(HOSTILE) == 2  # of the document, and the bookmark
    assert not re.search(rb"/(URI|JS|JavaScript|Launch|EmbeddedFile)\b", made)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("smile \U0001f600", "smile [U+1F600]", id="picture"),
        pytest.param("turned \u202e back", "turned [U+202E] back", id="mark_of_direction"),
        pytest.param("bell \x07", "bell [U+0007]", id="control"),
        pytest.param("中", "[U+4E2D]", id="script_without_a_font"),
        pytest.param("e\u0301", "é", id="two_characters_that_are_one"),
        pytest.param("■ ▲ ● ⬆ ➡ ⬇ ★ − – £ …", "■ ▲ ● ⬆ ➡ ⬇ ★ − – £ …", id="symbols_of_ratings"),
        pytest.param("Łódź, Αθήνα, Киев", "Łódź, Αθήνα, Киев", id="European_names"),
    ],
)
def test_what_no_font_can_show_stands_as_its_number(text: str, shown: str) -> None:
    assert shown in texts(pdf(document(Heading(2, text, "h"))), "Title")


def test_a_word_without_end_makes_pages_and_no_error() -> None:
    made = pdf(document(table("w" * 5000), Paragraph("w" * 5000)))
    assert made.count(b"/Type/Page/") > 3


def test_links_lead_to_places_that_are_there_or_to_the_web() -> None:
    links = [
        Run("in", link="#h"),
        Run("nowhere", link="#gone"),
        Run("file", link="a.html"),
        Run("js", link="javascript:x"),
    ]
    made = pdf(document(Heading(2, "There", "h"), Paragraph([*links, Run("web", link="https://example.org/")])))
    assert re.findall(rb"/URI\s?\((.*?)\)", made) == [b"https://example.org/"]
    assert b"javascript" not in made


def test_places_of_one_name_are_led_to_by_no_link() -> None:
    assert pdf(document(Heading(2, "A", "same"), Heading(2, "B", "same"), Paragraph([Run("x", link="#same")])))


def test_a_level_of_headings_that_is_left_out_is_closed() -> None:
    made = pdf(document(Heading(2, "A", "a"), Heading(5, "B", "b")))
    assert b"/S/H1" in made and b"/S/H2" in made and b"/S/H4" not in made


def test_a_chart_without_words_is_refused() -> None:
    with pytest.raises(typst.TypstError, match="alt"):
        pdf(document(chart("")))
