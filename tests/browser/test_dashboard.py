"""The dashboard as its readers use it: from a file share, by keyboard, on a phone, in the dark, without a script."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipelines.dashboard.site import dashboard_files
from pipelines.publication.public import public_figures
from pipelines.publication.quarter import Quarter
from tests.conftest import Installation

pytestmark = pytest.mark.browser

QUICKLY: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
"""Preloading asks for stylesheets again, which no page may do that is opened from a file."""

WCAG_22_AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}} | QUICKLY

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}} | QUICKLY
"""All that the dark changes."""

KINDS = [
    *("index.html", "finance.html", "grants.html", "actions.html", "survey.html", "sector.html", "quality.html"),
    *("how-ratings-work.html", "measures/IN.11.html", "measures/IN.16.html", "measures/IN.2.html", "as-at"),
]
"""A page of every kind: of measures one with intervals, one with a target, one with quarters."""

SHIFTS = """
() => new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((seen) => { for (const shift of seen.getEntries()) moved += shift.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 150);
})
"""


@pytest.fixture(scope="module")
def dashboard(published: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dashboards of both quarters, written anew: whatever the nightly wrote, these are of this code."""
    root: Path = tmp_path_factory.mktemp("reports")
    with public_figures(published.paths.published) as connection:
        for label in ("2021-22-Q1", "2021-22-Q2"):
            for name, content in dashboard_files(Quarter(connection, label)).items():
                (root / label / name).parent.mkdir(parents=True, exist_ok=True)
                (root / label / name).write_bytes(content)
    return root / "2021-22-Q2" / "dashboard"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a desk's width; what it asks the network for, or complains of, fails the test."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []


def address(dashboard: Path, kind: str) -> str:
    """The address of a page of a kind; an overview as known later is of the quarter that was restated."""
    if kind == "as-at":
        [*_, last] = sorted((dashboard.parents[1] / "2021-22-Q1" / "dashboard" / "as-at").iterdir())
        return last.as_uri()
    return (dashboard / kind).as_uri()


def shown(page: Page) -> list[str]:
    """Codes of the measures that are to be seen."""
    rows = page.locator(".priority tbody tr:visible th")
    return [text.split()[0] for text in rows.all_inner_texts()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_and_fits(page: Page, dashboard: Path, kind: str) -> None:
    page.goto(address(dashboard, kind))
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    light = Axe().run(page, options=WCAG_22_AA)
    page.emulate_media(color_scheme="dark")
    dark = Axe().run(page, options=CONTRAST)
    for found in (light, dark):
        assert found.violations_count == 0, found.generate_report()
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width
    levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map((each) => Number(each.tagName[1]))")
    assert levels[0] == 1 and all(after - before <= 1 for before, after in pairwise(levels))


def test_filters_are_worked_by_keyboard_and_the_view_can_be_sent_on(page: Page, dashboard: Path) -> None:
    page.goto(address(dashboard, "index.html"))
    assert page.locator("#shown").inner_text() == "All 22 measures are shown."
    everything = shown(page)
    assert len(everything) == 22
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the contents"
    while page.evaluate("document.activeElement.id") != "filter-rating":
        page.keyboard.press("Tab")
    for _ in ("Red", "Amber"):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#shown")).to_have_text("2 of 22 measures are shown.")
    assert shown(page) == ["IN.16", "IN.18"]
    for _ in ("trend", "owner", "search"):
        page.keyboard.press("Tab")
    page.keyboard.type("pass rate")
    expect(page.locator("#shown")).to_have_text("1 of 22 measures is shown.")
    assert shown(page) == ["IN.16"]
    sent_on = page.url
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # the page answers a key in its own time
    expect(page.locator("#shown")).to_have_text("All 22 measures are shown.")
    assert shown(page) == everything
    page.goto("about:blank")
    page.goto(sent_on)
    assert shown(page) == ["IN.16"]
    assert page.locator("#filter-search").input_value() == "pass rate"


def test_a_choice_that_fits_nothing_says_so(page: Page, dashboard: Path) -> None:
    page.goto(address(dashboard, "index.html") + "#search=no+such+measure")
    assert shown(page) == []
    assert page.locator("#shown").inner_text().startswith("No measure fits")
    page.goto("about:blank")
    page.goto(address(dashboard, "index.html") + "#rating=Purple")
    assert len(shown(page)) == 22


@pytest.mark.parametrize("chosen", ["", "#rating=%E2%96%A0+Red"])
def test_nothing_moves_while_a_page_opens(page: Page, dashboard: Path, chosen: str) -> None:
    page.goto(address(dashboard, "index.html") + chosen)
    assert page.evaluate(SHIFTS) == 0


def test_overview_reads_without_a_script(browser: Browser, dashboard: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address(dashboard, "index.html"))
        assert len(shown(page)) == 22
        assert page.locator("#filters").is_hidden()
        assert page.locator("tr", has_text="IN.16").first.locator("td").all_inner_texts()[0] == "▲ Amber"


def test_every_link_leads_somewhere_in_what_was_made(dashboard: Path, page: Page) -> None:
    """Other outputs of the quarter are made elsewhere: their links are told by what lies above the dashboard."""
    for kind in KINDS:
        page.goto(address(dashboard, kind))
        links = page.locator("a").evaluate_all("all => all.map((each) => each.href.split('#')[0])")
        inside = [link for link in links if "/dashboard/" in link]
        missing = [link for link in inside if not Path(link.removeprefix("file://")).exists()]
        assert inside and not missing
