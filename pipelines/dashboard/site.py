"""All files of a quarter's dashboard."""

from pathlib import Path

from pipelines.dashboard.contents import read_contents
from pipelines.dashboard.frame import FILTERS, STYLE
from pipelines.dashboard.measure import measure_files
from pipelines.dashboard.overview import overview_files
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
    }
    return {f"dashboard/{name}": content for name, content in sorted(files.items())}
