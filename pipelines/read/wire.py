"""Sheets as bytes, from the process that reads files to the one that asked."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from pipelines.read.sheet import Marks, Merged, Sheet


def pack_sheets(sheets: Sequence[Sheet]) -> tuple[dict[str, Any], list[memoryview]]:
    """A header that JSON can hold, and the texts of each sheet in Arrow's stream format, empty where there are none."""
    header = {"sheets": [_describe(sheet) for sheet in sheets]}
    return header, [_pack_texts(sheet.texts) for sheet in sheets]


def unpack_sheets(header: dict[str, Any], texts: Sequence[bytes | bytearray | memoryview]) -> list[Sheet]:
    """The sheets that `pack_sheets` was given."""
    return [
        Sheet(
            said["name"],
            said["first_row"],
            said["first_column"],
            pl.read_ipc_stream(io.BytesIO(content)) if content else pl.DataFrame(),
            _unpack_marks(said["marks"]),
        )
        for said, content in zip(header["sheets"], texts, strict=True)
    ]


def dump_header(header: dict[str, Any]) -> bytes:
    """The header as one line."""
    return json.dumps(header).encode()


def _describe(sheet: Sheet) -> dict[str, Any]:
    marks = sheet.marks
    return {
        "name": sheet.name,
        "first_row": sheet.first_row,
        "first_column": sheet.first_column,
        "marks": {
            "problems": [[row, column, problem] for (row, column), problem in marks.problems.items()],
            "notes": [[row, column, note] for (row, column), note in marks.notes.items()],
            "italic": sorted(marks.italic),
            "percent": sorted(marks.percent),
            "struck": sorted(marks.struck),
            "merged": [list(asdict(block).values()) for block in marks.merged],
            "hidden_rows": sorted(marks.hidden_rows),
            "hidden_columns": sorted(marks.hidden_columns),
            "hidden_sheet": marks.hidden_sheet,
        },
    }


def _pack_texts(texts: pl.DataFrame) -> memoryview:
    packed = io.BytesIO()
    if texts.width:
        texts.rechunk().write_ipc_stream(packed)
    return packed.getbuffer()


def _unpack_marks(said: dict[str, Any]) -> Marks:
    return Marks(
        problems={(row, column): problem for row, column, problem in said["problems"]},
        notes={(row, column): note for row, column, note in said["notes"]},
        italic={(row, column) for row, column in said["italic"]},
        percent={(row, column) for row, column in said["percent"]},
        struck={(row, column) for row, column in said["struck"]},
        merged=[Merged(*bounds) for bounds in said["merged"]],
        hidden_rows=set(said["hidden_rows"]),
        hidden_columns=set(said["hidden_columns"]),
        hidden_sheet=said["hidden_sheet"],
    )
