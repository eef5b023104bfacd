"""The pages of the open data and of the dictionary as a reader sees them, and as axe judges them."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pipelines.dictionary.page import dictionary
from pipelines.document.page import page
from pipelines.open_data.files import open_data_files
from pipelines.publication.catalogue import public_tables
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter

pytestmark = pytest.mark.browser

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = ("open_data/index.html", "dictionary.html")


@pytest.fixture(scope="module")
def folder(small_quarter: Quarter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("pages")
    for name, content in open_data_files(small_quarter).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(content)
    # axe takes minutes over all tables, and each looks like the others
    tables = list(public_tables(small_quarter.connection).values())[:5]
    links = small_quarter.rows("from audit.column_lineage")
    links += [{"table_name": tables[0].name, "column_name": "x", "upstream_table": "staging.x", "upstream_column": "x"}]
    shown = page(dictionary(tables, links, {}, "1.0.0", "A Council"), navigation=navigation(), here="dictionary.html")
    (root / "dictionary.html").write_text(shown, encoding="utf-8")
    return root


@pytest.fixture(params=PAGES)
def opened(request: pytest.FixtureRequest, browser: Browser, folder: Path) -> Iterator[Page]:
    """A page open on a phone; whatever it asks the network for fails the test."""
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    asked: list[str] = []
    opened.on("request", lambda sent: asked.append(sent.url))
    opened.goto((folder / request.param).as_uri())
    yield opened
    opened.close()
    assert [url for url in asked if not url.startswith("file:")] == []


def test_axe_finds_nothing_and_nothing_lies_beyond_the_edge(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = Axe().run(opened, options=WCAG)
    assert [violation["id"] for violation in found.response["violations"]] == []


def test_headings_are_in_order(opened: Page) -> None:
    levels = opened.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(each => Number(each.tagName[1]))")
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
