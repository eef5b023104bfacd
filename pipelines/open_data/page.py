"""The page of the open data of a quarter: what each file is, how to use it, what is suppressed and what changed."""

from collections.abc import Sequence
from decimal import Decimal

from pipelines.csv_text import number
from pipelines.document.model import Block, Bullets, Cell, Column, Document, Heading, Paragraph, Run, Table
from pipelines.open_data.describing import ESCAPED, LICENCE_ADDRESS, LICENCE_TITLE
from pipelines.open_data.sets import DataSet
from pipelines.publication.quarter import Row

CHANGE_WORDS = {"added": "Added", "removed": "No longer listed", "changed": "Changed", "restated": "Restated"}

MOST_SHOWN = 200
"""Rows of a table of this page; what is more stands in its file."""


def open_data_page(
    title: str,
    organisation: str,
    sets: Sequence[DataSet],
    found: tuple[str | None, Sequence[Row]],
    rule: Row,
    suppressed: Sequence[Row],
) -> Document:
    """The page. rule: the row of marts.suppression_rule. suppressed: counts by measure.

    found: the quarter before that is reported, None for the first, and the rows of `changes` since.
    """
    return Document(
        title=title,
        organisation=organisation,
        lines=["Every figure of the quarter as data that anyone may use, with the cells that it comes from."],
        blocks=[*_files(sets), *_use(title, organisation), *_suppression(rule, suppressed), *_changes(*found)],
        foot=[[Run("Published under the "), Run(LICENCE_TITLE, link=LICENCE_ADDRESS), Run(".")]],
    )


def _files(sets: Sequence[DataSet]) -> list[Block]:
    columns = [
        Column("title", "What it is", width=3, is_head=True),
        Column("grain", "A row for each", width=2),
        Column("rows", "Rows", numeric=True),
        Column("files", "Files", width=2),
    ]
    rows: list[dict[str, Cell | str]] = [
        {
            "title": Cell(each.title, note=each.table.meaning),
            "grain": each.table.grain,
            "rows": f"{len(each.rows):,}",
            "files": Cell(
                [
                    Run(f"{each.name}.csv", link=f"{each.name}.csv"),
                    Run(" and "),
                    Run(f"{each.name}.parquet", link=f"{each.name}.parquet"),
                ]
            ),
        }
        for each in sets
    ]
    return [
        Heading(2, "Files", "files"),
        Paragraph("Each table is there twice: as CSV for any program, and as Parquet with the types of its columns."),
        Table("files-table", "Files of open data", columns, rows, hides_caption=True),
        Paragraph(
            [
                Run("For programs: "),
                Run("datapackage.json", link="datapackage.json"),
                Run(" (Frictionless Data Package) and "),
                Run("csv-metadata.json", link="csv-metadata.json"),
                Run(" (CSV on the Web) say what every column means. For people the "),
                Run("data dictionary", link="../dictionary.html"),
                Run(" does, and the "),
                Run("workbook", link="../measures.xlsx"),
                Run(" has the measures in a spreadsheet."),
            ]
        ),
    ]


def _use(title: str, organisation: str) -> list[Block]:
    return [
        Heading(2, "Using the data", "use"),
        Bullets(
            [
                [
                    Run("Licence: "),
                    Run(LICENCE_TITLE, link=LICENCE_ADDRESS),
                    Run(". You may copy, publish, adapt and sell the data, if you say where it comes from."),
                ],
                f"To cite it: {organisation}, {title}. {LICENCE_TITLE}.",
                "Files are in UTF-8, days are written 2021-11-12, numbers without commas between thousands.",
                "An empty field is a figure that there is not; the column availability says why. It is never nought.",
                f"{ESCAPED} Texts in the Parquet files are as they were supplied.",
                "Figures are as known at the cut-off of the quarter; findings, measures, periods and areas as now.",
            ]
        ),
    ]


def _suppression(rule: Row, suppressed: Sequence[Row]) -> list[Block]:
    said: list[Block] = [
        Heading(2, "What is suppressed", "suppressed"),
        Paragraph(rule["rule"]),
        Paragraph(
            "So are what single payments and courses counted, the names of organisations that were not awarded a"
            " grant, and the names of officers. [c] stands for a text that is confidential."
        ),
    ]
    if not suppressed:
        return [*said, Paragraph("No figure of this quarter's files is suppressed for this reason.")]
    columns = [
        Column("table_name", "Table", is_head=True),
        Column("measure_code", "Measure"),
        Column("period_label", "Period"),
        Column("figures", "Figures suppressed", numeric=True),
    ]
    rows: list[dict[str, Cell | str]] = [
        {column.key: _in_words(row[column.key]) for column in columns} for row in suppressed[:MOST_SHOWN]
    ]
    return [*said, Table("suppressed-table", "Figures suppressed", columns, rows), *_more(suppressed, "suppression")]


def _changes(before: str | None, found: Sequence[Row]) -> list[Block]:
    heading: Block = Heading(2, "Changes since the quarter before", "changes")
    if before is None:
        return [heading, Paragraph("This is the first quarter that is reported: there is none to compare it with.")]
    since = f"Compared with the open data of {before}."
    if not found:
        nothing = "No measure was added, dropped or redefined, no target changed, and no figure was restated."
        return [heading, Paragraph(f"{since} {nothing}")]
    columns = [
        Column("change", "Change", is_head=True),
        Column("measure_code", "Measure"),
        Column("what", "Of what", width=2),
        Column("before", "Before", width=2),
        Column("after", "Now", width=2),
    ]
    rows: list[dict[str, Cell | str]] = [
        {"change": CHANGE_WORDS[row["change"]], "measure_code": row["measure_code"], "what": row["what"]}
        | {side: _in_words(row[side]) for side in ("before", "after")}
        for row in found[:MOST_SHOWN]
    ]
    table = Table("changes-table", "Changes", columns, rows, hides_caption=True)
    return [heading, Paragraph(since), table, *_more(found, "changes")]


def _more(rows: Sequence[Row], name: str) -> list[Block]:
    said = f"The first {MOST_SHOWN} of {len(rows):,} are shown; all are in " if len(rows) > MOST_SHOWN else "Also as "
    return [Paragraph([Run(said), Run(f"{name}.csv", link=f"{name}.csv"), Run(".")])]


def _in_words(value: object) -> str:
    if value is None:
        return "none"
    return number(value) if isinstance(value, Decimal) else str(value)
