"""How a measure went: its figures as a line, its target, the interval of each figure, and others to compare it with."""

from typing import Any

_LABEL = {"type": "text", "fontSize": 12}


def history_spec(*, by_year: bool) -> dict[str, Any]:
    """The drawing of rows with `series`, `name`, `x`, `y`, `low`, `high`, `label`, `colour`.

    series: figure, expected (a forecast or provisional figure), interval, other (an area or mean to compare with) or
    target. by_year: x is the label of a year, which sort by themselves; else a day as YYYY-MM-DD. label: said beside
    the point, mostly nothing. colour: of the lines to compare with, a name of `pipelines.charts.colours`.
    """
    day = {"type": "temporal", "scale": {"type": "utc", "padding": 18}, "axis": {"format": "%b %Y", "tickCount": 5}}
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
            _layer("interval", {"type": "area", "color": "chart-band"}, y=_LOW, y2=_HIGH),
            _layer("interval", {"type": "rule", "color": "chart-band", "strokeWidth": 6}, y=_LOW, y2=_HIGH),
            _layer("other", _DASHED, detail=_NAME, color=colour),
            _layer("other", _LABEL | {"align": "right", "dy": -8}, text=_TEXT, color=colour),
            _layer("target", {"type": "rule", "strokeDash": [8, 4], "strokeWidth": 1.5, **_TARGET}, x=None),
            _layer("target", _LABEL | {"align": "right", "dy": -7, "x": 326, **_TARGET}, x=None, text=_TEXT),
            _layer("figure", {"type": "line", "strokeWidth": 2.5, **_MAIN}),
            _layer("figure", {"type": "point", "filled": True, "size": 55, "opacity": 1, **_MAIN}),
            _layer("expected", {"type": "point", "fill": "chart-paper", "size": 75, "opacity": 1, **_MAIN}),
            _own_label({"stroke": "chart-paper", "strokeWidth": 4, "fill": "chart-paper"}),
            _own_label({"fill": "chart-ink"}),
        ],
    }


_QUANTITY: dict[str, Any] = {"type": "quantitative"}
_DOWN = {"title": None, "tickCount": 5}
_HIGH = {"field": "high"}
_NAME = {"field": "name", "type": "nominal"}
_TEXT = {"field": "label", "type": "nominal"}
_LOW = {"field": "low", **_QUANTITY}
_DASHED = {"type": "line", "strokeDash": [5, 3], "strokeWidth": 1.5}
_TARGET, _MAIN = {"color": "chart-target"}, {"color": "chart-main"}
_OWN = [{"filter": "datum.series === 'figure' || datum.series === 'expected'"}, {"filter": "datum.y !== null"}]


def _own_label(colours: dict[str, Any]) -> dict[str, Any]:
    """Drawn twice: in the paper's colour and broader first, so that no line runs through a figure."""
    return {"transform": _OWN, "mark": _LABEL | {"dy": -13} | colours, "encoding": {"text": _TEXT}}


def _layer(series: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"transform": [{"filter": f"datum.series === '{series}'"}], "mark": mark, "encoding": encoding}
