"""The page of evidence: everything is in it, grouped and in order, and hostile text is text."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from pipelines.evidence.page import evidence_files
from pipelines.publication.quarter import Quarter
from tests.sql.harness import Row, day, warehouse
from tests.sql.rows import QUARTER, quarter

HOSTILE = "</script><script>alert(1)</script>\"' onload=x =cmd() {{ 7 * 7 }}"
SEEN_ON = day("2021-11-12")


def item(number: int = 1, kind: str = "workbook", **changes: Any) -> Row:
    row: Row = {"evidence_id": f"{number:016x}", "kind": kind, "timing": "on_record", "title": f"Title {number}"}
    row |= {"date": day("2021-10-01"), "date_kind": "received", "area": "Stockport", "state": "loaded", "text": "Text."}
    return row | {"known_from": day("2021-10-01"), "workbook": "W.xlsx", "sheet": "S", "cell": "B2"} | changes


def due(number: int, date: str | None, timing: str = "due_next", **changes: Any) -> Row:
    about: Row = {
        "as_of": SEEN_ON,
        "date": date and day(date),
        "date_kind": "due",
        "timing": timing,
        "known_from": None,
    }
    return item(number, "due_data", **about, **changes)


@contextmanager
def quarter_of(*items: Row, activities: tuple[Row, ...] = ()) -> Iterator[Quarter]:
    given: Mapping[str, Any] = {
        "marts.evidence": items,
        "marts.programme_activity": activities,
        "marts.rating_definition": [{"report_quarter": QUARTER, "measure_code": "IN.16"}],
        "marts.authority": [{"authority_name": "Stockport", "organisation": "Stockport Council"}],
        "marts.reporting_quarter": [quarter()],
        "marts.risk_day": [{"report_quarter": QUARTER, "seen_on": SEEN_ON}],
    }
    with warehouse(given) as connection:
        yield Quarter(connection, QUARTER)


def files_of(*items: Row, **more: Any) -> dict[str, str]:
    with quarter_of(*items, **more) as quarter:
        return {name: content.decode() for name, content in evidence_files(quarter).items()}


def page_of(*items: Row, **more: Any) -> str:
    return files_of(*items, **more)["evidence.html"]


def headings(html: str) -> list[str]:
    return re.findall(r"<h[23] id=[^>]*>([^<]*)<", html)


def titles(html: str) -> list[str]:
    return re.findall(r'<p class="title">(?:<a[^>]*>)?([^<]*)<', html)


def test_what_is_due_comes_first_by_month_then_what_is_overdue_then_what_is_on_record() -> None:
    html = page_of(
        item(1, date=day("2021-09-01")),
        item(2),
        item(3, "report", report_quarter="2021-22-Q1"),
        due(4, "2022-02-12"),
        due(5, "2022-01-31"),
        due(6, "2022-01-15"),
        due(7, "2010-05-26", "overdue"),
        due(8, "2010-09-30", "overdue"),
        due(9, None, "goes_on"),
    )
    plan = ["What is due next", "January 2022", "February 2022", "Overdue", "Goes on, or has no day"]
    assert headings(html) == [*plan, "Evidence bank", "Report", "Workbook received"]
    assert titles(html) == [f"Title {number}" for number in (6, 5, 4, 8, 7, 9, 3, 2, 1)]


def test_what_became_known_later_or_is_told_of_another_day_is_not_in_the_page() -> None:
    after, other = item(2, known_from=day("2021-11-13")), {"as_of": day("2021-08-12")}
    html = page_of(item(1, known_from=SEEN_ON), after, item(3, known_from=None), due(4, "2022-01-01") | other)
    assert sorted(titles(html)) == ["Title 1", "Title 3"]


def test_an_action_of_which_something_is_due_is_there_once() -> None:
    told = {"as_of": SEEN_ON, "timing": "overdue"}
    html = page_of(
        item(1, "action"),
        item(2, "due_action", **told),
        item(3, "action", cell="B3"),
        item(4, "due_action", cell="B3", **told | {"as_of": day("2021-08-12")}),
        item(5, "action", known_from=day("2021-06-01")),
    )
    assert sorted(titles(html)) == ["Title 2", "Title 3", "Title 5"]


def test_what_was_superseded_later_counts_still() -> None:
    after = item(1, state="superseded", superseded_on=day("2021-11-13"))
    html = page_of(after)
    assert "uperseded" not in html and "<span>loaded</span>" in html
    assert "superseded on 12 November 2021" in page_of(after | {"superseded_on": SEEN_ON})


def test_measures_of_the_agreement_are_links_and_others_are_not() -> None:
    html = page_of(item(measure_codes="IN.16, OTHER.1"))
    assert 'Measures: <a href="dashboard/measures/IN.16.html">IN.16</a>, OTHER.1' in html


def test_the_figure_of_an_activity_is_the_public_one() -> None:
    place = {"workbook": "W.xlsx", "sheet": "S", "cell": "B2", "as_at": day("2021-10-01")}
    html = page_of(item(1, "activity"), activities=(place | {"printed": "at least 45"},))
    assert "<p>at least 45. Text.</p>" in html
    assert "<p>Text.</p>" in page_of(item(1, "activity"), activities=(place | {"printed": None},))


def test_an_item_is_found_by_each_of_its_areas_and_themes() -> None:
    html = page_of(item(1, area="Bolton; Stockport", theme="1. A; 2. B"), item(2, area="Stockport"))
    assert re.findall(r'data-f="3\|4\|([^|]*)\|0\|([^"]*)"', html) == [("0 1", "0 1"), ("2", "1")]
    assert "<option>No theme of its own</option>" in html


def test_nothing_is_said_where_there_is_nothing() -> None:
    html = page_of()
    assert html.count("<p>Nothing.</p>") == 2 and "0 items" in html


@pytest.mark.parametrize("text", [HOSTILE, "word " * 1000, "\u202etext\ufeff"])
def test_hostile_text_is_text(text: str) -> None:
    about = {
        "title": text,
        "text": text,
        "owner": text,
        "state": text,
        "source_title": text,
        "theme": text,
        "area": text,
    }
    about |= {"workbook": text, "sheet": text, "cell": text, "measure_codes": text}
    html = page_of(item(1, **about), due(2, "2022-01-31", **about))
    # the page's own script alone
    assert html.count("<script") == html.count("</script>") == 1
    assert html.count("alert(1)") == html.count("&lt;script&gt;alert(1)")
    assert not re.search(r"<[^>]*\sonload=", html)


def test_equal_figures_give_equal_bytes() -> None:
    items = [item(1), item(2), item(3, "finding"), due(4, "2022-01-31"), due(5, "2022-01-31")]
    assert files_of(*items) == files_of(*reversed(items))
    assert set(files_of(*items)) == {"evidence.html", "evidence.csv", "forward_plan.ics"}
