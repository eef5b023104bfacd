"""What is made for each reporting quarter: a line here for each maker of files."""

from pipelines.dashboard.site import dashboard_files
from pipelines.publication.quarter import Maker
from pipelines.report.page import report_files

MAKERS: tuple[Maker, ...] = (report_files, dashboard_files)
