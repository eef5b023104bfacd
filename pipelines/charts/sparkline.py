"""A line as small as a word. It has no axes and says nothing by itself: the figures stand beside it."""

from collections.abc import Sequence
from decimal import Decimal

WIDTH, HEIGHT, MARGIN = 96, 28, 4


def sparkline(values: Sequence[Decimal | None]) -> str:
    """Figures in their order as SVG with nothing in it but numbers, broken where one is missing.

    Empty where there are fewer than two figures. The last one has a dot.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, span = min(known), max(known) - min(known)
    step = Decimal(WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = [
        None
        if value is None
        else (
            MARGIN + step * place,
            HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * ((value - low) / span if span else Decimal("0.5")),
        )
        for place, value in enumerate(values)
    ]
    moves, pen = [], "M"
    for point in points:
        if point is not None:
            moves.append(f"{pen}{point[0]:.1f} {point[1]:.1f}")
        pen = "M" if point is None else "L"
    x, y = next(point for point in reversed(points) if point is not None)
    return (
        f'<svg class="spark" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">'
        f'<path d="{"".join(moves)}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3"/></svg>'
    )
