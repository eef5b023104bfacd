"""The colours of charts by name: as variables of a page's style, which is light or dark, or as they are printed."""

PRINTED = {
    "chart-ink": "#1a1a1a",
    "chart-muted": "#5c6670",
    "chart-grid": "#d5dade",
    "chart-paper": "#ffffff",
    "chart-main": "#0b5c8a",
    "chart-second": "#8a4b00",
    "chart-third": "#5b3b8c",
    "chart-band": "#bcd7e6",
    "chart-target": "#a02020",
}
"""Each but grid, band and paper has a contrast of 4.5 to 1 or more against paper."""

DARK = {
    "chart-ink": "#eceff1",
    "chart-muted": "#aab4bd",
    "chart-grid": "#3a444d",
    "chart-paper": "#14191d",
    "chart-main": "#6cc0ee",
    "chart-second": "#f0b165",
    "chart-third": "#c3a6f2",
    "chart-band": "#274a5e",
    "chart-target": "#ff8f8f",
}
"""The same on a dark page."""


def as_style(colours: dict[str, str]) -> str:
    """Colours as custom properties of CSS."""
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())
