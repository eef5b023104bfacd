"""What is made for each reporting quarter: a line here for each maker of files."""

from pipelines.dashboard.site import dashboard_files
from pipelines.dictionary.page import dictionary_files
from pipelines.evidence.page import evidence_files
from pipelines.open_data.files import open_data_files
from pipelines.publication.quarter import Maker
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
