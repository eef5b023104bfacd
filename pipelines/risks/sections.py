"""The blocks that tell of a quarter's threats and risks: all of them for the page, the gravest for the report."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import quote

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Tone, Words
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.wording import SEVERITY_WORDS, place_in_words, shortened
from pipelines.risks.words import reason_in_words

_RISKS = """
select risk.*, kind.kind_title
from marts.risk
inner join marts.risk_kind as kind on risk.kind = kind.kind
where risk.report_quarter = $quarter
order by risk.severity_order, risk.due_on, risk.subject
"""

_KINDS = "select kind, severity, kind_title, meaning from marts.risk_kind order by kind_order"

_PRIORITIES = "select distinct priority from marts.priority order by priority"

_HIGHEST = "high"

_TONES: dict[str, Tone] = {"high": "R", "medium": "A", "low": ""}

_COLUMNS = (
    Column("severity", "Severity", width=1.4),
    Column("subject", "Measure", width=3, is_head=True),
    Column("reason", "Why", width=4),
    Column("place", "From", width=2.2),
)

_ACTION_COLUMNS = (
    Column("action", "Action", width=3.5, is_head=True),
    Column("due", "Due", width=2),
    Column("risks", "Risks printed in the plan", width=2.5),
    Column("place", "From", width=2),
)

_MOST_OF_AN_ACTION = 240
"""Characters of an action's text in a table; the evidence page has all of it."""

_PAGE = "risks.html"

_OF_SUCCESSORS = (
    "Present-day measures that follow the national indicators of 2010, and are not the same. Their figures come years"
    " after the quarters: in the last quarter they are as known on the day of the build."
)


def risks_of(quarter: Quarter) -> list[Row]:
    """Rows of marts.risk of a quarter with the title of their kind, the gravest kind first."""
    return quarter.rows(_RISKS)


def risk_blocks(quarter: Quarter) -> list[Block]:
    """The section of the committee's report without its heading: what is grave of measures, and how much of the rest.

    Links are relative to the quarter's folder.
    """
    risks = risks_of(quarter)
    measures = [row for row in risks if row["subject_kind"] == "measure"]
    grave = [row for row in measures if row["severity"] != "low"]
    blocks: list[Block] = [Paragraph(_counts_in_words(risks))]
    if grave:
        caption = "Risks of high and medium severity to measures"
        blocks.append(
            Table("risks-grave", caption, _COLUMNS, [_merged_cells(rows) for rows in _alike(grave, said=False)])
        )
    rest = [row for row in risks if row not in grave]
    counted = [
        f"{title}: {len(list(rows))}"
        for title, rows in groupby(rest, key=lambda row: row["kind_title"])
    ]  # fmt: skip
    if counted:
        blocks.append(Bullets(counted))
    blocks.append(
        Paragraph([Run("All of them, with their reasons, are on the page "), Run("Threats and risks", link=_PAGE)])
    )
    return blocks


def page_blocks(quarter: Quarter) -> list[Block]:
    """Everything of the page: the gravest, by priority, then what is of no priority, and what is looked for."""
    risks = risks_of(quarter)
    blocks = _priorities(quarter, risks)
    blocks += _others(risks, "indicator", "Indicator", "Successors of national indicators", _OF_SUCCESSORS)
    blocks += _others(
        risks, "source", "Source", "Sources that bring no measure", "Files that feed no measure of the agreement."
    )
    blocks += [*_actions(risks), *_kinds(quarter, risks)]
    return [Paragraph(_counts_in_words(risks)), *_gravest(risks), *_sections(blocks), *blocks]


def _gravest(risks: Sequence[Row]) -> list[Block]:
    """Risks of the highest severity, a line each, before all others."""
    lines: list[Words] = [
        [*_subjects(rows), Run(f": {reason_in_words(rows[0])}")]
        for rows in _alike((row for row in risks if row["severity"] == _HIGHEST), said=False)
    ]
    return [Heading(2, "High severity", "high"), Bullets(lines)] if lines else []


def _sections(blocks: Iterable[Block]) -> list[Block]:
    """Links to the sections: on a phone they are screens apart."""
    links = [
        [Run(block.text, link=f"#{block.id}")] for block in blocks if isinstance(block, Heading) and block.level == 2
    ]
    return [Heading(2, "On this page", "sections"), Bullets(links)]


def _counts_in_words(risks: Sequence[Row]) -> str:
    counts = [
        f"{sum(row['severity'] == severity for row in risks)} {words.split()[-1].lower()}"
        for severity, words in SEVERITY_WORDS.items()
    ]
    return f"Risks by severity: {', '.join(counts)}. Each restates a figure, a date or a text that was supplied."


def _priorities(quarter: Quarter, risks: Sequence[Row]) -> list[Block]:
    found = [row for row in risks if row["subject_kind"] == "measure"]
    titles = [row["priority"] for row in quarter.rows(_PRIORITIES)]
    titles += sorted({row["theme"] for row in found} - set(titles))
    blocks: list[Block] = []
    for number, title in enumerate(titles, 1):
        own = [row for row in found if row["theme"] == title]
        blocks.append(Heading(2, f"Priority {title}", f"priority-{number}"))
        if own:
            cells = [_merged_cells(rows) for rows in _alike(own)]
            blocks.append(Table(f"risks-{number}", f"Risks to priority {title}", _COLUMNS, cells, hides_caption=True))
        else:
            blocks.append(Paragraph("No risk was found, of those that are looked for."))
    return blocks


def _actions(risks: Sequence[Row]) -> list[Block]:
    found = sorted((row for row in risks if row["subject_kind"] == "action"), key=lambda row: str(row["theme"]))
    if not found:
        return []
    blocks: list[Block] = [
        Heading(2, "Overdue actions", "actions"),
        Paragraph(
            f"{len(found)} actions had passed their last day on {found[0]['seen_on']:%-d %B %Y}. An action counts as"
            " overdue until an edition of its plan gives the day on which it was done."
        ),
    ]
    for number, (theme, rows) in enumerate(groupby(found, key=lambda row: row["theme"]), 1):
        title = f"Objective {theme}"
        blocks.append(Heading(3, title, f"objective-{number}"))
        cells = [_action_cells(row) for row in rows]
        blocks.append(Table(f"actions-{number}", f"Overdue: {title}", _ACTION_COLUMNS, cells, hides_caption=True))
    return blocks


def _action_cells(row: Row) -> dict[str, Cell | str]:
    what = f"{row['subject']}: {shortened(row['subject_name'], _MOST_OF_AN_ACTION)}"
    return {
        "action": Cell(what, note=row["owner"] or "Nobody is named"),
        "due": Cell(f"{row['due_on']:%-d %B %Y}", note=f"In the plan: {row['value_period']}"),
        "risks": row["said"] or "None printed",
        "place": place_in_words(row),
    }


def _others(risks: Sequence[Row], subject_kind: str, label: str, title: str, about: str) -> list[Block]:
    found = [row for row in risks if row["subject_kind"] == subject_kind]
    if not found:
        return []
    columns = [Column("subject", label, width=3, is_head=True) if each.is_head else each for each in _COLUMNS]
    rows = [_merged_cells([row]) for row in found]
    table = Table(f"{subject_kind}s", title, columns, rows, hides_caption=True)
    return [Heading(2, title, f"risks-{subject_kind}s"), Paragraph(about), table]


def _kinds(quarter: Quarter, risks: Sequence[Row]) -> list[Block]:
    columns = (
        Column("severity", "Severity", width=1.2),
        Column("kind", "Kind", width=2.5, is_head=True),
        Column("count", "Risks", numeric=True),
        Column("meaning", "What it means", width=5),
    )
    rows = [
        {
            "severity": _severity(kind["severity"]),
            "kind": kind["kind_title"],
            "count": str(sum(row["kind"] == kind["kind"] for row in risks)),
            "meaning": kind["meaning"],
        }
        for kind in quarter.rows(_KINDS)
    ]
    table = Table("risks-by-kind", "Kinds of risk, the gravest first", columns, rows, hides_caption=True)
    return [Heading(2, "What is looked for, and how much was found", "kinds"), table]


def _alike(risks: Iterable[Row], *, said: bool = True) -> list[list[Row]]:
    """Risks that read the same together, in the order in which the first of each comes.

    said: with the commentary on ratings, which the report has elsewhere.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in risks:
        shown = row if said or row["kind"] not in ("red", "amber", "worsening") else row | {"said": None}
        key = (row["kind"], reason_in_words(row), shown["said"], row["workbook"], row["sheet"])
        groups.setdefault(key, []).append(shown)
    return list(groups.values())


def _merged_cells(rows: Sequence[Row]) -> dict[str, Cell | str]:
    """The cells of risks that read the same, one line for all of their subjects."""
    first = rows[0]
    owners = ", ".join(dict.fromkeys(row["owner"] for row in rows if row["owner"]))
    cells = ", ".join(dict.fromkeys(row["cell"] for row in rows if row["cell"]))
    said = " ".join((first["said"] or "").split())
    return {
        "severity": _severity(first["severity"], first["kind_title"]),
        "subject": Cell(_subjects(rows), note=owners),
        "reason": Cell(reason_in_words(first), note=said),
        "place": place_in_words({**first, "cell": cells}) or "Several figures: the measure's page has them",
    }


def _subjects(rows: Sequence[Row]) -> Words:
    """What the risks are about: each measure with a link to its page."""
    runs: list[Run] = []
    for row in rows:
        code = row["measure_code"]
        link = f"dashboard/measures/{quote(code, safe='')}.html" if code else ""
        name = shortened(row["subject_name"] or "", _MOST_OF_AN_ACTION)
        runs += [Run("; ")] if runs else []
        runs += [Run(code, "strong", link), Run(f" {name}")] if code else [Run(name)]
    return runs


def _severity(severity: str, kind: str = "") -> Cell:
    return Cell(SEVERITY_WORDS[severity], note=kind, tone=_TONES[severity])
