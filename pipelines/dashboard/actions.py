"""The actions page: how the actions of the delivery plan stood by the cut-off, and how that came about over time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from pipelines.charts.steps import STEPS
from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed
from pipelines.dashboard.parts import day, nothing
from pipelines.document.model import Block, Cell, Chart, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Quarter, Row

_STATUSES = """
select action_status.*, action.action_group, action.sheet, action.target_date_cell, action.done_on_cell
from marts.action_status
inner join marts.reporting_quarter on reporting_quarter.report_quarter = $quarter
inner join marts.action using (plan_year, action_code, as_at, workbook_sha256)
where action_status.status_from <= reporting_quarter.known_by
order by plan_year, target_end, sheet_row, action_code
"""

STATUS_SAID = {
    "overdue": "▲ Overdue",
    "due": "○ Due",
    "recurring": "↻ Recurring or going on",
    "done": "✓ Done",
    "undated": "– Without a date",
}
"""Words with a symbol, in the order in which they are shown."""

_COLUMNS = [
    Column("code", "Action", is_head=True),
    Column("what", "What is to be done", width=3),
    Column("owners", "Owners", width=2),
    Column("date", "Date, as printed", width=1.5),
    Column("since", "So since"),
]


def actions_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    blocks = list(action_blocks(quarter.rows(_STATUSES), contents.quarter["known_by"]))
    return {"actions.html": framed(contents, "Actions", blocks, "actions.html")}


def action_blocks(stretches: Sequence[Row], known_by: date) -> Iterator[Block]:
    """What the page says, of the days between which each action had each status."""
    if not stretches:
        yield from nothing("action plan")
        return
    now = [row for row in stretches if row["status_until"] is None or known_by < row["status_until"]]
    counts = Counter(row["status"] for row in now)
    plans = ", ".join(sorted({f"{row['plan_year']} ({row['workbook']})" for row in now}))
    said = ", ".join(f"{_name(status)}: {counts[status]}" for status in STATUS_SAID if counts[status])
    yield Paragraph(f"{len(now)} actions of {plans}, as they stood on {day(known_by)}. {said}.")
    yield Heading(2, "Timeline", "timeline")
    yield timeline(stretches, counts, known_by)
    for status in STATUS_SAID:
        rows = [_shown(row) for row in now if row["status"] == status]
        if rows:
            yield Heading(2, f"{_name(status)} ({len(rows)})", status)
            yield Table(f"actions-{status}", f"Actions: {_name(status)}", _COLUMNS, rows, hides_caption=True)


def timeline(stretches: Sequence[Row], counts: Counter[str], known_by: date) -> Chart:
    """How many actions had each status on each day on which that changed."""
    ends = {row["status_until"] for row in stretches if row["status_until"] and row["status_until"] <= known_by}
    days = sorted({row["status_from"] for row in stretches} | ends)
    present = [status for status in STATUS_SAID if any(row["status"] == status for row in stretches)]
    tallies = {on: _tally(stretches, on) for on in days}
    columns = [Column("day", "From", is_head=True), *(Column(name, _name(name), numeric=True) for name in present)]
    said = ", ".join(f"{tallies[days[0]][name]} and then {counts[name]} {_name(name)[2:].lower()}" for name in present)
    rows = [
        {
            "name": _name(name),
            "order": order,
            "x": on.isoformat(),
            "y": tallies[on][name],
            "label": str(tallies[on][name]) if on == days[-1] else "",
        }
        for order, name in enumerate(present)
        for on in days
    ]
    return Chart(
        id="actions-timeline",
        title="Actions by status over time",
        alt=f"Line chart of how many actions had each status, from {day(days[0])} to {day(days[-1])}: {said}.",
        spec=STEPS,
        rows=rows,
        table=Table(
            "actions-by-day",
            "The figures of the chart",
            columns,
            [{"day": day(on), **{name: str(tallies[on][name]) for name in present}} for on in days],
        ),
    )


def _tally(stretches: Sequence[Row], on: date) -> Counter[str]:
    return Counter(
        row["status"]
        for row in stretches
        if row["status_from"] <= on and (row["status_until"] is None or on < row["status_until"])
    )


def _name(status: str) -> str:
    return STATUS_SAID[status]


def _shown(row: Row) -> dict[str, Cell | str]:
    cell = row["done_on_cell"] or row["target_date_cell"]
    stands = f"sheet {row['sheet']}, " + (f"cell {cell}" if cell else f"row {row['sheet_row']}")
    return {
        "code": Cell(f"{row['plan_year']} {row['action_code']}", stands),
        "what": row["delivery"],
        "owners": row["owners"] or "nobody named",
        "date": row["target_date"] or "none",
        "since": day(row["status_from"]),
    }
