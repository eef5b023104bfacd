"""Data quality: figures that had not come, what does not fit together, files that are left out; and sources."""

from collections.abc import Sequence

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Words
from pipelines.publication.quarter import Row
from pipelines.report.awaited import awaited_figures, awaited_items
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import SUPPRESSION_LEGEND, day_in_words, place_in_words

_RUN_DATE = "select run_date from audit.build"

_FINDINGS = """
select check_name, subject, explanation, workbook, sheet, cell
from marts.reconciliation_finding
where
    workbook is null
    or workbook in (
        select origin.workbook
        from marts.observation_origin as origin
        inner join marts.observation on origin.origin_id = observation.origin_id
        inner join marts.measure on observation.measure_code = measure.measure_code and measure.in_agreement
        union
        select workbook from marts.target
        union
        select workbook from marts.commentary
        union
        select workbook from marts.cash_limit
        union
        select workbook from marts.grants
        union
        select workbook from marts.programme_activity
    )
order by check_name, subject
"""
"""What is wrong with the workbooks behind the tables; of the action plan its own section says how much is."""

_RULE = "select rule from marts.suppression_rule"

_FILES_NOT_LOADED = "select workbook, reason from audit.workbook where needs_action order by workbook"

_SOURCES = f"""
with known as (
    select source, workbook, as_at from audit.workbook
    where outcome = 'loaded' and {KNOWN}
)

select
    source.title,
    source.owner,
    source.licence,
    source.illustrative,
    max(known.as_at) as as_at,
    max_by(known.workbook, (known.as_at, known.workbook)) as workbook,
from audit.source as source
inner join known on source.source = known.source
group by all
order by source.title
"""


def quality_blocks(contents: Contents) -> list[Block]:
    """The section on data quality."""
    rows = contents.quarter.rows
    seen_on = min(contents.head["cut_off"], rows(_RUN_DATE)[0]["run_date"])
    files = [f"{row['workbook']}: {row['reason']}" for row in rows(_FILES_NOT_LOADED)]
    return [
        Heading(2, "Data quality", "quality"),
        Heading(3, "Figures that had not come", "awaited"),
        Paragraph(f"Figures that were due by {day_in_words(seen_on)} and had not been received:"),
        _bullets(awaited_items(awaited_figures(contents.quarter)), "None."),
        Heading(3, "What does not fit together", "findings"),
        Paragraph("In the workbooks that this report is made of, as of this edition:"),
        _bullets([finding_words(row) for row in rows(_FINDINGS)], "Nothing was found."),
        Heading(3, "Workbooks that are not in these figures", "not-loaded"),
        _bullets(files, "None: all that was received is in the figures."),
        Heading(3, "Figures that are suppressed", "suppressed"),
        Paragraph(f"{rows(_RULE)[0]['rule']} {SUPPRESSION_LEGEND}"),
    ]


def _bullets(items: Sequence[Words], otherwise: str) -> Block:
    return Bullets(items) if items else Paragraph(otherwise)


def finding_words(row: Row) -> Words:
    """A finding with where it stands, as far as it has a place."""
    place = place_in_words(row)
    return [Run(row["subject"], "strong"), Run(f": {row['explanation']}{f' ({place})' if place else ''}")]


def source_blocks(contents: Contents) -> list[Block]:
    """Sources of which anything was known at the cut-off, and what of them is made up so as to add up."""
    sources = contents.quarter.rows(_SOURCES)
    columns = [
        Column("title", "Source", is_head=True, width=1.8),
        Column("owner", "Owner", width=1.4),
        Column("licence", "Licence", width=1.1),
        Column("workbook", "Latest workbook at the cut-off", width=2.2),
        Column("known", "Known since", width=1.1),
    ]
    cells: list[dict[str, Cell | str]] = [
        {
            "title": row["title"],
            "owner": row["owner"],
            "licence": row["licence"],
            "workbook": row["workbook"],
            "known": day_in_words(row["as_at"]),
        }
        for row in sources
    ]
    said = [[Run(row["title"], "strong"), Run(f": {row['illustrative']}")] for row in sources if row["illustrative"]]
    illustrative = (
        "The figures rated above are published figures, or are computed from parts that add up to published ones. "
        "Of the detail behind them, this is illustrative, made up so that it reproduces what is published:"
    )
    blocks: list[Block] = [
        Heading(2, "Sources", "sources"),
        Table("source-table", "Sources, their owners and licences", columns, cells),
        Heading(3, "Published and illustrative figures", "illustrative"),
    ]
    return [
        *blocks,
        *([Paragraph(illustrative), Bullets(said)] if said else [Paragraph("All figures are as supplied.")]),
    ]
