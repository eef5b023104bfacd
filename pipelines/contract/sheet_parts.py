"""Parts a sheet that holds several tables one below the other, at the lines that begin them."""

from collections.abc import Sequence
from dataclasses import replace

from pipelines.contract.headings import matches
from pipelines.read.sheet import Sheet


def part_of(sheet: Sheet, section: str, sections: Sequence[str]) -> Sheet | None:
    """The rows of a sheet from the line that is this label to the next line that is any of `sections`.

    Without a label, the rows above the first such line. A line stands alone in its row; of two alike the first begins
    the table. None where no line is the label.
    """
    begins: dict[str, int] = {}
    for number in sheet.row_numbers if sections else ():
        cells = list(sheet.line(number).values())
        label = next((each for each in sections if len(cells) == 1 and matches(each, cells[0].text)), None)
        if label is not None:
            begins.setdefault(label, number)
    if section and section not in begins:
        return None
    if not begins:
        return sheet
    first = begins[section] if section else sheet.row_numbers[0]
    after = [number for number in begins.values() if number > first or not section]
    return _rows_between(sheet, first, min(after, default=sheet.row_numbers[-1] + 1))


def _rows_between(sheet: Sheet, first: int, end: int) -> Sheet:
    """The rows from `first` up to `end`, which is left out."""
    top = max(first, sheet.first_row)
    problems = {place: problem for place, problem in sheet.marks.problems.items() if first <= place[0] < end}
    texts = sheet.texts.slice(top - sheet.first_row, max(end - top, 0))
    return replace(sheet, first_row=top, texts=texts, marks=replace(sheet.marks, problems=problems))
