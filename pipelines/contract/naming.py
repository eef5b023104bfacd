"""Contracts are written for any authority: `{authority}` in a title, an owner or a heading stands for its names."""

from collections.abc import Sequence
from copy import copy
from dataclasses import fields, replace

from pipelines.contract.model import Column, Layout, Rows, Source

AUTHORITY = "{authority}"


def named_for(source: Source, names: Sequence[str]) -> Source:
    """The contract for an authority of these names: texts take the first, a heading is found under any of them.

    One that names no authority is returned as it is.
    """
    texts = {field.name: text for field in fields(source) if isinstance(text := getattr(source, field.name), str)}
    words = {name: text.replace(AUTHORITY, names[0]) for name, text in texts.items() if AUTHORITY in text}
    layouts = {table.name: [_named_layout(layout, names) for layout in table.layouts] for table in source.tables}
    if not words and all(list(table.layouts) == layouts[table.name] for table in source.tables):
        return source
    tables = [replace(table, layouts=layouts[table.name]) for table in source.tables]
    return replace(source, **words, tables=tables)  # type: ignore[arg-type]


def _named_layout(layout: Layout, names: Sequence[str]) -> Layout:
    if not isinstance(layout, Rows):
        return layout
    return replace(layout, columns={key: _named_column(column, names) for key, column in layout.columns.items()})


def _named_column(column: Column, names: Sequence[str]) -> Column:
    if not any(AUTHORITY in heading for heading in column.headings):
        return column
    headings = [heading.replace(AUTHORITY, name) for heading in column.headings for name in _of(heading, names)]
    named = copy(column)
    object.__setattr__(named, "headings", tuple(headings))
    return named


def _of(heading: str, names: Sequence[str]) -> Sequence[str]:
    return names if AUTHORITY in heading else names[:1]
