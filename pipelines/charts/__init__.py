"""Charts: Vega-Lite specifications with colours by name, drawn as SVG without a browser."""
