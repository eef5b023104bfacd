"""How the report differs from the printed one: every cell side by side, every difference with what explains it."""

from collections.abc import Mapping, Sequence

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Words
from pipelines.publication.quarter import Row
from pipelines.report.contents import Contents
from pipelines.report.ratings import figure_cell
from pipelines.report.sections.measures import polarity_words, target_words
from pipelines.report.sections.quality import finding_words
from pipelines.report.wording import CLAIM_WORDS, OUTCOME_WORDS, day_in_words, status_words, trend_words

_CELLS = "select * from marts.printed_cell where report_quarter = $quarter and superseded_on is null"

_FINDINGS = """
select check_name, subject, explanation, workbook, sheet, cell, cell as place
from marts.reconciliation_finding
where workbook in (select workbook from marts.printed_cell where report_quarter = $quarter and superseded_on is null)
union all
-- figures in each other's place stand in two cells and are one finding
select
    finding.check_name, finding.subject, finding.explanation, finding.workbook, finding.sheet, finding.cell,
    swap.other_cell
from marts.reconciliation_finding as finding
inner join marts.printed_swap as swap
    on finding.workbook = swap.workbook and finding.sheet = swap.sheet and finding.cell = swap.cell
where finding.check_name = 'printed_values_swapped' and swap.superseded_on is null
order by check_name, subject, place
"""

_CLAIMS = """
select section, claim, printed_text, stands_as, outcome, basis, not_checked_because
from marts.claim
where report_quarter = $quarter and superseded_on is null
order by length(claimed_cell), claimed_cell, stands_as, place
"""

_LABELS = {
    "good_performance": "Good performance",
    "two_years_before": "Two years before",
    "year_before": "Year before",
    "current": "Latest or forecast",
    "target": "Target",
    "status": "Status",
    "trend": "Trend",
}


def printed_blocks(contents: Contents) -> list[Block]:
    """The annex; nothing when no printed report of the quarter was supplied."""
    cells = compared(contents.measures, contents.quarter.rows(_CELLS))
    if not cells:
        return []
    findings = contents.quarter.rows(_FINDINGS)
    said = (
        f"{cells[0]['workbook']} is the report as it was printed on {day_in_words(cells[0]['as_at'])}. Below, each of "
        "its cells stands above what this report says in the same place. A printed figure counts as the same when the "
        "exact one lies within half of the last step that is printed."
    )
    return [
        Heading(2, "Annex: how this differs from the printed report", "printed"),
        Paragraph(said),
        Heading(3, "Side by side", "side-by-side"),
        side_by_side(contents.measures, cells),
        Heading(3, "Every difference explained", "differences"),
        *difference_blocks(cells, findings),
        Heading(3, "Figures in the text of the printed report", "claims"),
        claims_table(contents.quarter.rows(_CLAIMS)),
    ]


def compared(measures: Sequence[Row], cells: Sequence[Row]) -> list[Row]:
    """The cells, with the outcome `suppressed` where this report shows no figure for that reason: it tells of it."""
    of_code = {row["measure_code"]: row for row in measures}
    return [
        row | {"outcome": "suppressed"} if _is_suppressed(of_code.get(row["measure_code"], {}), row) else row
        for row in cells
    ]


def _is_suppressed(measure: Mapping[str, object], cell: Row) -> bool:
    column = cell["printed_column"]
    if column in ("current", "status", "trend"):
        return measure.get("trend_reason" if column == "trend" else "status_reason") == "suppressed"
    return bool(
        measure.get({"year_before": "before_", "two_years_before": "before_that_"}.get(column, "") + "is_suppressed")
    )


def side_by_side(measures: Sequence[Row], cells: Sequence[Row]) -> Table:
    """A row a measure: what is printed, and below it what stands here."""
    printed = {(row["measure_code"], row["printed_column"]): row for row in cells}
    columns = [Column("code", "PI code", is_head=True, width=0.8)]
    columns += [Column(key, label) for key, label in _LABELS.items()]
    rows = [
        {"code": row["measure_code"]}
        | {key: _both(printed.get((row["measure_code"], key)), _here(row, key)) for key in _LABELS}
        for row in measures
    ]
    return Table("side-by-side-table", "Printed, and below it in this report", columns, rows)


def _both(cell: Row | None, here: str) -> Cell:
    if cell is None:
        return Cell("(blank)", f"here: {here}")
    differs = cell["outcome"] == "differs"
    said = "; not compared" if cell["outcome"] == "suppressed" else ""
    note: Words = [Run(f"here: {here}{said}"), *([Run("; differs", "strong")] if differs else [])]
    return Cell(cell["printed_text"], note, tone="A" if differs else "")


def _here(row: Row, column: str) -> str:
    which: Mapping[str, str] = {"two_years_before": "before_that_", "year_before": "before_", "current": ""}
    if column in which:
        cell = figure_cell(row, which[column], {})
        return f"{cell.words} ({cell.note})" if cell.note else str(cell.words)
    words = {"good_performance": polarity_words, "target": target_words, "status": status_words, "trend": trend_words}
    return words[column](row)


def difference_blocks(cells: Sequence[Row], findings: Sequence[Row]) -> list[Block]:
    """Cells that differ or cannot be read, each with the findings that stand at it."""
    at: dict[tuple[str, str], list[Row]] = {}
    for row in findings:
        at.setdefault((row["sheet"], row["place"]), []).append(row)
    different = [row for row in cells if row["outcome"] != "agrees"]
    items: list[Words] = []
    for row in sorted(different, key=lambda row: (row["outcome"], row["measure_code"] or "", row["printed_column"])):
        # what explains a suppressed figure would give it away
        explained = [] if row["outcome"] == "suppressed" else at.get((row["sheet"], row["cell"]), [])
        why = " ".join(each["explanation"] for each in explained) or OUTCOME_WORDS[row["outcome"]].capitalize() + "."
        lead = f"{row['measure_code']}, {_LABELS[row['printed_column']].lower()}"
        items.append([Run(lead, "strong"), Run(f": printed {row['printed_text']}. {why} (cell {row['cell']})")])
    shown = {(row["sheet"], row["cell"]) for row in different}
    others = {row["subject"]: row for row in findings if (row["sheet"], row["place"]) not in shown}
    blocks: list[Block] = [Bullets(items) if items else Paragraph("Nothing that is printed differs.")]
    if others:
        blocks += [
            Paragraph("What else does not fit together in print:"),
            Bullets([*map(finding_words, others.values())]),
        ]
    return blocks


def claims_table(claims: Sequence[Row]) -> Table:
    """Figures claimed in the text, and whether the workbooks give them."""
    columns = [
        Column("section", "Where", width=1.1),
        Column("claim", "What is claimed", is_head=True, width=2.4),
        Column("printed", "As printed"),
        Column("outcome", "Outcome", width=1.2),
        Column("basis", "What the workbooks give", width=2.8),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "section": row["section"],
            "claim": row["claim"],
            "printed": row["printed_text"],
            "outcome": CLAIM_WORDS[row["outcome"]],
            "basis": row["basis"] or row["not_checked_because"] or "Nothing",
        }
        for row in claims
    ]
    return Table("claims-table", "Claims in the text", columns, rows)
