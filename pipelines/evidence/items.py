"""Reads a quarter's items of evidence, worded for a reader."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import place_in_words

KIND_WORDS = {
    "due_data": "Data due",
    "due_action": "Action due",
    "due_report": "Report due",
    "report": "Report",
    "workbook": "Workbook received",
    "finding": "Finding",
    "commentary": "Commentary",
    "activity": "Programme activity",
    "claim": "Printed claim",
    "action": "Action of a plan",
}
"""Kinds of items in the order in which a page has them."""

TIMING_WORDS = {
    "due_next": "Due next",
    "overdue": "Overdue",
    "goes_on": "Goes on, without a day",
    "on_record": "On record",
}

_DATE_WORDS = {"received": "received", "approved": "approved", "cut_off": "cut-off", "due": "due"}

NO_THEME, NO_SOURCE = "No theme of its own", "No source"

_ITEMS = """
select
    evidence.* exclude (superseded_on, state),
    case when evidence.superseded_on <= day.seen_on then evidence.superseded_on end as superseded_on,
    if(evidence.state = 'superseded' and evidence.superseded_on > day.seen_on, 'loaded', evidence.state) as state,
    programme_activity.printed,
from marts.evidence
inner join marts.risk_day as day on day.report_quarter = $quarter
left join marts.programme_activity
    on evidence.kind = 'activity'
    and evidence.workbook = programme_activity.workbook
    and evidence.sheet = programme_activity.sheet
    and evidence.cell = programme_activity.cell
    and evidence.known_from = programme_activity.as_at
where
    (evidence.as_of = day.seen_on or evidence.as_of is null and coalesce(evidence.known_from <= day.seen_on, true))
    and not (evidence.kind = 'action' and exists (
        select 1 from marts.evidence as due
        where due.kind = 'due_action' and due.as_of = day.seen_on and due.known_from = evidence.known_from
            and due.workbook = evidence.workbook and due.sheet = evidence.sheet and due.cell = evidence.cell
    ))
order by evidence.kind, evidence.date desc nulls last, evidence.title, evidence.evidence_id
"""
"""What is due as the quarter's day saw it, and what was on record by then; an action of which something is due, once.

The figure of an activity is taken from where small counts are suppressed.
"""

_LISTED = "select measure_code from marts.rating_definition where report_quarter = $quarter"


@dataclass(frozen=True)
class Item:
    """One item. links: codes of measures, each with the address of its page, empty where it has none.

    areas and themes: what it is filtered by; an item may have several. about: who, which theme, where, and where from.
    """

    id: str
    kind: str
    timing: str
    day: date | None
    date_words: str
    areas: tuple[str, ...]
    themes: tuple[str, ...]
    source: str
    owner: str
    state: str
    title: str
    text: str
    links: tuple[tuple[str, str], ...]
    report: str
    superseded_on: date | None
    workbook: str
    sheet: str
    cell: str
    about: tuple[str, ...]


def read_items(quarter: Quarter) -> list[Item]:
    """A quarter's items, by kind, the latest first."""
    listed = {row["measure_code"] for row in quarter.rows(_LISTED)}
    rows = sorted(quarter.rows(_ITEMS), key=lambda row: list(KIND_WORDS).index(row["kind"]))
    return [_item(row, listed) for row in rows]


def options(values: Sequence[tuple[str, ...]]) -> list[str]:
    """What can be chosen of a filter: every value once, in order."""
    return sorted({value for each in values for value in each})


def _item(row: Row, listed: Collection[str]) -> Item:
    codes = _parted(row["measure_codes"], ",")
    areas, themes = _parted(row["area"], ";"), _parted(row["theme"], ";") or (NO_THEME,)
    place = place_in_words(row) or row["source_title"]
    about = (row["owner"], "; ".join(themes), ", ".join(areas), f"from {place}" if place else "")
    return Item(
        id=row["evidence_id"],
        kind=row["kind"],
        timing=row["timing"],
        day=row["date"],
        date_words=_DATE_WORDS.get(row["date_kind"], ""),
        areas=areas,
        themes=themes,
        source=row["source_title"] or NO_SOURCE,
        owner=row["owner"] or "",
        state=(row["state"] or "").replace("_", " "),
        title=row["title"],
        text=". ".join(filter(None, (row["printed"], row["text"]))),
        links=tuple((code, _measure_page(code) if code in listed else "") for code in codes),
        report=f"../{row['report_quarter']}/report.html" if row["kind"] == "report" else "",
        superseded_on=row["superseded_on"],
        workbook=row["workbook"] or "",
        sheet=row["sheet"] or "",
        cell=row["cell"] or "",
        about=tuple(filter(None, about)),
    )


def _measure_page(code: str) -> str:
    return f"dashboard/measures/{quote(code, safe='')}.html"


def _parted(text: str | None, by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(by) if part.strip())
