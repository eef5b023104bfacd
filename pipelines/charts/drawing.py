"""Draws charts as SVG. A specification is compiled once, whatever data it is drawn with: compiling costs most."""

import json
import re
from functools import cache

from pipelines.charts.colours import PRINTED
from pipelines.document.model import Chart

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


def _drawn(chart: Chart) -> str:
    import vl_convert

    compiled = json.loads(_compiled(json.dumps(chart.spec, sort_keys=True)))
    for data in compiled["data"]:
        if data["name"] == "rows":
            data["values"] = list(chart.rows)
    drawn = str(vl_convert.vega_to_svg(compiled))
    # they count up through the life of the process: equal charts would differ, and two on a page might not
    for number, own in enumerate(dict.fromkeys(_OWN_ID.findall(drawn)), 1):
        drawn = drawn.replace(f'id="{own}"', f'id="{chart.id}-{number}"').replace(
            f"url(#{own})", f"url(#{chart.id}-{number})"
        )
    return drawn


@cache
def _compiled(spec: str) -> str:
    import vl_convert

    whole = json.loads(spec)
    whole |= {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "data": {"name": "rows", "values": []},
        "config": _CONFIG | whole.get("config", {}),
    }
    return json.dumps(vl_convert.vegalite_to_vega(whole))
