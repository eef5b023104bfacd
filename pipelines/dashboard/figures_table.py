"""The table of a measure's figures, each with the cells that it rests on."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from pipelines.dashboard.series import figure_said, period_said
from pipelines.document.model import Cell, Column, Table
from pipelines.explain.wording import FEW_CELLS, runs
from pipelines.publication.quarter import Row

_COLUMNS = [
    Column("period", "Period", is_head=True),
    Column("part", "Of what"),
    Column("value", "Figure", numeric=True),
    Column("known", "Known from"),
    Column("cells", "Workbook, sheet and cells", width=3),
]

_NO_CELL = "No cell: it is said of it that nothing was collected or can be had"

_ROLES = {
    "value": "stands in",
    "part": "added up from",
    "numerator": "numerator from",
    "denominator": "denominator from",
}


def figures_table(figures: Sequence[Row], unit: str, origins: Mapping[str, Sequence[Row]]) -> Table:
    """Figures, the latest first, with their cells; cells that follow each other stand as one range."""
    rows: list[dict[str, Cell | str]] = [
        {
            "period": period_said(row),
            "part": ("The whole" if row["component"] == "total" else row["component"])
            + ("" if row["is_authority"] else f", {row['area_name']}"),
            "value": Cell(
                figure_said(row, unit),
                "" if row["value_kind"] == "actual" else row["value_kind"],
                emphasis=row["value_kind"] != "actual",
            ),
            "known": f"{row['as_at']:%-d %b %Y}",
            "cells": Cell(cells_said(origins.get(row["origin_id"], [])), row["note"] or ""),
        }
        for row in sorted(figures, key=lambda row: row["period_end"], reverse=True)
    ]
    kind = figures[0]["year_type"]
    caption = "Single waves of the survey" if kind == "wave" else "Figures and the cells that they rest on"
    return Table(f"figures-with-cells-{kind}", caption, _COLUMNS, rows)


def cells_said(origins: Sequence[Row]) -> str:
    """The cells behind a figure: by role, workbook and sheet; the text of each where they are few."""
    said = []
    for role, of_role in groupby(origins, key=lambda row: row["role"]):
        books = [
            f"{workbook}: {', '.join(_places(list(cells)))}"
            for workbook, cells in groupby(of_role, key=lambda row: row["workbook"])
        ]
        said.append(f"{_ROLES.get(role, role)} {'; '.join(books)}")
    return ". ".join(f"{words[0].upper()}{words[1:]}" for words in said) or _NO_CELL


def _places(origins: Sequence[Row]) -> list[str]:
    places = []
    for sheet, group in groupby(origins, key=lambda row: row["sheet"]):
        cells = list(group)
        if len(cells) > FEW_CELLS:
            places += runs(sheet, [row["cell"] for row in cells])
        else:
            places += [f"{sheet}!{row['cell']} says ‘{row['cell_text']}’" for row in cells]
    return places
