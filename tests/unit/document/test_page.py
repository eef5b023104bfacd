"""Blocks as HTML: whatever stands in a workbook comes out as text."""

import re
from html.parser import HTMLParser

import pytest

from pipelines.document.model import (
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
from pipelines.document.page import page

HOSTILE = "</script><script>alert(1)</script>\"' onload=x & {{ 7 * 7 }}"
COLUMNS = [Column("code", "PI code", is_head=True), Column("value", "Value", numeric=True)]
SPEC = {
    "width": 400,
    "height": 100,
    "mark": "line",
    "encoding": {"x": {"field": "period", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}},
}


class Attributes(HTMLParser):
    """Names of all attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attrs}


def attributes(html: str) -> set[str]:
    parser = Attributes()
    parser.feed(html)
    return parser.names


def document(*blocks: object, title: str = "A title") -> Document:
    return Document(title, "A council", ["a line"], blocks)  # type: ignore[arg-type]


def table(text: str = "IN.1", **cell: object) -> Table:
    return Table("measures", f"Measures {text}", COLUMNS, [{"code": text, "value": Cell("93.2%", **cell)}])  # type: ignore[arg-type]


def chart(text: str = "2020-21") -> Chart:
    rows = [{"period": text, "value": 1.5}, {"period": "2021-22", "value": 2.5}]
    return Chart("trend", f"Trend {text}", f"alt {text}", SPEC, rows, table(text))


def test_hostile_text_is_text_wherever_it_stands() -> None:
    words = [Run(HOSTILE, "strong"), Run(HOSTILE, "code"), Run(HOSTILE, "emphasis"), Run(HOSTILE)]
    html = page(
        document(
            Heading(2, HOSTILE, "h"),
            Paragraph(words),
            Bullets([HOSTILE, words]),
            Definitions([(HOSTILE, HOSTILE)]),
            table(HOSTILE, note=HOSTILE),
            chart(HOSTILE),
            title=HOSTILE,
        ),
        navigation=[(HOSTILE, "a.html")],
    )
    assert "<script" not in html
    assert "{{" in html and "49" not in re.sub(r"<svg.*?</svg>|<style>.*?</style>", "", html, flags=re.S)
    assert not {name for name in attributes(html) if name.startswith("on")}
    assert html.count("&lt;/script&gt;") >= 12


def test_a_row_is_named_by_its_head_and_a_number_stands_to_the_right() -> None:
    html = page(document(table(note="1,299 of 1,394", tone="A", emphasis=True)))
    assert '<th scope="row" role="rowheader" data-label="PI code"><span>IN.1</span></th>' in html
    assert 'class="number tone-A"><span><em>93.2%</em><small>1,299 of 1,394</small></span></td>' in html


@pytest.mark.parametrize("hidden", [True, False])
def test_a_caption_is_there_also_where_it_is_not_seen(hidden: bool) -> None:
    html = page(document(Table("t", "What it is", COLUMNS, [], hides_caption=hidden)))
    assert ('<caption class="unseen">What it is</caption>' in html) is hidden
    assert ">What it is</caption>" in html


def test_charts_have_words_a_table_and_the_colours_of_the_page() -> None:
    html = page(document(chart()))
    assert 'role="img" aria-label="alt 2020-21"' in html
    assert "var(--chart-ink)" in html
    assert html.count('<table id="measures"') == 1


def test_pages_say_which_is_open_and_stand_alone_unless_a_style_is_linked() -> None:
    html = page(document(), navigation=[("Report", "report.html"), ("Risks", "risks.html")], here="risks.html")
    assert '<a href="risks.html" aria-current="page">Risks</a>' in html
    assert "<style>" in html and "<link" not in html
    linked = page(document(), linked_style="static/page.css")
    assert '<link rel="stylesheet" href="static/page.css">' in linked and "<style>" not in linked


def test_equal_documents_give_equal_pages() -> None:
    assert page(document(table(), chart())) == page(document(table(), chart()))


def test_a_folded_section_shows_its_heading_and_holds_its_blocks() -> None:
    html = page(document(Folded(Heading(2, f"Section {HOSTILE}", "section"), [Paragraph("inner"), chart()])))
    folded = html[html.index("<details") : html.rindex("</details>")]
    assert folded.index('<summary><h2 id="section">Section &lt;/script') < folded.index("inner") < folded.index("<svg")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x" * 30, "x" * 30),
        (f"a {'x' * 31} b", f'a <span class="long">{"x" * 31}</span> b'),
        (f"<b>{'x' * 31}", f'<span class="long">&lt;b&gt;{"x" * 31}</span>'),
        ("a \u202eb", "<bdi>a \u202eb</bdi>"),
        ("\u05e9\u05dc\u05d5\u05dd <1>", "<bdi>\u05e9\u05dc\u05d5\u05dd &lt;1&gt;</bdi>"),
        ("ordinary – text", "ordinary – text"),
    ],
)
def test_long_words_may_break_and_marks_of_direction_turn_nothing_around_them(text: str, shown: str) -> None:
    html = page(document(Paragraph(text), Paragraph([Run(text, "strong")]), table(text)))
    assert f"<p>{shown}</p>" in html and f"<strong>{shown}</strong>" in html and f"<span>{shown}</span>" in html
