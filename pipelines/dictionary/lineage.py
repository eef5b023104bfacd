"""What a table is made of: the tables that it reads, and the sources that these come from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from pipelines.publication.quarter import Row
from pipelines.warehouse.models import UNIONS

ROW_HEIGHT, WIDTH = 26, 340
"""Pixels between two lines of a picture, and across it: a phone shows it as large as it is drawn."""

LONGEST_NAME = 38
"""Characters of a name in a picture; the table beside it has the rest."""


@dataclass(frozen=True)
class Lineage:
    """What a table is made of. upstreams: the tables that it reads, each with the titles of the sources behind it."""

    table: str
    upstreams: Mapping[str, tuple[str, ...]]

    @property
    def sources(self) -> tuple[str, ...]:
        """Titles of all sources behind the table."""
        return tuple(sorted({title for titles in self.upstreams.values() for title in titles}))


def lineages(links: Iterable[Row], titles: Mapping[str, str]) -> dict[str, Lineage]:
    """The lineage of every table, from rows of audit.column_lineage. titles: of sources, by their names."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        above[link["table_name"]].add(link["upstream_table"])
    for union, (layer, _) in UNIONS.items():
        above[union] = {table for table in above if table.startswith(f"{layer}.")} - {union}
    reached: dict[str, frozenset[str]] = {}

    def sources_of(table: str) -> frozenset[str]:
        if table not in reached:
            reached[table] = frozenset()  # a table that reads itself ends here
            found = {name for name in titles if table.startswith(f"staged.{name}_")}
            longest = max(found, key=len, default="")
            own = {titles[longest]} if longest else set()
            reached[table] = frozenset(own.union(*(sources_of(each) for each in sorted(above[table]))))
        return reached[table]

    return {
        table: Lineage(table, {each: tuple(sorted(sources_of(each))) for each in sorted(above[table] - {table})})
        for table in sorted(above)
    }


def picture(lineage: Lineage) -> str:
    """An SVG: sources, then what is read, then the table, a line each, joined from left to right."""
    layers = (lineage.sources, tuple(lineage.upstreams), (lineage.table,))
    nodes = [(depth, name) for depth, names in enumerate(layers) for name in names]
    places = {node: line for line, node in enumerate(nodes)}
    joined = [((0, source), (1, upstream)) for upstream, sources in lineage.upstreams.items() for source in sources] + [
        ((1, upstream), (2, lineage.table)) for upstream in lineage.upstreams
    ]
    height = ROW_HEIGHT * len(places)
    lines = "".join(_line(places[begin], begin[0], places[end], end[0]) for begin, end in joined)
    named = "".join(_node(line, depth, name) for (depth, name), line in places.items())
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-size="13" '
        f'font-family="system-ui, sans-serif">{lines}{named}</svg>'
    )


def _across(depth: int) -> int:
    return 8 + 20 * depth


def _down(line: int) -> float:
    return ROW_HEIGHT * (line + 0.5)


def _line(begin: int, begin_depth: int, end: int, end_depth: int) -> str:
    x1, y1, x2, y2 = _across(begin_depth), _down(begin), _across(end_depth), _down(end)
    path = f"M{x1} {y1:g} C{x1} {y2:g} {x1} {y2:g} {x2} {y2:g}"
    return f'<path d="{path}" fill="none" stroke="var(--chart-muted)"/>'


def _node(line: int, depth: int, name: str) -> str:
    shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    weight = ' font-weight="600"' if depth == 2 else ""
    return (
        f'<circle cx="{_across(depth)}" cy="{_down(line):g}" r="5" fill="var(--chart-main)"/>'
        f'<text x="{_across(2) + 12}" y="{_down(line) + 4.5:g}" fill="var(--chart-ink)"{weight}>{escape(shown)}</text>'
    )
