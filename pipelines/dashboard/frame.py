"""What all pages of a dashboard have around them: who publishes it, which quarter it is, and where one can go."""

import re
from collections.abc import Sequence

from pipelines.dashboard.contents import Contents
from pipelines.document.model import Block, Document, Run, Words
from pipelines.document.page import page
from pipelines.publication.navigation import navigation

PAGES = (
    ("Overview", "index.html"),
    ("Finance", "finance.html"),
    ("Grants", "grants.html"),
    ("Actions", "actions.html"),
    ("Survey", "survey.html"),
    ("Sector", "sector.html"),
    ("Data quality", "quality.html"),
    ("How ratings work", "how-ratings-work.html"),
)
"""Labels and addresses, relative to the dashboard's folder."""

STYLE, FILTERS = "static/dashboard.css", "static/filters.js"

_PLAIN = re.compile(r"[^A-Za-z0-9.]")


def measure_file(code: str, ending: str = "html") -> str:
    """The file of a measure, relative to the dashboard's folder; whatever the code, no two share one."""
    return f"measures/{_PLAIN.sub(lambda found: f'_{ord(found[0]):x}_', code)}.{ending}"


def framed(
    contents: Contents,
    title: str,
    blocks: Sequence[Block],
    here: str,
    *,
    lines: Sequence[Words] = (),
    extra: str = "",
) -> bytes:
    """A page of the dashboard; `here` is its address in the dashboard's folder, which its links count from."""
    up = "../" * here.count("/")
    quarter = contents.quarter
    document = Document(
        f"{title}: {quarter['report_quarter'].replace('-Q', ' Q').replace('-', '/')}",
        contents.publisher.organisation,
        [*lines, _quarters(contents, up)],
        blocks,
        foot=_foot(contents, up),
    )
    return page(
        document,
        linked_style=up + STYLE,
        navigation=[(label, up + address) for label, address in PAGES],
        here=up + here,
        extra=extra,
    ).encode()


def _quarters(contents: Contents, up: str) -> list[Run]:
    """The quarters that are reported, each but this one with the way to its dashboard."""
    said = [Run("Quarter: ")]
    for place, label in enumerate(contents.quarters):
        said += [Run(", ")] if place else []
        words = label.replace("-Q", " Q").replace("-", "/")
        if label == contents.quarter["report_quarter"]:
            said.append(Run(f"{words} (this one)", "strong"))
        else:
            said.append(Run(words, link=f"{up}../../{label}/dashboard/index.html"))
    return said


def _foot(contents: Contents, up: str) -> list[Words]:
    also: list[Run] = [Run("Also of this quarter: ")]
    for label, address in navigation(1):
        if not address.endswith("dashboard/index.html"):
            also += [Run(", ")] if len(also) > 1 else []
            also.append(Run(label, link=up + address))
    made = f"Made on {contents.run_date:%-d %B %Y} from the published marts."
    return [also, f"{made} Every figure can be traced to its workbook, sheet and cell on the page of its measure."]
