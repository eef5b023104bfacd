"""Data quality: figures that had not come, what does not fit together, files that are left out; and sources."""

from collections.abc import Sequence

from pipelines.document.model import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Table, Words
from pipelines.publication.quarter import Row
from pipelines.report.contents import KNOWN, Contents
from pipelines.report.wording import awaited_in_words, day_in_words

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

_FILES_NOT_LOADED = "select workbook, reason from audit.workbook where needs_action order by workbook"

_AWAITED = """
select
    freshness.measure_code,
    freshness.frequency,
    freshness.is_sent_less_often,
    freshness.next_period,
    freshness.due_on,
    freshness.grace_until,
    freshness.state,
    freshness.note,
    freshness.source_sent_on,
    source.title as source_title,
from marts.freshness
inner join marts.reporting_quarter on reporting_quarter.report_quarter = $quarter
left join audit.source as source on freshness.source = source.source
where
    freshness.state in ('due', 'late', 'silent', 'never_received')
    and case
        when reporting_quarter.cut_off < (select run_date from audit.build) then freshness.report_quarter = $quarter
        else freshness.is_now
    end
order by freshness.sheet_row
"""
"""As the quarter's cut-off saw it; before that day, as the day of the build sees it."""

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
        _bullets(awaited_items(rows(_AWAITED)), "None."),
        Heading(3, "What does not fit together", "findings"),
        Paragraph("In the workbooks that this report is made of, as of this edition:"),
        _bullets([finding_words(row) for row in rows(_FINDINGS)], "Nothing was found."),
        Heading(3, "Workbooks that are not in these figures", "not-loaded"),
        _bullets(files, "None: all that was received is in the figures."),
    ]


def _bullets(items: Sequence[Words], otherwise: str) -> Block:
    return Bullets(items) if items else Paragraph(otherwise)


def awaited_items(awaited: Sequence[Row]) -> list[Words]:
    """Figures that had not come though they were due, measures of the same words together."""
    codes: dict[str, list[str]] = {}
    for row in awaited:
        codes.setdefault(awaited_in_words(row), []).append(row["measure_code"])
    return [[Run(", ".join(of), "strong"), Run(f": {said}")] for said, of in codes.items()]


def finding_words(row: Row) -> Words:
    """A finding with where it stands, as far as it has a place."""
    named = {"": row["workbook"], "sheet ": row["sheet"], "cell ": row["cell"]}
    parts = [f"{what}{where}" for what, where in named.items() if where]
    place = f" ({', '.join(parts)})" if parts else ""
    return [Run(row["subject"], "strong"), Run(f": {row['explanation']}{place}")]


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
