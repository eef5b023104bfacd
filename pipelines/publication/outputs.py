"""What is made for each reporting quarter: a line here for each maker of files."""

from pipelines.open_data.files import open_data_files
from pipelines.publication.quarter import Maker
from pipelines.report.page import report_files

MAKERS: tuple[Maker, ...] = (report_files, open_data_files)
