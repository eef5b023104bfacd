"""Checks one workbook as the nightly would, without taking it in: what would load, and what is wrong where."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.contract.model import Source
from pipelines.contract.outcome import Finding, Reading
from pipelines.contract.staging import Supplied, read_source
from pipelines.ledger.register import read_register, today
from pipelines.read.isolation import read_isolated
from pipelines.read.sheet import Sheet, UnreadableWorkbook
from pipelines.settings import Paths
from pipelines.versions import bytes_sha256
from pipelines.warehouse.history import jumps_beside_held

WRONG_SHAPE = frozenset(
    {"kind of file", "readable", "sheets as expected", "headings found", "columns as expected", "period in the name"}
)
"""Rules that a workbook breaks when it is held against the contract of another source."""


@dataclass(frozen=True)
class Checked:
    """A workbook held against a source's contract. `rows` counts what each table would be given."""

    source: Source
    reading: Reading
    rows: dict[str, int]


def check_file(source: Source, path: Path, paths: Paths | None = None) -> Checked:
    """Reads and validates a workbook by the very code of the nightly, and compares it with what `paths` holds."""
    supplied = Supplied(path.name, bytes_sha256(path.read_bytes()), path)
    [reading], frames = read_source(source, [supplied])
    if reading.loads and paths is not None:
        reading.findings += _came_for_another_period(source, reading, paths)
        for table in source.tables:
            rows = frames[table.name].get(0)
            if rows is not None:
                reading.findings += jumps_beside_held(source, table, rows, paths)
    return Checked(source, reading, {name: by_place[0].height for name, by_place in frames.items() if 0 in by_place})


def _came_for_another_period(source: Source, reading: Reading, paths: Paths) -> list[Finding]:
    """The same bytes cannot be of two periods: last year's file, sent under this year's name."""
    for receipt in read_register(paths.register):
        if (receipt.source, receipt.sha256) != (source.name, reading.workbook_sha256):
            continue
        periods = [period for table in source.tables if (period := table.period(receipt.workbook))]
        if periods and reading.period not in periods:
            message = (
                f"these bytes came on {receipt.received_on:%d/%m/%Y} as '{receipt.workbook}'; is it last period's file?"
            )
            return [Finding("", "", "", "", "one period", message)]
    return []


def likeliest(sources: Sequence[Source], path: Path, paths: Paths | None = None) -> list[Checked]:
    """The workbook held against the contracts that it fits best: one, or several where nothing tells them apart."""
    checked = [check_file(source, path, paths) for source in sources]
    best = min(_misfit(one) for one in checked)
    return [one for one in checked if _misfit(one) == best]


def _misfit(checked: Checked) -> tuple[int, int, int]:
    """How badly a contract fits: what has the wrong shape counts before what is wrong in single cells."""
    failures = checked.reading.failures
    shape = sum(finding.rule in WRONG_SHAPE for finding in failures)
    return shape, len(failures), len(checked.reading.warnings)


def read_sheets(path: Path) -> list[Sheet] | None:
    """The sheets of a workbook as text; None when it cannot be read."""
    try:
        return read_isolated(path, path.name)
    except UnreadableWorkbook:
        return None


def what_it_would_do(checked: Checked, paths: Paths) -> list[str]:
    """In sentences: what the workbook would load, what is set aside, and which edition it would supersede."""
    reading = checked.reading
    period = reading.period.label if reading.period else "no period"
    tables = ", ".join(f"{rows:,} in '{name}'" for name, rows in checked.rows.items())
    said = [f"It would load as {checked.source.title} of {period}; rows: {tables}."]
    aside = Counter(row.reason for row in reading.set_aside)
    if aside:
        said.append(f"Set aside: {', '.join(f'{count} {reason}' for reason, count in aside.most_common())}.")
    return said + _against_what_is_held(checked, paths)


def _against_what_is_held(checked: Checked, paths: Paths) -> list[str]:
    reading = checked.reading
    for receipt in read_register(paths.register):
        if (receipt.source, receipt.sha256) == (reading.source, reading.workbook_sha256):
            return [f"These bytes came already, on {receipt.received_on:%d/%m/%Y} as '{receipt.workbook}'."]
    if reading.period is None or not paths.published.exists():
        return []
    import duckdb

    with duckdb.connect(str(paths.published), read_only=True) as connection:
        held = connection.execute(
            "select workbook, as_at from audit.workbook where source = ? and period_label = ? and outcome = 'loaded'",
            [reading.source, reading.period.label],
        ).fetchall()
    said = [
        f"It would supersede '{workbook}', received {as_at:%d/%m/%Y}, from the day on which it comes."
        for workbook, as_at in held
    ]
    if any(workbook != reading.workbook and as_at == today() for workbook, as_at in held):
        said.append("That one came today under another name: two on one day are a conflict, so supply it tomorrow.")
    return said or ["No edition of that period is held yet."]


def in_words(findings: Sequence[Finding], most: int) -> list[str]:
    """Findings numbered, each with its place; of more than `most` the rest is counted."""
    said = [f"{number}. {finding}" for number, finding in enumerate(findings[:most], 1)]
    return said + ([f"... and {len(findings) - most} more"] if len(findings) > most else [])
