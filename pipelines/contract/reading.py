"""Reads one workbook against its source's contract, whole: finds its tables, its period, and accounts for every row."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from pipelines.contract.corrections import CellCorrection, apply_corrections
from pipelines.contract.crosstab import read_crosstab
from pipelines.contract.headings import Headings, find_headings, matches
from pipelines.contract.model import Crosstab, Layout, Rows, Source, Statement, Table
from pipelines.contract.outcome import Finding, Reading, SetAside, without_repeats
from pipelines.contract.rows import read_rows
from pipelines.contract.sheet_parts import part_of
from pipelines.contract.statement import read_statement
from pipelines.periods import Period
from pipelines.read.cells_hash import cells_sha256
from pipelines.read.labels import normalise
from pipelines.read.sheet import Sheet, UnreadableWorkbook


def read_source_workbook(
    source: Source,
    workbook: str,
    workbook_sha256: str,
    sheets: Sequence[Sheet] | UnreadableWorkbook,
    corrections: tuple[CellCorrection, ...] = (),
) -> Reading:
    """What the workbook holds by the source's contract, as corrected; `sheets` is what reading the file gave.

    Never raises for what is wrong with the file: it says so.
    """
    period = next(filter(None, (table.period(workbook) for table in source.tables)), None)
    reading = Reading(source.name, workbook, workbook_sha256, period=period, corrections=corrections)
    if isinstance(sheets, UnreadableWorkbook):
        reading.findings.append(Finding("", "", "", "", "readable", str(sheets)))
        return reading
    reading.cells_sha256 = cells_sha256(sheets)
    corrected, reading.stale = apply_corrections(sheets, corrections)
    reading.sheet_rows = {sheet.name: len(sheet.row_numbers) for sheet in corrected if sheet.row_numbers}
    reading.rows_read = sum(reading.sheet_rows.values())
    _read_tables(source, _csv_named(source, corrected, period), reading)
    if reading.applied and not reading.loads:
        cells = ", ".join(sorted(f"{each.sheet}!{each.cell}" for each in reading.applied))
        message = f"raw/corrections/{source.name}.csv changed {cells} first; if that is what is wrong, mend those lines"
        reading.findings.insert(0, Finding("", "", "", "", "corrections", message))
    recorded: dict[str, Collection[int]] = {}
    for table in reading.tables.values():
        for sheet, rows in table.row_numbers.items():
            recorded[sheet] = without_repeats(recorded.get(sheet, ()), rows)
    reading.rows_recorded = sum(map(len, recorded.values()))
    unaccounted = reading.rows_read - reading.rows_recorded - reading.rows_set_aside
    if reading.loads and unaccounted:
        message = f"{unaccounted} rows were neither loaded nor set aside; tell the data team"
        reading.findings.append(Finding("", "", "", "", "every row accounted for", message))
    return reading


def _csv_named(source: Source, sheets: list[Sheet], period: Period | None) -> list[Sheet]:
    """A .csv has no name for its sheet: where no layout is of one, it takes the name of the one that it fits."""
    layouts = [layout for table in source.tables for layout in table.layouts if isinstance(layout, Rows)]
    if period is None or [sheet.name for sheet in sheets] != ["csv"] or not layouts:
        return sheets
    if any("csv" in layout.sheets for layout in layouts):
        return sheets
    fitting = [each for each in layouts if isinstance(find_headings(sheets[0], each, period), Headings)] or layouts
    return [replace(sheets[0], name=fitting[0].sheets[0])]


def _read_tables(source: Source, sheets: Sequence[Sheet], reading: Reading) -> None:
    found = _choose_layouts(source, sheets)
    _place_other_sheets(source, sheets, {normalise(name) for _, layout in found for name in layout.sheets}, reading)
    if not found:
        if reading.loads:
            reading.findings.append(Finding("", "", "", "", "sheets as expected", "it holds no sheet with figures"))
        return
    _report_missing_tables(source, [table for table, _ in found], reading)
    _report_mixed_calendars(found, reading)
    reading.period = _period(source, found[0][0], reading)
    if reading.period is not None:
        layouts = [layout for _, layout in found]
        for table, layout in found:
            _read_table(table, layout, _parts(layout, layouts, sheets, reading), reading.period, reading)


def _parts(layout: Layout, layouts: Sequence[Layout], sheets: Sequence[Sheet], reading: Reading) -> list[Sheet]:
    """The sheets that a layout is of; of one that holds several tables, the rows of this one."""
    parts = []
    for sheet in sheets:
        if not sheet.row_numbers or not _is_of(layout, sheet):
            continue
        beside = [each for each in layouts if isinstance(each, Rows) and each.begins_at and _is_of(each, sheet)]
        section = layout.begins_at if isinstance(layout, Rows) else ""
        part = part_of(sheet, section, [each.begins_at for each in beside])
        if part is None:
            message = f"no line says '{section}', which begins a table; put it back, alone in its row"
            reading.findings.append(Finding(sheet.name, "", section, "", "sections as expected", message))
        else:
            parts.append(part)
    return parts


def _is_of(layout: Layout, sheet: Sheet) -> bool:
    return normalise(sheet.name) in map(normalise, layout.sheets)


def _place_other_sheets(source: Source, sheets: Sequence[Sheet], known: set[str], reading: Reading) -> None:
    """Sets aside the sheets that hold no figures, hidden ones included; reports those that are not known."""
    for sheet in sheets:
        if not sheet.row_numbers or normalise(sheet.name) in known:
            continue
        reason = _why_set_aside(source, sheet)
        if reason:
            for number in sheet.row_numbers:
                text = " | ".join(
                    " ".join((cell.text or cell.problem or "").split()) for cell in sheet.line(number).values()
                )
                first = next(iter(sheet.line(number).values())).address
                reading.set_aside.append(SetAside(sheet.name, number, reason, text, first))
        if not reason or sheet.marks.hidden_sheet:
            reading.findings.append(_unknown_sheet(source, sheet))


def _why_set_aside(source: Source, sheet: Sheet) -> str:
    """Why a sheet without a table is set aside; empty for one that is not known. Exact names go before wildcards."""
    patterns = sorted(source.set_aside_sheets, key=lambda name: name.endswith("*"))
    named = next((pattern for pattern in patterns if matches(pattern, sheet.name)), None)
    if named is not None:
        return source.set_aside_sheets[named]
    return "hidden sheet" if sheet.marks.hidden_sheet else ""


def _unknown_sheet(source: Source, sheet: Sheet) -> Finding:
    expected = ", ".join(f"'{name}'" for table in source.tables for layout in table.layouts for name in layout.sheets)
    if sheet.marks.hidden_sheet:
        message = f"the sheet is hidden and holds none of the expected tables ({expected}), so it was set aside"
        return Finding(sheet.name, "", "", sheet.name, "nothing hidden", message, "warn")
    message = f"the sheet is not known; expected {expected}. Rename or remove it, or ask the data team"
    return Finding(sheet.name, "", "", sheet.name, "sheets as expected", message)


def _report_mixed_calendars(found: Sequence[tuple[Table, Layout]], reading: Reading) -> None:
    """A workbook has one period: tables that run by different calendars belong in workbooks of their own."""
    if len({table.period for table, _ in found}) > 1:
        tables = " and ".join(f"'{table.name}'" for table, _ in found)
        message = f"it holds the tables {tables}, which are of different periods; send a workbook for each"
        reading.findings.append(Finding("", "", "", "", "one period", message))


def _report_missing_tables(source: Source, found: Sequence[Table], reading: Reading) -> None:
    """Tables of one calendar come together: a workbook with one of them must bring all but those that are optional."""
    finders = {table.period for table in found}
    for table in source.tables:
        if table.period in finders and table not in found and not table.optional:
            names = " or ".join(f"'{layout.sheets[0]}'" for layout in table.layouts)
            message = f"the sheet {names} is missing; the table '{table.name}' comes from it"
            reading.findings.append(Finding("", "", table.name, "", "sheets as expected", message))


def _choose_layouts(source: Source, sheets: Sequence[Sheet]) -> list[tuple[Table, Layout]]:
    """For each table, the first layout any of whose sheets the workbook has."""
    names = {normalise(sheet.name) for sheet in sheets if sheet.row_numbers}
    chosen = []
    for table in source.tables:
        layout = next((layout for layout in table.layouts if names & set(map(normalise, layout.sheets))), None)
        if layout is not None:
            chosen.append((table, layout))
    return chosen


def _period(source: Source, table: Table, reading: Reading) -> Period | None:
    period = table.period(reading.workbook)
    if period is None:
        message = f"the file's name does not say its period; name it like '{source.period_in_words}'"
        reading.findings.append(Finding("", "", "", reading.workbook, "period in the name", message))
    return period


def _read_table(table: Table, layout: Layout, sheets: Sequence[Sheet], period: Period, reading: Reading) -> None:
    there = {normalise(sheet.name) for sheet in sheets}
    for name in sorted(layout.sheets) if isinstance(layout, Crosstab) else ():
        if normalise(name) not in there:
            message = "the sheet is missing or empty; the others of its table are there"
            reading.findings.append(Finding(name, "", "", "", "sheets as expected", message))
    for sheet in sheets:
        if isinstance(layout, Crosstab):
            read_crosstab(sheet, table, layout, period, reading)
        elif isinstance(layout, Statement):
            read_statement(sheet, table, layout, period, reading)
        else:
            read_rows(sheet, table, layout, period, reading)
