"""The page of the forward plan and the evidence bank: all of it is in the page, and a script filters what is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import jinja2
from markupsafe import Markup

from pipelines.document.model import Document, Paragraph, Run
from pipelines.document.page import page
from pipelines.evidence.downloads import as_calendar, as_csv
from pipelines.evidence.items import KIND_WORDS, TIMING_WORDS, Item, options, read_items
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter
from pipelines.report.wording import quarter_in_words

_TEMPLATES = Path(__file__).parent / "templates"

STYLE = (_TEMPLATES / "bank.css").read_text(encoding="utf-8")
"""Of the form and the lists, beside the style of every page."""

_NAME, _CSV, _CALENDAR = "evidence.html", "evidence.csv", "forward_plan.ics"

_HEAD = """
select reporting_quarter.*, risk_day.seen_on
from marts.reporting_quarter
inner join marts.risk_day on reporting_quarter.report_quarter = risk_day.report_quarter
where reporting_quarter.report_quarter = $quarter
"""


@dataclass(frozen=True)
class Group:
    """Items under one heading. id: unique in the page."""

    id: str
    title: str
    items: Sequence[Item]


def evidence_files(quarter: Quarter) -> dict[str, bytes]:
    """The page of a quarter, its table and its calendar; equal figures give equal bytes."""
    [head] = quarter.rows(_HEAD)
    items, day = read_items(quarter), f"{head['seen_on']:%-d %B %Y}"
    document = Document(
        title=f"Forward plan and evidence: {quarter_in_words(head)}",
        organisation=quarter.publisher.organisation,
        lines=[f"What was due next, and what was on record, as it was known on {day}."],
        blocks=[
            Paragraph(
                [
                    Run("Everything on this page can be downloaded: "),
                    Run("all items as a table (CSV)", link=_CSV),
                    Run(" and "),
                    Run("what is due next as a calendar (iCalendar)", link=_CALENDAR),
                    Run("."),
                ]
            )
        ],
        foot=[[Run("For analysts: "), Run("marts.evidence", "code"), Run(" holds the same items of every quarter.")]],
    )
    html = page(document, style=STYLE, navigation=navigation(), here=_NAME, extra=bank(items))
    return {_NAME: html.encode(), _CSV: as_csv(items), _CALENDAR: as_calendar(items, head["seen_on"])}


def bank(items: Sequence[Item]) -> str:
    """The form and the lists as safe HTML: what is due by month, what is overdue or goes on, then what is on record."""
    choices = {
        "when": [TIMING_WORDS[each] for each in TIMING_WORDS],
        "kind": [KIND_WORDS[each] for each in KIND_WORDS],
        "theme": options([item.themes for item in items]),
        "source": options([(item.source,) for item in items]),
        "area": options([item.areas for item in items]),
    }
    places = {name: {value: place for place, value in enumerate(values)} for name, values in choices.items()}
    return _environment().get_template("bank.html.jinja").render(
        choices=choices,
        places=places,
        sections=[("plan", "What is due next", _plan(items)), ("bank", "Evidence bank", _on_record(items))],
        count=len(items),
        kind_words=KIND_WORDS,
        timing_words=TIMING_WORDS,
        script=Markup((_TEMPLATES / "bank.js").read_text(encoding="utf-8")),
    )  # fmt: skip


def _plan(items: Iterable[Item]) -> list[Group]:
    """What is due by month, the next first; then what is overdue, the oldest last; then what goes on."""
    items = list(items)
    due = sorted((item for item in items if item.timing == "due_next"), key=_by_day)
    months = groupby(due, key=lambda item: item.day.replace(day=1) if item.day else None)
    groups = [
        Group(f"month-{month:%Y-%m}" if month else "month", f"{month:%B %Y}" if month else "No day is set", list(own))
        for month, own in months
    ]
    overdue = sorted((item for item in items if item.timing == "overdue"), key=_by_day, reverse=True)
    goes_on = [item for item in items if item.timing == "goes_on"]
    rest = [Group("overdue", "Overdue", overdue), Group("goes-on", "Goes on, or has no day", goes_on)]
    return groups + [group for group in rest if group.items]


def _on_record(items: Iterable[Item]) -> list[Group]:
    found = groupby((item for item in items if item.timing == "on_record"), key=lambda item: item.kind)
    return [Group(f"kind-{kind}", KIND_WORDS[kind], list(own)) for kind, own in found]


def _by_day(item: Item) -> tuple[bool, str, str, str]:
    return item.day is None, item.day.isoformat() if item.day else "", item.title, item.id


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
