"""The pages of risks and of evidence as readers use them: by keyboard, on a phone, in the dark, without a script."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pipelines.document.model import Document
from pipelines.document.page import page as page_of
from pipelines.evidence.items import Item
from pipelines.evidence.page import STYLE, bank
from tests.conftest import Installation

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = ("risks.html", "evidence.html")
WIDTHS = (360, 1440)


@pytest.fixture
def folder(published: Installation) -> Path:
    return published.paths.reports / "2021-22-Q2"


@pytest.fixture
def evidence(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page of evidence; whatever it complains of, or asks the network for, fails the test."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: None if sent.url.startswith("file:") else wrong.append(sent.url))
        page.goto((folder / "evidence.html").as_uri())
        yield page
        assert wrong == []


def shown(page: Page) -> int:
    return page.locator("ol.items > li").evaluate_all("items => items.filter(item => item.checkVisibility()).length")  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_in_light_and_dark_and_fit_a_phone_and_a_desk(
    browser: Browser, folder: Path, name: str
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((folder / name).as_uri())
        for width, scheme in zip(WIDTHS, ("light", "dark"), strict=True):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            # of what is not laid out it cannot tell the contrast
            page.add_style_tag(content="ol.items { content-visibility: visible !important; }")
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_level_at_a_time(browser: Browser, folder: Path, name: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto((folder / name).as_uri())
        levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(each => Number(each.tagName[1]))")
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_without_a_script_everything_reads_and_no_filter_is_there(browser: Browser, folder: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((folder / "evidence.html").as_uri())
        expect(page.locator("#filters")).to_be_hidden()
        count = page.locator("ol.items > li").count()
        assert count > 150
        assert page.locator("ol.items > li:visible").count() == count
        headings = page.locator("main h2").all_inner_texts()
    assert headings == ["What is due next", "Evidence bank"]


def test_words_are_looked_for_as_they_are_typed_and_the_number_is_told(evidence: Page) -> None:
    everything = shown(evidence)
    status = evidence.get_by_role("status")
    evidence.get_by_label("Words to look for").press_sequentially("Portal engagement")
    expect(status).to_have_text(f"{shown(evidence)} of {everything} items are shown")
    assert 0 < shown(evidence) < everything
    texts = evidence.locator("ol.items > li:not([hidden])").all_text_contents()
    assert all("portal" in text.lower() and "engagement" in text.lower() for text in texts)
    assert evidence.locator("h3:visible").count() < evidence.locator("h3").count()
    evidence.get_by_label("Words to look for").fill("no such words")
    expect(status).to_have_text(f"0 of {everything} items are shown")
    evidence.get_by_role("button", name="Show everything").click()
    expect(status).to_have_text(f"All {everything} items are shown")
    assert shown(evidence) == everything


def test_filters_are_reached_and_used_by_keyboard_and_kept_in_the_address(evidence: Page) -> None:
    evidence.get_by_label("Words to look for").focus()
    for label in ("When", "Kind"):
        evidence.keyboard.press("Tab")
        assert evidence.evaluate("document.activeElement.labels[0].textContent") == label
    evidence.keyboard.type("Finding")
    findings = shown(evidence)
    assert findings == evidence.locator("#kind-finding").locator("xpath=..").locator("li").count()
    evidence.keyboard.press("Tab")
    evidence.keyboard.type("2. Enabling")
    kept = shown(evidence)
    assert 0 < kept < findings
    assert "kind=Finding&theme=2.+Enabling" in evidence.url
    evidence.reload()
    assert shown(evidence) == kept
    assert evidence.get_by_label("Kind").input_value() == "Finding"


def test_days_and_areas_narrow_what_is_shown(evidence: Page) -> None:
    evidence.get_by_label("From day").fill("2021-11-12")
    evidence.get_by_label("To day").fill("2022-01-31")
    days = evidence.locator("ol.items > li:not([hidden])").evaluate_all("items => items.map(item => item.dataset.d)")
    assert days and all("2021-11-12" <= each <= "2022-01-31" for each in days)
    evidence.get_by_role("button", name="Show everything").click()
    evidence.get_by_label("Area").select_option("Bolton")
    assert 0 < shown(evidence) < 20
    evidence.get_by_label("When").select_option("Due next")
    assert shown(evidence) == 0


def test_an_address_leads_to_what_it_names_and_a_wrong_one_to_everything(evidence: Page) -> None:
    everything = shown(evidence)
    evidence.evaluate("location.hash = 'kind=Commentary'")
    evidence.wait_for_function("document.querySelectorAll('ol.items > li[hidden]').length > 0")
    evidence.evaluate("location.hash = 'kind=No+such+kind&when=%3Cscript%3E'")
    evidence.wait_for_function("document.querySelectorAll('ol.items > li[hidden]').length === 0")
    assert shown(evidence) == everything


def test_five_thousand_items_are_searched_within_a_tenth_of_a_second(browser: Browser, tmp_path: Path) -> None:
    item = Item(
        *("", "finding", "on_record", date(2021, 1, 1), "received", ("Stockport",), ("1. Theme",), "Source", "Owner"),
        *("warn", "A title of a finding", "A text that has some length to be searched in. " * 5, (), "", None),
        *("W.xlsx", "S", "B2", ("Owner", "1. Theme", "Stockport")),
    )
    items = [
        Item(
            **vars(item)
            | {"id": f"{number:016x}", "day": item.day + timedelta(number % 700), "title": f"Number {number}"}
        )
        for number in range(5000)
        if item.day
    ]
    path = tmp_path / "large.html"
    path.write_text(page_of(Document("Large", "A council", [], []), style=STYLE, extra=bank(items)), encoding="utf-8")
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.get_by_label("Words to look for").focus()
        took = page.evaluate(
            """words => words.map(typed => {
                const [field, began] = [document.getElementById("f-q"), performance.now()];
                field.value = typed;
                field.dispatchEvent(new Event("input", {bubbles: true}));
                document.body.getBoundingClientRect();
                return performance.now() - began;
            })""",
            ["n", "nu", "number 1", "number 12", "number", "zzz", "", "number 4999"],
        )
        # the middle one: a machine that does other things besides makes single ones slow
        assert sorted(took)[len(took) // 2] < 100
        assert shown(page) == 1
