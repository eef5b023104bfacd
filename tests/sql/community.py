"""Staged rows of the Local Fund, Sector3's returns and the police's figures: a year, then one without figures."""

from tests.sql.harness import Row, day, dec
from tests.sql.staged import NAMES, figure, staged

PAUSED = "The Stockport Local Fund did not run in Q1 and Q2 of this financial year."
INTERRUPTED = "Not available: a new force IT system has interrupted the supply."


def note(sha256: str, label: str, start: str, end: str, text: str, *, why_empty: bool = False) -> Row:
    """A row of staged.note: a note below the table of a workbook."""
    source, workbook = NAMES[sha256]
    where = {"source": source, "workbook": workbook, "workbook_sha256": sha256, "sheet": "Sheet", "row_number": 11}
    period = {"period_label": label, "period_start": day(start), "period_end": day(end)}
    return {**where, **period, "cell": "A11", "note": text, "says_why_empty": why_empty}


def notes() -> list[Row]:
    return [
        note("fund paused", "2021-22-Q2", "2021-07-01", "2021-10-01", PAUSED, why_empty=True),
        note("crime interrupted", "2020-21", "2020-04-01", "2021-04-01", INTERRUPTED),
    ]


def application(number: int, who: str, decision: str, awarded: str | None) -> Row:
    """An application of the register of 2020-21, each for £1,000."""
    row = staged("fund", number, "2020-21", "2020-04-01", 12, reference=f"SLF-{number}", reference_cell=f"A{number}")
    row |= {"received_on": day("2020-05-04"), "organisation": f"Group {number}", "decision": decision}
    row |= {"applicant_type": who, "applicant_type_cell": f"D{number}", "decision_cell": f"F{number}"}
    row |= figure("requested", dec("1000"), "E", number) | figure("awarded", awarded and dec(awarded), "G", number)
    return row if awarded else row | {"awarded_cell": None, "awarded_text": None}


def applications() -> list[Row]:
    return [
        application(4, "First time", "Awarded", "499.99"),
        application(5, "Repeat", "Awarded", "500"),
        application(6, "Repeat", "Declined", None),
        application(7, "First time", "Withdrawn", None),
    ]


RETURNS = {
    "return of the year": ("2020-21", "2020-04-01", 12, {"funding": "800916", "events": "10"}),
    "return of Q1": ("2021-22-Q1", "2021-04-01", 3, {"funding": "486557", "engaged": "46", "networks": "1"}),
    "return of Q2": ("2021-22-Q2", "2021-07-01", 3, {"funding": "34329", "engaged": "21", "networks": "1"}),
}

ITEMS = {
    "funding": "External funding secured by VCSE organisations",
    "events": "Collaboration events held",
    "engaged": "Organisations engaged with Sector3",
    "networks": "Community networks representing communities of identity (at quarter end)",
}

EVENTS = {
    "return of Q1": ("2021-04-07", ("Food Network meeting", "Community Champions workshop", "Food Network meeting")),
    "return of Q2": ("2021-07-08", ("Community Champions workshop", "Public Health Q&A")),
}


def returns() -> list[Row]:
    return [
        staged(sha256, number, label, start, months, item=ITEMS[item], **figure("stated", dec(stated), "B", number))
        for sha256, (label, start, months, items) in RETURNS.items()
        for number, (item, stated) in enumerate(items.items(), 4)
    ]


def events() -> list[Row]:
    return [
        staged(sha256, number, *RETURNS[sha256][:3], held_on=day(held_on), event=event, event_cell=f"B{number}")
        | {"held": "Online", **figure("attendance", 20, "D", number)}
        for sha256, (held_on, kinds) in EVENTS.items()
        for number, event in enumerate(kinds, 2)
    ]


def crimes() -> list[Row]:
    return [crime("crime", "2019-20", 6259, 291045), crime("crime interrupted", "2020-21", None, None)]


def crime(sha256: str, label: str, recorded: int | None, population: int | None) -> Row:
    """Domestic abuse as the police's workbook of a year has it."""
    row = staged(sha256, 10, label, f"{label[:4]}-04-01", 12, offence="Domestic abuse: revictimisation")
    row |= figure("recorded", recorded, "B", 10) | figure("rate", None, "C", 10)
    return row | figure("population", population, "A", 2) | ({} if population else {"population_cell": None})


def community_rows() -> dict[str, list[Row]]:
    """Rows by staged table."""
    return {
        "staged.local_fund_applications": applications(),
        "staged.sector_support_return": returns(),
        "staged.sector_support_events": events(),
        "staged.recorded_crime_figures": crimes(),
    }
