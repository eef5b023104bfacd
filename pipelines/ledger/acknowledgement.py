"""What a supplier is told of a file: what was taken, what was not and why, in plain English."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding, Reading
from pipelines.contract.plausibility import Jump
from pipelines.files import written_whole
from pipelines.ledger.difference import CellDifference, Succession
from pipelines.ledger.effects import CorrectionEffect
from pipelines.ledger.timeline import TAKEN, Edition

SHOWN_CELLS = 20
LONGEST_NAME = 200
"""Bytes of a file's name; file systems take 255, and a file being written has a longer one."""

Differences = Sequence[tuple[Succession, list[CellDifference]]]

_IN_WORDS = {
    "loaded": "TAKEN. Its figures count from {as_at} on.",
    "superseded": "TAKEN, and since then replaced: {reason}. Its figures counted until {superseded_on}.",
    "retracted": "TAKEN, and since then withdrawn: {reason}.",
    "quarantined": "NOT TAKEN. Nothing of it was loaded, and what counted before goes on counting.",
    "conflict": "NOT TAKEN. {reason}.",
    "duplicate": "NOTHING NEW. It holds {reason}.",
    "alias": "NOTHING NEW. It was {reason}.",
    "missing_bytes": "NOT TAKEN. {reason}.",
    "ignored": "LEFT ALONE. {reason}.",
}


def acknowledgement(
    editions: Sequence[Edition],
    source: Source,
    differences: Differences,
    corrections: Iterable[CorrectionEffect],
    jumps: Iterable[Jump] = (),
) -> str:
    """The text for the supplier of one receipt.

    `editions` are the receipt itself and its later corrections; `differences`, `corrections` and `jumps` may be of any
    file.
    """
    edition = editions[0]
    receipt, reading = edition.receipt, edition.reading
    lines = [
        f"{source.title}: what became of your file",
        "",
        f"File:     {receipt.workbook}",
        f"Received: {_day(receipt.received_on)}",
        f"Period:   {reading.period.label if reading and reading.period else 'not known'}",
        f"SHA-256:  {receipt.sha256}",
        "",
        _outcome(edition),
    ]
    if edition.outcome == "loaded" and edition.reason:
        lines.append(f"It {'was ' if edition.reason.startswith('accepted') else ''}{edition.reason}.")
    if reading is not None and edition.outcome in (*TAKEN, "quarantined", "conflict"):
        lines += ["", *_rows(edition, reading)]
    if reading is not None and edition.outcome == "quarantined":
        lines += ["", *_findings(reading)]
    if reading is not None and edition.outcome in (*TAKEN, "quarantined", "conflict"):
        own = [jump.finding for jump in jumps if jump.workbook_sha256 == receipt.sha256]
        lines += _warnings([*reading.warnings, *own])
    for each in editions:
        lines += _changes(each, differences)
    lines += _corrected(editions, corrections)
    return "\n".join(lines) + "\n"


def _outcome(edition: Edition) -> str:
    facts = {
        "as_at": _day(edition.as_at),
        "superseded_on": _day(edition.superseded_on) if edition.superseded_on else "",
        "reason": edition.reason,
    }
    said = _IN_WORDS[edition.outcome].format(**facts)
    return said if edition.outcome != "quarantined" or edition.needs_action else f"{said} It has been mended since."


def _rows(edition: Edition, reading: Reading) -> list[str]:
    refused = reading.rows_rejected if edition.outcome != "conflict" else reading.rows_loaded
    taken = reading.rows_loaded if edition.outcome in TAKEN else 0
    lines = [f"Rows: {reading.rows_read} read, {taken} taken, {reading.rows_set_aside} set aside, {refused} refused."]
    aside = Counter((row.sheet, row.reason) for row in reading.set_aside)
    for sheet, rows in reading.sheet_rows.items():
        why = ", ".join(f"{count} {reason}" for (name, reason), count in sorted(aside.items()) if name == sheet)
        lines.append(f"  sheet '{sheet}': {_count(rows, 'row')}" + (f"; set aside: {why}" if why else ""))
    return lines


def _findings(reading: Reading) -> list[str]:
    lines = [f"What is wrong ({_count(len(reading.failures), 'finding')}), and what to do:"]
    lines += [f"  {finding}" for finding in reading.failures]
    return [*lines, "Mend it and supply the file again, under the same name."]


def _warnings(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    return ["", "To be looked at, and no reason to refuse it:", *(f"  {finding}" for finding in findings)]


def _changes(edition: Edition, differences: Differences) -> list[str]:
    lines = []
    for succession, cells in differences:
        if succession.edition is not edition:
            continue
        previous = succession.previous.receipt
        what = f"'{previous.workbook}', received {_day(previous.received_on)}"
        if previous is edition.receipt:
            what = "what it holds as supplied"
        lines += [
            "",
            f"From {_day(succession.day)} on it counts in the place of {what}. {_count(len(cells), 'cell')} changed:",
        ]
        for cell in cells[:SHOWN_CELLS]:
            lines.append(f"  {cell.sheet}, {cell.cell}: {_text(cell.text)}, was {_text(cell.previous_text)}")
        if len(cells) > SHOWN_CELLS:
            lines.append(f"  and {len(cells) - SHOWN_CELLS} more; see audit.edition_difference")
    return lines


def _corrected(editions: Sequence[Edition], corrections: Iterable[CorrectionEffect]) -> list[str]:
    receipt = editions[0].receipt
    own = [each for each in corrections if each.workbook_sha256 == receipt.sha256 and each.correction.concerns(receipt)]
    if not own:
        return []
    lines = ["", "Corrections that we hold for this file; mend it at its source, so that they are no longer needed:"]
    for each in own:
        correction, cell = each.correction, each.correction.cell
        said = f"{_text(cell.corrected)} instead of {_text(cell.expected)}: {correction.reason}"
        who = f"confirmed by {correction.confirmed_by}, {_day(correction.confirmed_on)}"
        lines.append(f"  {cell.sheet}, {cell.cell}: {said} ({who})")
        if each.message:
            lines.append(f"    Not applied: {each.message}.")
    return lines


def acknowledgements_of(
    sources: Sequence[Source],
    editions: Sequence[Edition],
    differences: Differences,
    corrections: Sequence[CorrectionEffect],
    jumps: Mapping[str, Sequence[Jump]],
) -> dict[str, str]:
    """The texts of all receipts, by path `<source>/<day of receipt> <workbook>.txt`."""
    by_name = {source.name: source for source in sources}
    texts: dict[str, str] = {}
    for own in _by_receipt(editions):
        receipt = own[0].receipt
        if receipt.source in by_name:
            source = by_name[receipt.source]
            text = acknowledgement(own, source, differences, corrections, jumps.get(source.name, ()))
            texts[_free_name(texts, receipt.source, receipt.received_on, receipt.workbook)] = text
    return texts


def _by_receipt(editions: Sequence[Edition]) -> list[list[Edition]]:
    """Editions of one receipt together; its later corrections follow it."""
    groups: list[list[Edition]] = []
    for edition in editions:
        if groups and groups[-1][0].receipt is edition.receipt:
            groups[-1].append(edition)
        else:
            groups.append([edition])
    return groups


def _free_name(taken: Mapping[str, str], source: str, received_on: date, workbook: str) -> str:
    stem = f"{received_on.isoformat()} {workbook}".encode()[:LONGEST_NAME].decode(errors="ignore")
    name, number = f"{source}/{stem}.txt", 1
    while name in taken:
        number += 1
        name = f"{source}/{stem} ({number}).txt"
    return name


def write_acknowledgements(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Makes the folder hold these texts and no others; a file that holds its text is left untouched.

    Returns the paths that were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {folder / name: text for name, text in texts.items()}
    written = []
    for path, text in wanted.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            with written_whole(path) as partial:
                partial.write_text(text, encoding="utf-8")
            written.append(path)
    for path in folder.glob("*/*.txt"):
        if path not in wanted:
            path.unlink()
    return written


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(text: str | None) -> str:
    return f"'{text}'" if text else "empty"
