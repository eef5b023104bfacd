"""The sector page: the state of the voluntary sector beside Greater Manchester, its events, and what programmes did."""

from collections.abc import Iterator

from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed, measure_file
from pipelines.dashboard.history import plain_id
from pipelines.dashboard.parts import count, counted, known_rows, nothing, place
from pipelines.dashboard.series import figure_said, said_with_sign
from pipelines.document.model import Block, Cell, Column, Heading, Run, Table, Words
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import SUPPRESSED, period_in_words

_EVENTS = [
    Column("event", "Event", is_head=True, width=2),
    Column("held", "Held", numeric=True),
    Column("online", "Online", numeric=True),
    Column("person", "In person", numeric=True),
    Column("attended", "Attendances", numeric=True),
    Column("place", "Where it stands", width=2),
]
_ACTIVITY = [
    Column("item", "What", is_head=True, width=2),
    Column("value", "Figure", numeric=True),
    Column("period", "Of"),
    Column("place", "Where it stands", width=2),
]


def sector_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    return {"sector.html": framed(contents, "Sector", list(sector_blocks(quarter, contents)), "sector.html")}


def sector_blocks(quarter: Quarter, contents: Contents) -> Iterator[Block]:
    """What the page says."""
    with_page, area = set(contents.measures), contents.publisher.area
    figures = known_rows(quarter, "sector", "measure_code, period_start desc")
    yield Heading(2, "State of the sector", "state")
    if figures:
        rows = [_figure(row, with_page) for row in figures]
        yield Table("sector-figures", f"The sector in {area} and Greater Manchester", _sector_columns(area), rows)
    else:
        yield from nothing("State of the Sector survey")
    yield Heading(2, "Events", "events")
    events = known_rows(quarter, "sector_event", "period_start desc, event")
    for label in dict.fromkeys(row["period_label"] for row in events):
        rows = [_event(row) for row in events if row["period_label"] == label]
        words = period_in_words(label, "financial")
        yield Table(f"events-{plain_id(label)}", f"Events of {words}", _EVENTS, rows)
    if not events:
        yield from nothing("monitoring of events")
    activity = known_rows(quarter, "programme_activity", "programme, item, period_start")
    if activity:
        yield Heading(2, "Programmes", "programmes")
    for number, programme in enumerate(dict.fromkeys(row["programme"] for row in activity), 1):
        rows = [_item(row, with_page) for row in activity if row["programme"] == programme]
        yield Table(f"programme-{number}", programme, _ACTIVITY, rows)


def _sector_columns(area: str) -> list[Column]:
    return [
        Column("what", "Figure", is_head=True, width=2),
        Column("period", "Of"),
        Column("own", area, numeric=True),
        Column("gm", "Greater Manchester", numeric=True),
        Column("note", "Note", width=1.5),
    ]


def _linked(words: str, code: str, with_page: set[str]) -> Words:
    return [Run(words, link=measure_file(code) if code in with_page else "")]


def _figure(row: Row, with_page: set[str]) -> dict[str, Cell | str]:
    gm = {
        "value": row["greater_manchester_value"],
        "value_qualifier": row["greater_manchester_qualifier"],
        "availability": row["greater_manchester_availability"] or "not_available",
    }
    return {
        "what": Cell(_linked(row["measure_name"], row["measure_code"], with_page)),
        "period": Cell(
            period_in_words(row["period_label"], "snapshot"), "" if row["value_kind"] == "actual" else row["value_kind"]
        ),
        "own": said_with_sign(row["authority_value"], row["authority_qualifier"], row["unit"]),
        "gm": figure_said(gm, row["unit"]),
        "note": row["note"] or "",
    }


def _event(row: Row) -> dict[str, Cell | str]:
    return {
        "event": row["event"],
        "held": count(row["event_count"]),
        "online": count(row["online_count"]),
        "person": count(row["in_person_count"]),
        "attended": counted(row, "attendance_count"),
        "place": place(row),
    }


def _item(row: Row, with_page: set[str]) -> dict[str, Cell | str]:
    is_month = (row["period_end"] - row["period_start"]).days <= 31
    return {
        "item": Cell(_linked(row["item"], row["measure_code"], with_page), row["note"] or ""),
        "value": SUPPRESSED if row["availability"] == "suppressed" else row["printed"],
        "period": period_in_words(row["period_label"], "snapshot" if is_month else "financial"),
        "place": place(row),
    }
