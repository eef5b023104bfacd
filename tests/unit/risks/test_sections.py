"""The page of risks and the report's section: what reads the same stands once, and hostile text is text."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pipelines.document.model import Block, Bullets, Document, Paragraph, Table, plain
from pipelines.document.page import page
from pipelines.publication.quarter import Quarter
from pipelines.risks.page import risk_files
from pipelines.risks.sections import risk_blocks
from tests.sql.harness import Row, build, day, dec, warehouse
from tests.sql.rows import QUARTER, quarter

HOSTILE = "</script><script>alert(1)</script>\"' onload=x =cmd() {{ 7 * 7 }}"
LONG = "word " * 1000


def risk(subject: str = "IN.16", kind: str = "red", severity: str = "high", **changes: Any) -> Row:
    row: Row = {"report_quarter": QUARTER, "subject": subject, "kind": kind, "severity": severity, "severity_order": 1}
    row |= {"subject_kind": "measure", "measure_code": subject, "subject_name": "Pass rate", "theme": "2. Skills"}
    row |= {"value": dec("94"), "value_period": "2021-22", "unit": "%", "year_type": "financial", "owner": "Learning"}
    row |= {"against_value": dec("97"), "gap_pct": dec("3"), "said": "Few enrolled.", "basis": "forecast"}
    return row | {"seen_on": day("2021-11-12"), "workbook": "W.xlsx", "sheet": "S", "cell": "B4"} | changes


def action(**changes: Any) -> Row:
    about: Row = {"subject": "2010-11 1A.1", "subject_kind": "action", "measure_code": None, "theme": "1. Voice"}
    about |= {"kind": "action_overdue", "severity": "medium", "severity_order": 9, "said": None}
    return risk() | about | {"due_on": day("2010-05-26")} | changes


@contextmanager
def quarter_of(*risks: Row) -> Iterator[Quarter]:
    given = {
        "marts.risk": risks,
        "marts.priority": [{"priority": "2. Skills"}, {"priority": "3. Equality"}],
        "marts.authority": [{"authority_name": "Stockport", "organisation": "Stockport Council"}],
        "marts.reporting_quarter": [quarter()],
        "marts.risk_day": [{"report_quarter": QUARTER, "seen_on": day("2021-11-12")}],
    }
    with warehouse(given) as connection:
        build(connection, "marts.risk_kind")
        yield Quarter(connection, QUARTER)


def blocks_of(*risks: Row) -> list[Block]:
    with quarter_of(*risks) as quarter:
        return risk_blocks(quarter)


def page_of(*risks: Row) -> str:
    with quarter_of(*risks) as quarter:
        [(name, content)] = risk_files(quarter).items()
    assert name == "risks.html"
    return content.decode()


def test_risks_that_read_the_same_stand_once_with_a_link_for_each_measure() -> None:
    html = page_of(risk("IN.16", cell="B4"), risk("IN.17", cell="B5"), risk("IN.18", value=dec("93")))
    assert '<a href="dashboard/measures/IN.16.html"><strong>IN.16</strong></a> Pass rate; <a href="dashb' in html
    assert "cells B4, B5" in html
    assert html.count("Few enrolled.") == 2


def test_the_gravest_comes_first_within_its_priority_and_a_priority_without_risks_says_so() -> None:
    html = page_of(risk("IN.18", severity_order=5, severity="medium", kind="amber"), risk("IN.19"))
    assert html.index("IN.19") < html.index("IN.18")
    equality = html[html.index('id="priority-2">Priority 3. Equality') :]
    assert "No risk was found" in equality[:200]


def test_an_overdue_action_is_told_with_its_printed_risks_or_that_there_are_none() -> None:
    html = page_of(action(said="Cost of the portal."), action(subject="2010-11 1A.2"))
    assert "Cost of the portal." in html and "None printed" in html
    assert "2 actions had passed their last day on 12 November 2021" in html


def test_the_section_of_the_report_has_what_is_grave_and_counts_the_rest() -> None:
    low = risk("IN.17", "reading_sensitive", "low", severity_order=16)
    said, table, counts, link = blocks_of(risk(), low, action())
    assert isinstance(said, Paragraph) and plain(said.words).startswith("Risks by severity: 1 high, 1 medium, 1 low.")
    assert isinstance(table, Table) and len(table.rows) == 1
    # the report has the commentary beside the rating
    assert "Few enrolled." not in str(table)
    assert isinstance(counts, Bullets)
    assert list(counts.items) == ["Action is overdue: 1", "Rating hangs on how 5% is read: 1"]
    assert "risks.html" in str(link)


def test_a_quarter_without_risks_has_a_section_that_says_so() -> None:
    said, _ = blocks_of()
    assert isinstance(said, Paragraph) and "0 high, 0 medium, 0 low" in plain(said.words)


@pytest.mark.parametrize("text", [HOSTILE, LONG])
def test_hostile_text_is_text(text: str) -> None:
    about = {"subject_name": text, "said": text, "owner": text, "workbook": text, "sheet": text, "cell": text}
    source: Row = {"subject_kind": "source", "measure_code": None, "theme": None, "source_title": text}
    source |= {"kind": "source_overdue", "due_on": day("2021-07-31"), "source_sent_on": day("2021-07-15")}
    risks = [risk(text) | about, action(value_period=text) | about, risk("fund") | about | source]
    html = page_of(*risks)
    assert "<script" not in html and "{{" not in html.replace("{{ 7 * 7 }}", "")
    section = page(Document("T", "O", [], blocks_of(*risks)))
    assert "<script" not in section


def test_equal_figures_give_equal_bytes() -> None:
    risks = [risk("IN.16"), risk("IN.17"), action()]
    assert page_of(*risks) == page_of(*reversed(risks))


def test_what_is_of_high_severity_stands_before_all_priorities_and_sections_can_be_reached() -> None:
    html = page_of(risk("IN.18", severity_order=5, severity="medium", kind="amber"), risk("IN.19"))
    high = html[html.index('id="high"') : html.index('id="sections"')]
    assert "IN.19" in high and "IN.18" not in high
    for place in re.findall(r'href="#([\w-]+)"', html[html.index('id="sections"') :]):
        assert f'id="{place}"' in html
    assert 'id="high"' not in page_of(risk("IN.18", severity_order=5, severity="medium", kind="amber"))
