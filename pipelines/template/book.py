"""Writes the workbooks of a template: sheets, headings, formats, drop-down lists and notes."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.contract.model import Crosstab, Day, Figure, Rows, Source, Table
from pipelines.files import written_whole
from pipelines.periods import Period
from pipelines.read.address import column_letters
from pipelines.template.fields import Field, columns_of, fields_of, kind_in_words, number_format, words_around
from pipelines.template.plan import Plan, plan_templates

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

READY_ROWS = 500
"""Rows below the headings that have formats and drop-down lists; a longer table can be filled all the same."""

READY_COLUMNS = 12
"""Columns of a crosstab that are ready to be named and filled."""

READY_LABELS = 10
"""Rows of a crosstab that are ready where the contract does not say what they are called."""

LISTS_FROM = 10
"""First column of the notes that may hold the words of a drop-down list."""

LONGEST_LIST = 255
"""Characters that Excel takes in a drop-down list that is written out."""

TO_FILL, HEADING = "FFFFF9DB", "FFE7EBF0"
FIRST_DAY = 36526
"""1 January 2000 as Excel counts days: earlier ones are slips."""


def write_template(source: Source, folder: Path, period: str | None = None, table: str | None = None) -> list[Path]:
    """Writes a workbook for each calendar that the source's tables run by, and returns the paths.

    period: as it stands in file names (`2021-22 Q2`, `October 2021`); the example in the contract unless given, and
    then only workbooks of its calendar are written. table: only the workbook that this table belongs in.
    Raises NoTemplate for a period or table that the source does not have, and FileExistsError rather than replace a
    file, which may have been filled.
    """
    import openpyxl

    plans = plan_templates(source, period, table)
    paths = [folder / plan.file_name for plan in plans]
    for path in paths:
        if path.exists():
            raise FileExistsError(f"{path} is there already and may have been filled; name another folder")
    for plan, path in zip(plans, paths, strict=True):
        book = openpyxl.Workbook()
        notes = book.worksheets[0]
        notes.title = next(iter(source.set_aside_sheets), "Notes")
        for planned in plan.tables:
            _add_table(book, notes, plan, planned)
        _fill_notes(notes, plan)
        book.move_sheet(notes, len(book.worksheets))
        if not source.set_aside_sheets:
            book.remove(notes)
        book.active = 0
        with written_whole(path) as partial, partial.open("wb") as file:
            book.save(file)
    return paths


def _add_table(book: "Workbook", notes: "Worksheet", plan: Plan, table: Table) -> None:
    layout = table.layouts[0]
    for name in layout.sheets if isinstance(layout, Crosstab) else layout.sheets[:1]:
        sheet = book.create_sheet(name)
        sheet["A1"] = plan.title
        top = 2
        for fact in layout.facts.values():
            if fact.required or fact.figure:
                _fill_in(sheet, top, 1, words_around(fact)[0] or None)
                top += 1
        if isinstance(layout, Crosstab):
            _add_crosstab(sheet, notes, table, layout, plan.period, top + 1)
        else:
            _add_rows(sheet, notes, table, layout, plan.period, top + 1)
        sheet.freeze_panes = sheet.cell(top + 2, 1)


def _add_rows(sheet: "Worksheet", notes: "Worksheet", table: Table, layout: Rows, period: Period, top: int) -> None:
    for position, field in enumerate(fields_of(table, layout.columns, period).values(), 1):
        _heading(sheet, top, position, field.heading)
        letter = column_letters(position)
        sheet.column_dimensions[letter].width = max(14, min(40, len(field.heading) + 4))
        for row in range(top + 1, top + 1 + READY_ROWS):
            sheet.cell(row, position).number_format = number_format(field.column)
        _validate(sheet, notes, field, f"{letter}{top + 1}:{letter}{top + READY_ROWS}")


def _add_crosstab(
    sheet: "Worksheet", notes: "Worksheet", table: Table, layout: Crosstab, period: Period, top: int
) -> None:
    fields = fields_of(table, columns_of(layout), period)
    lines = [(label, fields[layout.value[0]]) for label in fields[layout.down].allowed or [""] * READY_LABELS]
    lines += [(label, fields[name]) for label, (name, _) in layout.beside.items()]
    _heading(sheet, top, 1, layout.corner)
    sheet.column_dimensions["A"].width = 32
    last = column_letters(1 + READY_COLUMNS)
    for position in range(2, 2 + READY_COLUMNS):
        _fill_in(sheet, top, position, None)
    for row, (label, field) in enumerate(lines, top + 1):
        if label:
            sheet.cell(row, 1, label)
        else:
            _fill_in(sheet, row, 1, None)
        for position in range(2, 2 + READY_COLUMNS):
            sheet.cell(row, position).number_format = number_format(field.column)
        _validate(sheet, notes, field, f"B{row}:{last}{row}")


def _heading(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = sheet.cell(row, column, text)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color=HEADING)
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _fill_in(sheet: "Worksheet", row: int, column: int, text: str | None) -> None:
    """A cell outside the rows that the supplier has to fill, or to finish."""
    from openpyxl.styles import PatternFill

    sheet.cell(row, column, text).fill = PatternFill("solid", start_color=TO_FILL)


def _validate(sheet: "Worksheet", notes: "Worksheet", field: Field, cells: str) -> None:
    """Lets Excel itself refuse what the contract would; where a mark such as `..` may stand, it only asks."""
    validation = _validation(notes, field)
    if validation is None:
        return
    validation.showErrorMessage = validation.showInputMessage = True
    validation.promptTitle = field.heading[:32] or None
    validation.prompt = field.description[:LONGEST_LIST] or None
    validation.error = f"Expected: {kind_in_words(field)}."[:LONGEST_LIST]
    sheet.add_data_validation(validation)
    validation.add(cells)


def _validation(notes: "Worksheet", field: Field) -> "DataValidation | None":
    from openpyxl.worksheet.datavalidation import DataValidation

    column = field.column
    if field.allowed:
        return DataValidation(type="list", formula1=_drop_down(notes, field.allowed), allow_blank=field.nullable)
    if isinstance(column, Day):
        return DataValidation(type="date", operator="greaterThanOrEqual", formula1=str(FIRST_DAY), allow_blank=True)
    if not isinstance(column, Figure) or column.unit is None or column.words:
        return None
    scale = 100 if column.unit == "%" else 1
    return DataValidation(
        type="whole" if column.whole else "decimal",
        operator="between",
        formula1=f"{field.least / scale:.15g}",
        formula2=f"{field.most / scale:.15g}",
        allow_blank=True,
        errorStyle="warning" if field.nullable or column.approximate else "stop",
    )


def _drop_down(notes: "Worksheet", words: Sequence[str]) -> str:
    """A drop-down list, written out where Excel can take it so, else standing in a column of the notes."""
    text = ",".join(words)
    if len(text) <= LONGEST_LIST and not any(set(word) & set(',"') for word in words):
        return f'"{text}"'
    column = max(notes.max_column + 1, LISTS_FROM)
    for row, word in enumerate(words, 1):
        notes.cell(row, column, word)
    title, letter = notes.title.replace("'", "''"), column_letters(column)
    return f"'{title}'!${letter}$1:${letter}${len(words)}"


def _fill_notes(notes: "Worksheet", plan: Plan) -> None:
    """Says what each column holds. The reader sets the sheet aside."""
    from openpyxl.styles import Alignment, Font

    lines: list[Sequence[str]] = [(plan.title,), *((line,) for line in _advice(plan)), ()]
    lines.append(("Sheet", "Column", "What it holds", "What may stand in it", "Must be filled"))
    heading = len(lines)
    for table in plan.tables:
        layout = table.layouts[0]
        sheets = ", ".join(layout.sheets) if isinstance(layout, Crosstab) else layout.sheets[0]
        for name, field in fields_of(table, columns_of(layout), plan.period).items():
            must = "in every row" if field.column.required else "where there is one"
            lines.append((sheets, field.heading or name, field.description, kind_in_words(field), must))
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts, 1):
            cell = notes.cell(row, column, text)
            if row >= heading:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row in (1, heading):
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", (18, 28, 50, 44, 22), strict=True):
        notes.column_dimensions[letter].width = width


def _advice(plan: Plan) -> Iterator[str]:
    yield f"Name the file {plan.file_name}, or likewise: its period is read from the name."
    yield "Keep the names of the sheets and the headings. Fill the yellow cells, or finish the line that they begin."
    yield "Where a figure is not available write ..; where it is suppressed write [c]. A blank is not nought."
    for table in plan.tables:
        layout = table.layouts[0]
        sheet = layout.sheets[0]
        for name, fact in layout.facts.items():
            before, wanted, after = words_around(fact)
            says = "must say" if fact.required else "may say"
            yield f"Sheet {sheet}: a line above the table {says} '{before}{wanted or '…'}{after}' ({name})."
        if isinstance(layout, Rows):
            for label in layout.totals:
                shown = label.replace("{", "<").replace("}", ">")
                yield f"Sheet {sheet}: a row '{shown}' may state a total; it is checked against the rows above."
        else:
            yield f"Sheet {sheet}: a column for each {layout.across}, named in the row that begins '{layout.corner}'."
