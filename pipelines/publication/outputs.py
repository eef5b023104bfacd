"""What is made for each reporting quarter: a line here for each maker of files."""

from pipelines.charts.drawing import draw_ahead
from pipelines.dashboard.site import dashboard_files
from pipelines.dictionary.page import dictionary_files
from pipelines.evidence.page import evidence_files
from pipelines.open_data.files import open_data_files
from pipelines.publication.quarter import Maker, Quarter
from pipelines.report.report import report_files
from pipelines.risks.page import risk_files
from pipelines.spreadsheet.book import workbook_files

MAKERS: tuple[Maker, ...] = (
    report_files,
    dashboard_files,
    risk_files,
    evidence_files,
    open_data_files,
    workbook_files,
    dictionary_files,
)


def quarter_files(quarter: Quarter) -> dict[str, bytes]:
    """All files of a quarter by their names, relative to its folder."""
    draw_ahead([])
    return {name: content for maker in MAKERS for name, content in maker(quarter).items()}
