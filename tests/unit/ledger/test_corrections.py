"""Corrections as data: their file line by line, what each receipt is read with when, and what came of each."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipelines.contract.corrections import CellCorrection, Stale
from pipelines.contract.outcome import Finding, Reading
from pipelines.ledger.corrections import Correction, CorrectionError, correction_sets, read_corrections
from pipelines.ledger.decisions import Decision
from pipelines.ledger.editions import Variant, decide_editions
from pipelines.ledger.effects import CorrectionEffect, correction_effects
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period

SOURCE = "dwp_grants"
Q2 = Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter")
HEADER = "workbook,sheet,cell,expected,corrected,reason,confirmed_by,confirmed_on"
GOOD = "a.xlsx,Spend,B4,15,51,digits swapped,A. Officer,2021-10-05"
BAD = Finding("Spend", "B4", "amount", "#REF!", "as promised", "it holds #REF!")


def day(number: int) -> date:
    return date(2021, 10, number)


def correction(
    number: int, cell: str = "B4", *, workbook: str = "a.xlsx", corrected: str = "51", ended: int | None = None
) -> Correction:
    place = CellCorrection("Spend", cell, "15", corrected)
    end = None if ended is None else day(ended)
    return Correction(SOURCE, workbook, place, f"{cell} was wrong", "A. Officer", day(number), end, number)


def receipt(content: str, number: int, workbook: str = "a.xlsx") -> Receipt:
    return Receipt(SOURCE, workbook, content, day(number))


def ledger(
    receipts: Sequence[Receipt],
    corrections: Sequence[Correction],
    *,
    stale: dict[str, Sequence[str]] | None = None,
    broken: Sequence[tuple[str, int]] = (),
    decisions: Sequence[Decision] = (),
) -> tuple[list[Edition], list[CorrectionEffect]]:
    """Editions and effects. stale: cells by content. broken: contents that load with no more than so many corrections,
    negative: with no fewer.
    """

    def reading(of: Receipt, cells: tuple[CellCorrection, ...]) -> Reading:
        unfit = [Stale("Spend", c.cell, c.expected, "51") for c in cells if c.cell in (stale or {}).get(of.sha256, ())]
        limits = [limit for content, limit in broken if content == of.sha256]
        bad = any(len(cells) > limit if limit >= 0 else len(cells) < -limit for limit in limits)
        findings = [BAD] if bad else []
        return Reading(of.source, of.workbook, of.sha256, Q2, findings=findings, corrections=cells, stale=unfit)

    variants = {
        each: [Variant(s.known_on, s.corrections, reading(each, s.cells)) for s in correction_sets(each, corrections)]
        for each in receipts
    }
    editions = decide_editions(receipts, {}, decisions=decisions, corrected=variants)
    return editions, correction_effects(corrections, variants, editions)


def told(editions: Sequence[Edition]) -> list[tuple[str, int, str, list[tuple[date, date | None]]]]:
    return [(e.receipt.sha256, len(e.corrections), e.outcome, e.intervals) for e in editions]


def test_confirmed_after_the_receipt_makes_another_edition_from_that_day() -> None:
    editions, effects = ledger([receipt("A", 1)], [correction(5)])
    assert told(editions) == [
        ("A", 0, "superseded", [(day(1), day(5))]),
        ("A", 1, "loaded", [(day(5), None)]),
    ]
    assert editions[0].reason == "corrected on 05/10/2021: B4 was wrong"
    assert [effect.state for effect in effects] == ["applied"]


@pytest.mark.parametrize("number", [1, 3], ids=["before_the_receipt", "on_its_day"])
def test_confirmed_by_the_day_of_receipt_applies_from_the_receipt_on(number: int) -> None:
    editions, _ = ledger([receipt("A", 3)], [correction(number)])
    assert told(editions) == [("A", 1, "loaded", [(day(3), None)])]


def test_corrections_of_two_days_make_two_editions() -> None:
    editions, _ = ledger([receipt("A", 1)], [correction(7, "C4"), correction(5)])
    assert told(editions) == [
        ("A", 0, "superseded", [(day(1), day(5))]),
        ("A", 1, "superseded", [(day(5), day(7))]),
        ("A", 2, "loaded", [(day(7), None)]),
    ]


def test_stale_correction_makes_no_edition_and_is_said_with_what_the_cell_holds() -> None:
    editions, (effect,) = ledger([receipt("A", 1)], [correction(5)], stale={"A": ["B4"]})
    assert told(editions) == [("A", 0, "loaded", [(day(1), None)])]
    assert (effect.state, effect.workbook_sha256) == ("stale", "A")
    assert "holds '51' already: the source has been mended" in effect.message


def test_mended_file_makes_the_correction_stale_and_what_was_corrected_stays_as_it_was() -> None:
    editions, effects = ledger([receipt("A", 1), receipt("B", 7)], [correction(5)], stale={"B": ["B4"]})
    assert told(editions) == [
        ("A", 0, "superseded", [(day(1), day(5))]),
        ("A", 1, "superseded", [(day(5), day(7))]),
        ("B", 0, "loaded", [(day(7), None)]),
    ]
    assert [(effect.workbook_sha256, effect.state) for effect in effects] == [("A", "applied"), ("B", "stale")]


def test_correction_that_was_ended_is_not_tried_on_the_mended_file() -> None:
    receipts = [receipt("A", 1), receipt("B", 7)]
    editions, effects = ledger(receipts, [correction(5, ended=7)], stale={"B": ["B4"]})
    assert [(e.receipt.sha256, len(e.corrections)) for e in editions] == [("A", 0), ("A", 1), ("B", 0)]
    assert [(effect.workbook_sha256, effect.state) for effect in effects] == [("A", "applied")]


def test_correction_of_what_no_longer_counts_has_no_effect_and_brings_nothing_back() -> None:
    receipts = [receipt("A", 1), receipt("B", 3, "b.xlsx")]
    editions, (effect,) = ledger(receipts, [correction(5)])
    assert told(editions) == [("A", 0, "superseded", [(day(1), day(3))]), ("B", 0, "loaded", [(day(3), None)])]
    assert effect.state == "without_effect"


def test_what_counts_again_after_a_retraction_counts_as_corrected_by_then() -> None:
    retraction = Decision(day(7), "retract", SOURCE, "b.xlsx", "B", "sent in error", "A. Officer", 2)
    receipts = [receipt("A", 1), receipt("B", 3, "b.xlsx")]
    editions, _ = ledger(receipts, [correction(5)], decisions=[retraction])
    assert told(editions) == [
        ("A", 0, "superseded", [(day(1), day(3))]),
        ("A", 1, "loaded", [(day(7), None)]),
        ("B", 0, "retracted", [(day(3), day(7))]),
    ]


def test_correction_of_a_file_never_received_is_said() -> None:
    _, (effect,) = ledger([receipt("A", 1)], [correction(5, workbook="z.xlsx")])
    assert (effect.state, effect.workbook_sha256) == ("workbook_not_received", None)


def test_correction_that_breaks_the_contract_is_refused_and_the_file_counts_as_supplied() -> None:
    editions, _ = ledger([receipt("A", 1)], [correction(5)], broken=[("A", 0)])
    assert told(editions) == [("A", 0, "loaded", [(day(1), None)]), ("A", 1, "quarantined", [])]
    assert [edition.needs_action for edition in editions] == [False, True]


def test_correction_that_mends_a_refused_file_lets_it_count_from_its_day() -> None:
    editions, _ = ledger([receipt("A", 1)], [correction(5)], broken=[("A", -1)])
    assert told(editions) == [("A", 0, "quarantined", []), ("A", 1, "loaded", [(day(5), None)])]
    assert [edition.needs_action for edition in editions] == [False, False]


def test_file_mended_by_a_correction_does_not_supersede_what_came_after_it() -> None:
    receipts = [receipt("A", 1), receipt("B", 3, "b.xlsx")]
    editions, _ = ledger(receipts, [correction(5)], broken=[("A", -1)])
    assert [(e.receipt.sha256, e.outcome) for e in editions] == [("A", "quarantined"), ("B", "loaded")]
    assert not editions[0].needs_action


def test_later_correction_of_one_cell_takes_the_place_of_the_earlier() -> None:
    early, late = correction(5), correction(7, corrected="52")
    sets = correction_sets(receipt("A", 1), [late, early])
    assert [(each.known_on, each.corrections) for each in sets] == [
        (day(1), ()),
        (day(5), (early,)),
        (day(7), (late,)),
    ]


def written(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "dwp_grants.csv"
    path.write_text("".join(f"{line}\n" for line in (header, *lines)), encoding="utf-8")
    return path


def test_corrections_are_read_with_their_source(tmp_path: Path) -> None:
    path = written(tmp_path, f"{GOOD},", GOOD.replace("B4", "$c$4") + ",07/10/2021", header=f"{HEADER},ended_on")
    first, second = read_corrections(path, SOURCE)
    assert first == Correction(
        SOURCE, "a.xlsx", CellCorrection("Spend", "B4", "15", "51"), "digits swapped", "A. Officer", day(5), None, 2
    )
    assert (second.cell.cell, second.ended_on) == ("C4", day(7))


def test_blank_cell_may_be_expected_or_be_the_correction(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace(",15,", ",,"), GOOD.replace("B4", "B5").replace(",51,", ",,"))
    assert [(c.cell.expected, c.cell.corrected) for c in read_corrections(path, SOURCE)] == [("", "51"), ("15", "")]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(GOOD.replace("B4", "4B"), "cell must be an address such as B4", id="no_address"),
        pytest.param(GOOD.replace("digits swapped", ""), "reason must be filled", id="no_reason"),
        pytest.param(GOOD.replace("A. Officer", ""), "confirmed_by must be filled", id="nobody"),
        pytest.param(GOOD.replace("2021-10-05", "soon"), "confirmed_on must be a day", id="no_day"),
        pytest.param(GOOD.replace(",51,", ",15,"), "expected and corrected are the same", id="no_change"),
        pytest.param(GOOD.replace(",51,", ",1,051,"), "expected 8 fields", id="a_bare_comma"),
        pytest.param(GOOD.replace("C4", "B4"), "line 2 corrects the same cell on the same day", id="twice"),
    ],
)
def test_line_that_is_no_correction_is_named(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectionError, match=f"line 3: {said}"):
        read_corrections(written(tmp_path, GOOD, line), SOURCE)
