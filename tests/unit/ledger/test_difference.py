"""Cell by cell, what differs between two editions, and which edition followed which."""

from datetime import date

from pipelines.contract.outcome import Reading
from pipelines.ledger.difference import CellDifference, differences, successions
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period
from pipelines.read.sheet import Cell, Sheet, sheet_of_cells

BEFORE = [sheet_of_cells("S", [Cell(2, 2, "43"), Cell(3, 2, "7"), Cell(4, 2, "", problem="#REF!")])]


def differing(*after: Sheet) -> list[CellDifference]:
    return differences(BEFORE, after)


def test_equal_sheets_do_not_differ() -> None:
    assert differing(sheet_of_cells("S", [Cell(2, 2, "43"), Cell(3, 2, "7"), Cell(4, 2, "", problem="#REF!")])) == []


def test_changed_added_and_removed_cells_are_told_in_the_order_of_rows() -> None:
    after = sheet_of_cells("S", [Cell(2, 2, "44"), Cell(2, 4, "new"), Cell(4, 2, "9")])
    assert differing(after) == [
        CellDifference("S", "B2", "43", "44"),
        CellDifference("S", "D2", None, "new"),
        CellDifference("S", "B3", "7", None),
        CellDifference("S", "B4", "#REF!", "9"),
    ]


def test_sheet_that_comes_or_goes_differs_in_all_its_cells() -> None:
    assert [(d.sheet, d.cell, d.text) for d in differing(*BEFORE, sheet_of_cells("T", [Cell(1, 1, "x")]))] == [
        ("T", "A1", "x")
    ]
    assert [d.text for d in differing()] == [None, None, None]


def edition(content: str, *intervals: tuple[int, int | None], period: str = "2021-22-Q2") -> Edition:
    def day(number: int) -> date:
        return date(2021, 10, number)

    reading = Reading("s", "a.xlsx", content, Period(period, day(1), day(2), "quarter"))
    spans = [(day(start), None if end is None else day(end)) for start, end in intervals]
    return Edition(Receipt("s", "a.xlsx", content, day(1)), "loaded", reading=reading, intervals=spans)


def test_each_change_of_what_counts_is_a_succession() -> None:
    first, second = edition("A", (1, 3), (6, None)), edition("B", (3, 6))
    other = edition("C", (3, None), period="2021-22-Q3")
    found = [
        (each.day.day, each.previous.receipt.sha256, each.edition.receipt.sha256)
        for each in successions([first, second, other])
    ]
    assert found == [(3, "A", "B"), (6, "B", "A")]
