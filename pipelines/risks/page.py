"""The page of a quarter's threats and risks."""

from pipelines.document.model import Document, Run
from pipelines.document.page import page
from pipelines.publication.navigation import navigation
from pipelines.publication.quarter import Quarter
from pipelines.report.wording import quarter_in_words
from pipelines.risks.sections import page_blocks

_NAME = "risks.html"

_HEAD = """
select reporting_quarter.*, risk_day.seen_on
from marts.reporting_quarter
inner join marts.risk_day on reporting_quarter.report_quarter = risk_day.report_quarter
where reporting_quarter.report_quarter = $quarter
"""


def risk_files(quarter: Quarter) -> dict[str, bytes]:
    """The page of a quarter; equal figures give equal bytes."""
    [head] = quarter.rows(_HEAD)
    document = Document(
        title=f"Threats and risks: {quarter_in_words(head)}",
        organisation=quarter.publisher.organisation,
        lines=[
            f"What is likely to affect performance, as it was known on {head['seen_on']:%-d %B %Y}.",
        ],
        blocks=page_blocks(quarter),
        foot=[
            [
                Run("As a table for analysts: "),
                Run("marts.risk", "code"),
                Run(", its kinds "),
                Run("marts.risk_kind", "code"),
            ],
        ],
    )
    return {_NAME: page(document, navigation=navigation(), here=_NAME).encode()}
