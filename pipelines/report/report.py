"""The committee's report of a quarter: one document, shown as a page that stands alone and set as an accessible PDF."""

from dataclasses import replace

from pipelines.charts.drawing import draw_ahead
from pipelines.document.model import Block, Bullets, Document, Heading, Paragraph, Run, Words
from pipelines.document.page import page
from pipelines.document.typeset import pdf
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter
from pipelines.report.contents import read_contents
from pipelines.report.sections.actions import action_blocks
from pipelines.report.sections.delivered import activity_blocks, delivered
from pipelines.report.sections.finance import finance_blocks
from pipelines.report.sections.grants import grant_blocks
from pipelines.report.sections.measures import priority_blocks
from pipelines.report.sections.news import moves, news_blocks
from pipelines.report.sections.printed import printed_blocks
from pipelines.report.sections.quality import quality_blocks, source_blocks
from pipelines.report.sections.sector import sector_blocks
from pipelines.report.sections.summary import cover_lines, criteria_blocks, summary_blocks
from pipelines.report.sections.survey import survey_blocks
from pipelines.report.tables import table_html
from pipelines.report.wording import quarter_in_words
from pipelines.risks.sections import risk_blocks

STYLE = """
.gt_right { text-align: right; font-variant-numeric: tabular-nums; } .narrow { width: auto; min-width: 40%; }
@media (max-width: 44rem) { .gt_right { text-align: left; } .narrow { width: 100%; } }
"""
"""What great-tables says of a cell that its page must know."""


def report_files(quarter: Quarter) -> dict[str, bytes]:
    """The report of a quarter as a page and as PDF, which say the same."""
    document = report_document(quarter)
    draw_ahead(document.blocks)
    contents = replace(document, blocks=[*_contents(document), *document.blocks])
    shown = page(contents, table_html=table_html, style=STYLE, navigation=navigation(), here="report.html")
    return {"report.html": shown.encode(), "report.pdf": pdf(document)}


def report_document(quarter: Quarter) -> Document:
    """The report of a quarter in the order of the printed one."""
    contents = read_contents(quarter)
    moved = moves(contents)
    blocks: list[Block] = [
        *summary_blocks(contents, moved),
        Heading(2, "1. Delivering our priorities", "priorities"),
        *criteria_blocks(),
        *priority_blocks(contents, delivered(contents)),
        *activity_blocks(contents),
        *grant_blocks(contents),
        *sector_blocks(contents),
        *survey_blocks(contents),
        *finance_blocks(contents),
        *action_blocks(contents),
        Heading(2, "Threats and risks", "risks"),
        *risk_blocks(quarter),
        *news_blocks(contents, moved),
        *quality_blocks(contents),
        *source_blocks(contents),
        *printed_blocks(contents),
    ]
    title = f"Inclusive Neighbourhoods: performance and resources report, {quarter_in_words(contents.head)}"
    foot: list[Words] = [
        "Published under the Open Government Licence v3.0 where it says so.",
        [Run("Every figure here is traced to its cell in "), Run("marts.observation_origin", "code"), Run(".")],
    ]
    return Document(title, quarter.publisher.organisation, cover_lines(contents), blocks, foot)


def _contents(document: Document) -> list[Block]:
    """Links to the PDF and to the sections; in print the typesetter makes those, with the numbers of pages."""
    sections = [block for block in document.blocks if isinstance(block, Heading) and block.level == 2]
    links = Bullets([[Run(heading.text, link=f"#{heading.id}")] for heading in sections])
    return [Paragraph([Run("This report as an accessible PDF", link="report.pdf")]), links]
