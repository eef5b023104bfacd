"""Charts as SVG, in the colours of a page or of print."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipelines.charts.colours import PRINTED
from pipelines.charts.drawer import drawer
from pipelines.document.model import Block, Chart, unfolded

_OWN_ID = re.compile(r'\sid="([^"]+)"')

_NAMED = re.compile("|".join(sorted(PRINTED, key=len, reverse=True)))

_CONFIG = {
    "background": None,
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "chart-ink",
        "titleColor": "chart-ink",
        "gridColor": "chart-grid",
        "domainColor": "chart-muted",
        "tickColor": "chart-muted",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": "chart-ink", "titleColor": "chart-ink", "labelFontSize": 12, "orient": "bottom"},
    "text": {"fill": "chart-ink", "fontSize": 12},
}


def svg_for_page(chart: Chart) -> str:
    """The chart with its colours as variables of the page's style, to stand in the page itself.

    Text of the data cannot come alive: the drawing escapes it, and it holds no script, style or link of its own.
    """
    drawn = _drawn(chart).replace("<svg ", '<svg aria-hidden="true" ', 1)
    return _NAMED.sub(lambda found: f"var(--{found[0]})", drawn)


def svg_for_print(chart: Chart) -> str:
    """The chart in the colours that are printed."""
    return _NAMED.sub(lambda found: PRINTED[found[0]], _drawn(chart))


def draw_ahead(blocks: Iterable[Block]) -> None:
    """Starts the process that draws, and has it draw the charts among blocks while the caller goes on."""
    drawing = drawer()
    for block in unfolded(blocks):
        if isinstance(block, Chart):
            drawing.draw(_whole(block.spec), block.rows)


def _drawn(chart: Chart) -> str:
    drawn = drawer().draw(_whole(chart.spec), chart.rows).result()
    # they count up through the life of the process: equal charts would differ, and two on a page might not
    for number, own in enumerate(dict.fromkeys(_OWN_ID.findall(drawn)), 1):
        drawn = drawn.replace(f'id="{own}"', f'id="{chart.id}-{number}"').replace(
            f"url(#{own})", f"url(#{chart.id}-{number})"
        )
    return drawn


def _whole(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **spec,
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"name": "rows", "values": []},
        "config": _CONFIG | spec.get("config", {}),
    }
