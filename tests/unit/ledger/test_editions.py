"""Which edition counts from when to when."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.contract.outcome import Finding, Reading
from pipelines.ledger.decisions import Decision
from pipelines.ledger.editions import decide_editions
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period

SOURCE = "dwp_grants"
Q2 = Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter")
Q3 = Period("2021-22-Q3", date(2021, 10, 1), date(2022, 1, 1), "quarter")
DAY_1, DAY_2, DAY_3 = date(2021, 10, 15), date(2021, 10, 18), date(2021, 10, 20)
BAD = Finding("Spend", "A8", "paid_on", "31/02/2021", "as promised", "no such day")

Line = tuple[str, str, date]
"""Workbook, content and day of a receipt."""


def decide(
    lines: Sequence[Line],
    *,
    periods: dict[str, Period] | None = None,
    refused: Sequence[str] = (),
    missing: Sequence[str] = (),
) -> list[Edition]:
    """Editions of these receipts. periods: of a workbook, where not Q2. refused, missing: contents."""
    receipts = [Receipt(SOURCE, name, content, day) for name, content, day in lines]
    readings = {
        (SOURCE, name, content): Reading(
            SOURCE,
            name,
            content,
            period=(periods or {}).get(name, Q2),
            findings=[BAD] if content in refused else [],
        )
        for name, content, _ in lines
        if content not in missing
    }
    return decide_editions(receipts, readings)


def fates(editions: Sequence[Edition]) -> list[tuple[str, str, date | None]]:
    return [(edition.receipt.sha256, edition.outcome, edition.superseded_on) for edition in editions]


def counting_on(editions: Sequence[Edition], day: date) -> list[str]:
    """Contents that count on a day."""
    return [
        edition.receipt.sha256
        for edition in editions
        if edition.counts and edition.as_at <= day and (edition.superseded_on is None or day < edition.superseded_on)
    ]


def test_single_edition_counts_without_end() -> None:
    (edition,) = decide([("a.xlsx", "A", DAY_1)])
    assert (edition.outcome, edition.as_at, edition.superseded_on, edition.counts) == ("loaded", DAY_1, None, True)
    assert edition.reason == ""


def test_later_edition_supersedes_from_its_day_on() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a corrected.xlsx", "B", DAY_3)])
    assert fates(editions) == [("A", "superseded", DAY_3), ("B", "loaded", None)]
    assert editions[0].reason == "superseded by 'a corrected.xlsx', received 20/10/2021"
    assert [counting_on(editions, day) for day in (DAY_1, DAY_2, DAY_3)] == [["A"], ["A"], ["B"]]


def test_file_put_back_as_it_was_counts_again() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a.xlsx", "B", DAY_2), ("a.xlsx", "A", DAY_3)])
    assert fates(editions) == [("A", "superseded", DAY_2), ("B", "superseded", DAY_3), ("A", "loaded", None)]
    assert [counting_on(editions, day) for day in (DAY_1, DAY_2, DAY_3)] == [["A"], ["B"], ["A"]]


def test_same_bytes_under_another_name_are_a_duplicate() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("copy of a.xlsx", "A", DAY_2)])
    assert fates(editions) == [("A", "loaded", None), ("A", "duplicate", None)]
    assert editions[1].reason == "the same bytes as 'a.xlsx', received 15/10/2021"
    assert not editions[1].counts


def test_same_bytes_under_two_names_on_one_day_are_no_conflict() -> None:
    assert fates(decide([("a.xlsx", "A", DAY_1), ("b.xlsx", "A", DAY_1)])) == [
        ("A", "loaded", None),
        ("A", "duplicate", None),
    ]


def test_two_names_on_one_day_conflict_and_neither_counts() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_1)])
    assert fates(editions) == [("A", "conflict", None), ("B", "conflict", None)]
    assert "'a.xlsx' and 'b.xlsx' came on one day for one period" in editions[0].reason
    assert counting_on(editions, DAY_3) == []


def test_earlier_edition_counts_on_through_a_conflict() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_2), ("c.xlsx", "C", DAY_2)])
    assert fates(editions) == [("A", "loaded", None), ("B", "conflict", None), ("C", "conflict", None)]
    assert counting_on(editions, DAY_3) == ["A"]


def test_edition_after_a_conflict_settles_it() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_2), ("c.xlsx", "C", DAY_2), ("d.xlsx", "D", DAY_3)])
    assert [edition.outcome for edition in editions] == ["superseded", "conflict", "conflict", "loaded"]
    assert editions[0].superseded_on == DAY_3


def test_later_line_of_the_same_name_and_day_supersedes() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a.xlsx", "B", DAY_1)])
    assert fates(editions) == [("A", "superseded", DAY_1), ("B", "loaded", None)]
    assert counting_on(editions, DAY_1) == ["B"]


def test_quarantined_newer_edition_leaves_the_earlier_one_counting() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a.xlsx", "B", DAY_2)], refused=["B"])
    assert fates(editions) == [("A", "loaded", None), ("B", "quarantined", None)]
    assert editions[1].reason == "sheet 'Spend', cell A8: no such day"
    assert counting_on(editions, DAY_3) == ["A"]


def test_quarantined_edition_is_no_rival_in_a_conflict() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_1)], refused=["B"])
    assert [edition.outcome for edition in editions] == ["loaded", "quarantined"]


def test_bytes_that_are_nowhere_are_said_to_be_missing() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a.xlsx", "B", DAY_2)], missing=["B"])
    assert fates(editions) == [("A", "loaded", None), ("B", "missing_bytes", None)]
    assert "its bytes are neither in raw/ nor in the archive" in editions[1].reason
    assert editions[1].reading is None


def test_other_periods_and_other_sources_are_no_rivals() -> None:
    editions = decide([("q2.xlsx", "A", DAY_1), ("q3.xlsx", "B", DAY_1)], periods={"q3.xlsx": Q3})
    assert [edition.outcome for edition in editions] == ["loaded", "loaded"]
    receipts = [Receipt("one", "a.xlsx", "A", DAY_1), Receipt("two", "a.xlsx", "B", DAY_1)]
    readings = {(r.source, r.workbook, r.sha256): Reading(r.source, r.workbook, r.sha256, period=Q2) for r in receipts}
    assert [edition.outcome for edition in decide_editions(receipts, readings)] == ["loaded", "loaded"]


def test_editions_stand_in_the_registers_order() -> None:
    lines = [("c.xlsx", "C", DAY_3), ("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_2)]
    assert fates(decide(lines)) == [("C", "loaded", None), ("A", "superseded", DAY_2), ("B", "superseded", DAY_3)]


days_apart = st.lists(
    st.tuples(st.sampled_from(["a.xlsx", "b.xlsx", "c.xlsx"]), st.sampled_from("ABCD")), min_size=1, max_size=8
).map(lambda pairs: [(name, content, DAY_1 + timedelta(days=number)) for number, (name, content) in enumerate(pairs)])


@given(lines=days_apart, data=st.data())
def test_order_of_lines_on_different_days_plays_no_part(lines: list[Line], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(lines))
    fate_of = {edition.receipt: (edition.outcome, edition.superseded_on) for edition in decide(lines)}
    assert {edition.receipt: (edition.outcome, edition.superseded_on) for edition in decide(shuffled)} == fate_of


@given(days_apart)
def test_on_every_day_the_latest_content_counts_and_nothing_else(lines: list[Line]) -> None:
    editions = decide(lines)
    for _, content, day in lines:
        assert counting_on(editions, day) == [content]
    assert counting_on(editions, DAY_1 - timedelta(days=1)) == []


@given(lines=days_apart, refused=st.sets(st.sampled_from("ABCD")))
def test_refused_content_never_counts_and_never_ends_another(lines: list[Line], refused: set[str]) -> None:
    editions = decide(lines, refused=sorted(refused))
    sound = [line for line in lines if line[1] not in refused]
    assert {edition.receipt.sha256 for edition in editions if edition.counts} == {content for _, content, _ in sound}
    assert counting_on(editions, DAY_3 + timedelta(days=30)) == [content for _, content, _ in sound[-1:]]


@pytest.mark.parametrize("outcome", ["quarantined", "conflict", "duplicate", "alias", "missing_bytes", "ignored"])
def test_what_was_not_taken_has_no_rows_in_the_warehouse(outcome: str) -> None:
    assert not Edition(Receipt(SOURCE, "a.xlsx", "A", DAY_1), outcome).counts


@pytest.mark.parametrize("outcome", ["loaded", "superseded", "retracted"])
def test_what_was_taken_keeps_its_rows_for_the_days_on_which_it_counted(outcome: str) -> None:
    assert Edition(Receipt(SOURCE, "a.xlsx", "A", DAY_1), outcome).counts


REFUSED_FIRST = [
    pytest.param(["B"], [], "quarantined", id="quarantined"),
    pytest.param([], ["B"], "missing_bytes", id="missing"),
]


def first_needs_action(lines: list[Line], refused: list[str], missing: list[str], outcome: str) -> bool:
    """Whether the first receipt, which must have that outcome, needs action."""
    edition = decide(lines, refused=[*refused, "C"], missing=missing, periods={"q3.xlsx": Q3})[0]
    assert edition.outcome == outcome
    return edition.needs_action


@pytest.mark.parametrize(("refused", "missing", "outcome"), REFUSED_FIRST)
@pytest.mark.parametrize(
    "after",
    [
        pytest.param([], id="nothing_came_later"),
        pytest.param([("a.xlsx", "C", DAY_2)], id="what_came_later_is_refused_too"),
        pytest.param([("q3.xlsx", "A", DAY_2)], id="another_period_came_later"),
    ],
)
def test_refused_receipt_that_nothing_replaces_needs_action(
    after: list[Line], refused: list[str], missing: list[str], outcome: str
) -> None:
    assert first_needs_action([("a.xlsx", "B", DAY_1), *after], refused, missing, outcome)


@pytest.mark.parametrize(("refused", "missing", "outcome"), REFUSED_FIRST)
def test_refused_receipt_replaced_under_its_name_needs_none(
    refused: list[str], missing: list[str], outcome: str
) -> None:
    assert not first_needs_action([("a.xlsx", "B", DAY_1), ("a.xlsx", "A", DAY_2)], refused, missing, outcome)


def test_quarantined_receipt_replaced_for_its_period_under_another_name_needs_none() -> None:
    lines = [("a.xlsx", "B", DAY_1), ("a corrected.xlsx", "A", DAY_2)]
    assert not first_needs_action(lines, ["B"], [], "quarantined")


def test_what_counted_before_does_not_replace_a_refused_receipt() -> None:
    editions = decide([("a.xlsx", "A", DAY_1), ("a.xlsx", "B", DAY_2)], refused=["B"])
    assert [edition.needs_action for edition in editions] == [False, True]


def test_conflict_needs_action_until_a_later_receipt_settles_it() -> None:
    rivals = [("a.xlsx", "A", DAY_1), ("b.xlsx", "B", DAY_1)]
    assert [edition.needs_action for edition in decide(rivals)] == [True, True]
    settled = decide([*rivals, ("c.xlsx", "C", DAY_2)])
    assert [(edition.outcome, edition.needs_action) for edition in settled] == [
        ("conflict", False),
        ("conflict", False),
        ("loaded", False),
    ]


def test_same_name_and_period_of_another_source_replaces_nothing() -> None:
    receipts = [Receipt("one", "a.xlsx", "A", DAY_1), Receipt("two", "a.xlsx", "B", DAY_2)]
    findings = {"one": [BAD], "two": []}
    readings = {
        (r.source, r.workbook, r.sha256): Reading(
            r.source, r.workbook, r.sha256, period=Q2, findings=findings[r.source]
        )
        for r in receipts
    }
    assert [edition.needs_action for edition in decide_editions(receipts, readings)] == [True, False]


def test_the_same_cells_under_another_periods_name_are_refused() -> None:
    first = Receipt("centres", "Centres 2020-21.xlsx", "a" * 64, date(2021, 10, 1))
    again = Receipt("centres", "Centres 2021-22.xlsx", "a" * 64, date(2022, 10, 1))
    readings = {}
    for receipt, year in ((first, 2020), (again, 2021)):
        period = Period(f"{year}-{year - 1999}", date(year, 4, 1), date(year + 1, 4, 1), "financial")
        key = (receipt.source, receipt.workbook, receipt.sha256)
        readings[key] = Reading(*key, period=period, cells_sha256="cells")
    kept, refused = decide_editions([first, again], readings)
    assert (kept.outcome, refused.outcome, refused.needs_action) == ("loaded", "quarantined", True)
    assert "its cells are those of 'Centres 2020-21.xlsx', which is of 2020-21" in refused.reason
    retracted = Decision(
        date(2022, 10, 2), "retract", "centres", first.workbook, first.sha256, "wrong name", "A. Officer", 2
    )
    kept, taken = decide_editions([first, again], readings, decisions=[retracted])
    assert (kept.outcome, taken.outcome) == ("retracted", "loaded")
