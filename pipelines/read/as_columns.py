"""Between the reader's rows of cells and sheets of columns, until the reader itself gives the latter."""

from dataclasses import replace

from pipelines.read import workbook
from pipelines.read.sheet import Sheet, sheet_of_cells


def as_columns(sheet: workbook.Sheet) -> Sheet:
    """A sheet of columns with the same cells."""
    cells = (cell for row in sheet.rows.values() for cell in row.values())
    return sheet_of_cells(
        sheet.name, (replace(cell, problem=cell.text or cell.problem) if cell.problem else cell for cell in cells)
    )


def as_rows(sheet: Sheet) -> workbook.Sheet:
    """A sheet of rows with the same cells."""
    rows = {}
    for number, line in sheet.lines():
        rows[number] = {
            column: replace(cell, problem=f"the error {cell.problem}") if cell.text and cell.problem else cell
            for column, cell in line.items()
        }
    return workbook.Sheet(sheet.name, rows)
