"""Data quality: a finding with its place as far as it has one, figures that had not come together in one line."""

from datetime import date

from pipelines.document.model import plain
from pipelines.report.awaited import awaited_items
from pipelines.report.sections.quality import finding_words


def test_a_finding_is_said_with_its_place_as_far_as_it_has_one() -> None:
    row = {"subject": "IN.16", "explanation": "No commentary.", "workbook": "C.xlsx", "sheet": "S", "cell": None}
    assert plain(finding_words(row)) == "IN.16: No commentary. (C.xlsx, sheet S)"
    assert plain(finding_words(row | {"cell": "B2"})) == "IN.16: No commentary. (C.xlsx, sheet S, cell B2)"
    assert plain(finding_words(row | {"workbook": None, "sheet": None})) == "IN.16: No commentary."


def test_measures_that_wait_for_the_same_are_named_together() -> None:
    row = {
        "next_period": "2020-21",
        "due_on": date(2021, 7, 31),
        "state": "never_received",
        "is_sent_less_often": False,
    }
    row |= {"note": None, "source_title": None, "source_sent_on": None, "grace_until": date(2021, 8, 14)}
    [line] = awaited_items([row | {"measure_code": code} for code in ("IN.5", "IN.6")])
    assert (
        plain(line) == "IN.5, IN.6: The figure of 2020-21 was due on 31 July 2021; no figure of it was ever received."
    )
