"""Counts that stay until the day on which they change."""

from typing import Any

STEPS: dict[str, Any] = {
    "width": 330,
    "height": 200,
    "encoding": {
        "x": {
            "field": "x",
            "type": "temporal",
            "scale": {"type": "utc"},
            "axis": {"title": None, "format": "%b %Y", "tickCount": 4, "labelOverlap": "greedy", "grid": False},
        },
        "y": {"field": "y", "type": "quantitative", "axis": {"title": None, "tickCount": 5}},
        "color": {"field": "colour", "type": "nominal", "scale": None},
    },
    "layer": [
        {
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5},
            "encoding": {"detail": {"field": "name", "type": "nominal"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12},
            "encoding": {"text": {"field": "label", "type": "nominal"}},
        },
    ],
}
"""Rows with `name`, `x` (YYYY-MM-DD), `y`, `label` (said beside the last of a name) and `colour`."""
