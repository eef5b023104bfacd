"""The head of a report: who has signed it, and how many measures have each status and trend."""

from datetime import date

from pipelines.document.model import Definitions
from pipelines.report.sections.summary import counts_table, criteria_blocks, signature_words
from pipelines.report.wording import STATUS_WORDS, TREND_WORDS, status_words, trend_words
from tests.unit.report.rows import cells, measure, not_rated

WHO = {"decided_on": date(2021, 12, 9), "decided_by": "C. Member", "role": "Chair"}


def test_who_signed_and_whether_it_was_restated_since_is_said() -> None:
    lock = WHO | {"action": "lock", "errata_since": 0}
    signed = WHO | {"action": "sign_off", "errata_since": 1}
    assert signature_words([lock, signed]) == (
        "Locked on 9 December 2021 by the Chair. Signed off on 9 December 2021 by the Chair (restated since)."
    )


def test_a_quarter_that_nobody_locked_is_said_to_be_open() -> None:
    assert signature_words([]) == "Not locked and not signed off: its figures may still change."


def test_counts_take_an_override_for_the_status_and_name_every_reason_for_none() -> None:
    measures = [
        measure(override_status="A", override_reason="agreed"),
        measure("IN.17", status="G"),
        not_rated("IN.14", "maximise"),
        not_rated("IN.11"),
        not_rated("IN.12"),
    ]
    rows = cells(counts_table("ratings", "Measures by status", "Status", measures, status_words, STATUS_WORDS))
    assert [(row["what"], row["count"], row["which"]) for row in rows] == [
        ("■ Red", "0", "none"),
        ("▲ Amber", "1", "IN.16"),
        ("● Green", "1", "IN.17"),
        ("Not rated: aim to maximise", "1", "IN.14"),
        ("Not rated: contextual", "2", "IN.11, IN.12"),
    ]


def test_only_statuses_have_colours() -> None:
    statuses = counts_table("s", "c", "Status", [measure()], status_words, STATUS_WORDS)
    trends = counts_table("t", "c", "Trend", [measure()], trend_words, TREND_WORDS)
    assert [statuses.cell(row, statuses.columns[0]).tone for row in statuses.rows] == ["R", "A", "G"]
    assert {trends.cell(row, trends.columns[0]).tone for row in trends.rows} == {""}


def test_every_status_and_trend_is_explained() -> None:
    [definitions] = [block for block in criteria_blocks() if isinstance(block, Definitions)]
    assert [term for term, _ in definitions.items] == [*STATUS_WORDS.values(), *TREND_WORDS.values()]
