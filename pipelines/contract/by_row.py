"""Converts a column whose rows hold figures of different kinds, each as the label of its row promises."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pipelines.contract.columns import Cells, Report, convert_column
from pipelines.contract.convert import Promise, empty_values
from pipelines.contract.model import Figure
from pipelines.contract.outcome import Values
from pipelines.read.labels import normalise


def convert_by_row(
    promise: Promise,
    kinds: Mapping[str, Figure],
    cells: Cells,
    labels: Sequence[str | None],
    report: Report,
    warn: Report,
) -> dict[str, Values]:
    """The staged columns of a figure, a value per row; `labels` say what each row is of.

    What breaks a row's promise is reported. A row that `kinds` does not know is taken as its cell is written, and
    pounds may lack their sign; both bring a warning, since nothing else tells pounds from thousands of them.
    """
    known = {normalise(label): kind for label, kind in kinds.items()}
    groups: dict[str, list[int]] = {}
    for index, label in enumerate(labels):
        groups.setdefault(normalise(label or ""), []).append(index)
    made: dict[str, list[Any]] = {name: [None] * len(labels) for name in empty_values(promise.name, promise.column)}
    for label, indices in groups.items():
        kind = known.get(label)
        part = Cells(cells.sheet, cells.column, [cells.rows[index] for index in indices])
        of_row = replace(promise, column=kind or promise.column, subject=f"'{labels[indices[0]]}'")
        for name, values in convert_column(of_row, part, report).items():
            for index, value in zip(indices, values, strict=True):
                made[name][index] = Decimal(value) if name == promise.name and value is not None else value
        for index in indices:
            if made[promise.name][index] is not None:
                _warn_of_doubts(kind, of_row.subject, cells, cells.rows[index], made[promise.name][index], warn)
    return dict(made)


def _warn_of_doubts(
    kind: Figure | None, subject: str, cells: Cells, row: int | None, value: Decimal, warn: Report
) -> None:
    cell = cells.sheet.cell(row, cells.column) if row is not None else None
    if cell is None:
        return
    if kind is None:
        warn(cell, f"{subject} is new here, so '{cell.text}' was taken as it is written; see that its unit is right")
    elif kind.unit == "£" and "£" not in cell.text:
        taken = f"it was taken as £{value:,f}. Write the £, and k or m"
        warn(cell, f"{subject} is in £, and '{cell.text}' shows none; {taken}")
