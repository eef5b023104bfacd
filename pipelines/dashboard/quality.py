"""The data quality page: what is awaited, what was not loaded, what does not fit, and where every row went."""

from collections.abc import Iterator, Mapping, Sequence

from pipelines.dashboard.contents import Contents
from pipelines.dashboard.frame import framed
from pipelines.dashboard.measure import place_said
from pipelines.dashboard.parts import count, day
from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Table
from pipelines.publication.quarter import Quarter, Row
from pipelines.report.awaited import awaited_figures, awaited_items

_FINDINGS = "select * from marts.reconciliation_finding order by severity, check_name, subject, cell"

_WORKBOOKS = """
select workbook.*, coalesce(source.title, workbook.source) as title
from audit.workbook
left join audit.source on workbook.source = source.source
order by title, workbook.as_at, workbook.workbook, workbook.workbook_sha256
"""

_REJECTED = "select * from audit.rejected_cell order by workbook, sheet, cell"

_WARNINGS = "select * from audit.warning order by workbook, sheet, cell, rule"

_SEVERITIES = {"fail": "■ Wrong", "warn": "▲ To be looked into"}

_OUTCOMES = {"loaded": "loaded", "superseded": "loaded, superseded since", "retracted": "taken back"}

_FOUND = [
    Column("subject", "What", is_head=True, width=2),
    Column("said", "What does not fit", width=4),
    Column("severity", "How grave"),
]
_ROWS = [
    Column("workbook", "Workbook", is_head=True, width=2),
    Column("source", "Source"),
    Column("known", "Known from"),
    Column("outcome", "What became of it", width=1.5),
    Column("read", "Rows read", numeric=True),
    Column("loaded", "Loaded", numeric=True),
    Column("rejected", "Rejected", numeric=True),
    Column("aside", "Set aside", numeric=True),
]
_CELLS = [
    Column("place", "Where", is_head=True, width=2),
    Column("message", "What is wrong with it", width=3),
]


def quality_files(quarter: Quarter, contents: Contents) -> dict[str, bytes]:
    """The page."""
    return {"quality.html": framed(contents, "Data quality", list(quality_blocks(quarter)), "quality.html")}


def quality_blocks(quarter: Quarter) -> Iterator[Block]:
    """What the page says."""
    yield Paragraph("Figures that had not come are as of the quarter's cut-off; everything else as of this edition.")
    awaited = awaited_figures(quarter)
    yield Heading(2, f"Figures that had not come ({len(awaited)})", "awaited")
    yield Bullets(awaited_items(awaited) or ["none"])
    workbooks = quarter.rows(_WORKBOOKS)
    left = [row for row in workbooks if row["needs_action"]]
    yield Heading(2, f"Workbooks in quarantine or not loaded ({len(left)})", "not-loaded")
    yield Bullets([f"{row['workbook']}: {row['reason']}" for row in left] or ["none"])
    yield from _cells("rejected", "Cells that were rejected", quarter.rows(_REJECTED))
    yield from _findings(quarter.rows(_FINDINGS))
    yield from _cells("warnings", "Cells that were read with a warning", quarter.rows(_WARNINGS))
    yield Heading(2, "Where every row went", "rows")
    yield Paragraph("Every row of every workbook is loaded, rejected or set aside: headings, notes and empty rows are.")
    yield Table("rows-accounted", "Workbooks and their rows", _ROWS, [_accounted(row) for row in workbooks])


def _findings(findings: Sequence[Row]) -> Iterator[Block]:
    yield Heading(2, f"What does not fit ({len(findings)})", "findings")
    rows: list[Mapping[str, Cell | str]] = [
        {
            "subject": row["subject"],
            "said": Cell(row["explanation"], place_said(row).strip(" ()")),
            "severity": _SEVERITIES[row["severity"]],
        }
        for row in findings
    ]
    if rows:
        yield Table("found", "Findings, the gravest first", _FOUND, rows)
    else:
        yield Paragraph("Nothing was found.")


def _cells(name: str, heading: str, cells: Sequence[Row]) -> Iterator[Block]:
    yield Heading(2, f"{heading} ({len(cells)})", name)
    rows: list[Mapping[str, Cell | str]] = [
        {
            "place": f"{row['workbook']}{place_said(row | {'workbook': ''})}",
            "message": Cell(row["message"], row["rule"]),
        }
        for row in cells
    ]
    if rows:
        yield Table(f"{name}-cells", heading, _CELLS, rows)
    else:
        yield Paragraph("None.")


def _accounted(row: Row) -> dict[str, Cell | str]:
    outcome = _OUTCOMES.get(row["outcome"], row["outcome"].replace("_", " "))
    return {
        "workbook": row["workbook"],
        "source": row["title"],
        "known": day(row["as_at"]),
        "outcome": Cell(outcome[0].upper() + outcome[1:], row["reason"] or ""),
        "read": count(row["rows_read"]),
        "loaded": count(row["rows_loaded"]),
        "rejected": count(row["rows_rejected"]),
        "aside": count(row["rows_set_aside"]),
    }
