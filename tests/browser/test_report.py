"""The report as a reader sees it, at the width of a desk and of a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import Installation

pytestmark = pytest.mark.browser

WIDTHS = {"desk": 1280, "phone": 390}


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
        "[...document.querySelectorAll('td')]"
        ".filter(cell => cell.getBoundingClientRect().right > innerWidth + 1).length"
    )
    assert beyond == 0


def test_a_table_for_each_priority_with_measures(page: Page) -> None:
    headings = page.locator("main section h2").all_inner_texts()
    assert [heading[:11] for heading in headings] == [f"Priority {number}." for number in (1, 2, 3, 4)]
    assert page.locator("main table.gt_table").count() == 3
    assert page.locator("main table.gt_table tbody tr").count() == 22


def test_ratings_and_trends_are_words_and_symbols(page: Page) -> None:
    row = page.locator("tr", has_text="Overall Pass Rate").first
    cells = [text.split("\n")[0] for text in row.locator("td").all_inner_texts()]
    assert cells[0] == "IN.16"
    assert cells[7] == "▲ Amber"
    assert cells[8] == "➡ Stable"
    red = page.locator("tr", has_text="priority areas").first.locator("td").nth(7)
    assert red.inner_text().startswith("■ Red")


def test_figures_are_the_published_ones(page: Page) -> None:
    row = page.locator("tr", has_text="Overall Retention Rate").first
    cells = row.locator("td").all_inner_texts()
    assert [cell.split("\n")[0] for cell in cells[3:7]] == ["94.9%", "96.3%", "97%", "95%"]
    assert "forecast" in cells[5]


def test_headings_are_marked_up_for_screen_readers(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("h1").count() == 1
    assert page.locator("main table caption").count() == page.locator("main table").count()
    scopes = page.locator("main table th").evaluate_all("cells => cells.map(cell => cell.scope)")
    assert set(scopes) == {"col"}
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the measures"
