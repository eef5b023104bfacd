"""Pages of a dashboard: whatever a workbook says comes out as text, and what is missing is said."""

import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from pipelines.dashboard.actions import action_blocks
from pipelines.dashboard.frame import framed, measure_file
from pipelines.dashboard.history import Beside
from pipelines.dashboard.measure import Notes, measure_blocks
from pipelines.dashboard.overview import overview_html
from pipelines.dashboard.ratings import rating_blocks
from pipelines.dashboard.survey import survey_blocks
from tests.unit.dashboard.made_up import HOSTILE, contents, figure, origin, rating


class Elements(HTMLParser):
    """Names of the elements of a page and of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


def assert_inert(html: str, *, has_script: bool = False) -> None:
    found = Elements()
    found.feed(html)
    assert has_script or "script" not in found.names
    assert not {name for name in found.attributes if name.startswith("on")}
    assert "alert(1)</script>" not in html
    assert "{{ 7" in html and "49" not in re.sub(r"<svg.*?</svg>", "", html, flags=re.S)


def notes(**found: Any) -> Notes:
    empty: dict[str, Any] = {"definitions": {}, "forecasts": {}, "accuracy": {}, "illustrative": {}}
    return Notes(**(empty | {"restated": [], "moved": [], "findings": []} | found))


def measure_page(row: dict[str, Any], *figures: dict[str, Any], **found: Any) -> str:
    given = contents(row, figures=figures, cells=(origin(),))
    blocks = list(measure_blocks(row, figures, given, notes(**found), Beside({}, {})))
    return framed(given, row["measure_name"], blocks, measure_file(row["measure_code"])).decode()


def test_hostile_text_is_text_in_the_overview() -> None:
    texts = dict.fromkeys(("measure_code", "measure_name", "priority", "owner"), HOSTILE)
    row = rating(**texts, override_status="G", override_reason=HOSTILE)
    given = contents(row, figures=(figure(measure_code=HOSTILE), figure("2020-21", "90", measure_code=HOSTILE)))
    html = overview_html(given, given.ratings, given.figures, "index.html")
    assert_inert(html, has_script=True)
    assert html.count("<script") == 1


def test_hostile_text_is_text_on_the_page_of_a_measure() -> None:
    texts = dict.fromkeys(("measure_name", "priority", "owner", "note", "commentary", "category"), HOSTILE)
    finding = {"subject": f"IN.1 {HOSTILE}", "explanation": HOSTILE, "workbook": HOSTILE, "sheet": "s", "cell": "A1"}
    defined = dict.fromkeys(("numerator", "denominator", "workbook", "sheet", "cell"), HOSTILE)
    figures = (figure("2020-21", "90", note=HOSTILE), figure())
    given = contents(
        rating(**texts), figures=figures, cells=(origin(**dict.fromkeys(("workbook", "cell_text"), HOSTILE)),)
    )
    said = notes(findings=[finding], definitions={"IN.1": defined}, illustrative={"ab" * 32: HOSTILE})
    blocks = list(measure_blocks(given.ratings[0], figures, given, said, Beside({}, {})))
    html = framed(given, HOSTILE, blocks, measure_file("IN.1")).decode()
    assert_inert(html)
    assert html.count("&lt;/script&gt;") >= 12


def test_hostile_text_is_text_on_other_pages() -> None:
    action = dict.fromkeys(("action_code", "delivery", "owners", "target_date", "workbook", "sheet"), HOSTILE)
    stretch = action | {"plan_year": "2010-11", "status": "due", "status_from": date(2010, 6, 8)}
    stretch |= {"status_until": None, "done_on_cell": None, "target_date_cell": None, "sheet_row": 7}
    asked: dict[str, Any] = {
        "measure_code": "IN.1",
        "area_name": HOSTILE,
        "period_label": HOSTILE,
        "is_authority": True,
        "is_illustrative": True,
    }
    asked |= dict.fromkeys(("agree_pct", "low_pct", "high_pct"), Decimal(76)) | {
        "base_count": 1261,
        "in_words": HOSTILE,
    }
    asked |= dict.fromkeys(("strongly_agree_pct", "tend_to_agree_pct", "compared_pct")) | {"compared_period": HOSTILE}
    given = contents(rating())
    blocks = [*action_blocks([stretch], date(2021, 11, 12)), *survey_blocks([asked], {"IN.1": HOSTILE})]
    assert_inert(framed(given, "Other", blocks, "other.html").decode())
    assert "Illustrative, not published" in str(list(survey_blocks([asked], {})))
    assert "Illustrative" not in str(list(survey_blocks([asked | {"is_illustrative": False}], {})))


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("IN.1.1", "measures/IN.1.1.html"),
        ("../../etc/passwd", "measures/.._2f_.._2f_etc_2f_passwd.html"),
        ("a_2f_b", "measures/a_5f_2f_5f_b.html"),
        ("Größe 1", "measures/Gr_f6__df_e_20_1.html"),
    ],
)
def test_a_code_never_leads_out_of_its_folder_nor_to_the_file_of_another(code: str, file: str) -> None:
    assert measure_file(code) == file


def test_missing_figures_are_said_with_their_reason() -> None:
    row = rating(value=None, value_kind=None, value_period=None, status=None, status_reason="not_collected")
    html = measure_page(row | {"trend": None, "trend_reason": "not_collected"}, figure(value=None))
    assert "No figure" in html and "Not rated: not collected" in html
    assert re.search(r'data-label="Figure"[^>]*><span>not collected', html)


def test_a_figure_that_came_or_went_is_said_to_have_been_given_or_not() -> None:
    came: dict[str, Any] = dict.fromkeys(("old_value", "old_availability"))
    came |= {"measure_code": "IN.1", "restated_on": date(2021, 12, 1), "period_label": "2020-21", "component": "total"}
    came |= {"new_value": Decimal(90), "new_availability": "value", "new_workbook": "New.xlsx"}
    came |= {"new_sheet": "Data", "new_cell": "B4"}
    went = came | {"old_value": Decimal(90), "new_value": None, "new_availability": None, "new_workbook": None}
    went |= dict.fromkeys(("new_sheet", "new_cell"))
    html = measure_page(rating(), figure(), restated=[came, went])
    assert "was not given and is 90% (New.xlsx, sheet Data, cell B4)<" in html
    assert "was 90% and is not given<" in html


def test_how_ratings_work_says_what_exactly_5_per_cent_is() -> None:
    said = str(list(rating_blocks(contents())))
    assert "‘slightly (<5%) below target’" in said and "exactly 5% open: here it is Amber" in said


def test_a_forecast_is_said_in_words() -> None:
    html = measure_page(rating(value_kind="forecast"), figure("2020-21", "90"), figure(value_kind="forecast"))
    assert "2021/22; forecast" in html
    assert "hollow: forecast" in html
    assert "93.2% in 2021/22 (forecast)" in html


def test_one_figure_is_no_history() -> None:
    assert "<figure" not in measure_page(rating(), figure())
    assert "<figure" in measure_page(rating(), figure("2020-21", "90"), figure())


@pytest.mark.parametrize(
    ("subject", "is_named"),
    [
        ("IN.1, 2021-22", True),
        ("IN.1 and IN.2", True),
        ("Of IN.1.", True),
        ("IN.1.1, 2021-22", False),
        ("MIN.1", False),
        ("IN.10", False),
    ],
)
def test_findings_are_those_that_name_the_measure(subject: str, is_named: bool) -> None:
    finding = {"subject": subject, "explanation": "", "workbook": None, "sheet": None, "cell": None}
    assert bool(notes(findings=[finding]).findings_on("IN.1")) is is_named


def test_other_quarters_are_a_link_away_from_every_depth() -> None:
    given = contents(rating())
    for here, up in (("index.html", ""), (measure_file("IN.1"), "../")):
        html = framed(given, "A page", [], here).decode()
        assert f'<a href="{up}../../2021-22-Q1/dashboard/index.html">2021/22 Q1</a>' in html
        assert f'href="{up}static/dashboard.css"' in html
        assert "<strong>2021/22 Q2 (this one)</strong>" in html


def test_action_is_shown_under_its_status_of_the_day() -> None:
    about: dict[str, Any] = dict.fromkeys(("owners", "target_date", "done_on_cell"))
    about |= {"plan_year": "2010-11", "action_code": "1A", "delivery": "Do it"}
    about |= {"workbook": "Plan.xlsx", "sheet": "Plan", "target_date_cell": "C7", "sheet_row": 7}
    due = about | {"status": "due", "status_from": date(2010, 6, 8), "status_until": date(2010, 10, 1)}
    overdue = about | {"status": "overdue", "status_from": date(2010, 10, 1), "status_until": None}
    headings = [
        [getattr(block, "text", "") for block in action_blocks(rows, known_by)]
        for known_by, rows in ((date(2010, 9, 30), [due]), (date(2010, 10, 1), [due, overdue]))
    ]
    assert "○ Due (1)" in headings[0]
    assert "▲ Overdue (1)" in headings[1] and "○ Due (1)" not in headings[1]
