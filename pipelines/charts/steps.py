"""Counts that stay until the day on which they change, each kind in a row of its own."""

from typing import Any

_ROW = {
    "field": "name",
    "type": "nominal",
    "sort": {"field": "order", "op": "min"},
    "header": {
        "title": None,
        "labelOrient": "top",
        "labelAnchor": "start",
        "labelFontSize": 13,
        "labelColor": "chart-ink",
        "labelPadding": 2,
    },
}

STEPS: dict[str, Any] = {
    "facet": {"row": _ROW},
    "spacing": 14,
    "spec": {
        "width": 330,
        "height": 54,
        "encoding": {
            "x": {
                "field": "x",
                "type": "temporal",
                "scale": {"type": "utc"},
                "axis": {"title": None, "format": "%b %Y", "tickCount": 4, "labelOverlap": "greedy", "grid": False},
            },
            "y": {"field": "y", "type": "quantitative", "axis": {"title": None, "tickCount": 2}},
        },
        "layer": [
            {"mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5, "color": "chart-main"}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "color": "chart-ink"},
                "encoding": {"text": {"field": "label", "type": "nominal"}},
            },
        ],
    },
}
"""Rows with `name`, `order` of the names, `x` (YYYY-MM-DD), `y` and `label`, which is said beside the point."""
