"""What suppliers are told: taken or not and why, what it replaced, what is wrong where; and how the files are kept."""

from datetime import date
from pathlib import Path

from assets.sources.dwp_grants import source
from pipelines.contract.corrections import CellCorrection
from pipelines.contract.outcome import Finding, Reading, SetAside
from pipelines.ledger.acknowledgement import acknowledgement, acknowledgements_of, write_acknowledgements
from pipelines.ledger.corrections import Correction
from pipelines.ledger.difference import CellDifference, Succession
from pipelines.ledger.effects import CorrectionEffect
from pipelines.ledger.register import Receipt
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period

Q2 = Period("2021-22-Q2", date(2021, 7, 1), date(2021, 10, 1), "quarter")
FIRST, SECOND = date(2021, 10, 15), date(2021, 10, 20)


def edition(
    outcome: str,
    *,
    content: str = "A",
    day: date = FIRST,
    findings: list[Finding] | None = None,
    reason: str = "",
    workbook: str = "Spend Q2.xlsx",
) -> Edition:
    reading = Reading(
        source.name,
        workbook,
        content,
        Q2,
        rows_read=12,
        rows_recorded=10,
        set_aside=[SetAside("Spend", 1, "title", "Grants"), SetAside("Spend", 12, "total", "Total | 7")],
        findings=findings or [],
        sheet_rows={"Spend": 12},
    )
    taken = outcome in ("loaded", "superseded", "retracted")
    return Edition(
        Receipt(source.name, workbook, content, day),
        outcome,
        reason,
        reading,
        needs_action=outcome in ("quarantined", "conflict"),
        intervals=[(day, None)] if taken else [],
    )


def told(*editions: Edition) -> str:
    return acknowledgement(editions, source, [], [])


def test_what_was_taken_is_counted_and_what_was_set_aside_is_explained() -> None:
    text = told(edition("loaded"))
    assert "File:     Spend Q2.xlsx\nReceived: 15 October 2021\nPeriod:   2021-22-Q2\n" in text
    assert "TAKEN. Its figures count from 15 October 2021 on." in text
    assert "Rows: 12 read, 10 taken, 2 set aside, 0 refused." in text
    assert "sheet 'Spend': 12 rows; set aside: 1 title, 1 total" in text


def test_refused_file_is_told_every_finding_with_its_place() -> None:
    findings = [
        Finding("Spend", "A8", "paid_on", "31/02/2021", "as promised", "no such day; write the day as 22/04/2021"),
        Finding("", "", "", "", "sheets as expected", "the sheet 'Outcomes' is missing"),
    ]
    text = told(edition("quarantined", findings=findings))
    assert "NOT TAKEN. Nothing of it was loaded" in text
    assert "Rows: 12 read, 0 taken, 2 set aside, 10 refused." in text
    assert "What is wrong (2 findings), and what to do:" in text
    assert "  sheet 'Spend', cell A8: no such day; write the day as 22/04/2021\n" in text
    assert "  the sheet 'Outcomes' is missing\n" in text
    assert "supply the file again" in text


def test_rivals_in_a_conflict_are_told_that_neither_counts() -> None:
    text = told(edition("conflict", reason="'a' and 'b' came on one day for one period, so neither counts; accept one"))
    assert "NOT TAKEN. 'a' and 'b' came on one day" in text
    assert "0 taken, 2 set aside, 10 refused" in text


def test_same_bytes_are_nothing_new() -> None:
    text = told(edition("duplicate", reason="the same bytes as 'a.xlsx', received 15/10/2021"))
    assert "NOTHING NEW. It holds the same bytes as 'a.xlsx', received 15/10/2021." in text
    assert "Rows:" not in text


def test_what_it_superseded_is_told_with_the_cells_that_changed() -> None:
    before, after = edition("superseded"), edition("loaded", content="B", day=SECOND)
    cells = [CellDifference("Spend", f"E{row}", "1", str(row)) for row in range(5, 30)]
    text = acknowledgement([after], source, [(Succession(SECOND, before, after), cells)], [])
    assert "From 20 October 2021 on it counts in the place of 'Spend Q2.xlsx', received 15 October 2021." in text
    assert "25 cells changed:" in text
    assert "  Spend, E5: '5', was '1'\n" in text
    assert "and 5 more; see audit.edition_difference" in text
    assert "25 cells" not in acknowledgement([before], source, [(Succession(SECOND, before, after), cells)], [])


def test_corrections_held_for_the_file_are_told_and_which_do_not_fit() -> None:
    place = CellCorrection("Spend", "E5", "15", "51")
    held = Correction(source.name, "Spend Q2.xlsx", place, "digits swapped", "A. Officer", SECOND, None, 2)
    effects = [
        CorrectionEffect(held, "A", "stale", "sheet 'Spend', cell E5 holds '51' already"),
        CorrectionEffect(held, "another file", "applied", ""),
    ]
    text = acknowledgement([edition("loaded")], source, [], effects)
    assert text.count("Spend, E5: '51' instead of '15': digits swapped (confirmed by A. Officer, 20 October 2021)") == 1
    assert "Not applied: sheet 'Spend', cell E5 holds '51' already." in text


def test_each_receipt_has_a_text_and_two_of_one_day_and_name_have_two() -> None:
    editions = [edition("superseded"), edition("loaded", content="B"), edition("loaded", workbook="é" * 120 + ".xlsx")]
    texts = acknowledgements_of([source], editions, [], [], {})
    assert list(texts)[:2] == ["dwp_grants/2021-10-15 Spend Q2.xlsx.txt", "dwp_grants/2021-10-15 Spend Q2.xlsx (2).txt"]
    assert all(len(name.split("/")[1].encode()) < 220 for name in texts)
    assert len(texts) == 3


def test_texts_that_say_what_they_said_are_left_untouched_and_others_go(tmp_path: Path) -> None:
    texts = {"s/one.txt": "1\n", "s/two.txt": "2\n"}
    assert len(write_acknowledgements(tmp_path, texts)) == 2
    before = (tmp_path / "s/one.txt").stat().st_mtime_ns
    assert write_acknowledgements(tmp_path, {"s/one.txt": "1\n", "t/three.txt": "3\n"}) == [tmp_path / "t/three.txt"]
    assert (tmp_path / "s/one.txt").stat().st_mtime_ns == before
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["one.txt", "three.txt"]
