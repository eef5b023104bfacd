"""Amounts beside each other, and areas with the interval of each."""

from typing import Any

_NAMED = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "labelLimit": 190, "ticks": False}}

BARS: dict[str, Any] = {
    "width": 330,
    "height": {"step": 46},
    "encoding": {
        "y": {"field": "name", "type": "nominal", "sort": None, "axis": None},
        "x": {"field": "value", "type": "quantitative", "axis": None},
    },
    "layer": [
        {"mark": {"type": "bar", "color": "chart-main", "height": 16, "yOffset": 8}},
        {
            "mark": {"type": "text", "align": "left", "dx": 5, "dy": 9, "fontSize": 13, "color": "chart-ink"},
            "encoding": {"text": {"field": "label", "type": "nominal"}},
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "x": 0,
                "dy": -9,
                "fontSize": 13,
                "color": "chart-ink",
                "limit": 400,
            },
            "encoding": {"text": {"field": "name", "type": "nominal"}, "x": None},
        },
    ],
}
"""Rows with `name`, `value` and `label`, which is the value in words, in the order given."""

INTERVALS: dict[str, Any] = {
    "width": 270,
    "height": {"step": 26},
    "encoding": {
        "y": _NAMED,
        "color": {"field": "colour", "type": "nominal", "scale": None},
    },
    "layer": [
        {
            "mark": {"type": "rule", "strokeWidth": 3},
            "encoding": {
                "x": {
                    "field": "low",
                    "type": "quantitative",
                    "scale": {"zero": False},
                    "axis": {"title": None, "tickCount": 5},
                },
                "x2": {"field": "high"},
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
            "encoding": {"x": {"field": "value", "type": "quantitative"}},
        },
    ],
}
"""Rows with `name`, `value`, `low`, `high` and `colour`, in the order given."""
