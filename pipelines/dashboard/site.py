"""All files of a quarter's dashboard."""

from pathlib import Path

from pipelines.dashboard.actions import actions_files
from pipelines.dashboard.contents import read_contents
from pipelines.dashboard.finance import finance_files
from pipelines.dashboard.frame import FILTERS, STYLE
from pipelines.dashboard.grants import grants_files
from pipelines.dashboard.measure import measure_files
from pipelines.dashboard.overview import overview_files
from pipelines.dashboard.quality import quality_files
from pipelines.dashboard.ratings import ratings_files
from pipelines.dashboard.sector import sector_files
from pipelines.dashboard.survey import survey_files
from pipelines.document.page import stylesheet
from pipelines.publication.quarter import Quarter

_STATIC = Path(__file__).parent


def dashboard_files(quarter: Quarter) -> dict[str, bytes]:
    """The dashboard of a quarter."""
    contents = read_contents(quarter)
    files = {
        STYLE: (stylesheet() + (_STATIC / STYLE).read_text(encoding="utf-8")).encode(),
        FILTERS: (_STATIC / FILTERS).read_bytes(),
        **overview_files(quarter, contents),
        **measure_files(quarter, contents),
        **finance_files(quarter, contents),
        **grants_files(quarter, contents),
        **actions_files(quarter, contents),
        **survey_files(quarter, contents),
        **sector_files(quarter, contents),
        **quality_files(quarter, contents),
        **ratings_files(contents),
    }
    return {f"dashboard/{name}": content for name, content in sorted(files.items())}
