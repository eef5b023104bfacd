"""How a measure went: its figures as a line, its target, the interval of each figure, and others to compare it with."""

from typing import Any

_LABEL = {"type": "text", "fontSize": 12}


def history_spec(*, by_year: bool) -> dict[str, Any]:
    """The drawing of rows with `series`, `name`, `x`, `y`, `low`, `high`, `label`, `colour`.

    series: figure, expected (a forecast or provisional figure), interval, other (an area or mean to compare with) or
    target. by_year: x is the label of a year, which sort by themselves; else a day as YYYY-MM-DD. label: said beside
    the point, mostly nothing. colour: of the lines to compare with, a name of `pipelines.charts.colours`.
    """
    day = {"type": "temporal", "scale": {"type": "utc"}, "axis": {"format": "%b %Y", "tickCount": 4}}
    year = {"type": "ordinal", "axis": {"labelAngle": 0}}
    axis = {"title": None, "labelOverlap": "greedy", "grid": False}
    across = {"field": "x", **(year if by_year else day)}
    across["axis"] = axis | across["axis"]  # type: ignore[operator]
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {
        "width": 330,
        "height": 200,
        "encoding": {
            "x": across,
            "y": {"field": "y", "type": "quantitative", "scale": {"zero": False, "nice": True}, "axis": _DOWN},
        },
        "layer": [
            _layer("interval", {"type": "area", "color": "chart-band"}, y={"field": "low", **_QUANTITY}, y2=_HIGH),
            _layer("interval", {"type": "rule", "color": "chart-band"}, y={"field": "low", **_QUANTITY}, y2=_HIGH),
            _layer("other", {"type": "line", "strokeDash": [5, 3], "strokeWidth": 1.5}, detail=_NAME, color=colour),
            _layer("other", _LABEL | {"align": "right", "dy": -8}, text=_TEXT, color=colour),
            _layer(
                "target", {"type": "rule", "color": "chart-target", "strokeDash": [8, 4], "strokeWidth": 1.5}, x=None
            ),
            _layer("target", _LABEL | {"align": "left", "dy": -7, "color": "chart-target", "x": 4}, x=None, text=_TEXT),
            _layer("figure", {"type": "line", "color": "chart-main", "strokeWidth": 2.5}),
            _layer("figure", {"type": "point", "color": "chart-main", "filled": True, "size": 55, "opacity": 1}),
            _layer(
                "expected", {"type": "point", "color": "chart-main", "fill": "chart-paper", "size": 75, "opacity": 1}
            ),
            {"mark": _LABEL | {"color": "chart-ink", "dy": -12}, "encoding": {"text": _TEXT}, "transform": _OWN},
        ],
    }


_QUANTITY: dict[str, Any] = {"type": "quantitative"}
_DOWN = {"title": None, "tickCount": 5}
_HIGH = {"field": "high"}
_NAME = {"field": "name", "type": "nominal"}
_TEXT = {"field": "label", "type": "nominal"}
_OWN = [{"filter": "datum.series === 'figure' || datum.series === 'expected'"}, {"filter": "datum.y !== null"}]


def _layer(series: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"transform": [{"filter": f"datum.series === '{series}'"}], "mark": mark, "encoding": encoding}
