"""What is made for each reporting quarter: a line here for each maker of files."""

from pipelines.publication.quarter import Maker
from pipelines.report.report import report_files

MAKERS: tuple[Maker, ...] = (report_files,)
