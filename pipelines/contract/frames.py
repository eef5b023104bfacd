"""Staged rows as frames: the columns that a contract promises, with where each row stands and what edition it is of."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

import polars as pl

from pipelines.contract.columns import DECIMAL, as_staged, fitting, repeated
from pipelines.contract.convert import part_columns
from pipelines.contract.corrections import corrections_key
from pipelines.contract.model import Column, Crosstab, Day, Figure, Printed, Statement, Table, TargetDate, Text
from pipelines.contract.outcome import Piece, Reading
from pipelines.read.sheet import MANY

ORIGIN_COLUMNS: dict[str, Any] = {
    "workbook": pl.String,
    "workbook_sha256": pl.String,
    "corrections": pl.String,
    "sheet": pl.String,
    "row_number": pl.Int64,
    "period_label": pl.String,
    "period_start": pl.Date,
    "period_end": pl.Date,
}
"""Columns that every staged table begins with: where its row stands, as corrected by what, and the edition's period."""

FIGURE_COLUMNS: dict[str, tuple[Any, str]] = {
    "unit": (pl.String, "unit that the cell shows or its column promises: %, £ or empty for a number"),
    "qualifier": (pl.String, "exact, about, at_least or over"),
    "availability": (pl.String, "value, or why there is none"),
    "italic": (pl.Boolean, "whether the supplier marks the figure as not final: in italics, or by p, e or f"),
    "note": (pl.String, "footnote and status marks beside the figure, as written"),
    "cell": (pl.String, "address of the cell"),
    "text": (pl.String, "text of the cell as supplied"),
}
"""What stands beside every staged figure, as `<figure>_<suffix>`, with its type and meaning."""

PRINTED_FIGURES = pl.List(
    pl.Struct(
        {
            "role": pl.String,
            "label": pl.String,
            "value": DECIMAL,
            "unit": pl.String,
            "decimals": pl.Int64,
            "rounds_to": DECIMAL,
        }
    )
)
"""The figures that are read in a printed cell, as `read.printed.Printed` has them."""


def staged_columns(table: Table) -> dict[str, Any]:
    """Polars types of a staged table's columns, in order, over all its layouts."""
    columns: dict[str, Any] = dict(ORIGIN_COLUMNS)
    for layout in table.layouts:
        if isinstance(layout, Statement):
            columns |= {layout.name: pl.String, f"{layout.name}_cell": pl.String}
            continue
        for name, fact in layout.facts.items():
            columns |= _column_types(name, fact.figure or Text())
        if isinstance(layout, Crosstab):
            columns |= {layout.down: pl.String, layout.across: pl.String}
            for name, figure in (layout.value, *layout.beside.values()):
                columns |= _column_types(name, figure)
        else:
            columns |= dict.fromkeys(layout.sections, pl.String)
            for name, column in layout.columns.items():
                columns |= _column_types(name, column)
    return columns


def _column_types(name: str, column: Column) -> dict[str, Any]:
    if isinstance(column, Printed):
        return {name: pl.String, f"{name}_cell": pl.String, f"{name}_figures": PRINTED_FIGURES}
    if not isinstance(column, Figure):
        plain: dict[str, Any] = {name: pl.Date if isinstance(column, Day) else pl.String}
        if isinstance(column, TargetDate):
            plain |= {f"{name}_kind": pl.String, f"{name}_start": pl.Date, f"{name}_end": pl.Date}
        return plain | ({f"{name}_cell": pl.String} if column.located else {})
    types = {name: pl.Int64 if column.whole else DECIMAL}
    types |= {f"{name}_{suffix}": kind for suffix, (kind, _) in FIGURE_COLUMNS.items()}
    counts = ("numerator", "denominator") if column.counts else ()
    return types | dict.fromkeys(
        [*(f"{name}_{count}" for count in counts), *part_columns(name, column).values()], DECIMAL
    )


def table_frames(table: Table, readings: Sequence[Reading]) -> dict[int, pl.DataFrame]:
    """Frames of one staged table, by the place of each reading that has rows of it. All are made together."""
    pieces = {
        place: reading.tables[table.name].pieces
        for place, reading in enumerate(readings)
        if table.name in reading.tables and reading.period is not None
    }
    together = [(readings[place], piece) for place, found in pieces.items() for piece in found]
    columns = [_series(name, kind, together) for name, kind in staged_columns(table).items()]
    frame = pl.DataFrame(columns)
    frames = {}
    begin = 0
    for place, found in pieces.items():
        height = sum(piece.height for piece in found)
        frames[place] = frame.slice(begin, height)
        begin += height
    return frames


def _series(name: str, kind: Any, together: Sequence[tuple[Reading, Piece]]) -> pl.Series:
    """One column over the pieces of all readings."""
    if any(piece.height >= MANY for _, piece in together):
        return pl.concat([_part(name, kind, reading, piece) for reading, piece in together]).alias(name)
    values = chain.from_iterable(_values(name, reading, piece) for reading, piece in together)
    return pl.Series(name, fitting(kind, values), dtype=kind, strict=True)


def _part(name: str, kind: Any, reading: Reading, piece: Piece) -> pl.Series:
    values = piece.columns.get(name)
    if values is None:
        [value] = fitting(kind, [_same(name, reading, piece)])
        return repeated(value, piece.height, kind)
    return as_staged(values, kind) if isinstance(values, pl.Series) else pl.Series(fitting(kind, values), dtype=kind)


def _values(name: str, reading: Reading, piece: Piece) -> Sequence[Any]:
    if name in piece.columns:
        return piece.values(name)
    return [_same(name, reading, piece)] * piece.height


def _same(name: str, reading: Reading, piece: Piece) -> Any:
    """What a column of a piece holds throughout; what is one for the whole workbook comes from its reading."""
    match name:
        case "workbook" | "workbook_sha256":
            return getattr(reading, name)
        case "corrections":
            return corrections_key(reading.corrections)
        case "period_label" | "period_start" | "period_end":
            return getattr(reading.period, name.removeprefix("period_"))
        case _:
            return piece.same.get(name)


def workbook_tables(frames: dict[str, dict[int, pl.DataFrame]], place: int) -> dict[str, pl.DataFrame]:
    """The staged rows of one workbook, by table."""
    return {name: by_place[place] for name, by_place in frames.items() if place in by_place}
