"""The evidence as a table for a spreadsheet, and the forward plan as a calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from pipelines.csv_text import csv_bytes
from pipelines.evidence.items import KIND_WORDS, TIMING_WORDS, Item

_LINE = 75
"""Octets of a line of a calendar (RFC 5545, 3.1)."""


def as_csv(items: Iterable[Item]) -> bytes:
    """All items, a row each, every column text or a day as 2021-11-12. In UTF-8 with its mark, which Excel needs.

    Text that a spreadsheet would take for a formula is given an apostrophe.
    """
    return csv_bytes(_row_head(), map(_row, items), marked=True)


def as_calendar(items: Iterable[Item], seen_on: date) -> bytes:
    """What is due next as iCalendar (RFC 5545), an event of one day for each; seen_on: the day of which it is told."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Inclusive Neighbourhoods//Forward plan//EN", "METHOD:PUBLISH"]
    for item in items:
        if item.timing == "due_next" and item.day is not None:
            lines += _event(item, item.day, seen_on)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _row_head() -> list[str]:
    names = ["id", "kind", "when", "date", "date_is", "area", "theme", "source", "owner", "state", "title", "text"]
    return [*names, "measures", "superseded_on", "workbook", "sheet", "cell"]


def _row(item: Item) -> Sequence[str]:
    day, until = (each.isoformat() if each else "" for each in (item.day, item.superseded_on))
    said = [item.source, item.owner, item.state, item.title, item.text, ", ".join(code for code, _ in item.links)]
    about = ["; ".join(item.areas), "; ".join(item.themes), *said]
    what = [item.id, KIND_WORDS[item.kind], TIMING_WORDS[item.timing], day, item.date_words]
    return [*what, *about, until, item.workbook, item.sheet, item.cell]


def _event(item: Item, day: date, seen_on: date) -> list[str]:
    about = "\n".join(filter(None, (item.text, item.owner, ", ".join(code for code, _ in item.links))))
    return [
        "BEGIN:VEVENT",
        f"UID:{item.id}@inclusive-neighbourhoods",
        # when it was made is a day of the marts, so that equal figures give equal bytes
        f"DTSTAMP:{seen_on:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(item.title)}",
        f"DESCRIPTION:{_escaped(about)}",
        f"CATEGORIES:{_escaped(KIND_WORDS[item.kind])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Text of a property: what means something is escaped, as are ends of lines; other controls are left out."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = "\\n".join(escaped.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "".join(each for each in lines if each >= " " and each != "\x7f")


def _folded(line: str) -> list[str]:
    """A line in parts of at most 75 octets, each but the first begun with a space; no character is cut."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) > _LINE:
            parts.append(part)
            part = " "
        part += character
    return [*parts, part]
