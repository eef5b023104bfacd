"""The measures of a quarter as they were published, or as they were known on any day: for a terminal, and as CSV."""

import csv
import io
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from pipelines.csv_text import inert
from pipelines.explain.answer import NotKnown
from pipelines.publication.quarters import reported_quarters
from pipelines.report.wording import NO_TREND_WORDS, REASON_WORDS, figure_in_words

STATUS_WORDS = {"R": "Red (R)", "A": "Amber (A)", "G": "Green (G)"}

WIDTHS = {"Code": 6, "Measure": 24, "Value": 11, "Target": 10, "Status": 9, "Trend": 6, "Why": 22}
"""Columns of the table and the characters that each may take; longer text goes on in the next line."""


@dataclass(frozen=True)
class MeasureStatus:
    """One measure in a quarter, its values and target in `unit`; status and trend are null with a reason."""

    report_quarter: str
    measure_code: str
    measure_name: str
    unit: str
    value: Decimal | None
    value_kind: str | None
    value_period: str | None
    previous_value: Decimal | None
    previous_period: str | None
    target_value: Decimal | None
    shortfall_pct: Decimal | None
    status: str | None
    status_reason: str
    change_pct: Decimal | None
    trend: str | None
    trend_reason: str
    status_robust: bool | None
    trend_robust: bool | None
    reading_sensitive: bool | None
    override_status: str | None
    override_reason: str | None


@dataclass(frozen=True)
class QuarterStatus:
    """All measures of a quarter as they were known on a day. Empty before the first workbook came.

    cut_off: day by which the quarter was reported. first_receipt: day on which the first workbook came, or None.
    locked_on: day from which these figures stay as they were published; None where they are not those of a lock.
    """

    report_quarter: str
    known_by: date
    cut_off: date
    first_receipt: date | None
    locked_on: date | None
    measures: tuple[MeasureStatus, ...]


_QUARTERS = """
select
    quarter.report_quarter,
    quarter.quarter_end,
    quarter.cut_off,
    lock.decided_on as locked_on,
from marts.reporting_quarter as quarter
left join marts.sign_off as lock on quarter.report_quarter = lock.report_quarter and lock.action = 'lock'
order by quarter.report_quarter
"""

_FIRST_RECEIPT = "select min(as_at) from staging.edition"

_COLUMNS = [field.name for field in fields(MeasureStatus)]

AS_PUBLISHED, AS_KNOWN = "marts.measure_status", "marts.status_as_at($known_by)"

_STATUS = f"""
select {", ".join("definition.unit" if name == "unit" else f"status.{name}" for name in _COLUMNS)}
from {{relation}} as status
inner join marts.rating_definition as definition using (report_quarter, measure_code)
left join marts.measure using (measure_code)
where status.report_quarter = $quarter
order by measure.sheet_row, status.measure_code
"""


def status_of_quarter(published: Path, as_at: date | None = None, quarter: str | None = None) -> QuarterStatus:
    """The measures of a quarter as they were known on the day `as_at`, or as they were published where none is given.

    Without a quarter: the latest of those reported; with a day, the latest that had ended by then, else the first.
    Raises NotKnown for a quarter that the published file does not have.
    """
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(_QUARTERS).fetchall()
        cut_offs = {label: cut_off for label, _, cut_off, _ in rows}
        if quarter is not None:
            label = quarter.strip().upper()
        elif as_at is None:
            label = max(reported_quarters(connection), default=max(cut_offs, default=""))
        else:
            label = max((label for label, end, _, _ in rows if end <= as_at), default=min(cut_offs, default=""))
        if label not in cut_offs:
            listed = ", ".join(cut_offs) or "none yet"
            raise NotKnown(f"'{quarter or ''}' is not a reporting quarter of this warehouse. Known are: {listed}")
        known_by = as_at or cut_offs[label]
        [(first,)] = connection.execute(_FIRST_RECEIPT).fetchall()
        nothing = first is None or known_by < first
        query = _STATUS.format(relation=AS_KNOWN if as_at else AS_PUBLISHED)
        days = {"known_by": known_by} if as_at else {}
        found = [] if nothing else connection.execute(query, {"quarter": label, **days}).fetchall()
        locked_on = None if as_at else next(lock for name, _, _, lock in rows if name == label)
        measures = tuple(MeasureStatus(*row) for row in found)
        return QuarterStatus(label, known_by, cut_offs[label], first, locked_on, measures)


def nothing_known(status: QuarterStatus) -> str:
    """Why there are no measures to show."""
    came = f"the first workbook came on {status.first_receipt:%d/%m/%Y}" if status.first_receipt else "no workbook came"
    return f"Nothing was known on {status.known_by:%d/%m/%Y}: {came}."


def as_table(status: QuarterStatus) -> str:
    """The measures as a table of text for people."""
    if not status.measures:
        return nothing_known(status)
    day = f"{status.known_by:%d/%m/%Y}"
    if status.locked_on:
        known = f"as published: locked on {status.locked_on:%d/%m/%Y}"
    elif status.known_by == status.cut_off:
        known = f"as reported: known on {day}, the quarter's cut-off"
    else:
        known = f"as known on {day}; its cut-off is {status.cut_off:%d/%m/%Y}"
    lines = [
        f"{status.report_quarter}, {known}",
        "",
        *_row(list(WIDTHS)),
        *_row(["-" * width for width in WIDTHS.values()]),
    ]
    for measure in status.measures:
        lines += _row(_cells(measure))
    counts = Counter(_status_in_words(measure) for measure in status.measures)
    return "\n".join([*lines, "", ", ".join(f"{words} {count}" for words, count in sorted(counts.items()))])


def as_csv(status: QuarterStatus) -> str:
    """The measures as comma-separated values with a heading; figures with all their decimals, days as 2021-11-12.

    Text that a spreadsheet would take for a formula is given an apostrophe.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["known_on", *_COLUMNS])
    for measure in status.measures:
        lines.writerow([status.known_by.isoformat(), *(_harmless(getattr(measure, name)) for name in _COLUMNS)])
    return text.getvalue()


def _harmless(value: object) -> object:
    return inert(value) if isinstance(value, str) else value


def _cells(measure: MeasureStatus) -> list[str]:
    return [
        measure.measure_code,
        measure.measure_name,
        _figure(measure.value, measure.unit),
        _figure(measure.target_value, measure.unit),
        _status_in_words(measure),
        measure.trend or "none",
        f"{_why(measure)}. {_why_trend(measure)}",
    ]


def _figure(value: Decimal | None, unit: str) -> str:
    shown = figure_in_words(value, unit)
    return f"{shown} {unit}" if value is not None and unit == "per 1,000" else shown


def _status_in_words(measure: MeasureStatus) -> str:
    status = measure.override_status or measure.status
    return STATUS_WORDS.get(status, status) if status else "Not rated"


def _why(measure: MeasureStatus) -> str:
    if measure.override_status:
        computed = STATUS_WORDS.get(measure.status or "", "not rated")
        return f"A person put it in the place of {computed}: {measure.override_reason}"
    if measure.status is None:
        said = REASON_WORDS.get(measure.status_reason, measure.status_reason.replace("_", " "))
        reason = said.removeprefix("Not rated: ")
        return reason[:1].upper() + reason[1:]
    return f"{measure.status_reason.replace('_', ' ').capitalize()} of {measure.value_period}"


def _why_trend(measure: MeasureStatus) -> str:
    if measure.trend is None:
        said = NO_TREND_WORDS.get(measure.trend_reason, measure.trend_reason.replace("_", " "))
        return f"No trend: {said[:1].lower()}{said[1:]}."
    return f"Trend: {measure.trend_reason.removesuffix(' against previous')} against {measure.previous_period}."


def _row(cells: Sequence[str]) -> list[str]:
    """The lines that one row of the table takes; figures stand to the right."""
    right = ("Value", "Target")
    columns = [textwrap.wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS.values(), strict=True)]
    lines = []
    for number in range(max(map(len, columns))):
        parts = [column[number] if number < len(column) else "" for column in columns]
        placed = [
            part.rjust(width) if name in right else part.ljust(width)
            for part, (name, width) in zip(parts, WIDTHS.items(), strict=True)
        ]
        lines.append("  ".join(placed).rstrip())
    return lines
