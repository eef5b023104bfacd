"""A page of made-up blocks, at the width of a desk and of a phone, and as it is printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipelines.document.model import Block, Cell, Chart, Column, Document, Folded, Heading, Table
from pipelines.document.page import TableHtml, page
from pipelines.report.tables import table_html
from tests.unit.evidence.test_page import item, page_of

pytestmark = pytest.mark.browser

LONG = "x" * 1200
COLUMNS = [
    Column("code", "PI code", is_head=True),
    Column("name", "Short name", width=2.4),
    *(Column(f"figure {number}", "Suppressed", numeric=True) for number in range(6)),
]
FIGURES = {f"figure {number}": "Suppressed" for number in range(6)}
SPEC = {
    "width": 300,
    "height": 100,
    "mark": "line",
    "encoding": {"x": {"field": "period", "type": "ordinal"}, "y": {"field": "value", "type": "quantitative"}},
}


def table(name: str, words: str) -> Table:
    return Table(name, "Measures", COLUMNS, [{"code": "IN.16", "name": Cell(words, words), **FIGURES}])


@pytest.fixture(params=[None, table_html], ids=["own table", "great-tables"])
def shown(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page with a table with a very long word, an ordinary one, one beside a chart, and one in a folded section."""
    made: TableHtml | None = request.param
    rows = [{"period": "2019-20", "value": 1}, {"period": "2020-21", "value": 2}]
    blocks: list[Block] = [
        Heading(2, "Tables", "tables"),
        table("long", LONG),
        table("ordinary", "Overall Pass Rate"),
        Chart("chart", "A chart", "Line chart", SPEC, rows, table("beside", "Overall Pass Rate")),
        Folded(Heading(2, "Folded", "folded"), [table("inner", "Overall Pass Rate")]),
    ]
    path = tmp_path / "page.html"
    path.write_text(page(Document("A page", "A council", [], blocks), table_html=made), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    opened.goto(path.as_uri())
    yield opened
    opened.close()


@pytest.mark.parametrize("width", [1440, 360])
def test_a_very_long_word_makes_no_table_wider_than_its_page(shown: Page, width: int) -> None:
    shown.set_viewport_size({"width": width, "height": 900})
    boxes = "[...document.querySelectorAll('.scroll')].filter(each => each.scrollWidth > each.clientWidth).length"
    assert shown.evaluate(boxes) == 0
    assert shown.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(shown, options={"runOnly": ["scrollable-region-focusable"]}).response["violations"]
    assert found == []


def test_one_item_of_the_evidence_bank_is_shown(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "evidence.html"
    path.write_text(page_of(item(1), item(2, title="Portal"), item(3)), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    for words, said in (("portal", "1 of 3 items is shown"), ("nothing", "0 of 3 items are shown")):
        opened.fill("#f-q", words)
        opened.wait_for_function("said => document.getElementById('shown').textContent === said", arg=said)
    opened.close()


def test_no_ordinary_word_is_broken_for_its_sake(shown: Page) -> None:
    lines = shown.evaluate(
        "[...document.querySelectorAll('#ordinary td > span, #long td > span')]"
        ".filter(each => each.textContent == 'Suppressed').map(each => each.getClientRects().length)"
    )
    assert lines == [1] * 12


def test_the_table_beside_a_chart_is_printed_and_a_folded_section_only_named(shown: Page) -> None:
    assert not shown.locator("#beside").is_visible()
    shown.emulate_media(media="print")
    assert shown.locator("#beside td").first.is_visible()
    assert shown.locator("#folded").is_visible()
    assert not shown.locator("#inner td").first.is_visible()
