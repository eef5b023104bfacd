"""What a sheet shows of its records that a figure alone would not say: struck through, hidden, or merged away."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pipelines.contract.outcome import Finding, Reading
from pipelines.read.address import cell_address, column_letters
from pipelines.read.sheet import Merged, Sheet


def report_marks(
    sheet: Sheet, records: Sequence[int], names: Mapping[int, str], fill_down: Collection[str], reading: Reading
) -> None:
    """Reports struck-through cells and merged blocks among the records, which fail, and hidden ones, which warn.

    records: sheet rows of the records. names: contract column by sheet column. fill_down: columns in which a block
    merged over rows means its value for each of them.
    """
    rows = records if isinstance(records, range) else set(records)
    if not rows:
        return
    reading.findings += _struck(sheet, rows, names)
    reading.findings += _merged(sheet, rows, names, fill_down)
    reading.findings += _hidden(sheet, rows, names)


def _struck(sheet: Sheet, rows: Collection[int], names: Mapping[int, str]) -> Iterable[Finding]:
    for row, column in sorted(sheet.marks.struck):
        if row in rows and column in names:
            text = sheet.text(row, column) or ""
            message = (
                f"'{text}' is struck through; if it does not count, remove the row, else remove the line through it"
            )
            yield Finding(sheet.name, cell_address(row, column), names[column], text, "nothing struck through", message)


def _merged(
    sheet: Sheet, rows: Collection[int], names: Mapping[int, str], fill_down: Collection[str]
) -> Iterable[Finding]:
    for block in sheet.marks.merged:
        columns = range(block.first_column, block.last_column + 1)
        touched = [row for row in range(block.first_row, min(block.last_row, max(rows)) + 1) if row in rows]
        mapped = [column for column in columns if column in names]
        means_each = len(columns) == 1 and mapped and names[mapped[0]] in fill_down
        # the value stands in the block's first cell; all others of the table that it covers are empty
        covered = len(touched) * len(mapped) - (block.first_row in rows and block.first_column in names)
        if covered and not means_each:
            message = (
                f"the cells {_reference(block)} are merged, so only one of them holds a value; unmerge and fill them"
            )
            address = cell_address(block.first_row, block.first_column)
            text = sheet.text(block.first_row, block.first_column) or ""
            yield Finding(sheet.name, address, names[mapped[0]], text, "nothing merged", message)


def _hidden(sheet: Sheet, rows: Collection[int], names: Mapping[int, str]) -> Iterable[Finding]:
    def warning(cell: str, message: str) -> Finding:
        return Finding(sheet.name, cell, "", "", "nothing hidden", f"{message}; its figures were taken", "warn")

    if sheet.marks.hidden_sheet:
        yield warning("", "the sheet is hidden")
    for row in sorted(row for row in sheet.marks.hidden_rows if row in rows):
        yield warning(cell_address(row, min(names)), f"row {row} is hidden")
    for column in sorted(names.keys() & sheet.marks.hidden_columns):
        letters = column_letters(column)
        yield warning(f"{letters}{min(rows)}", f"column {letters} ('{names[column]}') is hidden")


def _reference(block: Merged) -> str:
    first = cell_address(block.first_row, block.first_column)
    return f"{first}:{cell_address(block.last_row, block.last_column)}"
