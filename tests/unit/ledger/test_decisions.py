"""Decisions: their file line by line, and what they do to conflicts and to files that should not count."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipelines.contract.outcome import Finding, Reading
from pipelines.ledger.decisions import Decision, DecisionError, read_decisions
from pipelines.ledger.editions import decide_editions
from pipelines.ledger.effects import decision_effects
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period

SOURCE = "dwp_grants"
Q2 = Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter")
HEADER = "decided_on,action,source,workbook,sha256,reason,decided_by\n"
SHA = "ab" * 32
BAD = Finding("Spend", "A8", "paid_on", "31/02/2021", "as promised", "no such day")


def day(number: int) -> date:
    return date(2021, 10, number)


def decision(number: int, action: str, workbook: str, content: str, line: int = 2) -> Decision:
    return Decision(day(number), action, SOURCE, workbook, content, "as agreed", "A. Officer", line)


def decide(
    lines: Sequence[tuple[str, str, int]],
    decisions: Sequence[Decision],
    *,
    refused: Sequence[str] = (),
    cells: dict[str, str] | None = None,
) -> list[Edition]:
    """Editions of receipts (workbook, content, day), all of one period. cells: hash of the cells of a content."""
    receipts = [Receipt(SOURCE, name, content, day(number)) for name, content, number in lines]
    readings = {
        (SOURCE, name, content): Reading(
            SOURCE,
            name,
            content,
            period=Q2,
            findings=[BAD] if content in refused else [],
            cells_sha256=(cells or {}).get(content, ""),
        )
        for name, content, _ in lines
    }
    return decide_editions(receipts, readings, decisions=decisions)


def counting(editions: Sequence[Edition]) -> dict[int, str]:
    """What counts on each of the first days of the month."""
    return {
        number: " ".join(
            edition.receipt.sha256
            for edition in editions
            for start, end in edition.intervals
            if start <= day(number) and (end is None or day(number) < end)
        )
        for number in range(1, 10)
    }


RIVALS = [("first.xlsx", "F", 1), ("a.xlsx", "A", 3), ("b.xlsx", "B", 3)]


def test_accepted_rival_counts_from_the_day_of_the_decision() -> None:
    editions = decide(RIVALS, [decision(5, "accept", "b.xlsx", "B")])
    assert [edition.outcome for edition in editions] == ["superseded", "conflict", "loaded"]
    assert [edition.needs_action for edition in editions] == [False, False, False]
    assert counting(editions) == {**dict.fromkeys(range(1, 5), "F"), **dict.fromkeys(range(5, 10), "B")}
    assert editions[2].as_at == day(5)
    assert editions[2].reason == "accepted on 05/10/2021 by A. Officer: as agreed"
    assert "'b.xlsx' was accepted on 05/10/2021" in editions[1].reason


def test_open_conflict_says_how_to_end_it() -> None:
    rival = decide(RIVALS, [])[1]
    assert rival.needs_action
    assert "accept one of them in raw/decisions.csv" in rival.reason


def test_later_receipt_supersedes_what_was_accepted() -> None:
    editions = decide([*RIVALS, ("c.xlsx", "C", 7)], [decision(5, "accept", "a.xlsx", "A")])
    assert [edition.outcome for edition in editions] == ["superseded", "superseded", "conflict", "loaded"]
    assert counting(editions)[6] == "A" and counting(editions)[7] == "C"


def test_retracted_edition_ends_and_what_counted_before_counts_again() -> None:
    editions = decide([("a.xlsx", "A", 1), ("a.xlsx", "B", 3)], [decision(6, "retract", "a.xlsx", "B")])
    assert [edition.outcome for edition in editions] == ["loaded", "retracted"]
    assert editions[0].intervals == [(day(1), day(3)), (day(6), None)]
    assert editions[1].intervals == [(day(3), day(6))]
    assert editions[1].reason == "retracted on 06/10/2021 by A. Officer: as agreed"
    assert (editions[0].as_at, editions[0].superseded_on) == (day(1), None)


def test_what_is_itself_retracted_does_not_count_again() -> None:
    lines = [("a.xlsx", "A", 1), ("a.xlsx", "B", 3), ("a.xlsx", "C", 4)]
    editions = decide(lines, [decision(6, "retract", "a.xlsx", "B"), decision(7, "retract", "a.xlsx", "C", 3)])
    assert [edition.outcome for edition in editions] == ["loaded", "retracted", "retracted"]
    assert counting(editions)[6] == "C" and counting(editions)[7] == "A"


def test_retraction_of_the_only_edition_leaves_nothing() -> None:
    editions = decide([("a.xlsx", "A", 1)], [decision(4, "retract", "a.xlsx", "A")])
    assert editions[0].intervals == [(day(1), day(4))]
    assert counting(editions)[4] == ""


def test_retracted_on_its_own_day_never_counted() -> None:
    (edition,) = decide([("a.xlsx", "A", 1)], [decision(1, "retract", "a.xlsx", "A")])
    assert (edition.outcome, edition.intervals) == ("retracted", [])


def test_file_supplied_anew_after_its_retraction_counts() -> None:
    lines = [("a.xlsx", "A", 1), ("a again.xlsx", "A", 6)]
    editions = decide(lines, [decision(4, "retract", "a.xlsx", "A")])
    assert counting(editions)[5] == "" and counting(editions)[6] == "A"


def test_retraction_of_what_was_accepted_opens_the_conflict_again() -> None:
    editions = decide(RIVALS, [decision(5, "accept", "a.xlsx", "A"), decision(7, "retract", "a.xlsx", "A", 3)])
    assert counting(editions)[7] == "F"
    accepted_then = [decision(5, "accept", "a.xlsx", "A"), decision(7, "retract", "a.xlsx", "A", 3)]
    after = decide(RIVALS, [*accepted_then, decision(8, "accept", "b.xlsx", "B", 4)])
    assert counting(after)[8] == "B"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        pytest.param(decision(5, "accept", "z.xlsx", "Z"), "no line of raw/received.csv", id="unknown_file"),
        pytest.param(decision(2, "accept", "a.xlsx", "A"), "the file came later, on 03/10/2021", id="too_early"),
        pytest.param(decision(5, "accept", "first.xlsx", "F"), "in no open conflict", id="accept_without_conflict"),
        pytest.param(decision(5, "retract", "a.xlsx", "A"), "it did not count (it is conflict", id="retract_of_rival"),
        pytest.param(decision(5, "retract", "bad.xlsx", "X"), "it did not count (it is quarantined", id="quarantined"),
    ],
)
def test_decision_that_fits_nothing_changes_nothing_and_says_why(made: Decision, why: str) -> None:
    lines = [*RIVALS, ("bad.xlsx", "X", 4)]
    editions = decide(lines, [made], refused=["X"])
    assert [edition.intervals for edition in editions] == [e.intervals for e in decide(lines, [], refused=["X"])]
    (effect,) = decision_effects([made], editions)
    assert not effect.has_effect
    assert why in effect.effect


def test_conflict_that_a_later_file_ended_cannot_be_decided_any_more() -> None:
    made = decision(8, "accept", "a.xlsx", "A")
    editions = decide([*RIVALS, ("c.xlsx", "C", 6)], [made])
    assert counting(editions)[9] == "C"
    assert not decision_effects([made], editions)[0].has_effect


def test_effects_say_from_when() -> None:
    made = [decision(5, "accept", "a.xlsx", "A"), decision(7, "retract", "a.xlsx", "A", 3)]
    assert [effect.effect for effect in decision_effects(made, decide(RIVALS, made))] == [
        "counts from 05/10/2021 on",
        "no longer counts from 07/10/2021 on",
    ]


SAME_CELLS = {"A": "cells", "A saved anew": "cells", "B": "other cells"}


@pytest.mark.parametrize("number", [1, 3], ids=["same_day", "later_day"])
def test_same_cells_saved_anew_are_an_alias(number: int) -> None:
    editions = decide([("a.xlsx", "A", 1), ("a v2.xlsx", "A saved anew", number)], [], cells=SAME_CELLS)
    assert [edition.outcome for edition in editions] == ["loaded", "alias"]
    assert editions[0].intervals == [(day(1), None)]
    assert "same cells as 'a.xlsx', received 01/10/2021" in editions[1].reason


def test_cells_put_back_after_a_correction_count_again() -> None:
    lines = [("a.xlsx", "A", 1), ("a.xlsx", "B", 3), ("a.xlsx", "A saved anew", 5)]
    editions = decide(lines, [], cells=SAME_CELLS)
    assert counting(editions) == {
        **dict.fromkeys((1, 2), "A"),
        **dict.fromkeys((3, 4), "B"),
        **dict.fromkeys(range(5, 10), "A saved anew"),
    }


def test_unknown_cells_are_never_equal() -> None:
    assert [e.outcome for e in decide([("a.xlsx", "A", 1), ("b.xlsx", "B", 3)], [])] == ["superseded", "loaded"]


def test_same_name_saved_anew_on_its_own_day_is_an_alias_and_the_first_counts() -> None:
    editions = decide([("a.xlsx", "A", 1), ("a.xlsx", "A saved anew", 1)], [], cells=SAME_CELLS)
    assert [(edition.outcome, edition.intervals) for edition in editions] == [
        ("loaded", [(day(1), None)]),
        ("alias", []),
    ]


def written(folder: Path, *lines: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_decisions_are_read_in_the_order_of_their_lines(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        f'2021-10-05,accept,dwp_grants,a.xlsx,{SHA},"checked, by phone",A. Officer',
        ",,,,,,",
        f"06/10/2021,Retract,dwp_grants,b.xlsx,{SHA.upper()},sent twice,B. Officer",
    )
    assert read_decisions(path) == [
        Decision(day(5), "accept", "dwp_grants", "a.xlsx", SHA, "checked, by phone", "A. Officer", 2),
        Decision(day(6), "retract", "dwp_grants", "b.xlsx", SHA, "sent twice", "B. Officer", 4),
    ]


def test_no_file_is_no_decisions(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "decisions.csv") == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            f"2021-10-05,agree,s,a.xlsx,{SHA},why,who",
            "action must be accept, retract, lock, sign_off or erratum",
            id="action",
        ),
        pytest.param(f"2021-10-05,accept,s,a.xlsx,{SHA},,who", "reason must be filled", id="no_reason"),
        pytest.param(f"2021-10-05,accept,s,a.xlsx,{SHA},why,", "decided_by must be filled", id="nobody"),
        pytest.param(f"31/02/2021,accept,s,a.xlsx,{SHA},why,who", "decided_on must be a day", id="no_such_day"),
        pytest.param("2021-10-05,accept,s,a.xlsx,abc,why,who", "sha256 must have 64 hex digits", id="short_hash"),
        pytest.param(f"2021-10-05,accept,s,a.xlsx,{'g' * 64},why,who", "sha256 must have 64 hex", id="not_hex"),
        pytest.param(f"2021-10-05,accept,s,a.xlsx,{SHA},why, as said,who", "expected 7 fields", id="a_bare_comma"),
    ],
)
def test_line_that_is_no_decision_is_named(line: str, said: str, tmp_path: Path) -> None:
    good = f"2021-10-05,accept,s,a.xlsx,{SHA},why,who"
    with pytest.raises(DecisionError, match=f"line 3: {said}"):
        read_decisions(written(tmp_path, good, line))


def test_decisions_with_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text("date,what\n", encoding="utf-8")
    with pytest.raises(DecisionError, match="line 1: expected the columns decided_on, action"):
        read_decisions(path)
