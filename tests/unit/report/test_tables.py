"""Tables by great-tables: nothing of a workbook comes alive in them, and they are marked up as tables."""

import re
from html.parser import HTMLParser

import pytest

from pipelines.document.model import Cell, Column, Table, Tone
from pipelines.report.tables import table_html
from tests.unit.report.rows import HOSTILE

COLUMNS = [
    Column("name", "Short name"),
    Column("code", "PI code", is_head=True),
    Column("value", "Value", numeric=True),
]


class Tags(HTMLParser):
    """Tags of a table with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def table(text: str, label: str = "Value", tone: Tone = "", emphasis: bool = False) -> Table:
    columns = [*COLUMNS[:2], Column("value", label, numeric=True)]
    first: dict[str, Cell | str] = {"name": text, "code": text, "value": Cell(text, text, tone, emphasis)}
    return Table("t", text, columns, [first, {"name": "b", "code": "c", "value": "d"}])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(HOSTILE, id="markup"),
        pytest.param('<td class="gt_row gt_left">', id="a_cell_of_great_tables"),
        pytest.param("</table><thead>", id="end_of_the_table"),
        pytest.param("{{ m^2 }} <b>", id="units"),
        pytest.param("**bold** [a](javascript:x) `c`", id="markdown"),
        pytest.param("w" * 5000, id="long"),
    ],
)
def test_hostile_text_is_text_in_cells_labels_and_captions(text: str) -> None:
    read = Tags(table_html(table(text, label=text)))
    assert {tag for tag, _ in read.tags} == {
        "div",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
        "small",
    }
    assert len([tag for tag, _ in read.tags if tag in ("td", "th")]) == 9
    assert read.text.count(text) == 6
    known = {"class", "id", "role", "scope", "data-label"}
    assert {name for _, attributes in read.tags for name in attributes} == known


def test_rows_are_named_by_their_heads_and_columns_by_their_labels() -> None:
    html = table_html(table("IN.1", tone="A", emphasis=True))
    heads = re.findall(r'<th scope="(\w+)" role="(\w+)"', html)
    assert heads == [("col", "columnheader")] * 3 + [("row", "rowheader")] * 2
    assert 'data-label="Value" class="gt_right tone-A"><span><em>IN.1</em><small>IN.1</small></span></td>' in html
    assert html.count("tone-") == 1
    assert '<caption>IN.1</caption><thead role="rowgroup">' in html


def test_a_caption_that_repeats_a_heading_is_for_who_cannot_see_it() -> None:
    assert '<caption class="unseen">C</caption>' in table_html(Table("t", "C", COLUMNS, [], hides_caption=True))


def test_a_table_of_two_columns_is_narrow_and_one_without_heads_of_rows_is_shown_too() -> None:
    html = table_html(Table("t", "C", [Column("a", "A"), Column("b", "B")], [{"a": "1", "b": "2"}]))
    assert 'class="gt_table narrow"' in html and "rowheader" not in html
    assert 'class="gt_table"' in table_html(Table("t", "C", COLUMNS, []))


def test_equal_tables_give_equal_html_without_a_style_of_their_own() -> None:
    html = table_html(table("IN.1"))
    assert html == table_html(table("IN.1"))
    assert "<style" not in html and "style=" not in html
