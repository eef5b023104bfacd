"""Which reporting quarters the editions of a source touch, what they hold of each, and which have not been told yet."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from pipelines.calendar import known_quarters, touched_by
from pipelines.contract.kept import kept_reading
from pipelines.contract.outcome import Reading
from pipelines.contract.staging import staged_stem
from pipelines.files import written_whole
from pipelines.ledger.register import RegisterError, Supply, read_register
from pipelines.ledger.timeline import Edition
from pipelines.periods import Period
from pipelines.settings import Paths
from pipelines.warehouse.supplied import reading_sha256, staged_file

_TOLD = "told.json"

Told = Mapping[str, Mapping[str, Period]]
"""By source, the period of each edition whose rows are in the warehouse, by the name under which it is staged."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """A workbook that touches a quarter: how it was read, when its bytes last came, and how many they are."""

    reading: Reading
    as_at: date
    size: int


def supplied_in(quarter: Period, readings: Iterable[Reading], supply: Supply) -> list[Supplied]:
    """The workbooks of one source that touch a quarter, in the order of their names."""
    found = []
    for reading in readings:
        if reading.period and touched_by(reading.period, [quarter]):
            came = [
                receipt.received_on
                for receipt in supply.receipts
                if (receipt.workbook, receipt.sha256) == (reading.workbook, reading.workbook_sha256)
            ]
            size = supply.bytes_at[reading.workbook_sha256].stat().st_size
            found.append(Supplied(reading, max(came), size))
    return sorted(found, key=lambda each: (each.reading.workbook, each.as_at))


def touches(reading: Reading, quarters: Sequence[Period]) -> bool:
    """Whether a workbook touches one of the quarters; one whose period nobody could tell may touch any."""
    return reading.period is None or bool(touched_by(reading.period, quarters))


def nothing_came(paths: Paths, source: str, quarters: Sequence[Period], code: Path) -> bool:
    """Whether this code has read every file ever received of a source, and none touches one of the quarters.

    False where it cannot be told, such as when the register cannot be read: the run that follows says what is wrong.
    """
    try:
        registers = [each.register for each in (paths, paths.shared) if each]
        receipts = [receipt for register in registers for receipt in read_register(register)]
    except RegisterError:
        return False
    received = {(receipt.workbook, receipt.sha256) for receipt in receipts if receipt.source == source}
    code_sha256 = reading_sha256(paths, code)
    kept = [kept_reading(path, code_sha256) for path in (paths.staged / source).glob("*.json")]
    read = {(reading.workbook, reading.workbook_sha256): touches(reading, quarters) for reading in kept if reading}
    return not any(read.get(each, True) for each in received)


def counting_readings(editions: Iterable[Edition], source: str) -> list[Reading]:
    """The readings of a source's editions whose rows are in the warehouse."""
    return [
        edition.reading
        for edition in editions
        if edition.receipt.source == source and edition.counts and edition.reading and edition.reading.period
    ]


def counting(editions: Iterable[Edition]) -> dict[str, dict[str, Period]]:
    """The editions whose rows are in the warehouse, to be told once their quarters have been materialised."""
    found: dict[str, dict[str, Period]] = {}
    for edition in editions:
        if edition.counts and edition.reading and edition.reading.period:
            stem = staged_stem(staged_file(edition, Path()))
            found.setdefault(edition.receipt.source, {})[stem] = edition.reading.period
    return found


def told(paths: Paths, say: Callable[[str], None] = print) -> Told:
    """What was told last; nothing when the warehouse is new, or when it cannot be read: then all is told again."""
    path = paths.staged / _TOLD
    if not path.exists():
        return {}
    try:
        kept = json.loads(path.read_bytes())
        return {source: {stem: _period(fields) for stem, fields in stems.items()} for source, stems in kept.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        say(
            f"{path} is damaged and passed over: the next build tells Dagster of all quarters again and writes it anew "
            "(`neighbourhoods nightly --rebuild` does so at once); figures are not touched"
        )
        return {}


def keep_told(paths: Paths, now: Told) -> None:
    """Keeps what has been told, for the next build."""
    kept = {source: {stem: asdict(period) for stem, period in stems.items()} for source, stems in now.items()}
    with written_whole(paths.staged / _TOLD) as partial:
        partial.write_text(json.dumps(kept, default=str), encoding="utf-8")


def untold_quarters(before: Told, now: Told, quarters: Sequence[Period]) -> dict[str, list[Period]]:
    """By source, the quarters touched by editions that came into the warehouse or left it since they were last told."""
    changed = {
        source: [
            period
            for stem, period in {**before.get(source, {}), **now.get(source, {})}.items()
            if (stem in before.get(source, {})) != (stem in now.get(source, {}))
        ]
        for source in {*before, *now}
    }
    return {
        source: [quarter for quarter in quarters if any(touched_by(period, [quarter]) for period in periods)]
        for source, periods in sorted(changed.items())
    }


def quarters_known(now: Told, day: date) -> list[Period]:
    """Every reporting quarter from the earliest edition to the one in which a day lies, oldest first."""
    return known_quarters((period for stems in now.values() for period in stems.values()), day)


def _period(fields: Mapping[str, str]) -> Period:
    days = {name: date.fromisoformat(fields[name]) for name in ("start", "end")}
    return Period(fields["label"], days["start"], days["end"], fields["year_type"])
