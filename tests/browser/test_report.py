"""The report as a reader sees it, at the width of a desk and of a phone."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.conftest import Installation

pytestmark = pytest.mark.browser

WIDTHS = {"desk": 1440, "phone": 360}


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, published: Installation) -> Iterator[Page]:
    """The report open at one width; whatever it asks the network for, or complains of, fails the test."""
    page = browser.new_page(viewport={"width": WIDTHS[request.param], "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda message: complaints.append(message.text))
    report = published.paths.reports / "2021-22-Q2" / "report.html"
    page.goto(report.as_uri())
    yield page
    page.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []


def test_nothing_lies_beyond_the_edge(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    beyond = page.evaluate(
        "[...document.querySelectorAll('td, th, svg, p, li')]"
        ".filter(each => each.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert beyond == 0


def test_a_table_for_each_priority_with_measures(page: Page) -> None:
    headings = page.locator("main h3[id^='priority-']").all_inner_texts()
    assert [heading[:11] for heading in headings] == [f"Priority {number}." for number in (1, 2, 3, 4)]
    tables = page.locator("main table[id^='priority-']")
    assert tables.count() == 3
    assert tables.locator("tbody tr").count() == 22


def test_ratings_and_trends_are_words_and_symbols(page: Page) -> None:
    row = page.locator("#priority-2-measures tr", has_text="Overall Pass Rate")
    assert row.locator("th").inner_text() == "IN.16"
    cells = [text.split("\n")[0] for text in row.locator("td").all_inner_texts()]
    assert cells[6:] == ["▲ Amber", "➡ Stable"]
    red = page.locator("#priority-2-measures tr", has_text="priority areas").locator("td").nth(6)
    assert red.inner_text().startswith("■ Red")


def test_figures_are_the_published_ones(page: Page) -> None:
    row = page.locator("#priority-2-measures tr", has_text="Overall Retention Rate")
    cells = row.locator("td").all_inner_texts()
    assert [cell.split("\n")[0] for cell in cells[2:6]] == ["94.9%", "96.3%", "97%", "95%"]
    assert "forecast" in cells[4]


def test_headings_and_tables_are_marked_up_for_screen_readers(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en-GB"
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("main table caption").count() == page.locator("main table").count()
    scopes = page.locator("main table th").evaluate_all("cells => cells.map(cell => cell.scope)")
    assert set(scopes) == {"col", "row"}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the contents"


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    wanted = page.locator("main a[href^='#']").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    assert len(wanted) > 6
    assert [address for address in wanted if page.locator(address).count() != 1] == []


def test_charts_have_words_and_a_table_that_can_be_opened(page: Page) -> None:
    charts = page.locator("main figure")
    assert charts.count() == 2
    for chart in charts.all():
        assert len(chart.locator("[role=img]").get_attribute("aria-label") or "") > 40
        chart.locator("summary").click()
        assert chart.locator("table").is_visible()


def test_axe_finds_nothing_against_wcag_2_2_aa(page: Page) -> None:
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
    found = Axe().run(page, options=rules).response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]][:3]) for each in found] == []
