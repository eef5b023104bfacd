"""The action plan: how many actions are done, due and overdue, and which are overdue."""

import textwrap
from collections.abc import Sequence
from datetime import date

from pipelines.document.model import Block, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Row
from pipelines.report.contents import Contents
from pipelines.report.wording import ACTION_WORDS, count_in_words, day_in_words

_ACTIONS = """
select action_status.plan_year, action_code, delivery, owners, target_date, status, workbook, as_at
from marts.action_status
inner join marts.reporting_quarter on report_quarter = $quarter
where
    as_at <= known_by and status_from <= known_by and coalesce(known_by < status_until, true)
    and plan_year = (
        select max(known.plan_year) from marts.action_status as known
        where known.as_at <= (select q.known_by from marts.reporting_quarter as q where q.report_quarter = $quarter)
    )
order by sheet_row, action_code
"""

_FINDINGS = "select count(*) as findings from marts.reconciliation_finding where workbook = $workbook"

_LONGEST = 200
"""Characters of an action that the table shows; the whole stands in the plan."""


def action_blocks(contents: Contents) -> list[Block]:
    """The latest action plan that was known, as it stood at the cut-off."""
    actions = contents.quarter.rows(_ACTIONS)
    heading = Heading(2, "Action plan", "actions")
    if not actions:
        return [heading, Paragraph("No action plan was received by the cut-off.")]
    findings = contents.quarter.rows(_FINDINGS, workbook=actions[0]["workbook"])[0]["findings"]
    return [heading, Paragraph(introduction(actions, contents.head["cut_off"], findings)), *action_tables(actions)]


def introduction(actions: Sequence[Row], day: date, findings: int) -> str:
    """Which plan it is, when it was received, and as of which day it is shown."""
    plan = actions[0]
    said = (
        f"The latest plan that was received is that of {plan['plan_year'].replace('-', '/')} ({plan['workbook']}, "
        f"known since {day_in_words(plan['as_at'])}). What it says of its {count_in_words(len(actions), 'action')} is "
        f"shown as it stood on {day_in_words(day)}: an action counts as overdue until a later edition of the plan says "
        "that it was done."
    )
    wrong = f" What does not fit together in the plan: {count_in_words(findings, 'finding')}."
    return said + (wrong if findings else "")


def action_tables(actions: Sequence[Row]) -> list[Block]:
    """Counts by status, and the actions that are overdue."""
    found = [row["status"] for row in actions]
    counts: list[dict[str, Cell | str]] = [
        {"status": words, "actions": str(found.count(status))}
        for status, words in ACTION_WORDS.items()
        if status in found or status in ("overdue", "done")
    ]
    columns = [Column("status", "Status", is_head=True, width=2), Column("actions", "Actions", numeric=True)]
    blocks: list[Block] = [Table("action-counts", "Actions by status", columns, counts)]
    overdue = [row for row in actions if row["status"] == "overdue"]
    if overdue:
        blocks += [Heading(3, "Overdue actions", "overdue-actions"), overdue_table(overdue)]
    return blocks


def overdue_table(actions: Sequence[Row]) -> Table:
    """Overdue actions: what was to be done, by when, and by whom."""
    columns = [
        Column("code", "Action", is_head=True, width=0.7),
        Column("delivery", "What is to be done", width=3.2),
        Column("date", "Due, as the plan says it", width=1.6),
        Column("owners", "Responsible", width=1.9),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "code": row["action_code"],
            "delivery": textwrap.shorten(row["delivery"] or "Not said", _LONGEST, placeholder=" …"),
            "date": row["target_date"] or "No date",
            "owners": row["owners"] or "Nobody is named",
        }
        for row in actions
    ]
    return Table("overdue-table", "Actions that are overdue", columns, rows)
